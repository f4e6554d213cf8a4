"""The waiting list: parties in order, timed offers, one press to promote, another event."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.days import london_time, now_utc, short_day
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.courses.actions import (
    CancelBooking,
    JoinWaiting,
    MoveParty,
    OfferPlaces,
    Promote,
    StopWaiting,
    book_places,
    cancel_booking,
    join_waiting_list,
    move_party,
    offer_places,
    promote,
    stop_waiting,
    take_back_offer,
)
from lle_desk.courses.queries import bookable_event, booking_card, event_card
from lle_desk.courses.queries.waiting import WaitingList, waiting_list
from tests.core.office import assert_refused_by, run
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of, meeting

LATER = date(2014, 5, 15)


class Office:
    """A full event of three, and schools that want to come."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.course = a_course(database)
        self.event = an_event(database, self.course, capacity=3, minimum=1)
        self.schools = [a_school(database, f"School {name}") for name in ("A", "B", "C")]
        ask = booking_of(self.event, self.schools[0], "Delegate One", "Delegate Two", "")
        self.booked = database.write(ANN, book_places, ask)

    def join(self, school: int, *names: str, **more: Any) -> int:
        party = booking_of(self.event, self.schools[school], *names)
        return self.database.write(ANN, join_waiting_list, JoinWaiting(party, **more))

    def list(self) -> WaitingList:
        return self.database.read(waiting_list, self.event, london_time(now_utc()))

    def free_places(self, count: int) -> None:
        card = self.database.read(booking_card, self.booked)
        held = [place.id for place in card.places if place.state == "booked"]
        ask = CancelBooking(
            self.booked, 1, date(2014, 2, 3), "Unwell", place_ids=tuple(held[:count])
        )
        self.database.write(ANN, cancel_booking, ask)

    def version(self, booking: int) -> int:
        return next(row.version for row in self.list().parties if row.booking_id == booking)

    def promote(self, booking: int, places: int | None = None) -> int:
        ask = Promote(booking, self.version(booking), places)
        return self.database.write(ANN, promote, ask)

    def offer(self, booking: int, places: int, until: datetime | None = None) -> None:
        until = until or london_time(now_utc()) + timedelta(days=2)
        ask = OfferPlaces(booking, self.version(booking), places, until)
        self.database.write(ANN, offer_places, ask)


def test_a_party_waits_without_a_seat_and_without_a_charge(database: Database) -> None:
    office = Office(database)
    before = database.read(unbilled_charges)
    booking = office.join(1, "Delegate Three", "")
    row = database.read(event_card, office.event).row
    assert (row.held, row.waiting) == (3, 2)
    assert database.read(unbilled_charges) == before
    (party,) = office.list().parties
    assert (party.booking_id, party.places, party.fits) == (booking, 2, False)


def test_priority_comes_before_time(database: Database) -> None:
    office = Office(database)
    first = office.join(1, "Delegate Three")
    second = office.join(2, "Delegate Four")
    assert [row.booking_id for row in office.list().parties] == [first, second]
    third = office.join(2, "Delegate Five", priority=5)
    assert [row.booking_id for row in office.list().parties] == [third, first, second]


def test_a_freed_place_goes_to_the_first_party_that_fits(database: Database) -> None:
    office = Office(database)
    whole = office.join(1, "Delegate Three", "Delegate Four", is_all_or_nothing=True)
    part = office.join(2, "Delegate Five", "Delegate Six")
    office.free_places(1)
    following = office.list().next_party
    assert following is not None
    assert following.booking_id == part
    with pytest.raises(OfficerError, match="takes all 2 places or nothing"):
        office.promote(whole)
    assert office.promote(part) == 1
    card = database.read(booking_card, part)
    assert sorted(place.state for place in card.places) == ["booked", "waiting"]
    assert sum(row.net for row in database.read(unbilled_charges)) == 19500 * 3


def test_promoted_places_carry_the_scale_and_the_price(database: Database) -> None:
    office = Office(database)
    booking = office.join(1, "Delegate Three")
    office.free_places(1)
    office.promote(booking)
    (place,) = database.read(booking_card, booking).places
    assert (place.state, place.net) == ("booked", 19500)
    assert run(
        database, "SELECT count(*) FROM booking_term WHERE course_booking_id = :one", one=booking
    )


def test_what_is_offered_is_nobody_else_s_until_then(database: Database) -> None:
    office = Office(database)
    booking = office.join(1, "Delegate Three")
    office.free_places(1)
    office.offer(booking, 1)
    other = booking_of(office.event, office.schools[2], "Delegate Seven")
    with pytest.raises(OfficerError, match="offered to who waits"):
        database.write(ANN, book_places, other)
    later = office.join(2, "Delegate Eight")
    with pytest.raises(OfficerError, match="No place is free"):
        office.promote(later)
    database.write(ANN, take_back_offer, booking, office.version(booking))
    database.write(ANN, book_places, other)


