"""Many bookings given rooms at once: all that is charged follows, without asking of each."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import event

from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.db import By, Database
from lle_desk.rooms.actions import hold_room
from lle_desk.rooms.actions.allocating import allocation_question, apply_allocation
from lle_desk.rooms.rules.allocation import allocate
from tests.rooms.buying import stock_up
from tests.rooms.test_series import TUESDAY, on
from tests.rooms.woodlands import Woodlands, wish

DAYS = [TUESDAY + timedelta(days=7 * week) for week in range(15)]


def parked(database: Database, by: By, customer: int, days: list[date]) -> None:
    for day in days:
        times: dict[str, Any] = {"starts_at": on(day), "ends_at": on(day, "12:00")}
        ask = wish(None, heads=28, customer_id=customer, **times)
        database.write(by, hold_room, ask)


def asked_when_given(database: Database, by: By, site_id: int, days: list[date]) -> int:
    """Give the rooms of these days; return how many questions that asked."""
    plan = allocate(database.read(allocation_question, site_id, days[0], days[-1]))
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    try:
        assert database.write(by, apply_allocation, plan) == len(days)
    finally:
        event.remove(database.engine, "before_cursor_execute", count)
    return sum(one.startswith("SELECT") for one in asked)


def test_many_bookings_given_rooms_are_charged_in_as_many_questions_as_a_few(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    buying = stock_up(database, by, woodlands)
    parked(database, by, buying.academy, DAYS)
    few = asked_when_given(database, by, woodlands.site, DAYS[:3])
    many = asked_when_given(database, by, woodlands.site, DAYS[3:])
    assert many == few
    charges = database.read(unbilled_charges)
    assert len(charges) == len(DAYS)
    assert {int(charge.net) for charge in charges} <= {8000, 9000}
