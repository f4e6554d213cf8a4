from datetime import date

import pytest

from lle_desk.core.money import Pence
from lle_desk.offers.rules import (
    Scale,
    ScaleStep,
    cancellation_fee,
    last_day_of_notice,
    last_free_day,
    step_on,
)

COURSES = Scale(
    "Courses",
    "working days",
    Pence(5000),
    (ScaleStep(5, 100, "fee"), ScaleStep(None, 0, "fee")),
)
THURSDAY = date(2014, 3, 27)


def test_the_last_free_day_leaves_five_working_days_with_the_day_of_the_event() -> None:
    assert last_free_day(THURSDAY, 5) == date(2014, 3, 20)


def test_the_last_free_day_steps_over_easter() -> None:
    assert last_free_day(date(2014, 4, 23), 5) == date(2014, 4, 14)


def test_notice_in_weeks_counts_days() -> None:
    assert last_day_of_notice(date(2014, 6, 2), 4, "weeks") == date(2014, 5, 5)


@pytest.mark.parametrize(("day", "percent"), [(20, 0), (21, 100), (27, 100)])
def test_a_scale_charges_from_the_day_after_the_last_free_day(day: int, percent: int) -> None:
    step = step_on(COURSES, date(2014, 3, day), THURSDAY)
    assert step is not None
    assert step.percent == percent


def test_a_free_place_pays_the_fixed_fee_instead() -> None:
    assert cancellation_fee(Pence(0), 100, Pence(5000)) == 5000
    assert cancellation_fee(Pence(19500), 100, Pence(5000)) == 19500
    assert cancellation_fee(Pence(19500), 0, Pence(5000)) == 0


def test_half_a_penny_of_a_fee_is_rounded_up() -> None:
    assert cancellation_fee(Pence(101), 50, Pence(0)) == 51
