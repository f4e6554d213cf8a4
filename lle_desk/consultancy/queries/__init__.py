"""What consultancy reads: the diary, visits, what they cost, and lists of them."""

from lle_desk.consultancy.queries.letters import visit_paper
from lle_desk.consultancy.queries.prices import (
    NoPrice,
    VisitCost,
    VisitPrice,
    VisitPrices,
    VisitWanted,
    half_days,
    priced,
    visit_cost,
    visit_price,
    visit_prices,
)
from lle_desk.consultancy.queries.series import SeriesDay, SeriesLook, SeriesWanted, series_look
from lle_desk.consultancy.queries.visit_list import (
    VisitFilter,
    VisitLine,
    VisitLines,
    visit_list,
)
from lle_desk.consultancy.queries.visits import (
    Diary,
    DiaryVisit,
    VisitCard,
    diary,
    next_number,
    services_of_visits,
    visit_card,
)

__all__ = [
    "Diary",
    "DiaryVisit",
    "NoPrice",
    "SeriesDay",
    "SeriesLook",
    "SeriesWanted",
    "VisitCard",
    "VisitCost",
    "VisitFilter",
    "VisitLine",
    "VisitLines",
    "VisitPrice",
    "VisitPrices",
    "VisitWanted",
    "diary",
    "half_days",
    "next_number",
    "priced",
    "series_look",
    "services_of_visits",
    "visit_card",
    "visit_cost",
    "visit_list",
    "visit_paper",
    "visit_price",
    "visit_prices",
]
