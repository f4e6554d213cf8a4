"""What a booking's confirmation says: of one that is booked, or as it would be sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.days import day_words, london_time
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import BasisPoints, Pence, pounds, vat_on
from lle_desk.core.settings import setting
from lle_desk.courses.models import BookingTerm, CourseBooking, Place
from lle_desk.courses.papers import (
    NOT_BOOKED,
    CancellationRow,
    CodeWords,
    Confirmation,
    DelegateRow,
    Step,
)
from lle_desk.courses.queries.letter_values import (
    EventFacts,
    common_values,
    event_facts,
    officer_name,
    person_name,
)
from lle_desk.courses.queries.prices import PlaceLine, PlacePrice, place_price
from lle_desk.courses.rules import (
    HOLDING,
    EventState,
    booking_words,
    counted,
    in_words,
)
from lle_desk.customers.models import Customer, Person
from lle_desk.customers.queries import letter_address
from lle_desk.customers.rules import Route, customer_number
from lle_desk.letters.queries import template_of
from lle_desk.letters.rules import Filled, LetterKind, fill
from lle_desk.offers.rules import (
    VAT_WORDS,
    CancellationTerm,
    Scale,
    ScaleStep,
    VatCode,
    cancellation_terms,
)
from lle_desk.paper.sender import Sender
from lle_desk.rooms.queries.letters import sender_of_letters

WEEKDAY = re.compile(r"\bfrom (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
NAME_TO_COME = "Name to come"
CHECK_IT = "Please check the lines below: nothing else is needed unless something is wrong."


@dataclass(frozen=True, slots=True)
class DraftLetter:
    """The form as it stands: what the letter would say if it were booked now.

    `delegates` are names as typed, "" for one not named yet.
    """

    event_id: int
    customer_id: int
    delegates: tuple[str, ...]
    contact_id: int | None
    order_number: str
    taken_by: str
    written_on: date
    contact_name: str = ""  # when the caller is not known yet


@dataclass(frozen=True, slots=True)
class _Line:
    """One delegate's place with what is frozen, or would be frozen, on its charge."""

    name: str
    net: Pence
    vat_rate: BasisPoints
    vat_code: str
    vat_reason: str
    price_reason: str
    route: str


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a letter is made of, booked or not."""

    event_id: int
    customer_id: int
    contact: str
    number: str
    written_on: date
    order_number: str
    taken_by: str
    status: str
    lines: tuple[_Line, ...]
    scale: Scale | None


def confirmation_of(session: Session, booking_id: int, written_on: date) -> Confirmation:
    """Return the confirmation of a booking, from what is frozen on it.

    Raises:
        OfficerError: the booking is not there.
    """
    booking = session.get(CourseBooking, booking_id)
    if booking is None:
        raise OfficerError("This booking is not there.")
    lines = _booked_lines(session, booking_id)
    facts = _Facts(
        event_id=booking.event_id,
        customer_id=booking.customer_id,
        contact=person_name(session, booking.contact_id),
        number=booking_words(booking.number),
        written_on=written_on,
        order_number=booking.order_number,
        taken_by=officer_name(session, booking.taken_by),
        status="Confirmed" if lines else "Cancelled",
        lines=lines,
        scale=frozen_scale(session, booking_id),
    )
    return _confirmation(session, facts, london_time(booking.taken_at).date())


def draft_confirmation(session: Session, draft: DraftLetter) -> Confirmation:
    """Return the confirmation as it would be sent if the form were booked as it stands.

    Raises:
        OfficerError: there is no price, or the event has no day.
    """
    price = place_price(session, draft.event_id, draft.customer_id)
    facts = _Facts(
        event_id=draft.event_id,
        customer_id=draft.customer_id,
        contact=person_name(session, draft.contact_id) or draft.contact_name,
        number=NOT_BOOKED,
        written_on=draft.written_on,
        order_number=draft.order_number,
        taken_by=officer_name(session, draft.taken_by),
        status=NOT_BOOKED,
        lines=tuple(
            _draft_line(price, line, name)
            for line, name in zip(price.lines(len(draft.delegates)), draft.delegates, strict=True)
        ),
        scale=price.scale,
    )
    return _confirmation(session, facts, draft.written_on)


def _booked_lines(session: Session, booking_id: int) -> tuple[_Line, ...]:
    found = session.execute(
        select(
            Person.given_name,
            Person.family_name,
            Charge.net,
            Charge.vat_rate,
            Charge.vat_code,
            Charge.vat_reason,
            Charge.price_reason,
            Charge.route,
        )
        .select_from(Place)
        .join(Charge, Charge.source_id == Place.id)
        .outerjoin(Person, Person.id == Place.person_id)
        .where(
            Place.course_booking_id == booking_id,
            Place.state.in_([str(state) for state in HOLDING]),
            Charge.source == str(Source.PLACE),
            Charge.state != str(ChargeState.VOID),
        )
        .order_by(Place.id)
    )
    return tuple(
        _Line(f"{given or ''} {family or ''}".strip(), Pence(net), BasisPoints(rate), *words)
        for given, family, net, rate, *words in found
    )


def _draft_line(price: PlacePrice, line: PlaceLine, name: str) -> _Line:
    return _Line(
        name=name,
        net=line.net,
        vat_rate=price.vat.rate,
        vat_code=price.vat.code,
        vat_reason=price.vat.reason,
        price_reason=line.reason,
        route=price.route.value,
    )


def frozen_scale(session: Session, booking_id: int) -> Scale | None:
    """Return the cancellation scale as it stood when the booking was made."""
    terms = session.execute(
        select(
            BookingTerm.notice_below,
            BookingTerm.percent,
            BookingTerm.base,
            BookingTerm.unit,
            BookingTerm.free_place_fee,
        )
        .where(BookingTerm.course_booking_id == booking_id)
        .order_by(BookingTerm.notice_below.is_(None), BookingTerm.notice_below)
    ).all()
    if not terms:
        return None
    steps = tuple(ScaleStep(term.notice_below, term.percent, term.base) for term in terms)
    return Scale("as booked", terms[0].unit, Pence(terms[0].free_place_fee), steps)


def _confirmation(session: Session, facts: _Facts, booked_on: date) -> Confirmation:
    event = event_facts(session, facts.event_id)
    customer = session.get_one(Customer, facts.customer_id)
    net = Pence(sum(line.net for line in facts.lines))
    vat = Pence(sum(vat_on(line.net, line.vat_rate) for line in facts.lines))
    terms = _terms(facts, event.days[0], booked_on) if event.days else ()
    sender = sender_of_letters(session)
    standing, is_draft = _standing(facts, event.state), facts.status == NOT_BOOKED
    said = _said(session, facts, event, sender, customer.name, Pence(net + vat))
    return Confirmation(
        address=letter_address(session, facts.customer_id, facts.contact),
        booking=facts.number,
        written_on=facts.written_on,
        customer=customer_number(customer.id),
        urn=str(customer.urn or ""),
        order_number=facts.order_number,
        taken_by=facts.taken_by,
        status=facts.status,
        greeting="This is a draft." if is_draft else "Thank you for booking.",
        standing="Nothing is booked yet." if is_draft else standing,
        then=f"Booked as it stands: {standing[0].lower()}{standing[1:]}" if is_draft else CHECK_IT,
        course_title=event.title,
        event_code=event.code,
        event_words=event.words,
        place_heading=event.place_heading,
        sessions=event.sessions,
        delegates=_delegates(facts.lines),
        vat_words=_vat_words(facts.lines),
        net=net,
        vat=vat,
        total=Pence(net + vat),
        pay_words=_pay_words(session, facts.lines, customer.cost_centre),
        cancellation_rows=_cancellation_rows(terms, facts),
        cancellation_words=_scale_words(facts, booked_on),
        steps=_steps(facts, sender, event.materials),
        sender=sender,
        opening=said.opening if said else (),
        closing=said.closing if said else (),
        subject=said.subject if said else "",
    )


def _said(
    session: Session,
    facts: _Facts,
    event: EventFacts,
    sender: Sender,
    customer: str,
    total: Pence,
) -> Filled | None:
    """Return the words of the office's template, None for what is not booked yet."""
    if facts.status == NOT_BOOKED:
        return None
    values = common_values(
        event,
        sender,
        contact=facts.contact,
        customer=customer,
        booking=facts.number,
        places=len(facts.lines),
    )
    more = {"standing": _standing(facts, event.state), "cost": pounds(total)}
    return fill(template_of(session, LetterKind.CONFIRMATION), values | more)


