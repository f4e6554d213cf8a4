from datetime import date

import pytest

from lle_desk.core.day_typed import day_typed
from lle_desk.core.money import Pence
from lle_desk.courses.rules import (
    EventState,
    Standing,
    cancelling_words,
    days_words,
    full_words,
    joined,
    needs_of,
    next_code,
)
from lle_desk.offers.rules import Scale, ScaleStep, cancellation_terms

TODAY = date(2014, 3, 4)
RESIDENTIAL = Scale(
    "Residential",
    "weeks",
    Pence(0),
    (
        ScaleStep(4, 100, "total"),
        ScaleStep(6, 75, "total"),
        ScaleStep(9, 50, "total"),
        ScaleStep(12, 25, "total"),
        ScaleStep(None, 0, "total"),
    ),
)


def standing(state: str = EventState.OPEN, held: int = 10, **facts: int) -> Standing:
    known = {"waiting": 0, "capacity": 12, "minimum": 8, "without_room": 0} | facts
    return Standing(
        state,
        held,
        known["waiting"],
        known["capacity"],
        known["minimum"],
        date(2014, 3, 6),
        known["without_room"],
    )


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (standing(), ["Decide by 6 Mar"]),
        (standing(held=7), ["Needs 1 by 6 Mar"]),
        (standing(EventState.CONFIRMED), ["Confirmed to run"]),
        (standing(EventState.CONFIRMED, held=12), ["Full", "Confirmed to run"]),
        (standing(EventState.CONFIRMED, held=3), ["Confirmed to run"]),
        (
            standing(held=12, waiting=3, without_room=1),
            ["No room", "Decide by 6 Mar", "Full", "3 waiting"],
        ),
        (standing(EventState.CANCELLED, without_room=1), ["Cancelled"]),
        (standing(EventState.COMPLETED, without_room=1), []),
    ],
)
def test_an_event_says_what_it_needs_gravest_first(event: Standing, words: list[str]) -> None:
    assert [need.words for need in needs_of(event)] == words


def test_days_name_month_and_year_only_where_they_change() -> None:
    march = [date(2014, 3, 27), date(2014, 3, 13)]
    assert days_words(march) == "Thu 13 and Thu 27 Mar 2014"
    assert days_words([*march, date(2014, 4, 3)]) == "Thu 13, Thu 27 Mar and Thu 3 Apr 2014"
    assert (
        days_words([date(2014, 12, 30), date(2015, 1, 6)]) == "Tue 30 Dec 2014 and Tue 6 Jan 2015"
    )
    assert days_words([]) == ""


def test_the_next_code_counts_on_from_the_highest() -> None:
    assert next_code("LPDS", []) == "LPDS-0001"
    assert next_code("LPDS", ["LPDS-0416", "LPDS-0009", "LPDS-SPECIAL", "GOV-0900"]) == "LPDS-0417"
    assert next_code("LPDS", ["LPDS-9999"]) == "LPDS-10000"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("13 mar", date(2014, 3, 13)),
        ("13 March", date(2014, 3, 13)),
        ("13/3", date(2014, 3, 13)),
        ("13.3.14", date(2014, 3, 13)),
        ("13/3/2015", date(2015, 3, 13)),
        ("3 mar", date(2015, 3, 3)),  # this year's is over
        ("31 feb", None),
        ("29 feb", None),
        ("phonics", None),
        ("13", None),
        ("13 foo", None),
        ("Thu 13 Mar", date(2014, 3, 13)),  # as the screen writes it
        ("wed 2nd april", date(2014, 4, 2)),
        ("thursday", date(2014, 3, 6)),
        ("tues", date(2014, 3, 11)),  # the next one: today is one
        ("tomorrow", date(2014, 3, 5)),
        ("sat", None),  # tests for pupils have that name
        ("", None),
    ],
)
def test_a_typed_day_is_the_coming_one(typed: str, day: date | None) -> None:
    assert day_typed(typed, TODAY) == day


def test_a_refusal_says_how_many_are_free() -> None:
    assert full_words(3, 2, 12).startswith("No place is left for three; 2 are free. Book two")
    assert full_words(2, 1, 12).startswith("No place is left for two; 1 is free. Book one")
    assert full_words(1, 0, 12).startswith("No place is left: all 12 are taken.")


def test_a_scale_in_weeks_leaves_no_day_out() -> None:
    terms = cancellation_terms(RESIDENTIAL, date(2014, 6, 2), [Pence(10001)])
    assert [(term.percent, term.first, term.last) for term in terms] == [
        (0, None, date(2014, 3, 10)),
        (25, date(2014, 3, 11), date(2014, 3, 31)),
        (50, date(2014, 4, 1), date(2014, 4, 21)),
        (75, date(2014, 4, 22), date(2014, 5, 5)),
        (100, date(2014, 5, 6), None),
    ]
    assert [term.amounts for term in terms] == [(0,), (2500,), (5001,), (7501,), (10001,)]


def test_terms_that_ended_before_the_booking_are_left_out() -> None:
    terms = cancellation_terms(RESIDENTIAL, date(2014, 6, 2), [Pence(100)], date(2014, 4, 22))
    assert [term.percent for term in terms] == [75, 100]


def test_what_cancelling_costs_from_today_is_said_with_what_it_costs_next() -> None:
    fees = [Pence(10000), Pence(10000)]

    def said(today: date, scale: Scale | None = RESIDENTIAL) -> str:
        return cancelling_words(scale, date(2014, 6, 2), fees, today)

    assert said(TODAY) == "Free to cancel in writing until Mon 10 Mar 2014; then £50.00"
    assert said(date(2014, 3, 11)).startswith("Cancelling costs £50.00 until Mon 31 Mar 2014; then")
    assert said(date(2014, 6, 1)) == "Cancelling costs £200.00 from now on"
    assert said(date(2014, 7, 1)) == "Cancelling costs £200.00 from now on"  # it is over
    assert said(TODAY, None) == "Free to cancel"


def test_words_are_joined_as_they_are_read_out() -> None:
    assert [joined(list(words)) for words in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
