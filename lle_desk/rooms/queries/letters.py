"""What a letter about a room booking says now, and what was sent before."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import ChargeRow, standing
from lle_desk.charges.rules import Source
from lle_desk.core.days import day_words, london_time, short_day, span_words, time_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds
from lle_desk.core.settings import setting
from lle_desk.customers.models import Customer, Person
from lle_desk.customers.queries import letter_address
from lle_desk.customers.rules import Route, customer_number
from lle_desk.offers.rules import VAT_WORDS, Supply, VatCode
from lle_desk.officers.models import Officer
from lle_desk.paper.sender import WOODLANDS, Sender
from lle_desk.rooms.models import (
    CateringLine,
    EquipmentLine,
    LetterSent,
    RoomBooking,
    RoomUse,
    Space,
)
from lle_desk.rooms.papers import (
    LastSent,
    LetterChange,
    LetterCharge,
    LetterTerm,
    LetterUse,
    RoomLetter,
)
from lle_desk.rooms.queries.cancelling import room_terms
from lle_desk.rooms.queries.extras import Extras, extras_of
from lle_desk.rooms.queries.hire import hire_charges
from lle_desk.rooms.rules import Layout, Status, number_words
from lle_desk.rooms.rules.letters import (
    Change,
    LetterKind,
    TermLine,
    Told,
    changes,
    terms_by_day,
    told_facts,
    told_text,
)

TABLE = "room_booking"
HEADINGS = {
    LetterKind.CONFIRMATION: "Room confirmation",
    LetterKind.AMENDED: "Amended confirmation",
    LetterKind.CANCELLATION: "Cancellation",
}
NO_ROOM = "We will tell you"


def room_letter(session: Session, booking_id: int, written_on: date) -> RoomLetter:
    """Return the letter that a booking needs now, from what stands on it and was sent before.

    A cancelled booking has a cancellation, one that differs from the last letter an amended
    confirmation, any other a confirmation.

    Raises:
        OfficerError: there is nobody to write to, or a course holds the room.
    """
    booking = _booking(session, booking_id)
    customer = _customer(session, booking)
    uses = _uses(session, booking)
    extras = extras_of(session, [use.id for use, _ in uses])
    charges = standing(session, hire_charges(session, booking_id))
    told = _told(booking, uses, extras, charges)
    last, before = _last_sent(session, booking_id)
    new = changes(before, told) if before else ()
    kind = _kind(booking, bool(new))
    sender = sender_of_letters(session)
    return RoomLetter(
        kind=str(kind),
        heading=_heading(kind, booking),
        booking_id=booking_id,
        address=letter_address(session, customer.id, _contact_name(session, booking)),
        number=number_words(booking.number),
        written_on=written_on,
        customer=customer_number(customer.id),
        urn=str(customer.urn or ""),
        order_number=booking.order_number,
        taken_by=_officer(session, booking.taken_by),
        status=booking.status.capitalize(),
        greeting=_greeting(kind, booking),
        standing=_standing(booking, len(uses), new),
        then=_then(booking, new),
        title=booking.title,
        uses=tuple(_letter_use(use, room, extras.get(use.id, Extras())) for use, room in uses),
        notes=booking.notes_customer if kind != LetterKind.CANCELLATION else "",
        changes=_letter_changes(new) if kind == LetterKind.AMENDED else (),
        changed_since=f"our {last.kind} of {day_words(last.sent_at.date())}" if last else "",
        charges=tuple(map(_letter_charge, charges)),
        vat_words=_vat_words(charges),
        pay_words=_pay_words(session, charges, customer.cost_centre),
        terms=_terms(session, booking, charges, written_on),
        terms_words="The scale as it stood when you booked. It will not change for this booking.",
        steps=_steps(session, booking, sender, uses, extras),
        told=told_text(told),
        last_sent=last,
        sender=sender,
    )


def _booking(session: Session, booking_id: int) -> RoomBooking:
    booking = session.get(RoomBooking, booking_id)
    if booking is None:
        raise OfficerError("This booking is not there.")
    return booking


def _contact_name(session: Session, booking: RoomBooking) -> str:
    contact = session.get(Person, booking.contact_id) if booking.contact_id else None
    return f"{contact.given_name} {contact.family_name}".strip() if contact else ""


def _customer(session: Session, booking: RoomBooking) -> Customer:
    number = number_words(booking.number)
    if booking.source == "course":
        raise OfficerError(f"{number} holds a room for a course: its letters are in Courses.")
    if booking.customer_id is None:
        raise OfficerError(
            f"{number} has no customer, so there is nobody to write to. Choose one, and save."
        )
    return session.get_one(Customer, booking.customer_id)


def _uses(session: Session, booking: RoomBooking) -> list[tuple[RoomUse, str]]:
    """Return what the letter lists: what holds, or all of it when the booking is cancelled."""
    found = (
        select(RoomUse, Space.name)
        .outerjoin(Space, Space.id == RoomUse.space_id)
        .where(RoomUse.room_booking_id == booking.id)
        .order_by(RoomUse.starts_at, RoomUse.id)
    )
    rows = [(row[0], row[1] or "") for row in session.execute(found)]
    holding = [row for row in rows if row[0].holds_space]
    return holding or rows


def _told(
    booking: RoomBooking,
    uses: Sequence[tuple[RoomUse, str]],
    extras: dict[int, Extras],
    charges: Sequence[ChargeRow],
) -> tuple[Told, ...]:
    """Return the facts of the letter, without any name of a person, to be kept and compared."""
    facts = [
        Told("booking", "Title", booking.title),
        Told("booking", "Status", booking.status),
        Told("booking", "Your order no.", booking.order_number),
    ]
    for use, room in uses:
        group, about = f"use {use.id}", short_day(use.starts_at.date()) if len(uses) > 1 else ""
        when = f"{day_words(use.starts_at.date())}, {span_words(use.starts_at, use.ends_at)}"
        facts += [
            Told(group, "Day and time", when, about),
            Told(group, "Room", room or NO_ROOM, about),
            Told(group, "Layout", _layout(use), about),
            Told(group, "People", _people(use), about),
        ]
        lines = _extras_words(extras.get(use.id, Extras()))
        facts.append(Told(group, "Catering and equipment", "; ".join(lines), about))
    total = Pence(sum(row.gross for row in charges))
    facts.append(Told("booking", "Price with VAT", pounds(total) if charges else "nothing"))
    return tuple(facts)


def _last_sent(session: Session, booking_id: int) -> tuple[LastSent | None, tuple[Told, ...]]:
    found = session.scalars(
        select(LetterSent)
        .where(LetterSent.table_name == TABLE, LetterSent.record_id == booking_id)
        .order_by(LetterSent.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return None, ()
    at, by = london_time(found.sent_at), _officer(session, found.sent_by)
    return LastSent(found.kind, at, by, found.way), told_facts(found.told)


def _kind(booking: RoomBooking, is_new: bool) -> LetterKind:
    if booking.status == Status.CANCELLED:
        return LetterKind.CANCELLATION
    return LetterKind.AMENDED if is_new else LetterKind.CONFIRMATION


def _heading(kind: LetterKind, booking: RoomBooking) -> str:
    if kind == LetterKind.CONFIRMATION and booking.status == Status.PROVISIONAL:
        return "Provisional booking"
    if kind == LetterKind.CONFIRMATION and not booking.holds_space:
        return "Your enquiry"
    return HEADINGS[kind]


def _greeting(kind: LetterKind, booking: RoomBooking) -> str:
    if kind == LetterKind.AMENDED:
        return "Your booking has changed."
    if kind == LetterKind.CANCELLATION:
        return "Thank you for letting us know."
    return "Thank you for booking." if booking.holds_space else "Thank you for asking."


def _standing(booking: RoomBooking, count: int, new: Sequence[Change]) -> str:
    room = "The room is" if count == 1 else f"All {count} dates are"
    if booking.status == Status.CANCELLED:
        return "This booking is cancelled, and its rooms are given back."
    if not booking.holds_space:
        return "No room is held for you yet."
    if booking.status == Status.PROVISIONAL:
        until = f" until {day_words(booking.option_on)}" if booking.option_on else ""
        return f"{room} held for you{until}."
    return f"{room} confirmed{', as changed' if new else ''}."


def _then(booking: RoomBooking, new: Sequence[Change]) -> str:
    if booking.status == Status.CANCELLED:
        return "What was booked, and what there is to pay, stands below."
    if booking.status == Status.PROVISIONAL and booking.option_on:
        return "Please confirm in writing by then, or the room is offered to others."
    if new:
        return "This letter takes the place of the one before."
    return "Please check the lines below: nothing else is needed unless something is wrong."


def _letter_changes(new: Sequence[Change]) -> tuple[LetterChange, ...]:
    return tuple(LetterChange(one.what, one.before, one.now) for one in new)


def _letter_use(use: RoomUse, room: str, extras: Extras) -> LetterUse:
    return LetterUse(
        on=use.starts_at.date(),
        times=span_words(use.starts_at, use.ends_at),
        room=room or NO_ROOM,
        layout=_layout(use),
        people=_people(use),
        extras=_extras_words(extras),
    )


def _layout(use: RoomUse) -> str:
    return "fixed PCs" if use.layout == Layout.ICT else use.layout


def _people(use: RoomUse) -> str:
    return f"about {use.heads}" if use.is_estimate else str(use.heads)


def _extras_words(extras: Extras) -> tuple[str, ...]:
    served = [
        f"{time_words(row.served_at)} {row.item}, {row.quantity}"
        f"{f' ({row.diets.words})' if row.diets.words else ''}"
        for row in extras.catering
    ]
    return (*served, *(f"{row.name}, {row.quantity}" for row in extras.equipment))


def _letter_charge(row: ChargeRow) -> LetterCharge:
    return LetterCharge(row.description, row.price_reason, row.vat_code, row.net, row.vat)


def _vat_words(charges: Sequence[ChargeRow]) -> tuple[tuple[str, str], ...]:
    reasons = {row.vat_code: row.vat_reason for row in charges}
    return tuple(
        (code, f"{VAT_WORDS[VatCode(code)]}. {reason}") for code, reason in sorted(reasons.items())
    )


def _pay_words(session: Session, charges: Sequence[ChargeRow], cost_centre: str) -> str:
    if not charges:
        return ""
    if charges[0].route == Route.RECHARGE:
        to = f" {cost_centre}" if cost_centre else ""
        return f"nothing now. Recharged to your cost centre{to} afterwards."
    days = setting(session, "invoice_due_days", int)
    return f"nothing now. An invoice follows, due in {days} days."


def _terms(
    session: Session, booking: RoomBooking, charges: Sequence[ChargeRow], written_on: date
) -> tuple[LetterTerm, ...]:
    """Return what cancelling costs by day; nothing when it is cancelled or costs nothing."""
    scale = room_terms(session, booking.id)
    if scale is None or booking.status == Status.CANCELLED:
        return ()
    days = _days_of_sources(session, booking.id)
    lines = [
        TermLine(row.net, days[row.source, row.source_id], row.source == str(Source.CATERING_LINE))
        for row in charges
        if row.supply != Supply.COMPENSATION and (row.source, row.source_id) in days
    ]
    terms = terms_by_day(scale, lines, written_on) if lines else ()
    return tuple(LetterTerm(term.first, term.last, term.amount) for term in terms)


def _days_of_sources(session: Session, booking_id: int) -> dict[tuple[str, int], date]:
    """Return the day of the event of each use and line."""
    found = select(RoomUse.id, RoomUse.starts_at).where(RoomUse.room_booking_id == booking_id)
    uses = {row[0]: row[1].date() for row in session.execute(found)}
    days = {(str(Source.ROOM_USE), use_id): day for use_id, day in uses.items()}
    for source, line in (
        (Source.CATERING_LINE, CateringLine),
        (Source.EQUIPMENT_LINE, EquipmentLine),
    ):
        lines = select(line.id, line.room_use_id).where(line.room_use_id.in_(uses))
        for line_id, use_id in session.execute(lines):
            days[str(source), line_id] = uses[use_id]
    return days


def _steps(
    session: Session,
    booking: RoomBooking,
    sender: Sender,
    uses: Sequence[tuple[RoomUse, str]],
    extras: dict[int, Extras],
) -> tuple[tuple[str, str], ...]:
    number = number_words(booking.number)
    ways = f"whenever you ring {sender.telephone} or write to {sender.email}."
    if booking.status == Status.CANCELLED:
        return ((f"Quote {number}", ways),)
    steps = [("Check", "the lines above, and tell us of anything that is wrong.")]
    if booking.status == Status.PROVISIONAL and booking.option_on:
        steps.append(("Confirm", f"in writing by {day_words(booking.option_on)}."))
    if any(extras[use.id].catering for use, _ in uses if use.id in extras):
        due = uses[0][0].starts_at.date() - timedelta(
            days=setting(session, "final_numbers_days", int)
        )
        words = f"us the final numbers by {day_words(due)}: they are the least that is charged."
        steps.append(("Tell", words))
    return (*steps, (f"Quote {number}", ways))


def sender_of_letters(session: Session) -> Sender:
    """Return whom letters come from, with the office's own telephone and e-mail."""
    return Sender(
        name=WOODLANDS.name,
        office=WOODLANDS.office,
        place=WOODLANDS.place,
        telephone=setting(session, "seller_telephone", str),
        email=setting(session, "seller_email", str),
    )


def _officer(session: Session, login: str) -> str:
    return session.scalar(select(Officer.name).where(Officer.login == login)) or login
