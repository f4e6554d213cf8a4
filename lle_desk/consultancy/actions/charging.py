"""What visits cost: their charges, an agreement's days, the frozen scale, the price lists."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.agreements.actions import Use, move_use_day, return_use, use_agreement
from lle_desk.agreements.rules import Allowance, DrawSource
from lle_desk.charges.actions import add_charge, take_back
from lle_desk.charges.models import Charge
from lle_desk.charges.queries import ChargeRow, charges_of, standing
from lle_desk.charges.rules import ChargeState, NewCharge, Source
from lle_desk.consultancy.actions.requests import SetVisitPrices, VisitAsked
from lle_desk.consultancy.models import Visit, VisitOffer, VisitTerm
from lle_desk.consultancy.queries import VisitPrice, VisitWanted, half_days, visit_price
from lle_desk.consultancy.rules import Paid, offer_code, visit_when, visit_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.offers.actions import AddOffer, SetPrice, add_offer, set_price
from lle_desk.offers.rules import Supply
from lle_desk.officers.models import Service
from lle_desk.trainers.models import Trainer


def set_visit_prices(session: Session, ask: SetVisitPrices) -> int:
    """Set what a service asks for visits of a kind, and return its offer's id.

    What was booked keeps the price it had.
    """
    offer_id = session.scalar(
        select(VisitOffer.offer_id).where(
            VisitOffer.service_id == ask.service_id, VisitOffer.kind == str(ask.kind)
        )
    )
    if offer_id is None:
        service = session.get_one(Service, ask.service_id)
        name = f"{service.name}: {ask.kind} of consultancy"
        code = offer_code(service.code, ask.kind)
        new = AddOffer(new_uuid(), code, name, service.id, Supply.CONSULTANCY)
        offer_id = add_offer(session, new)
        row = VisitOffer(
            client_uuid=new_uuid(), service_id=service.id, kind=str(ask.kind), offer_id=offer_id
        )
        session.add(row)
        session.flush()
    for price in ask.prices:
        changed = SetPrice(new_uuid(), offer_id, price.band, price.amount, ask.prices_from)
        set_price(session, changed)
    return offer_id


def charge_visit(
    session: Session, visit: Visit, asked: VisitAsked, *, is_first: bool = True
) -> None:
    """Write what the visit costs, or that an agreement pays; freeze the scale at the first."""
    if visit.paid == Paid.NOTHING:
        return
    day = asked.starts_at.date()
    wanted = VisitWanted(visit.service_id, visit.kind, visit.customer_id, day)
    price = visit_price(session, wanted)
    use = Use(
        visit.customer_id,
        visit.service_id,
        Allowance.DAYS,
        half_days(visit.kind),
        DrawSource.VISIT,
        visit.id,
        day,
        in_part=True,
    )
    price = replace(price, cover=use_agreement(session, use))
    add_charge(session, _charge(session, visit, asked, price))
    if is_first and price.scale is not None:
        session.add_all(_terms(visit.id, price))
    session.flush()


def charge_again(
    session: Session, visit: Visit, asked: VisitAsked, *, must: bool, may_credit: bool = False
) -> None:
    """Write the charge anew; one on a paper stays when only the day is another.

    Raises:
        OfficerError: a paper would be credited, which nobody was shown.
    """
    live = live_charges(session, visit.id)
    if any(row.state == ChargeState.BILLED for row in live):
        if not must:
            move_use_day(session, DrawSource.VISIT, visit.id, asked.starts_at.date())
            return
        if not may_credit:
            raise OfficerError(
                "This visit is on an issued paper, and this changes what it costs. Open it with "
                "E: the form says what is credited before you save."
            )
    take_back(session, [old.id for old in live], "The visit was changed")
    return_use(session, DrawSource.VISIT, visit.id)
    charge_visit(session, visit, asked, is_first=False)


def reword_charges(session: Session, visit: Visit, asked: VisitAsked) -> None:
    """Let what is not billed yet say the hours, the topic and who goes as they are now."""
    description, detail = _charge_words(session, visit, asked)
    for row in live_charges(session, visit.id):
        if row.state in (ChargeState.UNBILLED, ChargeState.HELD):
            charge = session.get_one(Charge, row.id)
            charge.description, charge.detail = description, detail
    session.flush()


def live_charges(session: Session, visit_id: int) -> list[ChargeRow]:
    """Return the charges of a visit that count: not void, and not given back."""
    return standing(session, charges_of(session, Source.VISIT, [visit_id]))


def _terms(visit_id: int, price: VisitPrice) -> list[VisitTerm]:
    scale = price.scale
    assert scale is not None
    return [
        VisitTerm(
            client_uuid=new_uuid(),
            visit_id=visit_id,
            notice_below=step.notice_below,
            percent=step.percent,
            unit=scale.unit,
            base=step.base,
            free_place_fee=scale.free_place_fee,
        )
        for step in scale.steps
    ]


def _charge_words(session: Session, visit: Visit, asked: VisitAsked) -> tuple[str, str]:
    """Return what a charge is for, and the line below it."""
    who = session.get_one(Trainer, asked.trainer_id).name
    when = visit_when(asked.starts_at, asked.ends_at, visit.kind)
    description = f"Consultancy: {visit.topic}"[:300].strip()
    return description, f"{visit_words(visit.number)}, {when}, {who}"[:400]


def _charge(
    session: Session,
    visit: Visit,
    asked: VisitAsked,
    price: VisitPrice,
) -> NewCharge:
    description, detail = _charge_words(session, visit, asked)
    return NewCharge(
        customer_id=visit.customer_id,
        offer_id=price.offer_id,
        source=Source.VISIT,
        source_id=visit.id,
        description=description,
        detail=detail,
        quantity=1,
        unit_price=price.net,
        band=price.price.band,
        price_reason=price.reason[:200],
        supply=price.supply,
        vat_code=price.vat.code,
        vat_rate=price.vat.rate,
        vat_reason=price.vat.reason,
        route=price.route.value,
        route_reason=price.route.reason,
        tax_point_on=asked.starts_at.date(),
        order_number=visit.order_number,
    )
