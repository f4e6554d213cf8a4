"""What a place costs who asks for it on the telephone, or why they cannot have one at all."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import day_words
from lle_desk.courses.models import Event
from lle_desk.courses.queries.prices import NoPrice, PlacePrice, priced
from lle_desk.customers.queries import customer_hit


def asked_price(session: Session, event_id: int, customer_id: int) -> PlacePrice | NoPrice:
    """Return the price of a place; that a school will be closed by then is said before it."""
    customer = customer_hit(session, customer_id)
    first_on = session.scalar(select(Event.first_on).where(Event.id == event_id))
    closed = closed_words(customer.name, customer.closed_on, first_on)
    return NoPrice(closed, "customer") if closed else priced(session, event_id, customer_id)


def closed_words(name: str, closed_on: date | None, first_on: date | None) -> str:
    """Return why a customer that is closed by the first day cannot book, "" when it can."""
    if closed_on is None or first_on is None or closed_on > first_on:
        return ""
    return (
        f"{name} closed on {day_words(closed_on)}, before this event. "
        "Book for the school that followed it."
    )
