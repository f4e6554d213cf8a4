"""What the Rooms tab and the courses ask. Frozen rows that may cross threads."""

from lle_desk.rooms.queries.cards import (
    HistoryLine,
    UseCard,
    use_card,
    use_version,
    uses_of_booking,
)
from lle_desk.rooms.queries.free import (
    LONGEST,
    FreeRooms,
    FreeRoomsQuestion,
    OtherDay,
    RoomOverDays,
    free_over_days,
    free_spaces,
    other_days,
)
from lle_desk.rooms.queries.house import diary_of, opening_hours
from lle_desk.rooms.queries.pack import day_pack
from lle_desk.rooms.queries.plan import (
    DayRow,
    Plan,
    PlanUse,
    UncountedRow,
    day_list,
    plan_of,
    uncounted_uses,
)
from lle_desk.rooms.queries.set_up import set_up_sheet
from lle_desk.rooms.queries.spaces import SiteRow, sites, space_facts
from lle_desk.rooms.queries.week import week_plan

__all__ = [
    "LONGEST",
    "DayRow",
    "FreeRooms",
    "FreeRoomsQuestion",
    "HistoryLine",
    "OtherDay",
    "Plan",
    "PlanUse",
    "RoomOverDays",
    "SiteRow",
    "UncountedRow",
    "UseCard",
    "day_list",
    "day_pack",
    "diary_of",
    "free_over_days",
    "free_spaces",
    "opening_hours",
    "other_days",
    "plan_of",
    "set_up_sheet",
    "sites",
    "space_facts",
    "uncounted_uses",
    "use_card",
    "use_version",
    "uses_of_booking",
    "week_plan",
]
