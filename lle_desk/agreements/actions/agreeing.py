"""Agreements made, changed and ended, and what a booking uses of one."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lle_desk.agreements.models import Agreement, AgreementDraw
from lle_desk.agreements.queries import covering
from lle_desk.agreements.rules import (
    SUPPLIES,
    UNITS_OF_ONE,
    Allowance,
    Cover,
    DrawSource,
    amount,
    number_words,
    paid_by,
)
from lle_desk.charges.actions import ChargeReason, add_charge, void_charge
from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, NewCharge, Source
from lle_desk.core.changes import changed_meanwhile
from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.customers.models import Customer
from lle_desk.offers.actions import AddOffer, add_offer
from lle_desk.offers.models import Offer
from lle_desk.offers.queries import band_for, route_for, vat_for
from lle_desk.officers.models import Service

LONGEST_YEARS = 6

explain(
    {
        "ck_agreement_not_over_used": (
            "More is used of this agreement than that. Give it at least what is used.",
            "units",
        ),
        "ck_agreement_title_text": ("Give a title of 1 to 120 letters.", "title"),
        "ck_agreement_order_number_text": (
            "An order number has at most 60 letters.",
            "order_number",
        ),
        "ck_agreement_notes_text": ("Notes have at most 4,000 letters.", "notes"),
        "ck_agreement_cancelled_reason_text": ("Give a reason of at most 400 letters.", "reason"),
        "ck_agreement_price_sensible": (
            "A price is between £0.00 and £1,000,000.00.",
            "price",
        ),
        "agreement_keeps_draws": (
            "Something that used this agreement would fall outside its days. "
            "Choose days that take it in.",
            "ends_on",
        ),
        "agreement_draw_own": (
            "An agreement pays only for what its own customer booked. Choose that customer's "
            "agreement, or give back what it pays for first."
        ),
        "agreement_draw_in_dates": "The agreement does not cover that day.",
        "uq_agreement_draw_once": "This is covered by an agreement already.",
        "uq_agreement_draw_source_source_id": "This is covered by an agreement already.",
    }
)


@dataclass(frozen=True, slots=True)
class MakeAgreement:
    """A new agreement. `units` in those of the allowance: half days for consultancy."""

    client_uuid: str
    customer_id: int
    service_id: int
    title: str
    starts_on: date
    ends_on: date
    price: Pence
    allowance: Allowance = Allowance.NONE
    units: int = 0
    order_number: str = ""
    notes: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class EditAgreement:
    """What may change of an agreement; its price only until it is billed."""

    agreement_id: int
    seen_version: int
    title: str
    starts_on: date
    ends_on: date
    price: Pence
    units: int
    order_number: str
    notes: str


@dataclass(frozen=True, slots=True)
class EndAgreement:
    """End an agreement early: from `cancelled_on` on it covers nothing."""

    agreement_id: int
    seen_version: int
    cancelled_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Use:
    """What a booking wants covered on a day: units of an allowance, for one record of it.

    `in_part` takes what is left where it is not enough; what is over is then priced.
    """

    customer_id: int
    service_id: int
    allowance: Allowance
    units: int
    source: DrawSource
    source_id: int
    day: date
    in_part: bool = False


def make_agreement(session: Session, ask: MakeAgreement) -> int:
    """Make an agreement with its charge, and return its id.

    Raises:
        OfficerError: its days, price or allowance are not sensible, or band, VAT or route of
            the customer is not known on its first day.
    """
    known = known_id(session, Agreement, ask.client_uuid)
    if known is not None:
        return known
    _check_days(ask.starts_on, ask.ends_on)
    _check_units(ask.allowance, ask.units)
    _check_customer(session, ask)
    newest = session.scalar(select(func.max(Agreement.number))) or 0
    agreement = Agreement(
        client_uuid=ask.client_uuid,
        number=newest + 1,
        customer_id=ask.customer_id,
        offer_id=_offer_id(session, ask.service_id, ask.allowance),
        title=clean_text(ask.title),
        starts_on=ask.starts_on,
        ends_on=ask.ends_on,
        price=ask.price,
        allowance=str(ask.allowance),
        units=ask.units,
        order_number=clean_text(ask.order_number),
        notes=clean_text(ask.notes),
        is_demo=ask.is_demo,
    )
    session.add(agreement)
    session.flush()
    if agreement.price:
        add_charge(session, _charge(session, agreement))
    return agreement.id


def edit_agreement(session: Session, ask: EditAgreement) -> None:
    """Change an agreement; its unbilled charge is written again when the price changes.

    Raises:
        OfficerError: more is used than the new allowance, or the price is billed already.
        RecordChanged: it was saved since it was opened.
    """
    agreement = _seen(session, ask.agreement_id, ask.seen_version)
    _check_days(ask.starts_on, ask.ends_on)
    _check_units(Allowance(agreement.allowance), ask.units)
    if ask.units < agreement.used:
        used = amount(agreement.allowance, agreement.used)
        raise OfficerError(f"{used} are used already. Allow at least that.", "units")
    is_dearer = ask.price != agreement.price
    agreement.title = clean_text(ask.title)
    agreement.starts_on, agreement.ends_on = ask.starts_on, ask.ends_on
    agreement.units, agreement.price = ask.units, ask.price
    agreement.order_number = clean_text(ask.order_number)
    agreement.notes = clean_text(ask.notes)
    session.flush()
    if is_dearer:
        charge_again(session, agreement, agreement.price)


def end_agreement(session: Session, ask: EndAgreement) -> None:
    """End an agreement early. What it covered before stays covered.

    Raises:
        OfficerError: no reason was given, or something later uses it.
        RecordChanged: it was saved since it was opened.
    """
    agreement = _seen(session, ask.agreement_id, ask.seen_version)
    reason = clean_text(ask.reason)
    if not reason:
        raise OfficerError("Say why it ends early, for whoever reads this next.", "reason")
    last = session.scalar(
        select(func.max(AgreementDraw.drawn_on)).where(
            AgreementDraw.agreement_id == agreement.id,
            ~AgreementDraw.is_returned,
            AgreementDraw.drawn_on >= ask.cancelled_on,
        )
    )
    if last is not None:
        raise OfficerError(
            f"Something on {day_words(last)} uses this agreement. Cancel that first, or end the "
            "agreement after it.",
            "cancelled_on",
        )
    agreement.cancelled_on, agreement.cancelled_reason = ask.cancelled_on, reason
    session.flush()


def use_agreement(session: Session, use: Use) -> Cover | None:
    """Let an agreement cover one record, and return which, with what is left after it.

    The agreement that ends first is used first. None: none has so much left for that day.
    """
    covers = covering(session, use.customer_id, use.service_id, use.allowance, use.day)
    cover = paid_by(covers, use.units, in_part=use.in_part)
    if cover is None:
        return None
    session.add(
        AgreementDraw(
            client_uuid=new_uuid(),
            agreement_id=cover.agreement_id,
            units=cover.drawn,
            source=str(use.source),
            source_id=use.source_id,
            drawn_on=use.day,
        )
    )
    session.flush()
    return replace(cover, left=cover.left - cover.drawn)


def return_use(session: Session, source: DrawSource, source_id: int) -> bool:
    """Give back what a record used; return whether it used an agreement."""
    draw = session.scalar(_counted(source, source_id))
    if draw is None:
        return False
    draw.is_returned = True
    session.flush()
    return True


def move_use_day(session: Session, source: DrawSource, source_id: int, day: date) -> None:
    """Let what a record uses count for another day, which its agreement must cover.

    Raises:
        OfficerError: the agreement does not cover that day.
    """
    draw = session.scalar(_counted(source, source_id))
    if draw is None or draw.drawn_on == day:
        return
    agreement = session.get_one(Agreement, draw.agreement_id)
    ended = agreement.cancelled_on is not None and day >= agreement.cancelled_on
    if ended or not agreement.starts_on <= day <= agreement.ends_on:
        raise OfficerError(
            f"{number_words(agreement.number)}, which pays for this, does not cover "
            f"{day_words(day)}. Choose a day it covers, or cancel and book anew.",
            "starts_at",
        )
    draw.drawn_on = day
    session.flush()


def _counted(source: DrawSource, source_id: int) -> Select[AgreementDraw]:
    return select(AgreementDraw).where(
        AgreementDraw.source == str(source),
        AgreementDraw.source_id == source_id,
        ~AgreementDraw.is_returned,
    )


def _seen(session: Session, agreement_id: int, seen_version: int) -> Agreement:
    agreement = session.get_one(Agreement, agreement_id)
    if agreement.version != seen_version:
        raise changed_meanwhile(session, "agreement", ("agreement", agreement.id))
    if agreement.cancelled_on is not None:
        raise OfficerError(
            f"This agreement ended on {day_words(agreement.cancelled_on)}. Make a new one."
        )
    return agreement


def _check_customer(session: Session, ask: MakeAgreement) -> None:
    customer = session.get(Customer, ask.customer_id)
    if customer is None:
        raise OfficerError("Choose the customer the agreement is with.", "customer")
    if customer.closed_on is not None and customer.closed_on <= ask.starts_on:
        raise OfficerError(
            f"{customer.name} closed on {day_words(customer.closed_on)}. "
            "Choose the school that followed it.",
            "customer",
        )


def _check_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise OfficerError("It ends before it starts. Give a later last day.", "ends_on")
    if ends_on.year - starts_on.year > LONGEST_YEARS:
        raise OfficerError(
            f"An agreement runs for at most {LONGEST_YEARS} years. Give an earlier last day.",
            "ends_on",
        )


def _check_units(allowance: Allowance, units: int) -> None:
    if allowance is Allowance.NONE and units:
        raise OfficerError("Choose what the allowance is of.", "allowance")
    if allowance is not Allowance.NONE and not 0 < units <= 100_000:
        one = UNITS_OF_ONE[allowance]
        raise OfficerError(f"Allow between 1 and {100_000 // one:,} of them.", "units")


def _offer_id(session: Session, service_id: int, allowance: Allowance) -> int:
    """Return the offer that agreements of a service are sold as, made at the first of them."""
    service = session.get(Service, service_id)
    if service is None:
        raise OfficerError("Choose the service the agreement is with.", "service")
    supply = SUPPLIES[allowance]
    code = f"{service.code}-SLA-{supply[:3].upper()}"
    known = session.scalar(select(Offer.id).where(Offer.code == code))
    if known is not None:
        return known
    name = f"{service.name}: agreement"
    return add_offer(
        session,
        AddOffer(new_uuid(), code, name, service_id, supply=supply, scale_name=""),
    )


def charge_again(session: Session, agreement: Agreement, price: int) -> None:
    """Strike out what an agreement was charged at, and charge its price anew unless that is 0.

    Raises:
        OfficerError: the charge is on an issued paper.
    """
    for old in session.scalars(
        select(Charge).where(
            Charge.source == str(Source.AGREEMENT),
            Charge.source_id == agreement.id,
            Charge.state != str(ChargeState.VOID),
        )
    ):
        if old.state == ChargeState.BILLED:
            raise OfficerError(
                "The price is on an issued paper. Credit that paper first, then change it.",
                "price",
            )
        void_charge(session, ChargeReason(old.id, old.version, "The price was agreed anew"))
    if price:
        add_charge(session, _charge(session, agreement))


def _charge(session: Session, agreement: Agreement) -> NewCharge:
    day = agreement.starts_on
    offer = session.get_one(Offer, agreement.offer_id)
    customer = session.get_one(Customer, agreement.customer_id).name
    band = band_for(session, agreement.customer_id, day)
    vat = vat_for(session, offer.supply, agreement.customer_id, day)
    route = route_for(session, agreement.customer_id, day)
    if band is None or vat is None or route is None:
        raise OfficerError(
            f"The price band, VAT class or payment route of {customer} on {day_words(day)} is "
            "not known. Give the customer those first.",
            "customer",
        )
    said = f"{day_words(day)} to {day_words(agreement.ends_on)}"
    allowed = amount(agreement.allowance, agreement.units) if agreement.units else ""
    return NewCharge(
        customer_id=agreement.customer_id,
        offer_id=agreement.offer_id,
        source=Source.AGREEMENT,
        source_id=agreement.id,
        description=f"Agreement: {agreement.title}",
        detail=", ".join(part for part in (said, allowed) if part),
        quantity=1,
        unit_price=Pence(agreement.price),
        band=band.value,
        price_reason=f"as agreed, {number_words(agreement.number)}",
        supply=offer.supply,
        vat_code=vat.code,
        vat_rate=vat.rate,
        vat_reason=vat.reason,
        route=route.value,
        route_reason=route.reason,
        tax_point_on=day,
        order_number=agreement.order_number,
    )
