"""Evaluation sheets: kept once, undone, and averaged by course and by trainer."""

from datetime import date

import pytest

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.core.undo import Undoable
from lle_desk.courses.actions import NewSession
from lle_desk.courses.actions.evaluating import (
    AddEvaluation,
    add_evaluation,
    remove_evaluation,
)
from lle_desk.courses.queries.attendance import roll_of
from lle_desk.courses.queries.evaluation import event_sheets, judged, questions
from tests.core.office import assert_refused_by, flag, insert, run
from tests.courses.people import ANN, THURSDAY, a_course, an_event, at
from tests.courses.test_attendance import type_all
from tests.courses.test_deciding import Office

YEAR = (date(2013, 9, 1), date(2014, 8, 31))


def keep(
    database: Database,
    event: int,
    *given: int,
    comment: str = "",
    place: int | None = None,
) -> Undoable[int]:
    asked = database.read(questions)
    scores = {question.id: score for question, score in zip(asked, given, strict=False)}
    ask = AddEvaluation(new_uuid(), event, scores, comment, place)
    return database.write(ANN, add_evaluation, ask)


def taught(database: Database, code: str, trainer: str) -> int:
    session = NewSession(at(THURSDAY, "09:30"), at(THURSDAY, "15:30"), trainer_names=trainer)
    return an_event(database, a_course(database, code, f"Course {code}"), [session])


def test_the_office_begins_with_four_questions(database: Database) -> None:
    asked = database.read(questions)
    assert [one.short_words for one in asked] == ["Aims met", "Content", "Trainer", "Venue"]


def test_averages_stand_by_course_and_by_trainer(database: Database) -> None:
    phonics = taught(database, "PHON", "Trainer One")
    maths = taught(database, "MATH", "Trainer One")
    keep(database, phonics, 4, 4, 4, 2, comment="Very clear")
    keep(database, phonics, 2, 3, 4)
    keep(database, maths, 1, 1, 1, 1)
    found = database.read(judged, *YEAR)
    assert found.sheets == 3
    course = next(one for one in found.courses if one.code == "PHON")
    assert (course.sheets, course.means, course.comments) == (2, (3, 3.5, 4, 2), ("Very clear",))
    [trainer] = found.trainers
    assert (trainer.name, trainer.events, trainer.sheets) == ("Trainer One", 2, 3)
    assert trainer.means[2] == 3
    assert database.read(judged, date(2012, 1, 1), date(2012, 12, 31)).sheets == 0


def test_a_delegate_has_one_sheet_and_must_have_been_there(database: Database) -> None:
    office = Office(database)
    type_all(database, office.event, True, False, True)
    came, absent, _ = (row.place_id for row in database.read(roll_of, office.event).rows)
    keep(database, office.event, 4, place=came)
    with pytest.raises(OfficerError, match="in already"):
        keep(database, office.event, 3, place=came)
    with pytest.raises(OfficerError, match="did not attend"):
        keep(database, office.event, 3, place=absent)


@pytest.mark.parametrize(("given", "words"), [((5,), "1 .* to 4"), ((), "at least one score")])
def test_a_sheet_has_sensible_scores(
    database: Database, given: tuple[int, ...], words: str
) -> None:
    office = Office(database)
    with pytest.raises(OfficerError, match=words):
        keep(database, office.event, *given)


def test_a_sheet_is_undone_and_struck_out(database: Database) -> None:
    office = Office(database)
    place = database.read(roll_of, office.event).rows[0].place_id
    done = keep(database, office.event, 4, place=place)
    assert done.way is not None
    database.write(ANN, done.way.back)
    assert database.read(event_sheets, office.event).sheets == ()
    again = keep(database, office.event, 3, place=place)
    database.write(ANN, remove_evaluation, again.answer)
    assert database.read(event_sheets, office.event).sheets == ()


def test_a_score_out_of_range_or_of_another_event_is_refused_by_plain_sql(
    database: Database,
) -> None:
    office = Office(database)
    other = taught(database, "MATH", "Trainer One")
    sheet = keep(database, office.event, 4).answer
    question = database.read(questions)[1].id
    with assert_refused_by("ck_evaluation_score_score_sensible"):
        insert(database, "evaluation_score", evaluation_id=sheet, question_id=question, score=5)
    place = database.read(roll_of, office.event).rows[0].place_id
    with assert_refused_by("evaluation_of_event"):
        insert(
            database,
            "evaluation",
            event_id=other,
            place_id=place,
            comment="",
            is_removed=flag(database, False),
        )
    with assert_refused_by("evaluation_of_event"):
        run(
            database,
            "UPDATE evaluation SET event_id = :other, place_id = :place, version = version + 1",
            other=other,
            place=place,
        )
