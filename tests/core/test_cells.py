from datetime import date, datetime, time

import pytest

from lle_desk.core.cells import read_clock, read_count, read_day, read_moment, read_span
from lle_desk.core.sheets import Value

MONDAY = date(2014, 3, 3)


@pytest.mark.parametrize(
    "value",
    [
        "03/03/2014",
        "3.3.14",
        "3 Mar 2014",
        "Mon 3rd March 2014",
        "March 3, 2014",
        "2014-03-03",
        41701,
        "41701",
        datetime(2014, 3, 3, 9, 30),
    ],
)
def test_a_day_is_read_in_every_manner(value: Value) -> None:
    assert read_day(value) == MONDAY


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("31/02/2014", "no day"),
        ("3 March", "with its year"),
        ("Tue 3 Mar 2014", "it is a Monday"),
        ("soon", "no day"),
        ("3/3/1914", "not in this age"),
    ],
)
def test_a_day_that_is_not_certain_is_refused_with_what_to_write(value: Value, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_day(value)


def test_a_month_stands_first_only_when_it_is_said() -> None:
    assert read_day("04/03/2014") == date(2014, 3, 4)
    assert read_day("03/04/2014", month_first=True) == date(2014, 3, 4)


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("9.30am", 570),
        ("09:30", 570),
        ("9.30 a.m.", 570),
        ("0930", 570),
        (0.395833, 570),
        (930, 570),
        (9.3, 570),
        (time(9, 30), 570),
        ("1.30", 810),
        ("01:30", 90),
        ("noon", 720),
        ("midnight", 0),
    ],
)
def test_a_time_of_day_is_read_in_every_manner(value: Value, minutes: int) -> None:
    assert read_clock(value) == minutes


@pytest.mark.parametrize("value", ["25:00", "all day", "9:75", "", 41701.5 * 10])
def test_what_is_no_time_of_day_is_refused(value: Value) -> None:
    with pytest.raises(ValueError, match="no time of day"):
        read_clock(value)


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("09:00-12:30", (540, 750)),
        ("9.30am – 12", (570, 720)),
        ("1-3pm", (780, 900)),
        ("11-1pm", (660, 780)),
        ("9 to 5", (540, 1020)),
        ("6pm-midnight", (1080, 1440)),
    ],
)
def test_a_time_from_and_to_is_read_out_of_one_cell(value: str, span: tuple[int, int]) -> None:
    assert read_span(value) == span


def test_a_day_with_its_time_is_read_and_an_offset_becomes_londons_clock() -> None:
    half_past_nine = datetime(2014, 3, 3, 9, 30)
    for value in ("03/03/2014 09:30", 41701.395833, "3 Mar 2014 at 9.30am"):
        assert read_moment(value) == half_past_nine
    assert read_moment("2017-07-05T10:00:00+00:00") == datetime(2017, 7, 5, 11)


@pytest.mark.parametrize("value", ["30ish", "25-30", "tbc", 0, -3, 10**7])
def test_what_is_no_number_of_people_is_refused(value: Value) -> None:
    with pytest.raises(ValueError, match="not a number of people"):
        read_count(value)
    assert read_count("30 people") == read_count(30.0) == 30
