from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lle_desk.core.anchors import read_anchor
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.customers.models import Customer
from lle_desk.offers.rules import Scale, ScaleStep
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import CancelBooking, cancel_booking, hold_room, move_use
from lle_desk.rooms.actions.letters import SendRoomLetter, send_room_letter
from lle_desk.rooms.documents import room_letter_pdf
from lle_desk.rooms.papers import LetterChange, LetterCharge, LetterTerm, RoomLetter
from lle_desk.rooms.queries.letters import room_letter
from lle_desk.rooms.rules.letters import (
    Change,
    LetterKind,
    Term,
    TermLine,
    Told,
    Way,
    changes,
    terms_by_day,
    told_facts,
    told_text,
)
from lle_desk.rooms.ui.letter_page import LetterPage
from lle_desk.rooms.ui.tab import RoomsTab
from tests.paper.hostile import HOSTILE
from tests.paper.pages import faults_of_layout, texts
from tests.rooms.woodlands import Woodlands, card, move_of, wish

TODAY = date(2014, 2, 10)
HIRE = Scale(
    "Room hire",
    "working days",
    Pence(0),
    (
        ScaleStep(6, 100, "hire and catering"),
        ScaleStep(10, 100, "hire"),
        ScaleStep(29, 50, "hire"),
        ScaleStep(None, 0, "hire"),
    ),
)


@pytest.fixture
def use(database: Database, by: By, woodlands: Woodlands) -> int:
    """A booking of Elm on Tuesday 4 March by a school."""
    customer = database.write(by, _school)
    return database.write(by, hold_room, wish(woodlands.elm, heads=18, customer_id=customer))


def _school(session: Session) -> int:
    school = Customer(
        client_uuid=new_uuid(),
        kind="LCC-maintained school",
        name="Demo Primary School",
        town="Hill",
    )
    session.add(school)
    session.flush()
    return school.id


def letter(database: Database, use: int) -> RoomLetter:
    """Return the letter that the booking of a use needs now."""
    return database.read(room_letter, card(database, use).booking_id, TODAY)


def send(database: Database, by: By, use: int) -> str:
    ask = SendRoomLetter(new_uuid(), letter(database, use), Way.PRINTED, by.officer)
    return database.write(by, send_room_letter, ask)


def test_a_confirmation_says_what_is_booked(database: Database, use: int) -> None:
    paper = room_letter_pdf(letter(database, use))
    [page] = texts(paper)
    for said in ("Room confirmation", "Demo Primary School", "The room is confirmed.", "Elm"):
        assert said in page
    assert "Tue 4 Mar 2014 09:30–12:00 Elm classroom 18" in page
    assert faults_of_layout(paper, letter(database, use).address) == []


def test_after_a_change_the_letter_says_what_has_changed(
    database: Database, by: By, use: int, woodlands: Woodlands
) -> None:
    send(database, by, use)
    assert letter(database, use).kind == LetterKind.CONFIRMATION
    database.write(by, move_use, move_of(database, use, woodlands.ash, "10:00", "12:30"))
    now = letter(database, use)
    assert now.kind == LetterKind.AMENDED
    assert now.changes == (
        LetterChange("Day and time", "Tue 4 Mar 2014, 09:30–12:00", "Tue 4 Mar 2014, 10:00–12:30"),
        LetterChange("Room", "Elm", "Ash"),
    )
    [page] = texts(room_letter_pdf(now))
    assert "Amended confirmation" in page
    assert "Room Elm Ash" in page
    send(database, by, use)
    assert letter(database, use).changes == ()


def test_a_cancelled_booking_has_a_cancellation(database: Database, by: By, use: int) -> None:
    seen = card(database, use)
    ask = CancelBooking(
        booking_id=seen.booking_id, seen_version=seen.booking_version, reason="They are ill"
    )
    database.write(by, cancel_booking, ask)
    now = letter(database, use)
    assert now.kind == LetterKind.CANCELLATION
    [page] = texts(room_letter_pdf(now))
    assert "This booking is cancelled" in page
    assert "Nothing. This cancellation costs you nothing." in page
    assert "They are ill" not in page


