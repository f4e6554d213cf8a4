"""Writes a planned year of consultancy: advisers, their time, visits, charges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.consultancy.actions import SetVisitPrices, set_visit_prices
from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.rules import Paid, VisitState, visit_when, visit_words
from lle_desk.core.money import Pence
from lle_desk.customers.rules import ALWAYS, Band
from lle_desk.demo.bulk import Row, Work, chunks, insert_numbered, insert_rows
from lle_desk.demo.charge_rows import priced
from lle_desk.demo.dice import dice, fixed_uuid
from lle_desk.demo.people import Payer, Payers, price_for_band
from lle_desk.demo.plan_visits import PRICES, TRAVEL, DemoAdviser, PlannedVisit, advisers
from lle_desk.offers.rules import BandPrice, Supply
from lle_desk.officers.models import Service
from lle_desk.trainers.actions import AddTrainer, add_trainer
from lle_desk.trainers.models import TrainerTime
from lle_desk.trainers.rules import Purpose

AT_ONCE = 150  # visits a transaction
COST_PER_DAY = Pence(28_000)
NOTE = "Demo note: what was seen and what was agreed."


@dataclass(frozen=True, slots=True)
class Advisers:
    """The advisers' and services' numbers, and the offers of their visits."""

    trainers: dict[DemoAdviser, int]
    services: dict[str, int]
    offers: dict[tuple[str, str], int]  # by service and kind


def add_advisers(session: Session, prices_from: date = ALWAYS) -> Advisers:
    """Add the advisers that are not there yet, with the prices of their services' visits."""
    services = dict(session.execute(select(Service.code, Service.id)).all())
    people: dict[DemoAdviser, int] = {}
    offers: dict[tuple[str, str], int] = {}
    for one in advisers():
        uuid = fixed_uuid("adviser", one.service, one.place)
        ask = AddTrainer(
            uuid, one.name, services[one.service], cost_per_day=COST_PER_DAY, is_demo=True
        )
        people[one] = add_trainer(session, ask)
    for service in dict.fromkeys(one.service for one in advisers()):
        for kind, county in PRICES.items():
            prices = tuple(BandPrice(band, price_for_band(county, band)) for band in Band)
            ask_prices = SetVisitPrices(services[service], kind, prices, prices_from)
            offers[service, str(kind)] = set_visit_prices(session, ask_prices)
    return Advisers(people, services, offers)


def write_visit_year(
    work: Work, year: str, planned: Sequence[PlannedVisit], payers: Payers, there: Advisers
) -> None:
    """Write the visits of a year, some at a time."""
    chance = dice("visited", year)
    for number, some in enumerate(chunks(planned, AT_ONCE)):
        work.write(add_visits, f"{year}/{number}", some, payers, there, chance)
        work.advance(len(some))


def add_visits(
    session: Session,
    name: str,
    planned: Sequence[PlannedVisit],
    payers: Payers,
    there: Advisers,
    chance: Random,
) -> None:
    """Write some visits with the time they hold and what they cost, in one transaction."""
    first = (session.scalar(select(func.max(Visit.number))) or 0) + 1
    goers = [payers.goer(chance) for _ in planned]
    pairs = list(zip(planned, goers, strict=True))
    uuids = [f"{name}/{place}" for place in range(len(planned))]
    times = insert_numbered(
        session,
        TrainerTime,
        [
            _time_row(one, payer, uuid, there)
            for (one, payer), uuid in zip(pairs, uuids, strict=True)
        ],
    )
    visits = insert_numbered(
        session,
        Visit,
        [
            _visit_row(one, payer, uuids[place], first + place, times[place], there)
            for place, (one, payer) in enumerate(pairs)
        ],
    )
    rows = [
        _charge_row(one, payer, payers, visit_id, first + place, there)
        for place, ((one, payer), visit_id) in enumerate(zip(pairs, visits, strict=True))
    ]
    insert_rows(session, Charge, rows)


def _time_row(one: PlannedVisit, payer: Payer, uuid: str, there: Advisers) -> Row:
    travel = timedelta(minutes=TRAVEL)
    return {
        "client_uuid": fixed_uuid("visit time", uuid),
        "version": 1,
        "trainer_id": there.trainers[one.adviser],
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "reserved_from": one.starts_at - travel,
        "reserved_to": one.ends_at + travel,
        "purpose": str(Purpose.VISIT),
        "words": f"{payer.name}: {one.topic}",
        "holds_space": not one.is_called_off,
        "source": "visit",
    }


def _visit_row(
    one: PlannedVisit, payer: Payer, uuid: str, number: int, time_id: int, there: Advisers
) -> Row:
    gone = one.is_called_off
    return {
        "client_uuid": fixed_uuid("visit", uuid),
        "version": 1,
        "number": number,
        "trainer_time_id": time_id,
        "customer_id": payer.id,
        "contact_id": payer.contact_id,
        "service_id": there.services[one.adviser.service],
        "kind": str(one.kind),
        "state": str(VisitState.CANCELLED if gone else VisitState.DONE),
        "topic": one.topic,
        "paid": str(Paid.PRICE_LIST),
        "note": "" if gone else NOTE,
        "note_on": None if gone else one.starts_at.date() + timedelta(days=1),
        "taken_by": "demo",
        "taken_at": one.starts_at - timedelta(days=30),
        "cancelled_at": one.starts_at - timedelta(days=10) if gone else None,
        "cancelled_reason": "Called off" if gone else "",
        "is_demo": True,
    }


def _charge_row(
    one: PlannedVisit, payer: Payer, payers: Payers, visit_id: int, number: int, there: Advisers
) -> Row:
    price = price_for_band(PRICES[one.kind], Band(payer.band))
    day = one.starts_at.date()
    vat = payers.vat.of(Supply.CONSULTANCY, payer.vat_class, day)
    gone = one.is_called_off
    when = visit_when(one.starts_at, one.ends_at, one.kind)
    return {
        "client_uuid": fixed_uuid("charge of visit", number),
        "offer_id": there.offers[one.adviser.service, str(one.kind)],
        "source": str(Source.VISIT),
        "source_id": visit_id,
        "state": str(ChargeState.VOID if gone else ChargeState.UNBILLED),
        "hold_reason": "Called off in time" if gone else "",
        "description": f"Consultancy: {one.topic}",
        "detail": f"{visit_words(number)}, {when}, {one.adviser.name}",
        "supply": str(Supply.CONSULTANCY),
        "tax_point_on": day,
        "order_number": "",
        **priced(payer, price, vat),
    }