def _standing(facts: _Facts, state: str) -> str:
    count = len(facts.lines)
    if not count:
        return "No place is booked."
    are = "place is" if count == 1 else "places are"
    runs = ", and the course will run" if state == EventState.CONFIRMED else ""
    return f"{in_words(count).capitalize()} {are} confirmed{runs}."


def _delegates(lines: Sequence[_Line]) -> tuple[DelegateRow, ...]:
    return tuple(
        DelegateRow(
            name=line.name or NAME_TO_COME,
            price_why=_price_why(line.price_reason),
            vat_code=line.vat_code,
            net=line.net,
        )
        for line in lines
    )


def _vat_words(lines: Sequence[_Line]) -> tuple[CodeWords, ...]:
    reasons = {line.vat_code: line.vat_reason for line in lines}
    return tuple(
        CodeWords(code, f"{VAT_WORDS[VatCode(code)]}. {reason}")
        for code, reason in sorted(reasons.items())
    )


def _pay_words(session: Session, lines: Sequence[_Line], cost_centre: str) -> str:
    if not lines:
        return ""
    if lines[0].route == Route.RECHARGE:
        to = f" {cost_centre}" if cost_centre else ""
        return f"nothing now. Recharged to your cost centre{to} after the course."
    days = setting(session, "invoice_due_days", int)
    return f"nothing now. An invoice follows the course, due in {days} days."