def test_a_provisional_booking_says_until_when_it_is_held(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    ask = wish(
        woodlands.elm,
        customer_id=database.write(by, _school),
        status="provisional",
        option_on=date(2014, 2, 24),
    )
    [page] = texts(room_letter_pdf(letter(database, database.write(by, hold_room, ask))))
    assert "Provisional booking" in page
    assert "The room is held for you until Mon 24 Feb 2014." in page


def test_without_a_customer_there_is_nobody_to_write_to(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    with pytest.raises(OfficerError, match="has no customer, so there is nobody to write to"):
        letter(database, use)


def test_what_was_sent_is_kept_once_and_its_mark_is_of_the_chain(
    database: Database, by: By, use: int
) -> None:
    ask = SendRoomLetter(new_uuid(), letter(database, use), Way.PRINTED, by.officer)
    first = database.write(by, send_room_letter, ask)
    assert database.write(by, send_room_letter, ask) == first
    mark = read_anchor(first)
    assert mark is not None
    kept = database.read(_kept)
    assert len(kept) == 1
    assert kept[0] == ask.letter.told
    assert database.read(_link, mark.position).startswith(mark.beginning)


def _kept(session: Session) -> list[str]:
    return list(session.scalars(text("SELECT told FROM letter_sent")))


def _link(session: Session, position: int) -> str:
    found = session.execute(text("SELECT hash FROM audit WHERE position = :p"), {"p": position})
    return bytes(found.scalar_one()).hex()


def test_a_letter_that_is_not_true_any_more_is_not_sent(
    database: Database, by: By, use: int, woodlands: Woodlands
) -> None:
    seen = letter(database, use)
    database.write(by, move_use, move_of(database, use, woodlands.ash, "10:00", "12:30"))
    with pytest.raises(RecordChanged, match="was changed meanwhile, so nothing was sent"):
        database.write(
            by, send_room_letter, SendRoomLetter(new_uuid(), seen, Way.PRINTED, by.officer)
        )
    assert database.read(_kept) == []


@pytest.mark.parametrize(
    "sql", ["UPDATE letter_sent SET told = '[]', version = 2", "DELETE FROM letter_sent"]
)
def test_what_was_sent_cannot_be_changed_with_plain_sql(
    administrators_database: Database, database: Database, by: By, use: int, sql: str
) -> None:
    send(database, by, use)
    with (
        pytest.raises(DBAPIError, match="letter_sent_kept"),
        administrators_database.engine.begin() as connection,
    ):
        connection.execute(text(sql))


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)  # drawing alone
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_break_no_letter(database: Database, use: int, typed: str) -> None:
    seen = letter(database, use)
    charge = LetterCharge(typed, typed, "S", Pence(1000), Pence(200))
    hostile = replace(
        seen,
        title=typed,
        notes=typed,
        uses=(replace(seen.uses[0], room=typed, extras=(typed, typed)),) * 2,
        changes=(LetterChange(typed, typed, typed),),
        changed_since=typed,
        charges=(charge, charge),
        vat_words=(("S", typed),),
        terms=(LetterTerm(None, TODAY, Pence(0)), LetterTerm(TODAY, None, Pence(500))),
        anchor="10482-7f3a9c21d0e4",
    )
    assert faults_of_layout(room_letter_pdf(hostile), hostile.address) == []


def test_terms_are_the_days_and_pounds_of_this_booking() -> None:
    event = date(2014, 3, 27)
    lines = [TermLine(Pence(20000), event), TermLine(Pence(30000), event, is_catering=True)]
    assert terms_by_day(HIRE, lines, date(2014, 1, 2)) == (
        Term(None, date(2014, 2, 16), Pence(0)),
        Term(date(2014, 2, 17), date(2014, 3, 13), Pence(10000)),
        Term(date(2014, 3, 14), date(2014, 3, 19), Pence(20000)),
        Term(date(2014, 3, 20), None, Pence(50000)),
    )
    assert terms_by_day(HIRE, lines, date(2014, 3, 15))[0].first == date(2014, 3, 14)


def test_each_day_of_a_booking_counts_its_own_notice() -> None:
    lines = [TermLine(Pence(100), date(2014, 3, 27)), TermLine(Pence(100), date(2014, 3, 28))]
    amounts = [term.amount for term in terms_by_day(HIRE, lines, date(2014, 1, 2))]
    assert amounts == [0, 50, 100, 150, 200]


def test_facts_come_and_go_with_their_use() -> None:
    whole = [Told("use 1", "Room", "Elm", "Tue 4 Mar"), Told("use 1", "People", "8", "Tue 4 Mar")]
    other = [Told("use 2", "Room", "Ash", "Wed 5 Mar"), Told("use 2", "People", "9", "Wed 5 Mar")]
    assert changes(whole, [*whole, *other]) == (Change("Added", "", "Ash, 9"),)
    assert changes([*whole, *other], whole) == (Change("No longer booked", "Ash, 9", ""),)
    assert changes(whole, [replace(whole[0], words="Oak"), whole[1]]) == (
        Change("Room, Tue 4 Mar", "Elm", "Oak"),
    )
    assert told_facts(told_text(whole)) == tuple(whole)


def test_the_letter_is_shown_by_one_key_and_saved(
    desk: Desk, database: Database, use: int, qtbot: QtBot, tmp_path: Path
) -> None:
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.bar.stepper.set_day(date(2014, 3, 4))
    with qtbot.waitSignal(tab.plan_shown):
        tab.show()
    tab.inspector.show_use(use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    tab.inspector.letter_wanted.emit(card(database, use).booking_id)
    page = tab.show_page("letter")
    assert isinstance(page, LetterPage)
    qtbot.waitUntil(lambda: page.view.page_count == 1)
    assert page.title.startswith("Room confirmation WR-")
    assert page.last_words == "Nothing was sent yet"
    place = tmp_path / "letter.pdf"
    page.send(Way.SAVED, place)
    qtbot.waitUntil(place.exists)
    qtbot.waitUntil(lambda: page.last_words.startswith("Last: confirmation, saved"))
    assert "Record " in texts(place.read_bytes())[0]
