"""Needs are looked at on purpose, every look is kept, and they are forgotten in time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.changes import history_of
from lle_desk.core.days import london_today
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.models import AuditDetail, CareAccess, SearchEntry
from lle_desk.customers.actions.care import (
    LookAtCare,
    SaveCare,
    forget_old_care,
    look_at_care,
    save_care,
)
from lle_desk.customers.models import PersonCare
from lle_desk.customers.rules import CareWords
from tests.core.office import assert_refused_by, run
from tests.courses.people import ANN, a_person, a_school

NEEDS = CareWords("Hearing loop", "No nuts", "Carries an adrenaline pen")
PURPOSE = "To arrange the course"


def a_delegate(database: Database) -> int:
    return a_person(database, a_school(database), "Delegate", "One")


def keep(database: Database, person: int, needed_until: date, words: CareWords = NEEDS) -> None:
    ask = SaveCare(person, CareWords(), words, needed_until, PURPOSE)
    database.write(ANN, save_care, ask)


def looks(session: Session) -> list[tuple[str, int, str]]:
    found = session.execute(
        select(CareAccess.officer, CareAccess.person_id, CareAccess.purpose).order_by(CareAccess.id)
    )
    return [(officer, person, purpose) for officer, person, purpose in found]


def everything_searched(session: Session) -> str:
    details = [words or "" for words in session.scalars(select(AuditDetail.words))]
    entries = session.scalars(select(SearchEntry.words)).all()
    return " ".join([*details, *entries]).casefold()


def test_who_looked_and_what_for_is_kept_each_time(database: Database) -> None:
    person = a_delegate(database)
    keep(database, person, london_today())
    seen = database.write(ANN, look_at_care, LookAtCare((person,), "Lunch of 13 March"))
    assert seen == {person: NEEDS}
    assert database.read(looks) == [("ann", person, PURPOSE), ("ann", person, "Lunch of 13 March")]


def test_without_a_purpose_nothing_is_shown_or_kept(database: Database) -> None:
    person = a_delegate(database)
    with pytest.raises(OfficerError, match="Say what it is needed for"):
        database.write(ANN, look_at_care, LookAtCare((person,), "  "))
    assert database.read(looks) == []


def test_the_words_are_never_in_the_trail_or_in_searches(database: Database) -> None:
    person = a_delegate(database)
    keep(database, person, london_today())
    told = database.read(everything_searched)
    assert "nuts" not in told
    assert "adrenaline" not in told
    rows = database.read(history_of, "person_care", person)
    assert rows
    assert "nuts" not in str(rows)


def test_needs_are_forgotten_thirty_days_after_they_were_needed(database: Database) -> None:
    person = a_delegate(database)
    keep(database, person, london_today())
    day = london_today() + timedelta(days=30)
    assert database.write(ANN, forget_old_care, day) == 0
    assert database.write(ANN, forget_old_care, day + timedelta(days=1)) == 1
    assert database.read(lambda session: session.get(PersonCare, person)) is None


def test_needs_out_of_time_are_not_shown_any_more(database: Database) -> None:
    person = a_delegate(database)
    keep(database, person, date(2014, 3, 13))
    assert database.write(ANN, look_at_care, LookAtCare((person,), "Lunch")) == {}


def test_nothing_left_to_need_deletes_the_row_and_a_stale_page_overwrites_nothing(
    database: Database,
) -> None:
    person = a_delegate(database)
    keep(database, person, london_today())
    stale = SaveCare(person, CareWords(), CareWords("", "Vegan"), london_today(), PURPOSE)
    with pytest.raises(OfficerError, match="Somebody else changed"):
        database.write(ANN, save_care, stale)
    gone = SaveCare(person, NEEDS, CareWords(), london_today(), PURPOSE)
    database.write(ANN, save_care, gone)
    assert database.read(lambda session: session.get(PersonCare, person)) is None


def test_needs_are_not_written_by_plain_sql_without_a_look(database: Database) -> None:
    person = a_delegate(database)
    with assert_refused_by("care_looked_at"):
        run(
            database,
            "INSERT INTO person_care (person_id, access, diet, medical, retain_until)"
            " VALUES (:person, '', 'Vegan', '', :until)",
            person=person,
            until="2014-03-13" if database.dialect == "sqlite" else date(2014, 3, 13),
        )


def test_a_look_is_never_taken_out_of_the_list(database: Database) -> None:
    person = a_delegate(database)
    keep(database, person, london_today())
    if database.dialect == "sqlite":
        with assert_refused_by("care_access_kept"):
            run(database, "DELETE FROM care_access")
        with assert_refused_by("care_access_kept"):
            run(database, "UPDATE care_access SET officer = 'somebody'")
    else:
        for attack in ("DELETE FROM care_access", "UPDATE care_access SET officer = 'somebody'"):
            with pytest.raises(Exception, match="permission denied"):
                run(database, attack)
    assert len(database.read(looks)) == 1
