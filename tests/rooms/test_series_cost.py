"""What cancelling dates of a repeating booking costs is said before it is done, and is so."""

import pytest
from sqlalchemy import event

from lle_desk.core.db import By, Database
from lle_desk.rooms.actions.series import hold_series
from lle_desk.rooms.actions.series_changes import cancel_series
from lle_desk.rooms.actions.series_cost import series_cost
from lle_desk.rooms.actions.series_requests import CancelSeries
from lle_desk.rooms.rules.repeats import Scope
from tests.rooms.buying import booking_of, charges_of_use, money, stock_up
from tests.rooms.test_series import TUESDAY, weekly
from tests.rooms.woodlands import Woodlands, card


@pytest.fixture
def first(database: Database, by: By, woodlands: Woodlands) -> int:
    """Return the first of four dates in Elm, half a day each, booked by an academy."""
    buying = stock_up(database, by, woodlands)
    return database.write(by, hold_series, weekly(woodlands.elm, customer_id=buying.academy))


def test_the_cost_counts_each_dates_own_notice(database: Database, first: int) -> None:
    booking = database.read(booking_of, first)
    cost = database.read(series_cost, booking, Scope.ALL, TUESDAY)
    assert cost.dates == 4
    assert 1 <= cost.charged <= 4
    one = database.read(series_cost, booking, Scope.THIS, TUESDAY)
    assert (one.dates, one.charged) == (1, 1)
    assert 0 < one.total <= cost.total
    assert cost.words.startswith("4 dates; ")
    assert "£" in cost.words


def test_what_is_cancelled_today_costs_what_was_said(
    database: Database, by: By, first: int
) -> None:
    seen = card(database, first)
    today = TUESDAY.replace(year=TUESDAY.year - 1)
    said = database.read(series_cost, seen.booking_id, Scope.ALL, today)
    assert said.words == "4 dates, nothing to pay."
    ask = CancelSeries(
        booking_id=seen.booking_id,
        seen_version=seen.booking_version,
        scope=Scope.ALL,
        reason="network ends",
    )
    assert database.write(by, cancel_series, ask) == said.dates
    assert charges_of_use(database, first) == []
    again = database.read(series_cost, seen.booking_id, Scope.ALL, today)
    assert again.refusal.endswith("is cancelled already.")


def test_a_year_of_dates_is_booked_in_a_few_questions(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    buying = stock_up(database, by, woodlands)
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    long = weekly(woodlands.elm, times=100, customer_id=buying.academy)
    event.listen(database.engine, "before_cursor_execute", count)
    try:
        use = database.write(by, hold_series, long)
    finally:
        event.remove(database.engine, "before_cursor_execute", count)
    assert len(money(database, use)) == 1
    assert len([one for one in asked if not one.startswith("INSERT")]) < 100  # not one a date
