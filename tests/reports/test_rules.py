"""How people are counted, with plain values."""

import subprocess
import sys
from datetime import date, datetime

from lle_desk.reports.rules import CountedUse, FootfallRow, How, footfall_rows, heads_of

YEAR = (date(2013, 4, 1), date(2014, 3, 31))
KINDS = ("External", "LCC meetings")


def use(
    booking: int, starts: str, ends: str, heads: int, *, how: How = How.COUNTED, room: int = 1
) -> CountedUse:
    moments = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
    return CountedUse(booking, booking, "External", room, *moments, heads, how)


def external(*uses: CountedUse) -> FootfallRow:
    return footfall_rows(uses, KINDS, *YEAR)[0]


def test_a_delegate_on_a_two_day_course_counts_twice() -> None:
    days = (use(1, "2013-05-01 09:00", "2013-05-01 16:00", 20),)
    again = (use(1, "2013-05-15 09:00", "2013-05-15 16:00", 20),)
    assert external(*days, *again) == FootfallRow("External", 1, 40)


def test_a_use_over_two_days_counts_on_both() -> None:
    assert external(use(1, "2013-05-01 09:00", "2013-05-02 16:00", 20)).people == 40


def test_who_is_there_in_the_morning_and_in_the_afternoon_is_one_person() -> None:
    morning = use(1, "2013-05-01 09:00", "2013-05-01 12:00", 20)
    afternoon = use(1, "2013-05-01 12:00", "2013-05-01 16:00", 18)
    assert external(morning, afternoon) == FootfallRow("External", 1, 20)


def test_two_rooms_of_one_booking_at_one_time_count_both() -> None:
    oak = use(1, "2013-05-01 09:00", "2013-05-01 12:00", 20)
    elm = use(1, "2013-05-01 10:00", "2013-05-01 11:00", 5)
    assert external(oak, elm).people == 25


def test_a_use_that_ends_at_midnight_is_of_one_day() -> None:
    assert external(use(1, "2013-05-01 18:00", "2013-05-02 00:00", 20)).people == 20


def test_only_the_days_of_the_period_count() -> None:
    over_the_end = use(1, "2014-03-31 09:00", "2014-04-01 16:00", 20)
    assert external(over_the_end) == FootfallRow("External", 1, 20)


def test_a_category_without_bookings_has_a_row_of_noughts() -> None:
    assert footfall_rows((), KINDS, *YEAR)[1] == FootfallRow("LCC meetings", 0, 0)


def test_people_who_were_only_expected_are_told_apart() -> None:
    counted = use(1, "2013-05-01 09:00", "2013-05-01 12:00", 20)
    expected = use(2, "2013-05-01 09:00", "2013-05-01 12:00", 30, how=How.EXPECTED)
    assert external(counted, expected) == FootfallRow("External", 2, 50, 30)


def test_counted_heads_come_before_the_register_and_that_before_the_expected() -> None:
    assert heads_of(0, 18, 20) == (0, How.COUNTED)
    assert heads_of(None, 18, 20) == (18, How.REGISTER)
    assert heads_of(None, None, 20) == (20, How.EXPECTED)


def test_reports_know_of_credits_whatever_else_was_opened_before() -> None:
    asked = (
        "import lle_desk.reports.queries\n"
        "from lle_desk.charges.queries import credits_by_charge\n"
        "assert credits_by_charge() is not None"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)
