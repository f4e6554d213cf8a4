"""Erasing a person reaches the letters that told of them, and nothing else of a letter changes."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from lle_desk.charges.queries import charges_of
from lle_desk.charges.rules import Source
from lle_desk.core.checks import check_database
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions import book_places
from lle_desk.courses.exports.mailing import LetterRun, letters_in_outbox
from lle_desk.courses.models import CourseBooking
from lle_desk.courses.queries import booking_card
from lle_desk.courses.queries.addressing import addressees, addressees_of
from lle_desk.customers.actions.erasing import ErasePerson, erase_person, erase_wholly
from lle_desk.customers.models import Person
from lle_desk.customers.queries import people_of, person_row
from lle_desk.customers.rules import Route
from lle_desk.customers.ui.forms import EraseForm, PersonForm
from lle_desk.customers.ui.tab import CustomersTab
from lle_desk.invoicing.queries import paper_of, paper_rows
from lle_desk.letters.actions import claim_next
from lle_desk.letters.exports.sending import Sent, send_waiting
from lle_desk.letters.models import Message
from lle_desk.letters.queries import outbox
from lle_desk.letters.rules import LetterKind
from lle_desk.qt.desk import Desk
from tests.core.office import assert_refused_by, run
from tests.courses.keyboard import CTRL, TODAY, Keyboard
from tests.courses.people import ANN, a_course, a_person, a_school, an_event, booking_of
from tests.invoicing.billing import bill
from tests.letters.post import NOW, mail_server, name_server
from tests.qt.walk import assert_named, assert_plain
from tests.screen import put_up

ERASE = (
    "UPDATE message SET to_address = 'erased', to_name = 'Erased', subject = 'Erased',"
    " eml = 'Erased', error = '', erased_for = :person, version = version + 1 WHERE id = :id"
)


KEPT_APART = (
    "SELECT d.words FROM audit_detail d JOIN audit a ON a.position = d.position"
    " WHERE a.table_name IN ('person', 'message')"
)
EVERY_WORD = "SELECT words FROM audit_detail"


def never() -> bool:
    return False


def _reach(session: Session, booking_id: int, address: str) -> None:
    session.get_one(CourseBooking, booking_id).confirmation_to = address
    session.flush()


def _say_address(session: Session, person_id: int, address: str) -> None:
    session.get_one(Person, person_id).email = address
    session.flush()


@pytest.fixture
def people(database: Database) -> dict[str, int]:
    """A booking of two delegates, each with joining instructions in the outbox, and a third."""
    event = an_event(database, a_course(database))
    ask = booking_of(event, a_school(database), "Ann Erasable", "Ben Staying")
    booking = database.write(ANN, book_places, ask)
    database.write(ANN, _reach, booking, "office@demo.example")
    places = database.read(booking_card, booking).places
    found = {place.delegate: place.person_id or 0 for place in places}
    database.write(ANN, _say_address, found["Ann Erasable"], "ann@demo.example")
    other = booking_of(event, a_school(database, "Other School"), "Cat Elsewhere")
    database.write(ANN, _reach, database.write(ANN, book_places, other), "cat@demo.example")
    whom = database.read(addressees, LetterKind.JOINING, event)
    letters_in_outbox(database, ANN, never, LetterRun(whom, TODAY), "0" * 32)
    return found


def messages(database: Database) -> dict[str, Message]:
    with Session(database.engine) as session:
        return {one.message_id: one for one in session.scalars(select(Message)).all()}


def erase(database: Database, person_id: int) -> None:
    ask = ErasePerson(person_id, database.read(person_row, person_id).version, is_sure=True)
    erase_wholly(database, ANN, never, ask)


def test_a_person_goes_out_of_sent_letters_and_of_the_trail_and_nothing_goes_twice(
    database: Database, people: dict[str, int]
) -> None:
    confirmation = database.read(addressees_of, LetterKind.CONFIRMATION, [1])
    letters_in_outbox(database, ANN, never, LetterRun(confirmation, TODAY), "1" * 32)
    with mail_server() as office:
        name_server(database, office.port)
        assert send_waiting(database, ANN) == Sent(sent=4)
        erase(database, people["Ann Erasable"])
        assert send_waiting(database, ANN) == Sent()
    assert len(office.taken) == 4
    rows = {row.to_name: row for row in database.read(outbox)}
    assert set(rows) == {"Erased", "Ben Staying", "Cat Elsewhere", "Demo Primary School"}
    gone, names_her = rows["Erased"], rows["Demo Primary School"]
    assert (gone.to_address, gone.subject, gone.state) == ("erased", "Erased", "sent")
    assert gone.record_name == "B-00001"
    assert gone.sent_at is not None
    # The confirmation of the booking names her as well; who had it stays.
    assert (names_her.to_address, names_her.subject) == ("office@demo.example", "Erased")
    for other in ("Ben Staying", "Cat Elsewhere"):
        assert rows[other].subject.startswith("Joining instructions")
    with database.engine.connect() as connection:
        kept = connection.execute(text(KEPT_APART)).scalars()
        words = " ".join(one for one in kept if one)
    assert "Erasable" not in words
    assert "ann@demo.example" not in words
    assert "Cat" in words
    assert not [one for one in check_database(database.engine) if not one.is_kept]
    with pytest.raises(OfficerError, match="no longer there"):
        database.read(person_row, people["Ann Erasable"])


def test_a_person_goes_off_bookings_and_open_charges_and_stays_on_what_is_issued(
    database: Database, people: dict[str, int]
) -> None:
    ann, cat = people["Ann Erasable"], people["Ben Staying"] + 1
    database.write(ANN, _reach, 1, "Ann@demo.example; office@demo.example")
    other = database.read(booking_card, 2).customer_id
    bill(database, other, Route.RECHARGE)
    ann_place, ben_place = database.read(booking_card, 1).places
    for person in (ann, cat):
        erase(database, person)
    assert database.read(booking_card, 1).confirmation_to == "office@demo.example"
    charges = database.read(charges_of, Source.PLACE, [ann_place.id, ben_place.id])
    open_charges = [row.detail.split(" · ")[0] for row in charges]
    assert open_charges == ["Delegate, name erased", "Ben Staying"]
    assert database.read(booking_card, 2).confirmation_to == "cat@demo.example"  # not known as hers
    [paper] = database.read(paper_rows)
    [line] = database.read(paper_of, paper.id).lines
    assert line.detail.startswith("Cat Elsewhere")
    with database.engine.connect() as connection:
        words = " ".join(one for one in connection.execute(text(EVERY_WORD)).scalars() if one)
    assert "Erasable" not in words
    assert "ann@demo" not in words.lower()
    assert "Ben Staying" in words
    assert not [one for one in check_database(database.engine) if not one.is_kept]


def test_what_waits_is_taken_out_and_what_is_on_its_way_is_waited_for(
    database: Database, people: dict[str, int]
) -> None:
    ask = ErasePerson(people["Ann Erasable"], 2, is_sure=True)
    assert database.write(ANN, claim_next, "desk-1", NOW) is not None
    with pytest.raises(OfficerError, match="being sent just now"):
        database.write(ANN, erase_person, ask)
    assert database.read(person_row, people["Ann Erasable"]).name == "Ann Erasable"
    erase(database, people["Ben Staying"] + 1)  # Cat, of the other booking
    assert sorted(row.state for row in database.read(outbox)) == ["queued", "sending", "withdrawn"]
    with pytest.raises(OfficerError, match="Tick that this is wanted"):
        database.write(ANN, erase_person, ErasePerson(ask.person_id, 2, is_sure=False))


def test_plain_sql_changes_nothing_of_a_sent_letter_but_what_was_erased(
    database: Database, people: dict[str, int]
) -> None:
    with mail_server() as office:
        name_server(database, office.port)
        send_waiting(database, ANN)
    ann = people["Ann Erasable"]
    [mine, *_, others] = sorted(one.id for one in messages(database).values())
    with assert_refused_by("message_kept"):  # she is not erased
        run(database, ERASE, id=mine, person=ann)
    erase(database, ann)
    with assert_refused_by("message_kept"):  # it does not tell of her
        run(database, ERASE, id=others, person=ann)
    for more in (
        "eml = 'Another letter'",
        "subject = 'Another'",
        "to_address = 'else@demo.example', to_name = 'Else'",
        "state = 'queued', sent_at = NULL",
        "attempts = 0",
        "message_id = '<2@lle.example>'",
        "record_id = 2",
        "sent_at = '2014-03-04 10:00:00'",
        "queued_by = 'else'",
        "error = 'it never came'",
        "erased_for = NULL",
    ):
        with assert_refused_by("message_kept"):
            run(
                database,
                f"UPDATE message SET {more}, version = version + 1 WHERE id = :id",
                id=mine,
            )
    with assert_refused_by("message_begins_queued"):
        run(
            database,
            "INSERT INTO message (client_uuid, version, kind, record_kind, record_id, record_name,"
            " to_address, to_name, subject, message_id, eml, state, attempts, claimed_by, error,"
            " queued_at, queued_by, erased_for) VALUES ('00000000000000000000000000000009', 1,"
            " 'joining', 'course_booking', 1, 'B', 'a@b.example', '', 'S', '<9@b>', 'x', 'queued',"
            " 0, '', '', '2014-03-04 09:30:00', 'ann', :person)",
            person=ann,
        )


def test_an_officer_erases_a_person_by_keyboard_once_it_is_ticked(
    desk: Desk, database: Database, qtbot: QtBot
) -> None:
    school = a_school(database)
    person = a_person(database, school, "Ann", "Erasable")
    tab = CustomersTab(desk)
    put_up(qtbot, tab)
    keyboard = Keyboard(qtbot, desk)
    tab.open_record("person", person)
    qtbot.waitUntil(lambda: isinstance(tab._form, PersonForm))
    form = tab._form
    assert isinstance(form, PersonForm)
    assert form.erase is not None
    form.erase.setFocus()
    keyboard.press(Qt.Key.Key_Return)
    asked = tab._form
    assert isinstance(asked, EraseForm)
    assert_plain(tab.inspector)
    assert_named(tab.inspector)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: asked.is_sure.error.startswith("Tick that this is wanted"))
    keyboard.press(Qt.Key.Key_Space)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: database.read(people_of, school) == [])
