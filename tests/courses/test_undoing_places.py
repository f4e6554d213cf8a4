"""What was done to places is undone and done again: seats, money, agreements and the list."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.agreements.models import Agreement
from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.core.undo import ChangedSince, Undoable, Way, do_again, take_back
from lle_desk.courses.actions import (
    CancelBooking,
    JoinWaiting,
    Promote,
    StopWaiting,
    Substitute,
    TransferPlaces,
    book_places,
    cancel_booking,
    join_waiting_list,
    promote,
    stop_waiting,
    substitute,
    transfer_places,
)
from lle_desk.courses.actions.kept_places import IF_WRITTEN, KeepingPlaces
from lle_desk.courses.models import Place
from lle_desk.customers.rules import Route
from tests.agreements.test_agreements import an_agreement
from tests.courses.people import ANN, a_school, booking_of
from tests.courses.test_changing_places import Office, named
from tests.courses.test_waiting import Office as FullEvent

BOB = By("bob", "desk-2")
IN_TIME, LATE = date(2014, 1, 6), date(2014, 3, 10)


def kept(database: Database, action: Callable[..., Any], ask: Any, **more: Any) -> Undoable[Any]:
    return database.write(ANN, KeepingPlaces(action, "Did it", **more), ask)


def all_there_is(database: Database) -> tuple[object, ...]:
    """Return seats, names, what will be billed, and what agreements gave."""
    return database.read(_all_there_is)


def _all_there_is(session: Session) -> tuple[object, ...]:
    places = session.execute(
        select(Place.id, Place.state, Place.holds_place, Place.person_id, Place.cancelled_reason)
        .where(Place.state != "cancelled")
        .order_by(Place.id)
    ).all()
    charges = session.execute(
        select(Charge.source_id, Charge.detail, Charge.net, Charge.state, Charge.hold_reason)
        .where(Charge.state != str(ChargeState.VOID))
        .order_by(Charge.source_id, Charge.id)
    ).all()
    return list(places), list(charges), session.scalar(select(func.sum(Agreement.used)))


def assert_back_and_forth(database: Database, before: object, way: Way | None) -> None:
    """Undo it, do it again, and undo it once more."""
    assert way is not None
    assert way.forth is not None
    after, seen = all_there_is(database), dict(way.after)
    assert after != before
    for _ in range(2):
        seen = database.write(ANN, take_back, way.back, seen)
        assert all_there_is(database) == before
        seen = database.write(ANN, do_again, way.forth, seen)
        assert all_there_is(database) == after
    database.write(ANN, take_back, way.back, seen)
    assert all_there_is(database) == before


def test_naming_moving_and_cancelling_go_back_and_forth_with_their_money(
    database: Database,
) -> None:
    office = Office(database)
    an_agreement(database, office.school, units=1)
    before = all_there_is(database)
    ask = booking_of(office.first, office.school, "Delegate Three")  # the agreement pays for it
    booked = kept(database, book_places, ask, is_told=True)
    assert booked.way is not None
    assert booked.way.still_to_do == IF_WRITTEN
    assert_back_and_forth(database, before, booked.way)

    place = office.card().places[0]
    renamed = kept(database, substitute, Substitute(place.id, place.version, named("New Name")))
    assert_back_and_forth(database, before, renamed.way)

    version = office.card().version
    moving = TransferPlaces(new_uuid(), office.booking, version, office.second, "The date")
    assert_back_and_forth(database, before, kept(database, transfer_places, moving).way)

    for day, fees in ((IN_TIME, 0), (LATE, 1)):
        asked = CancelBooking(office.booking, office.card().version, day, "Unwell", "", (place.id,))
        done = kept(database, cancel_booking, asked)
        assert len([row for row in office.charges(place.id) if row.state == "unbilled"]) == fees
        assert_back_and_forth(database, before, done.way)


def test_joining_promoting_and_stopping_go_back_and_forth(database: Database) -> None:
    office = FullEvent(database)
    before = all_there_is(database)
    party = JoinWaiting(booking_of(office.event, office.schools[1], "Delegate Three", ""))
    joined = kept(database, join_waiting_list, party)
    assert_back_and_forth(database, before, joined.way)
    waiting = office.join(2, "Delegate Four")
    before = all_there_is(database)
    stop = StopWaiting(waiting, office.version(waiting), "They found another")
    assert_back_and_forth(database, before, kept(database, stop_waiting, stop).way)
    office.free_places(1)
    before = all_there_is(database)
    done = kept(database, promote, Promote(waiting, office.version(waiting)))
    assert_back_and_forth(database, before, done.way)


def test_what_another_desk_changed_or_took_since_is_not_undone(database: Database) -> None:
    office = FullEvent(database)
    card = office.database.read
    place = card(_first_place, office.booked)
    first = kept(database, substitute, Substitute(*place, named("Delegate Nine")))
    assert first.way is not None
    place = card(_first_place, office.booked)
    database.write(BOB, substitute, Substitute(*place, named("Delegate Ten")))
    with pytest.raises(ChangedSince, match=r"bob \(desk-2\) has changed the charge"):
        database.write(ANN, take_back, first.way.back, dict(first.way.after))
    place_id, _version = card(_first_place, office.booked)
    ask = CancelBooking(office.booked, 1, IN_TIME, "Unwell", place_ids=(place_id,))
    gone = kept(database, cancel_booking, ask)
    assert gone.way is not None
    other = booking_of(office.event, office.schools[1], "Delegate Three")
    database.write(BOB, book_places, other)
    before = all_there_is(database)
    with pytest.raises(OfficerError, match="No place is left"):
        database.write(ANN, take_back, gone.way.back, dict(gone.way.after))
    assert all_there_is(database) == before


def _first_place(session: Session, booking: int) -> tuple[int, int]:
    found = session.execute(
        select(Place.id, Place.version).where(Place.course_booking_id == booking).order_by(Place.id)
    ).first()
    assert found is not None
    return found.id, found.version


def test_once_a_paper_was_credited_it_stands_and_says_what_to_do(database: Database) -> None:
    office = Office(database, Route.INVOICE)
    office.bill()
    ask = CancelBooking(office.booking, office.card().version, IN_TIME, "Unwell")
    done = kept(database, cancel_booking, ask, instead="Book them again.")
    assert done.way is None
    assert done.said.startswith("Did it. CRN")
    assert done.said.endswith("issued for it, so it is not undone by a key. Book them again.")


def test_a_booking_that_was_billed_since_is_not_taken_back(database: Database) -> None:
    office = Office(database, Route.INVOICE)
    school = a_school(database, "Another School", route=Route.INVOICE)
    booked = kept(database, book_places, booking_of(office.first, school, "Delegate Three"))
    assert booked.way is not None
    office.school = school
    office.bill()
    with pytest.raises(ChangedSince, match="changed the charge “Course place: Phonics"):
        database.write(ANN, take_back, booked.way.back, dict(booked.way.after))
