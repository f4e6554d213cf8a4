"""Letters written out: the words, tables and addresses of each, as they stand now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.money import Pence, pounds
from lle_desk.courses.models import CourseBooking, Place
from lle_desk.courses.papers import Certificate, Confirmation, CourseLetter, FactRow, Posted
from lle_desk.courses.queries.addressing import STATES, Addressee
from lle_desk.courses.queries.cards import PlaceRow, places_of
from lle_desk.courses.queries.day_facts import day_facts
from lle_desk.courses.queries.day_papers import DayFacts, certificates
from lle_desk.courses.queries.letter_values import (
    EventFacts,
    common_values,
    event_facts,
    officer_name,
)
from lle_desk.courses.queries.letters import NAME_TO_COME, confirmation_of
from lle_desk.courses.queries.telling import PersonToTell, people_to_tell
from lle_desk.courses.rules import (
    booking_words,
    counted_in_words,
    joined,
)
from lle_desk.customers.models import Customer
from lle_desk.customers.queries import letter_address
from lle_desk.customers.rules import customer_number
from lle_desk.letters.queries import template_of
from lle_desk.letters.rules import HEADING_WORDS, LetterKind, Template, fill, plain
from lle_desk.paper.sender import Sender
from lle_desk.rooms.queries.letters import sender_of_letters

CALLED_OFF = "Called off: "
ATTACHED = "The letter is attached as a PDF."
GOES_WITH = "Thank you for coming to {}, {}. Your certificate is attached as a PDF."
JOURNALS = "RCH"  # how the numbers of recharges begin


@dataclass(frozen=True, slots=True)
class _Booking:
    """A booking with all that a letter of it needs."""

    row: CourseBooking
    customer: Customer
    places: tuple[PlaceRow, ...]  # those the letter is about

    @property
    def words(self) -> str:
        return booking_words(self.row.number)


def letters_to(session: Session, whom: Sequence[Addressee], written_on: date) -> tuple[Posted, ...]:
    """Return the letters, with their words, tables and addresses, as they stand now."""
    writing = _Writing(session, written_on)
    return tuple(writing.letter(one) for one in whom)


def _booking(session: Session, kind: LetterKind, booking_id: int) -> _Booking:
    row = session.get_one(CourseBooking, booking_id)
    customer = session.get_one(Customer, row.customer_id)
    places = tuple(
        place for place in places_of(session, booking_id=booking_id) if place.state in STATES[kind]
    )
    return _Booking(row=row, customer=customer, places=places)


class _Writing:
    """One run of letters: what they share is read once."""

    def __init__(self, session: Session, written_on: date) -> None:
        self._session = session
        self._written_on = written_on
        self._events: dict[int, EventFacts] = {}
        self._templates: dict[LetterKind, Template] = {}
        self._days: dict[int, DayFacts] = {}
        self._told: dict[int, dict[int, PersonToTell]] = {}
        self._sender: Sender = sender_of_letters(session)

    def letter(self, whom: Addressee) -> Posted:
        """Return one letter."""
        if whom.kind == LetterKind.CONFIRMATION:
            paper = confirmation_of(self._session, whom.booking_id, self._written_on)
            said = "\n\n".join(part for part in (plain(paper.opening), ATTACHED) if part)
            said = "\n\n".join(part for part in (said, plain(paper.closing)) if part)
            return self._posted(whom, paper.subject, said, paper)
        if whom.kind == LetterKind.CERTIFICATE:
            return self._certificate(whom)
        booking = _booking(self._session, whom.kind, whom.booking_id)
        event = self._event(booking.row.event_id)
        filled = fill(self._template(whom.kind), self._values(whom, booking, event))
        letter = CourseLetter(
            kind=whom.kind,
            heading=HEADING_WORDS[whom.kind],
            address=letter_address(self._session, booking.customer.id, whom.to_name),
            booking=whom.booking,
            written_on=self._written_on,
            customer=customer_number(booking.customer.id),
            order_number=booking.row.order_number,
            taken_by=officer_name(self._session, booking.row.taken_by),
            course_title=event.title,
            event_code=event.code,
            event_words=event.words,
            place_heading=event.place_heading,
            sessions=event.sessions,
            rows=tuple(_rows(whom, booking, event)),
            opening=filled.opening,
            closing=filled.closing,
            sender=self._sender,
        )
        parts = (plain(filled.opening), ATTACHED, plain(filled.closing))
        said = "\n\n".join(part for part in parts if part)
        return self._posted(whom, filled.subject, said, letter)

    def _certificate(self, whom: Addressee) -> Posted:
        """Return the certificate of one delegate, with a line or two around it."""
        booking = self._session.get_one(CourseBooking, whom.booking_id)
        if booking.event_id not in self._days:
            facts = day_facts(self._session, booking.event_id, self._written_on)
            self._days[booking.event_id] = facts
        [paper] = certificates(self._days[booking.event_id], (whom.place_id,))
        said = f"Dear {whom.addressed_name}\n\n{GOES_WITH.format(paper.title, paper.days)}"
        return self._posted(whom, f"Certificate of attendance: {paper.title}", said, paper)

    def _posted(
        self,
        whom: Addressee,
        subject: str,
        said: str,
        paper: Confirmation | CourseLetter | Certificate,
    ) -> Posted:
        signed = f"{said}\n\n{self._sender.name}\n{self._sender.office}\n{self._sender.telephone}"
        return Posted(
            kind=whom.kind,
            booking_id=whom.booking_id,
            place_id=whom.place_id,
            booking=whom.booking,
            customer=whom.customer,
            contact=whom.to_name,
            delegates=whom.delegates,
            email=whom.email,
            subject=subject,
            words=signed,
            paper=paper,
        )

    def _values(self, whom: Addressee, booking: _Booking, event: EventFacts) -> dict[str, str]:
        values = common_values(
            event,
            self._sender,
            contact=whom.contact,
            customer=whom.customer,
            booking=whom.booking,
            places=len(booking.places),
        )
        values["cost"] = pounds(_total(booking.places))
        if whom.kind == LetterKind.JOINING:
            values["delegate"] = "Colleague" if whom.delegates == NAME_TO_COME else whom.delegates
        if whom.kind == LetterKind.CANCELLATION:
            values["reason"] = _reason(self._session, booking)
            values["given_back"] = _given_back(booking, self._told_of(booking.row.event_id))
        return values

    def _event(self, event_id: int) -> EventFacts:
        if event_id not in self._events:
            self._events[event_id] = event_facts(self._session, event_id)
        return self._events[event_id]

    def _told_of(self, event_id: int) -> dict[int, PersonToTell]:
        if event_id not in self._told:
            people = people_to_tell(self._session, event_id)
            self._told[event_id] = {one.booking_id: one for one in people}
        return self._told[event_id]

    def _template(self, kind: LetterKind) -> Template:
        if kind not in self._templates:
            self._templates[kind] = template_of(self._session, kind)
        return self._templates[kind]


def _rows(whom: Addressee, booking: _Booking, event: EventFacts) -> Iterator[FactRow]:
    count = len(booking.places)
    if whom.kind == LetterKind.JOINING:
        yield FactRow("Delegate", whom.delegates)
        yield FactRow("Booked by", " · ".join(filter(None, (whom.contact, whom.customer))))
        if event.materials:
            yield FactRow("Bring", event.materials)
        return
    waiting = " wanted" if whom.kind == LetterKind.WAITING else ""
    yield FactRow("Places", f"{counted_in_words(count, 'place')}{waiting}")
    named = [place.delegate for place in booking.places if place.delegate]
    if named:
        yield FactRow("Delegates", joined(named))
    if whom.kind == LetterKind.CHANGE:
        yield FactRow("Price", f"{pounds(_total(booking.places))}, as it was")


def _total(places: Sequence[PlaceRow]) -> Pence:
    return Pence(sum(place.owed + place.owed_vat for place in places))


def _reason(session: Session, booking: _Booking) -> str:
    said = session.scalars(
        select(Place.cancelled_reason)
        .where(Place.id.in_([place.id for place in booking.places]), Place.cancelled_reason != "")
        .order_by(Place.id.desc())
        .limit(1)
    ).first()
    return (said or "as you asked").removeprefix(CALLED_OFF).rstrip(". ")


def _given_back(booking: _Booking, told: Mapping[int, PersonToTell]) -> str:
    fee = _total(booking.places)
    if fee:
        return f"By the scale you booked under, {pounds(fee)} is to pay."
    person = told.get(booking.row.id)
    if person is None or not person.credited:
        return "Nothing is to pay for it."
    kind = "recharge" if person.credit_notes.startswith(JOURNALS) else "credit note"
    return f"{pounds(person.credited)} before VAT is given back by {kind} {person.credit_notes}."
