"""School terms: which week of which term a day is in, and where it stands a year later."""

from datetime import date, timedelta

import pytest

from lle_desk.rooms.rules.school_terms import SchoolTerms, Term, WeekOfTerm, terms_told, usual_terms

TOLD = (
    "Autumn 2014-09-03 2014-10-20 2014-10-31 2014-12-19;"
    " Spring 2015-01-06 2015-02-16 2015-02-20 2015-03-27"
)


def test_a_day_keeps_its_weekday_and_its_week_of_term() -> None:
    later = SchoolTerms().year_later(date(2014, 3, 13))
    assert later.day == date(2015, 3, 12)
    assert later.week == WeekOfTerm("Spring", 9)
    assert later.week.words == "Spring, week 9"


@pytest.mark.parametrize("year", range(2010, 2031))
def test_every_day_of_a_term_stays_on_its_weekday_within_the_same_term(year: int) -> None:
    terms = SchoolTerms()
    for term, after in zip(usual_terms(year), usual_terms(year + 1), strict=True):
        for monday in term.weeks:
            for number in range(5):
                day = monday + timedelta(days=number)
                if term.first <= day <= term.last:
                    later = terms.year_later(day)
                    assert later.day.weekday() == day.weekday()
                    assert after.first <= later.day <= after.last
                    assert not after.half_first <= later.day <= after.half_last


def test_half_term_is_no_week_of_term() -> None:
    terms = SchoolTerms()
    assert terms.week_of(date(2014, 10, 28)) is None
    before, after = terms.week_of(date(2014, 10, 24)), terms.week_of(date(2014, 11, 3))
    assert before is not None
    assert after is not None
    assert after.week == before.week + 1


def test_a_day_in_the_holidays_goes_fifty_two_weeks_on() -> None:
    later = SchoolTerms().year_later(date(2014, 8, 12))
    assert later.day == date(2015, 8, 11)
    assert later.week is None


def test_a_week_that_the_next_year_does_not_have_becomes_its_last() -> None:
    later = SchoolTerms().year_later(date(2015, 3, 30))  # week 12 of spring; 2016 has 11
    assert later.is_cut
    assert later.day == date(2016, 3, 21)


def test_terms_that_were_told_come_before_the_usual_ones() -> None:
    terms = SchoolTerms(terms_told(TOLD))
    autumn, spring, summer = terms.of_year(2014)
    assert autumn == Term(
        "Autumn", date(2014, 9, 3), date(2014, 10, 20), date(2014, 10, 31), date(2014, 12, 19)
    )
    assert spring.last == date(2015, 3, 27)
    assert summer == usual_terms(2014)[2]
    assert terms.week_of(date(2014, 10, 29)) is None


@pytest.mark.parametrize(
    "text", ["Winter 2014-09-03 2014-10-20 2014-10-31 2014-12-19", "Autumn 2014-13-01", "x"]
)
def test_a_setting_that_is_no_term_is_refused_with_its_words(text: str) -> None:
    with pytest.raises(ValueError, match="is not a term"):
        terms_told(text)


def test_days_of_a_term_come_one_after_the_other() -> None:
    with pytest.raises(ValueError, match="not one after the other"):
        terms_told("Autumn 2014-09-03 2014-10-20 2014-10-31 2014-09-19")


@pytest.mark.parametrize(
    ("day", "later", "week"),
    [
        (date(2013, 9, 9), date(2014, 9, 8), "Autumn, week 2"),  # Monday
        (date(2013, 10, 24), date(2014, 10, 23), "Autumn, week 8"),  # Thursday before half-term
        (date(2013, 11, 4), date(2014, 11, 3), "Autumn, week 9"),  # Monday after it
        (date(2014, 2, 14), date(2015, 2, 13), "Spring, week 6"),  # Friday before half-term
        (date(2014, 2, 24), date(2015, 2, 23), "Spring, week 7"),
        (date(2014, 4, 4), date(2015, 3, 27), "Spring, week 12"),  # Easter comes 15 days sooner
        (date(2014, 4, 24), date(2015, 4, 23), "Summer, week 1"),
        (date(2014, 5, 6), date(2015, 5, 5), "Summer, week 3"),
        (date(2014, 6, 3), date(2015, 6, 2), "Summer, week 6"),
    ],
)
def test_days_of_2013_14_stand_in_2014_15_in_their_week_though_easter_moves(
    day: date, later: date, week: str
) -> None:
    there = SchoolTerms().year_later(day)
    assert there.week is not None
    assert (there.day, there.week.words) == (later, week)
