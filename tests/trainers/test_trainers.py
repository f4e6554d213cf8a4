"""Trainers: added, their time held, moved and freed; a clash says what they do then."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.rooms.models import Claim
from lle_desk.trainers.actions import (
    AddTrainer,
    EditTrainer,
    HoldTime,
    MoveTime,
    TakeLeave,
    add_trainer,
    edit_trainer,
    end_leave,
    free_time,
    hold_time,
    move_time,
    take_leave,
)
from lle_desk.trainers.queries import find_trainers, time_row, trainer_times, trainers
from lle_desk.trainers.rules import Part, Purpose, away_spans, initials_of
from tests.courses.people import ANN
from tests.trainers.people import a_trainer

TUESDAY = date(2014, 3, 4)


def at(hour: int, minute: int = 0, day: int = 4) -> datetime:
    return datetime(2014, 3, day, hour, minute)


def visit(trainer_id: int, start: int, end: int, before: int = 0, after: int = 0) -> HoldTime:
    return HoldTime(
        new_uuid(), trainer_id, at(start), at(end), Purpose.VISIT, "Maths review", before, after
    )


def claims(session: Session) -> int:
    return session.scalar(select(func.count()).where(Claim.holds_space)) or 0


def test_initials_are_those_of_the_name() -> None:
    assert initials_of("Anna Example") == "AE"
    assert initials_of("Anna van der Example") == "AE"
    assert initials_of("Anna") == "A"


def test_a_trainer_is_added_once_and_edited(database: Database) -> None:
    ask = AddTrainer(new_uuid(), " Anna Example ", cost_per_day=Pence(35_000))
    number = database.write(ANN, add_trainer, ask)
    assert database.write(ANN, add_trainer, ask) == number
    [row] = database.read(trainers)
    assert (row.name, row.initials, row.service_code) == ("Anna Example", "AE", "")
    edit = EditTrainer(number, row.version, "Anna Sample", None, "", "", "", Pence(0), False)
    database.write(ANN, edit_trainer, edit)
    assert database.read(trainers) == []
    with pytest.raises(RecordChanged):
        database.write(ANN, edit_trainer, edit)
    with pytest.raises(OfficerError, match="name"):
        database.write(ANN, add_trainer, AddTrainer(new_uuid(), "  "))


def test_a_trainer_who_is_busy_is_refused_and_the_sentence_says_what_they_do(
    database: Database,
) -> None:
    anna = a_trainer(database)
    held = database.write(ANN, hold_time, visit(anna, 9, 12, after=30))
    assert database.read(time_row, held) is not None
    with pytest.raises(OfficerError) as caught:
        database.write(ANN, hold_time, visit(anna, 12, 13))
    assert str(caught.value) == (
        "Anna Example has the visit “Maths review” on Tue 4 Mar 2014, 09:00–12:00"
        " (with travel 09:00–12:30). Choose another time, or somebody else."
    )
    assert caught.value.field == "trainer"
    database.write(ANN, hold_time, visit(a_trainer(database, "Ben Sample"), 12, 13))


def test_time_is_held_once_moved_and_freed(database: Database) -> None:
    anna, ben = a_trainer(database), a_trainer(database, "Ben Sample")
    ask = visit(anna, 9, 12, before=30)
    held = database.write(ANN, hold_time, ask)
    assert database.write(ANN, hold_time, ask) == held
    database.write(ANN, move_time, MoveTime(held, at(10), at(13), trainer_id=ben))
    row = database.read(time_row, held)
    assert row is not None
    assert (row.trainer_id, row.reserved_from, row.reserved_to) == (ben, at(9, 30), at(13))
    database.write(ANN, hold_time, visit(anna, 9, 12))
    with pytest.raises(OfficerError, match="Anna Example has the visit"):
        database.write(ANN, move_time, MoveTime(held, at(10), at(13), trainer_id=anna))
    database.write(ANN, free_time, held)
    assert database.read(time_row, held) is None
    assert database.read(claims) == 1


def test_leave_is_whole_or_half_days_and_a_long_one_is_several_rows(database: Database) -> None:
    anna = a_trainer(database)
    half = TakeLeave(new_uuid(), anna, TUESDAY, TUESDAY, Part.MORNING)
    assert len(database.write(ANN, take_leave, half)) == 1
    database.write(ANN, hold_time, visit(anna, 13, 16))
    with pytest.raises(OfficerError, match="is away on the morning of Tue 4 Mar 2014"):
        database.write(ANN, take_leave, replace(half, client_uuid=new_uuid(), part=Part.DAY))
    long = TakeLeave(new_uuid(), anna, date(2014, 5, 1), date(2014, 7, 15))
    held = database.write(ANN, take_leave, long)
    assert len(held) == 3
    assert database.write(ANN, take_leave, long) == held
    with pytest.raises(OfficerError, match="is away from Sun 1 Jun 2014"):
        database.write(
            ANN,
            hold_time,
            replace(
                visit(anna, 9, 12),
                starts_at=datetime(2014, 6, 10, 9),
                ends_at=datetime(2014, 6, 10, 12),
            ),
        )
    database.write(ANN, end_leave, held[0], 1)
    assert len(database.read(trainer_times, date(2014, 5, 1), date(2014, 7, 31))) == 2


@pytest.mark.parametrize(
    ("last", "words"), [(date(2014, 3, 3), "before the first"), (date(2015, 6, 1), "a year")]
)
def test_leave_that_is_none_is_refused(database: Database, last: date, words: str) -> None:
    with pytest.raises(OfficerError, match=words):
        database.write(ANN, take_leave, TakeLeave(new_uuid(), a_trainer(database), TUESDAY, last))


def test_half_days_of_leave_are_one_each_day() -> None:
    spans = list(away_spans(TUESDAY, date(2014, 3, 5), Part.AFTERNOON))
    assert spans == [(at(12, 30), at(0, day=5)), (at(12, 30, 5), at(0, day=6))]


def test_the_free_are_offered_first_and_the_others_say_what_they_do(database: Database) -> None:
    anna = a_trainer(database)
    a_trainer(database, "Ben Sample", ours=False)
    database.write(ANN, hold_time, visit(anna, 9, 12))
    found = database.read(find_trainers, "", at(11), at(13))
    assert [(hit.name, hit.doing) for hit in found] == [
        ("Ben Sample", ""),
        ("Anna Example", "has the visit “Maths review”"),
    ]
    assert [hit.name for hit in database.read(find_trainers, "exam an")] == ["Anna Example"]