def _terms(facts: _Facts, event_on: date, booked_on: date) -> tuple[CancellationTerm, ...]:
    if facts.scale is None:
        return ()
    fees = [line.net for line in facts.lines]
    return cancellation_terms(facts.scale, event_on, fees, min(booked_on, event_on))


def _cancellation_rows(
    terms: Sequence[CancellationTerm], facts: _Facts
) -> tuple[CancellationRow, ...]:
    if not terms or not facts.lines:
        return ()
    unit = facts.scale.unit if facts.scale else ""
    nothing = tuple(Pence(0) for _ in facts.lines)
    return (
        *(
            CancellationRow(_term_days(term), _term_meaning(term, unit), term.amounts)
            for term in terms
        ),
        CancellationRow("A colleague takes the place", "tell us the name, up to the day", nothing),
        CancellationRow("We cancel the course", "", nothing),
    )


def _term_days(term: CancellationTerm) -> str:
    if term.first is None:
        return f"by {day_words(term.last)}" if term.last else "at any time"
    if term.last is None:
        return f"from {day_words(term.first)}"
    return f"{day_words(term.first)} to {day_words(term.last)}"


def _term_meaning(term: CancellationTerm, unit: str) -> str:
    if term.last is None:
        return "or the delegate does not attend"
    return f"{term.notice} {unit} or more" if term.notice else ""


def _scale_words(facts: _Facts, booked_on: date) -> str:
    if facts.scale is None:
        return ""
    return (
        f"The scale as it stood on {day_words(booked_on)}, when you booked. "
        "It will not change for this booking."
    )


def _steps(facts: _Facts, sender: Sender, bring: str) -> tuple[Step, ...]:
    unnamed = sum(not line.name for line in facts.lines)
    steps = [Step("Check", "the lines above, and tell us of anything that is wrong.")]
    if unnamed:
        steps.append(Step("Name", f"{counted(unnamed, 'delegate')} as soon as you know who comes."))
    if bring:
        steps.append(Step("Bring", f"{bring}."))
    ways = f"whenever you ring {sender.telephone} or write to {sender.email}."
    number = facts.number if facts.status != NOT_BOOKED else "your booking’s number"
    return (*steps, Step(f"Quote {number}", ways))


def _price_why(reason: str) -> str:
    """Return "County, from 1 Sep 2013": in the letter's narrow column without the weekday."""
    words = WEEKDAY.sub("from ", reason)
    return words[:1].upper() + words[1:]
