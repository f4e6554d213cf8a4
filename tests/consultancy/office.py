"""A consultant, a school and the price list of visits, made for the tests."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from lle_desk.consultancy.actions import (
    PlanVisit,
    SetVisitPrices,
    VisitAsked,
    plan_visit,
    set_visit_prices,
)
from lle_desk.consultancy.rules import VisitKind
from lle_desk.core.db import Database
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.customers.rules import Band
from lle_desk.offers.rules import BandPrice
from tests.courses.people import ANN, a_school, service_id
from tests.trainers.people import a_trainer

DAY = date(2014, 3, 13)
PRICES = {VisitKind.HALF_DAY: 24_000, VisitKind.DAY: 45_000, VisitKind.TWILIGHT: 21_000}


@dataclass(frozen=True, slots=True)
class Office:
    """Whom the tests plan visits for, and with whom."""

    anna: int
    ben: int
    school: int
    service: int

    def asked(self, starts: str = "09:00", ends: str = "12:00", **more: object) -> VisitAsked:
        """Return Anna's half day at the school."""
        visit = VisitAsked(
            self.anna,
            self.school,
            self.service,
            VisitKind.HALF_DAY,
            at(DAY, starts),
            at(DAY, ends),
            "Maths review",
            travel_before=30,
            travel_after=30,
        )
        return replace(visit, **more)  # type: ignore[arg-type]


def at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}")


def an_office(database: Database) -> Office:
    service = database.read(service_id)
    for kind, amount in PRICES.items():
        prices = tuple(BandPrice(band, Pence(amount)) for band in Band)
        database.write(ANN, set_visit_prices, SetVisitPrices(service, kind, prices))
    return Office(
        a_trainer(database), a_trainer(database, "Ben Sample"), a_school(database), service
    )


def a_visit(database: Database, asked: VisitAsked) -> int:
    return database.write(ANN, plan_visit, PlanVisit(new_uuid(), asked))
