from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lle_desk.core.days import day_words
from lle_desk.qt.typed import parse_date, parse_money, parse_time

TODAY = date(2014, 3, 4)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4/3/14", date(2014, 3, 4)),
        ("4.3.2014", date(2014, 3, 4)),
        ("04-03-14", date(2014, 3, 4)),
        ("040314", date(2014, 3, 4)),
        ("04032014", date(2014, 3, 4)),
        ("2014-03-13", date(2014, 3, 13)),
        ("13 mar", date(2014, 3, 13)),
        ("13th March 2014", date(2014, 3, 13)),
        ("Tue 4 Mar 2014", date(2014, 3, 4)),
        ("Thu 13 Mar", date(2014, 3, 13)),
        ("13/3", date(2014, 3, 13)),
        ("20/12", date(2013, 12, 20)),  # the nearest 20 December
        ("4", date(2014, 3, 4)),
        ("3", date(2014, 4, 3)),
        ("31", date(2014, 3, 31)),
        ("tue", date(2014, 3, 11)),
        ("wed", date(2014, 3, 5)),
        ("monday", date(2014, 3, 10)),
        ("thurs", date(2014, 3, 6)),
        ("+7", date(2014, 3, 11)),
        ("-1", date(2014, 3, 3)),
        ("+2w", date(2014, 3, 18)),
        ("+1m", date(2014, 4, 4)),
        ("today", TODAY),
        ("tomorrow", date(2014, 3, 5)),
        (" 4/3/14 ", date(2014, 3, 4)),
    ],
)
def test_a_day_is_read_as_it_was_meant(typed: str, meant: date) -> None:
    assert parse_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "31/2/14", "29/2/14", "x", "s", "4/13/14", "99", "4/3/14/1", "4/3/1", "½", "٤/3"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert parse_date(typed, TODAY) is None


@given(st.dates(date(2000, 1, 1), date(2199, 12, 31)))
def test_a_day_as_the_field_writes_it_is_read_back(day: date) -> None:
    assert parse_date(day_words(day), TODAY) == day


@given(st.text(max_size=12))
def test_anything_may_be_typed(text: str) -> None:
    found = (parse_date(text, TODAY), parse_time(text), parse_money(text))
    kinds = (date, time, int)
    assert all(one is None or isinstance(one, kind) for one, kind in zip(found, kinds, strict=True))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("930", time(9, 30)),
        ("9.30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("9", time(9)),
        ("1415", time(14, 15)),
        ("2.15pm", time(14, 15)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("9 am", time(9)),
        ("0", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_is_read_as_it_was_meant(typed: str, meant: time) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "24:00", "960", "9:5", "13pm", "0am", "noon", "9:30:15"])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert parse_time(typed) is None


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("165", 16_500), ("£1,165.50", 116_550), ("-3", -300), ("\N{MINUS SIGN}3.5", -350)],
)
def test_an_amount_is_read_in_pence(typed: str, pence: int) -> None:
    assert parse_money(typed) == pence


@pytest.mark.parametrize("typed", ["", "abc", "1.234", "1e5", "1.2.3", "£"])
def test_what_is_no_amount_is_none(typed: str) -> None:
    assert parse_money(typed) is None
