from datetime import date, datetime

import pytest

from lle_desk.core.days import financial_year_typed, london_time, on_london_clock


def test_what_was_written_in_summer_is_shown_an_hour_later_than_in_utc() -> None:
    assert london_time(datetime(2014, 7, 4, 9, 30)) == datetime(2014, 7, 4, 10, 30)
    assert london_time(datetime(2014, 7, 3, 23, 30)).day == 4


def test_what_was_written_in_winter_is_shown_as_it_is() -> None:
    assert london_time(datetime(2014, 3, 4, 9, 30)) == datetime(2014, 3, 4, 9, 30)


def test_a_moment_of_another_zone_is_shown_by_the_clock_in_london() -> None:
    moment = datetime.fromisoformat("2014-07-04T10:00:00+02:00")
    assert on_london_clock(moment) == datetime(2014, 7, 4, 9, 0)


def test_a_financial_year_runs_from_april_to_march() -> None:
    assert financial_year_typed("2013-14") == (date(2013, 4, 1), date(2014, 3, 31))
    assert financial_year_typed("1999-00") == (date(1999, 4, 1), date(2000, 3, 31))


@pytest.mark.parametrize("text", ["", "2013", "2013-15", "13-14", "2013-2014", "²⁰¹³-14"])
def test_what_is_no_financial_year_is_none(text: str) -> None:
    assert financial_year_typed(text) is None
