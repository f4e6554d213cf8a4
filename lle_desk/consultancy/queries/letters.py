"""What the letter about a visit says, read in one go."""

from datetime import date

from sqlalchemy.orm import Session

from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.papers import VisitPaper
from lle_desk.consultancy.queries.prices import frozen_scale
from lle_desk.consultancy.queries.visits import VisitCard, visit_card
from lle_desk.consultancy.rules import VisitState
from lle_desk.core.days import day_words, london_time, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds
from lle_desk.customers.models import Customer, Person
from lle_desk.customers.rules import address_lines
from lle_desk.offers.rules import CancellationTerm, cancellation_terms
from lle_desk.paper.sender import WOODLANDS

CONFIRMATION, NOTE = "Confirmation of visit", "Note of visit"
QUESTIONS = f"Any question? Ring {WOODLANDS.telephone} or write to {WOODLANDS.email}."


def visit_paper(session: Session, visit_id: int, today: date) -> VisitPaper:
    """Return the note of a visit that is done, else the confirmation of one to come.

    Raises:
        OfficerError: it was cancelled.
    """
    card = visit_card(session, visit_id)
    if card.state == VisitState.CANCELLED:
        raise OfficerError("This visit was cancelled, so there is no letter about it.")
    customer = session.get_one(Customer, card.customer_id)
    person = session.get(Person, card.contact_id) if card.contact_id else None
    email = (person.email if person else "") or customer.email
    is_done = card.state == VisitState.DONE
    places = (customer.street, customer.locality, customer.address3)
    return VisitPaper(
        number=card.words,
        heading=NOTE if is_done else CONFIRMATION,
        topic=card.topic,
        customer=card.customer,
        address=address_lines(
            customer.name, places, customer.town, customer.postcode, card.contact
        ),
        order_number=card.order_number,
        written_on=(card.note_on or today) if is_done else today,
        greeting=f"Dear {card.contact}," if card.contact else "Dear colleague,",
        opening=_opening(card),
        rows=_rows(card),
        paragraphs=tuple(line.strip() for line in card.note.splitlines() if line.strip()),
        terms=() if is_done else _terms(session, card),
        closing=QUESTIONS,
        to_name=card.contact,
        email=email,
    )


def _opening(card: VisitCard) -> str:
    if card.state == VisitState.DONE:
        return f"{card.trainer} visited you and notes below what was done and agreed."
    if card.state == VisitState.CONFIRMED:
        return f"{card.trainer} will visit you. The visit is confirmed."
    return f"{card.trainer} will visit you. Please tell us if the day does not suit you."


def _rows(card: VisitCard) -> tuple[tuple[str, str], ...]:
    day = day_words(card.starts_at.date())
    rows = [
        ("When", f"{day}, {span_words(card.starts_at, card.ends_at)}"),
        ("Length", card.kind.capitalize()),
        ("Who came" if card.state == VisitState.DONE else "Who comes", card.trainer),
        ("Service", card.service),
        ("Your contact", card.contact),
        ("Price", _price(card)),
    ]
    return tuple(row for row in rows if row[1])


def _price(card: VisitCard) -> str:
    net = Pence(sum(row.net for row in card.counting))
    if not net:
        covered = next((row.price_reason for row in card.counting if row.price_reason), "")
        return covered or "No charge"
    vat = Pence(sum(row.vat for row in card.counting))
    reason = card.counting[0].price_reason
    if not vat:
        return f"{pounds(net)}, no VAT ({reason})"
    return f"{pounds(net)} and {pounds(vat)} VAT: {pounds(Pence(net + vat))} ({reason})"


def _terms(session: Session, card: VisitCard) -> tuple[tuple[str, str, str], ...]:
    scale = frozen_scale(session, card.id)
    fees = [row.net for row in card.counting]
    if scale is None or not any(fees):
        return ()
    day = card.starts_at.date()
    booked = london_time(session.get_one(Visit, card.id).taken_at).date()
    terms = cancellation_terms(scale, day, fees, min(booked, day))
    return tuple(
        (_when(term), _meaning(term, scale.unit), _amount(Pence(sum(term.amounts))))
        for term in terms
    )


def _when(term: CancellationTerm) -> str:
    if term.first is None:
        return f"by {day_words(term.last)}" if term.last else "at any time"
    if term.last is None:
        return f"from {day_words(term.first)}"
    return f"{day_words(term.first)} to {day_words(term.last)}"


def _meaning(term: CancellationTerm, unit: str) -> str:
    return f"{term.notice} {unit} or more" if term.notice else ""


def _amount(fee: Pence) -> str:
    return f"{pounds(fee)} before VAT" if fee else "nothing"