def test_an_offer_that_is_over_binds_nobody(database: Database) -> None:
    office = Office(database)
    booking = office.join(1, "Delegate Three")
    office.free_places(1)
    office.offer(booking, 1)
    run(
        database,
        "UPDATE waiting_party SET offered_until = :past, version = version + 1",
        past="2014-01-01 09:00:00" if database.dialect == "sqlite" else datetime(2014, 1, 1, 9),
    )
    assert office.list().free == 1
    following = office.join(2, "Delegate Six")  # the one who did not answer is asked no more
    assert [row.booking_id for row in office.list().parties] == [booking, following]
    assert office.list().next_party == office.list().parties[1]
    other = booking_of(office.event, office.schools[2], "Delegate Seven")
    database.write(ANN, book_places, other)


def test_an_offer_in_the_past_or_of_too_much_is_refused(database: Database) -> None:
    office = Office(database)
    booking = office.join(1, "Delegate Three")
    office.free_places(1)
    with pytest.raises(OfficerError, match="over already"):
        office.offer(booking, 1, datetime(2014, 1, 1, 9))
    with pytest.raises(OfficerError, match="They wait for 1 place"):
        office.offer(booking, 2)


def test_who_waits_already_is_not_put_on_the_list_twice(database: Database) -> None:
    office = Office(database)
    office.join(1, "Delegate Three")
    with pytest.raises(OfficerError, match="Delegate Three waits for this event already"):
        office.join(1, "Delegate Three")


def test_a_party_stops_waiting_with_a_reason(database: Database) -> None:
    office = Office(database)
    booking = office.join(1, "Delegate Three")
    version = office.version(booking)
    with pytest.raises(OfficerError, match="Say why"):
        database.write(ANN, stop_waiting, StopWaiting(booking, version, " "))
    ask = StopWaiting(booking, version, "They go elsewhere")
    database.write(ANN, stop_waiting, ask)
    assert office.list().parties == ()
    assert database.read(event_card, office.event).row.waiting == 0


def test_a_party_changed_by_another_desk_is_not_promoted(database: Database) -> None:
    office = Office(database)
    booking = office.join(1, "Delegate Three")
    office.free_places(1)
    seen = office.version(booking)
    office.offer(booking, 1)
    with pytest.raises(RecordChanged):
        database.write(ANN, promote, Promote(booking, seen))


def test_a_second_event_takes_the_waiting_over(database: Database) -> None:
    office = Office(database)
    booking = office.join(1, "Delegate Three", "")
    second = an_event(database, office.course, [meeting(LATER)], capacity=6, minimum=1)
    ask = MoveParty(booking, office.version(booking), second)
    database.write(ANN, move_party, ask)
    assert database.read(event_card, office.event).row.waiting == 0
    assert database.read(event_card, second).row.waiting == 2
    there = database.read(waiting_list, second, london_time(now_utc()))
    assert database.write(ANN, promote, Promote(booking, there.parties[0].version)) == 2
    version = run(database, "SELECT version FROM waiting_party")
    back = replace(ask, seen_version=version, event_id=office.event)
    with pytest.raises(OfficerError, match="do not wait any more"):
        database.write(ANN, move_party, back)


def test_an_offer_without_an_end_is_refused_by_the_database(
    administrators_database: Database,
) -> None:
    office = Office(administrators_database)
    office.join(1, "Delegate Three")
    with assert_refused_by("ck_waiting_party_offered_until_when"):
        run(
            administrators_database,
            "UPDATE waiting_party SET offered_places = 1, version = version + 1",
        )


def test_eleven_desks_promote_and_book_the_last_place_once(database: Database) -> None:
    office = Office(database)
    waiting = [office.join(1, f"Delegate W{number}") for number in range(5)]
    versions = {booking: office.version(booking) for booking in waiting}
    office.free_places(1)
    won: list[str] = []
    said: set[str] = set()

    def take(booking: int) -> None:
        try:
            database.write(ANN, promote, Promote(booking, versions[booking]))
            won.append("promoted")
        except OfficerError as refused:
            said.add(str(refused).split(" on ")[0])

    def book(number: int) -> None:
        ask = booking_of(office.event, office.schools[2], f"Delegate B{number}")
        try:
            database.write(ANN, book_places, ask)
            won.append("booked")
        except OfficerError as refused:
            said.add(str(refused).split(":")[0])

    desks = [threading.Thread(target=take, args=(booking,)) for booking in waiting]
    desks += [threading.Thread(target=book, args=(number,)) for number in range(6)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert len(won) == 1
    assert said <= {"No place is free", "No place is left"}
    assert database.read(event_card, office.event).row.held == 3


def test_what_is_offered_is_not_free_to_anybody_else(database: Database) -> None:
    office = Office(database)
    waiting = office.join(1, "Delegate Three")
    office.free_places(2)
    until = london_time(now_utc()).replace(hour=12, minute=0) + timedelta(days=2)
    office.offer(waiting, 1, until)
    found = database.read(bookable_event, office.event)
    assert found is not None
    said = f"1 offered to B-00002 until {short_day(until.date())} 12:00"
    assert (found.free, found.offered) == (1, 1)
    assert found.left_words == f"1 place free, {said}"
    assert found.detail.endswith("1 place left, 1 offered")
    assert found.short_words(2).startswith("No place is left for two; 1 is free.")
    full = replace(found, held=2)
    assert full.left_words == f"0 places free, {said}"
    assert full.short_words(1).startswith("1 place is left, but offered to who waits.")
    assert full.is_over(date(2014, 4, 1))
    assert not full.is_over(date(2014, 3, 27))
