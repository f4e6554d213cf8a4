"""What cancelling dates of a repeating booking costs is said before it is done, and is so."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.db import By, Database
from lle_desk.offers.rules import Supply
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.actions.series import hold_series
from lle_desk.rooms.actions.series_changes import cancel_series
from lle_desk.rooms.actions.series_cost import SeriesCost, series_cost
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
    assert isinstance(cost, SeriesCost)
    assert len(cost.dates) == 4
    one = database.read(series_cost, booking, Scope.THIS, TUESDAY)
    assert isinstance(one, SeriesCost)
    assert one.words == "1 date, charged for by the terms agreed at booking."
    assert 0 < one.total < cost.total
    assert cost.words == "4 dates, charged for by the terms agreed at booking."
    assert [line.charge.tax_point_on.day for line in cost.lines] == [3, 10, 17, 24]


def test_what_is_cancelled_today_costs_what_was_said(
    database: Database, by: By, first: int
) -> None:
    seen = card(database, first)
    today = TUESDAY.replace(year=TUESDAY.year - 1)
    said = database.read(series_cost, seen.booking_id, Scope.ALL, today)
    assert isinstance(said, SeriesCost)
    assert said.words == "4 dates, nothing to pay."
    ask = CancelSeries(
        booking_id=seen.booking_id,
        seen_version=seen.booking_version,
        scope=Scope.ALL,
        reason="network ends",
    )
    assert database.write(by, cancel_series, ask) == len(said.dates)
    assert charges_of_use(database, first) == []
    again = database.read(series_cost, seen.booking_id, Scope.ALL, today)
    assert isinstance(again, str)
    assert again.endswith("is cancelled already.")


def test_what_is_charged_for_late_dates_is_what_was_shown_unless_it_is_waived_with_a_reason(
    database: Database, by: By, first: int
) -> None:
    seen = card(database, first)
    said = database.read(series_cost, seen.booking_id, Scope.LATER, TUESDAY)
    assert isinstance(said, SeriesCost)
    ask = CancelSeries(
        booking_id=seen.booking_id,
        seen_version=seen.booking_version,
        scope=Scope.LATER,
        reason="network ends",
        notice_on=TUESDAY,
    )
    done = database.write(by, Keeping(cancel_series, "Cancelled"), ask)
    fees = [row for row in database.read(unbilled_charges) if row.supply == Supply.COMPENSATION]
    assert sum(row.net for row in fees) == said.total > 0
    assert done.way is not None
    database.write(by, done.way.back)
    again = replace(
        ask,
        seen_version=card(database, first).booking_version,
        waived_because="the school is flooded",
    )
    database.write(by, cancel_series, again)
    assert database.read(unbilled_charges) == []
    kept = card(database, first).cancelled_reason
    assert kept == "network ends (charge waived: the school is flooded)"


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
