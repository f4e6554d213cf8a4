"""The questions of the evaluation sheet are changed; what sheets answered stays as it was."""

import pytest
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.core.undo import ChangedSince, Undoable, take_back
from lle_desk.courses.actions.questioning import SaveQuestions, save_questions
from lle_desk.courses.queries.evaluation import event_sheets, judged, questions
from lle_desk.courses.queries.questions import SheetQuestions, sheet_questions
from lle_desk.courses.rules import Asked, sheet_fault
from lle_desk.officers.models import Officer
from tests.core.office import assert_refused_by, flag, run
from tests.courses.people import ANN
from tests.courses.test_evaluation import YEAR, keep, taught

BEN = By("ben", "desk-2")
SPEED = Asked("The pace was right for me", "Pace")


def now(database: Database, login: str = "ann") -> SheetQuestions:
    return database.read(sheet_questions, login)


def save(database: Database, *wanted: Asked, by: By = ANN) -> Undoable[None]:
    seen = now(database).versions
    return database.write(by, save_questions, SaveQuestions(wanted, seen))


def headings(database: Database) -> list[str]:
    return [one.short_words for one in database.read(questions)]


def test_sheets_keep_the_questions_they_answered_and_the_averages_stay(
    database: Database,
) -> None:
    event = taught(database, "PHON", "Trainer One")
    keep(database, event, 4, 3, 4, 2)
    before = database.read(judged, *YEAR)
    aims, content, trainer, venue = now(database).asked
    reworded = Asked("The trainer knew the subject", "Trainer")
    done = save(database, SPEED, aims, reworded, content)  # the trainer's reworded, no venue
    assert headings(database) == ["Pace", "Aims met", "Trainer", "Content"]
    keep(database, event, 1, 4, 2)
    found = database.read(judged, *YEAR)
    asked = "Pace, Aims met, Trainer, Content, Trainer (earlier), Venue (earlier)"
    assert ", ".join(one.heading for one in found.questions) == asked
    [course], [one] = found.courses, found.trainers
    assert course.means == one.means == (1, 4, 2, 3, 4, 2)
    assert {len(sheet.scores) for sheet in database.read(event_sheets, event).sheets} == {3, 4}
    assert found.sheets == before.sheets + 1
    assert done.way is not None
    database.write(ANN, take_back, done.way.back, done.way.after)
    assert [one.short_words for one in now(database).asked] == [
        one.short_words for one in (aims, content, trainer, venue)
    ]
    assert database.read(judged, *YEAR).courses[0].sheets == 2  # what was answered still counts


def test_a_question_asked_before_comes_back_with_its_answers(database: Database) -> None:
    event = taught(database, "PHON", "Trainer One")
    keep(database, event, 4, 3, 4, 2)
    *others, venue = now(database).asked
    save(database, *others)
    assert now(database).retired == (venue,)
    with pytest.raises(OfficerError, match="answers under the heading “Venue”"):
        save(database, *others, Asked(venue.words, "Room"))
    save(database, venue, *others)
    [course] = database.read(judged, *YEAR).courses
    assert course.means == (2, 4, 3, 4)


def test_what_was_changed_twice_is_not_undone_over_the_second_change(database: Database) -> None:
    aims, *others = now(database).asked
    first = save(database, *others)
    save(database, *others, aims)
    assert first.way is not None
    with pytest.raises(ChangedSince, match="you have changed the questions"):
        database.write(ANN, take_back, first.way.back, first.way.after)
    assert save(database, *others, aims).way is None  # nothing was changed


def test_only_an_administrator_changes_them_and_nobody_over_somebody_else(
    database: Database,
) -> None:
    asked = now(database)
    save(database, *asked.asked[1:])
    with pytest.raises(RecordChanged, match="Somebody else changed the questions"):
        database.write(ANN, save_questions, SaveQuestions((SPEED,), asked.versions))
    database.write(ANN, name_officer, "ann", "administrator")
    assert now(database).may_save
    assert not now(database, "ben").may_save
    assert "may change the questions; you may read them" in now(database, "ben").who_may
    with pytest.raises(OfficerError, match="Only an administrator"):
        save(database, SPEED, by=BEN)


def name_officer(session: Session, login: str, role: str) -> None:
    officer = Officer(login=login, name="Demo Ann", initials="DA", role=role, is_active=True)
    officer.client_uuid = new_uuid()
    session.add(officer)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ([], "at least one question"),
        ([SPEED, Asked("THE PACE was right for me", "Speed")], "1 and 2 ask the same"),
        ([SPEED, Asked("Was it too slow?", "pace")], "1 and 2 have the same heading"),
        ([Asked("x" * 121, "Pace")], "121 letters, too long for the printed sheet"),
        ([Asked("How was it?", "x" * 25)], "24 letters at most"),
        ([Asked("", "Pace")], "what question 1 asks"),
        ([Asked("How was it?", "")], "heading of question 1"),
        ([Asked(f"Question {n}", f"Q{n}") for n in range(11)], "room for 10 questions"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(wanted: list[Asked], words: str) -> None:
    fault = sheet_fault(wanted)
    assert fault is not None
    assert words in fault.text


def test_ten_long_questions_may_be_asked() -> None:
    assert sheet_fault([Asked(f"{n:x<120}", f"{n:x<24}") for n in range(10)]) is None


def test_plain_sql_neither_turns_a_question_round_nor_leaves_none(
    administrators_database: Database,
) -> None:
    database = administrators_database
    event = taught(database, "PHON", "Trainer One")
    keep(database, event, 4)
    up = "version = version + 1"
    for kept in (
        f"UPDATE evaluation_question SET words = 'Was it poor?', {up} WHERE short_words = 'Venue'",
        f"UPDATE evaluation_question SET short_words = 'Poor', {up}",
        "DELETE FROM evaluation_question WHERE short_words = 'Venue'",
    ):
        with assert_refused_by("evaluation_question_kept"):
            run(database, kept)
    off = flag(database, False)
    with assert_refused_by("evaluation_question_left"):
        run(database, f"UPDATE evaluation_question SET is_active = :no, {up}", no=off)
    for kept in (
        f"UPDATE evaluation_score SET question_id = question_id + 1, {up}",
        "DELETE FROM evaluation_score",
    ):
        with assert_refused_by("evaluation_score_kept"):
            run(database, kept)
