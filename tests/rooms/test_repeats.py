"""On which dates a booking repeats: the rules, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lle_desk.core.errors import OfficerError
from lle_desk.rooms.rules.repeats import (
    LAST,
    MOST_DATES,
    RepeatRule,
    Repeats,
    nth_weekdays,
    repeat_dates,
    rule_words,
    series_words,
)

TUESDAY = date(2014, 3, 4)


def weekly(**more: object) -> RepeatRule:
    values: dict[str, object] = {"kind": Repeats.WEEK, "starts_on": TUESDAY}
    return RepeatRule(**(values | more))  # type: ignore[arg-type]


def test_every_tuesday_until_8_april_is_six_dates() -> None:
    dates = repeat_dates(weekly(until_on=date(2014, 4, 8)))
    assert [day.day for day in dates] == [4, 11, 18, 25, 1, 8]


def test_every_second_week_on_two_days_counts_times_by_date() -> None:
    dates = repeat_dates(weekly(every=2, weekdays=(1, 3), times=5))
    assert [f"{day:%d/%m}" for day in dates] == ["04/03", "06/03", "18/03", "20/03", "01/04"]


def test_the_second_tuesday_of_each_month() -> None:
    rule = RepeatRule(Repeats.MONTH_WEEKDAY, date(2014, 3, 11), nth=2, times=3)
    assert repeat_dates(rule) == [date(2014, 3, 11), date(2014, 4, 8), date(2014, 5, 13)]


def test_the_last_friday_of_each_month_may_be_its_fifth() -> None:
    rule = RepeatRule(Repeats.MONTH_WEEKDAY, date(2014, 3, 28), nth=LAST, times=3)
    assert repeat_dates(rule) == [date(2014, 3, 28), date(2014, 4, 25), date(2014, 5, 30)]


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    rule = RepeatRule(Repeats.MONTH_DATE, date(2014, 1, 31), times=4)
    assert [(day.month, day.day) for day in repeat_dates(rule)] == [
        (1, 31),
        (2, 28),
        (3, 31),
        (4, 30),
    ]


def test_a_day_says_which_weekdays_of_its_month_it_is() -> None:
    assert nth_weekdays(date(2014, 3, 25)) == [4, LAST]
    assert nth_weekdays(date(2014, 3, 31)) == [LAST]
    assert nth_weekdays(date(2014, 3, 11)) == [2]


@pytest.mark.parametrize(
    ("rule", "field", "part"),
    [
        (weekly(times=10_000), "repeat_times", "at most 366 times, not 10,000"),
        (weekly(until_on=date(2030, 1, 1)), "repeat_until", "at most 366 times, and until"),
        (weekly(times=0), "repeat_times", "at most 366 times, not 0"),
        (weekly(), "repeat_until", "Say until when"),
        (weekly(times=3, until_on=date(2014, 4, 1)), "repeat_times", "not both"),
        (weekly(until_on=date(2014, 3, 1)), "repeat_until", "comes before the first, Tue 4 Mar"),
        (weekly(weekdays=(2,), times=2), "repeat_weekdays", "Choose Tue as well"),
        (weekly(every=0, times=2), "repeat_every", "Repeat every 1 to 366."),
    ],
)
def test_a_rule_nobody_means_is_refused_beside_its_field(
    rule: RepeatRule, field: str, part: str
) -> None:
    with pytest.raises(OfficerError, match=part) as refused:
        repeat_dates(rule)
    assert refused.value.field == field


def test_rules_are_said_in_officers_words() -> None:
    assert rule_words(weekly()) == "every Tuesday"
    assert rule_words(weekly(every=2, weekdays=(0, 3))) == "every 2 weeks on Mon and Thu"
    assert rule_words(weekly(weekdays=(0, 1, 2, 3, 4))) == "every day from Monday to Friday"
    nth = RepeatRule(Repeats.MONTH_WEEKDAY, date(2014, 3, 11), nth=2)
    assert rule_words(nth) == "every month on the second Tuesday"
    assert rule_words(RepeatRule(Repeats.MONTH_DATE, TUESDAY)) == "every month on the 4th"
    assert rule_words(RepeatRule(Repeats.DAY, TUESDAY)) == "every day"
    assert series_words(weekly(), date(2014, 4, 8)) == "every Tuesday until 8 Apr"


@given(
    st.sampled_from(list(Repeats)),
    st.dates(date(2001, 1, 1), date(2150, 1, 1)),
    st.integers(1, 12),
    st.integers(1, MOST_DATES),
)
def test_any_rule_begins_on_its_first_day_and_rises_by_dates(
    kind: Repeats, starts_on: date, every: int, times: int
) -> None:
    rule = RepeatRule(kind, starts_on, every, nth=nth_weekdays(starts_on)[-1], times=times)
    if every * times > 400:
        return  # years beyond the calendar's end
    dates = repeat_dates(rule)
    assert dates[0] == starts_on
    assert len(dates) == times
    assert dates == sorted(set(dates))
