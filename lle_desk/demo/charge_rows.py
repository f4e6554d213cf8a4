"""The charge of a course place as a row, worked out as `book_places` does it."""

from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.money import Pence, vat_on
from lle_desk.courses.rules import days_words
from lle_desk.customers.rules import Band
from lle_desk.demo.bulk import Row
from lle_desk.demo.dice import fixed_uuid
from lle_desk.demo.people import Payer, VatTable, price_for_band
from lle_desk.demo.plan_courses import PlannedEvent
from lle_desk.offers.rules import Supply, VatFound


def charge_row(
    vat_table: VatTable,
    payer: Payer,
    offer_id: int,
    event: PlannedEvent,
    code: str,
    place_id: int,
    name: str,
    order_number: str,
    *,
    is_void: bool,
) -> Row:
    """Return the charge of a place; that of a place given back in time is void."""
    price = price_for_band(event.course.county, Band(payer.band))
    vat = vat_table.education(payer.vat_class, event.last_on)
    days = days_words(starts_at.date() for starts_at, _ in event.sessions)
    return {
        "client_uuid": fixed_uuid("charge of place", code, place_id),
        "offer_id": offer_id,
        "source": str(Source.PLACE),
        "source_id": place_id,
        "state": str(ChargeState.VOID if is_void else ChargeState.UNBILLED),
        "hold_reason": "Place given back in time" if is_void else "",
        "description": f"Course place: {event.course.title}",
        "detail": f"{name} · {code}, {days}",
        "supply": str(Supply.EDUCATION),
        "tax_point_on": event.last_on,
        "order_number": order_number,
        **priced(payer, price, vat),
    }


def priced(payer: Payer, price: Pence, vat: VatFound) -> Row:
    """Return what a charge for one says of who pays, how much and by which VAT."""
    return {
        "version": 1,
        "customer_id": payer.id,
        "quantity": 1,
        "unit_price": price,
        "net": price,
        "vat": vat_on(price, vat.rate),
        "band": payer.band,
        "price_reason": payer.band,
        "vat_code": vat.code,
        "vat_rate": vat.rate,
        "vat_reason": vat.reason,
        "route": payer.route,
        "route_reason": payer.route_reason,
    }
