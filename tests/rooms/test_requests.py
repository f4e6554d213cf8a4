"""Asking the room manager: what is asked, answered, kept, and offered when a slot frees."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.core.undo import take_back
from lle_desk.rooms.actions import CancelBooking, cancel_booking, hold_room
from lle_desk.rooms.actions.asking import (
    Answer,
    Approve,
    Offer,
    RequestRoom,
    approve_request,
    decline_offer,
    offer_room,
    refuse_request,
    request_room,
    take_offer,
    withdraw_request,
)
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.queries.asking import RequestRow, requests_queue
from lle_desk.rooms.rules.asking import age_words
from tests.rooms.woodlands import Woodlands, at, card, wish

NOW = datetime(2014, 3, 3, 12)
BOB = By("bob", "desk-2")


def queue(database: Database) -> list[RequestRow]:
    return database.read(requests_queue, None, NOW)


def answer(row: RequestRow, words: str = "") -> Answer:
    return Answer(
        client_uuid=new_uuid(), request_id=row.request_id, seen_version=row.version, words=words
    )


def approve(row: RequestRow, **more: object) -> Approve:
    values: dict[str, object] = {
        "client_uuid": new_uuid(),
        "request_id": row.request_id,
        "seen_version": row.version,
    }
    return Approve(**(values | more))  # type: ignore[arg-type]


def offer(row: RequestRow, space_id: int) -> Offer:
    return Offer(
        client_uuid=new_uuid(),
        request_id=row.request_id,
        seen_version=row.version,
        space_id=space_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        words="Ash is as large",
    )


def test_a_room_asked_for_holds_nothing_and_waits_for_the_room_manager(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(
        by, hold_room, wish(woodlands.elm, notes_office="By the window", status="waiting")
    )
    [row] = queue(database)
    assert (row.title, row.room, row.asked_by, row.note) == (
        "Phonics in Key Stage 1",
        "Elm",
        "ann",
        "By the window",
    )
    assert (row.verdict, row.is_free, row.is_freed) == ("free", True, False)
    shown = card(database, use)
    assert (shown.status, shown.holds_space) == ("waiting", False)


def test_approving_confirms_the_booking_in_its_room(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    [row] = queue(database)
    database.write(BOB, approve_request, approve(row))
    shown = card(database, use)
    assert (shown.status, shown.holds_space) == ("confirmed", True)
    assert queue(database) == []


def test_approving_provisionally_gives_it_an_option_or_none(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    [row] = queue(database)
    database.write(BOB, approve_request, approve(row, status="provisional"))
    assert card(database, use).status == "provisional"


def test_a_taken_room_is_not_approved_and_it_says_by_whom(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    database.write(BOB, hold_room, wish(woodlands.elm, title="Spanish"))
    [row] = queue(database)
    assert row.verdict == "09:30–12:00 Spanish"
    assert row.instead is not None
    with pytest.raises(OfficerError, match="Elm is taken 09:30–12:00 by “Spanish”"):
        database.write(BOB, approve_request, approve(row))
    assert card(database, use).status == "waiting"
    database.write(BOB, approve_request, approve(row, space_id=woodlands.ash))
    moved = card(database, use)
    assert moved.space is not None
    assert (moved.space.name, moved.status) == ("Ash", "confirmed")


def test_a_refusal_needs_a_reason_and_is_kept_with_who_and_why(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    database.write(BOB, hold_room, wish(woodlands.elm, title="Spanish"))
    database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    [row] = queue(database)
    with pytest.raises(OfficerError, match="The reason is missing"):
        database.write(BOB, refuse_request, answer(row))
    database.write(BOB, refuse_request, answer(row, "Elm is promised"))
    [row] = queue(database)
    assert (row.state, row.answer, row.answered_by) == ("refused", "Elm is promised", "bob")


@pytest.mark.parametrize("is_refused", [True, False])
def test_a_refused_or_waiting_request_is_offered_when_the_slot_frees(
    is_refused: bool, database: Database, by: By, woodlands: Woodlands
) -> None:
    taken = database.write(BOB, hold_room, wish(woodlands.elm, title="Spanish"))
    database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    [row] = queue(database)
    if is_refused:
        database.write(BOB, refuse_request, answer(row, "Elm is promised"))
    assert not queue(database)[0].is_freed
    spanish = card(database, taken)
    cancel = CancelBooking(booking_id=spanish.booking_id, seen_version=1, reason="Ill")
    database.write(BOB, cancel_booking, cancel)
    [row] = queue(database)
    assert (row.is_freed, row.verdict) == (True, "now free")
    database.write(BOB, approve_request, approve(row))
    assert queue(database) == []


def test_another_room_is_offered_and_taken_or_declined(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    [row] = queue(database)
    database.write(BOB, offer_room, offer(row, woodlands.ash))
    [row] = queue(database)
    assert row.offer is not None
    assert (row.state, row.offer.room) == ("offered", "Ash")
    database.write(by, decline_offer, answer(row, "Too far"))
    [row] = queue(database)
    assert (row.state, row.answer) == ("waiting", "Too far")
    database.write(BOB, offer_room, offer(row, woodlands.ash))
    [row] = queue(database)
    database.write(by, take_offer, answer(row))
    moved = card(database, use)
    assert moved.space is not None
    assert (moved.space.name, moved.holds_space) == ("Ash", True)


def test_a_withdrawn_request_cancels_what_only_waited_for_it(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    [row] = queue(database)
    database.write(by, withdraw_request, answer(row))
    assert card(database, use).status == "cancelled"
    assert queue(database) == []


def test_a_parked_session_asks_for_a_room_once(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(None))
    ask = RequestRoom(client_uuid=new_uuid(), use_id=use, note="Any with a screen")
    assert database.write(by, request_room, ask) == database.write(by, request_room, ask)
    with pytest.raises(OfficerError, match="asked for a room for this already"):
        database.write(by, request_room, RequestRoom(client_uuid=new_uuid(), use_id=use))
    [row] = queue(database)
    assert (row.room, row.is_free) == ("", True)
    with pytest.raises(OfficerError, match="Choose a room"):
        database.write(BOB, approve_request, approve(row))
    database.write(BOB, approve_request, approve(row, space_id=woodlands.ash))
    moved = card(database, use)
    assert moved.space is not None
    assert moved.space.name == "Ash"


def test_two_desks_cannot_both_answer(database: Database, by: By, woodlands: Woodlands) -> None:
    database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    [row] = queue(database)
    again = approve(row)
    version = database.write(BOB, approve_request, again)
    assert database.write(BOB, approve_request, again) == version  # its answer was lost
    with pytest.raises(OfficerError, match="This request was approved by bob"):
        database.write(by, refuse_request, answer(row, "No"))
    database.write(by, hold_room, wish(woodlands.ash, status="waiting"))
    [row] = queue(database)
    database.write(BOB, refuse_request, answer(row, "No"))
    with pytest.raises(RecordChanged):
        database.write(by, approve_request, approve(row))


def test_an_approval_is_undone_and_the_answers_are_all_kept(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    [row] = queue(database)
    done = database.write(BOB, Keeping(approve_request, "Approved"), approve(row))
    assert done.way is not None
    database.write(BOB, take_back, done.way.back, done.way.after)
    [row] = queue(database)
    assert row.state == "waiting"
    shown = card(database, use)
    assert (shown.status, shown.holds_space) == ("waiting", False)
    with database.engine.connect() as connection:
        kinds = connection.execute(text("select kind from room_answer order by id")).scalars()
        assert list(kinds) == ["approved", "taken back"]


@pytest.mark.parametrize(
    "attack",
    [
        "update room_answer set words = 'never said', version = version + 1",
        "delete from room_answer",
        "delete from room_request",
        "update room_request set state = 'approved', version = version + 1",
        "update room_request set asked_by = 'eve', version = version + 1",
        "insert into room_answer (client_uuid, version, room_request_id, kind, answered_by,"
        " answered_at, words) select '12345678-1234-1234-1234-123456789012', 1, room_request_id,"
        " 'refused', 'eve', answered_at, '' from room_answer",
        "insert into room_request (client_uuid, version, room_use_id, state, asked_by, asked_at,"
        " note, was_taken) select '12345678-1234-1234-1234-123456789012', 1, room_use_id,"
        " 'approved', 'eve', asked_at, '', was_taken from room_request",
        "insert into room_request (client_uuid, version, room_use_id, state, asked_by, asked_at,"
        " note, was_taken) select '12345678-1234-1234-1234-123456789012', 1, room_use_id,"
        " 'waiting', 'eve', asked_at, '', was_taken from room_request",
    ],
)
def test_plain_sql_cannot_change_what_was_asked_and_answered(
    attack: str, administrators_database: Database, by: By, woodlands: Woodlands
) -> None:
    database = administrators_database
    database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    [row] = queue(database)
    database.write(BOB, offer_room, offer(row, woodlands.ash))
    before = queue(database)

    def write(session: Session) -> None:
        session.execute(text(attack))

    with pytest.raises((OfficerError, IntegrityError)):
        database.write(by, write)
    assert queue(database) == before


def test_the_age_is_said_in_words() -> None:
    asked = datetime(2014, 3, 3, 9)
    assert age_words(asked, datetime(2014, 3, 3, 9, 1)) == "just now"
    assert age_words(asked, datetime(2014, 3, 3, 9, 25)) == "25 min"
    assert age_words(asked, datetime(2014, 3, 3, 12)) == "3 h"
    assert age_words(asked, datetime(2014, 3, 5, 8)) == "2 days"


def test_only_what_is_to_come_is_in_the_queue(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    database.write(by, hold_room, wish(woodlands.elm, status="waiting"))
    assert database.read(requests_queue, woodlands.site, at("12:00")) == []
