"""Delegates are in one place at a time, and what is offered to who waits is theirs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lle_desk.core.days import london_time, now_utc
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    CancelBooking,
    EditEvent,
    JoinWaiting,
    OfferPlaces,
    ReopenBooking,
    TransferPlaces,
    book_places,
    cancel_booking,
    edit_event,
    join_waiting_list,
    offer_places,
    reopen_booking,
    transfer_places,
)
from lle_desk.courses.queries import event_card
from tests.courses.people import ANN, a_course, an_event, booking_of, meeting
from tests.courses.test_changing_places import LATER, Office


def test_a_delegate_on_another_event_at_that_time_is_refused_by_name(database: Database) -> None:
    office = Office(database)
    day = LATER
    maths = a_course(database, "MATH", "Maths leaders")
    morning = an_event(database, maths, [meeting(day, "09:00", "12:00")], minimum=1)
    after = an_event(database, maths, [meeting(day, "15:30", "17:00")], minimum=1)
    booked = booking_of(morning, office.school, "Delegate Two", "")
    booking = database.write(ANN, book_places, booked)
    elsewhere = "Delegate Two is on Maths leaders, LPDS-0003, at that time"
    with pytest.raises(OfficerError, match=elsewhere):
        database.write(ANN, book_places, booking_of(office.second, office.school, "Delegate Two"))
    database.write(ANN, book_places, booking_of(after, office.school, "Delegate Two"))
    card = database.read(event_card, after)
    moved = replace(meeting(day, "11:00", "13:00"), session_id=card.sessions[0].id)
    moved = replace(moved, seen_version=card.sessions[0].version)
    edit = EditEvent(after, card.row.version, (moved,), card.row.capacity, card.row.minimum)
    with pytest.raises(OfficerError, match=elsewhere):
        database.write(ANN, edit_event, edit)
    ask = TransferPlaces(new_uuid(), booking, 1, office.second, "Afternoon suits them")
    database.write(ANN, transfer_places, ask)  # the morning they leave does not stand in the way


def test_a_place_that_is_offered_is_not_taken_by_a_change_or_a_second_thought(
    database: Database,
) -> None:
    office = Office(database)
    party = booking_of(office.second, office.school, "Delegate Three", "Delegate Four")
    held = database.write(ANN, book_places, party)
    ask = CancelBooking(held, 1, date(2014, 2, 3), "Unwell")
    database.write(ANN, cancel_booking, ask)
    waiting = booking_of(office.second, office.school, "Delegate Five", "Delegate Six")
    waits = database.write(ANN, join_waiting_list, JoinWaiting(waiting))
    until = london_time(now_utc()) + timedelta(days=1)
    database.write(ANN, offer_places, OfferPlaces(waits, 1, 2, until))
    with pytest.raises(OfficerError, match="2 places are free, but 2 are offered"):
        database.write(ANN, reopen_booking, ReopenBooking(held, 1))
    ask_move = TransferPlaces(new_uuid(), office.booking, 1, office.second, "Cannot come")
    with pytest.raises(OfficerError, match="2 places are free, but 2 are offered"):
        database.write(ANN, transfer_places, ask_move)
