"""What an event costs and brings, and how many places it still needs to break even."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.money import Pence
from lle_desk.courses.models import Event, EventCost, EventMaterials, EventSession, Place
from lle_desk.courses.queries.event_income import NOTHING, income_of
from lle_desk.courses.queries.events import SessionRow, sessions_by_event
from lle_desk.courses.rules import counted, places_to_break_even
from lle_desk.customers.rules import Band
from lle_desk.offers.models import Offer
from lle_desk.offers.queries import prices_of
from lle_desk.offers.rules import find_price
from lle_desk.rooms.models import CateringItem, CateringLine, SpaceRate
from lle_desk.rooms.queries.hire import hire_rules
from lle_desk.rooms.rules.extras import charged_quantity
from lle_desk.rooms.rules.hire import hired_parts

AT_ONCE = 500  # events in one question
USUAL = (Band.SUBSCRIBER, Band.COUNTY, Band.OUT_OF_COUNTY, Band.EXTERNAL)  # who mostly comes


@dataclass(frozen=True, slots=True)
class CostRow:
    """One cost: what it is, how it comes about, and the amount before VAT.

    `kind` is one of "room", "trainer", "catering" and "other"; only the last was typed and has
    `id` and `version`. `amount` None is not known: `why` says what is missing.
    """

    kind: str
    what: str
    why: str
    amount: Pence | None
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class BreakEven:
    """What an event costs, what its places bring, and what is missing; all before VAT.

    `price` is that of the band most who come pay, None when no place is sold. `needed` counts
    places beside those booked; None when no number of places would do.
    """

    event_id: int
    costs: tuple[CostRow, ...]
    income: Pence
    price: Pence | None
    held: int
    capacity: int
    budgeted: int | None

    @property
    def cost(self) -> Pence:
        return Pence(sum(row.amount or 0 for row in self.costs))

    @property
    def is_known(self) -> bool:
        """Whether there is any cost, and each is known."""
        return bool(self.costs) and all(row.amount is not None for row in self.costs)

    @property
    def needed(self) -> int | None:
        return places_to_break_even(self.cost, self.income, self.price)


def break_even(session: Session, event_id: int) -> BreakEven:
    """Return the costs and income of an event: rooms at the internal rate, trainers by day.

    Raises:
        NoResultFound: there is no such event.
    """
    session.get_one(Event, event_id)
    return break_even_of(session, [event_id])[event_id]


def break_even_of(session: Session, event_ids: Sequence[int]) -> dict[int, BreakEven]:
    """Return the same of several events, some hundreds in a few questions."""
    found: dict[int, BreakEven] = {}
    rates = _Rates(session)
    for start in range(0, len(event_ids), AT_ONCE):
        some = list(event_ids[start : start + AT_ONCE])
        sessions = sessions_by_event(session, some)
        catering = _catering(session, some)
        others = _others(session, some)
        income = income_of(session, Place.event_id.in_(some))
        for event in session.execute(_events(some)):
            costs = (
                *_rooms(rates, sessions.get(event.id, ())),
                *_trainers(sessions.get(event.id, ())),
                *catering.get(event.id, ()),
                *others.get(event.id, ()),
            )
            found[event.id] = BreakEven(
                event_id=event.id,
                costs=costs,
                income=income.get(event.id, NOTHING).income,
                price=_usual_price(session, event.offer_id, event.first_on or date.max),
                held=event.places_held,
                capacity=event.capacity,
                budgeted=event.budgeted,
            )
    return found


def _events(event_ids: Sequence[int]) -> Any:
    return select(
        Event.id,
        Event.offer_id,
        Event.first_on,
        Event.places_held,
        Event.capacity,
        Event.budgeted,
    ).where(Event.id.in_(event_ids))


def materials_of(session: Session, event_id: int) -> str:
    """Return what delegates are to bring, "" for nothing."""
    asked = select(EventMaterials.words).where(EventMaterials.event_id == event_id)
    return session.scalar(asked) or ""


class _Rates:
    """What the spaces cost inside the council; the list of rates is read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.rules = hire_rules(session)
        self._offers: dict[int, dict[str, int]] | None = None

    def on(self, space_id: int, day: date) -> dict[str, int]:
        """Return what a space costs on a day, by part of the day."""
        if self._offers is None:
            self._offers = {}
            asked = select(SpaceRate.space_id, SpaceRate.part, SpaceRate.offer_id)
            for space, part, offer_id in self._session.execute(asked):
                self._offers.setdefault(space, {})[part] = offer_id
        rates: dict[str, int] = {}
        for part, offer_id in self._offers.get(space_id, {}).items():
            price = find_price(prices_of(self._session, offer_id), str(Band.INTERNAL), day)
            if price is not None:
                rates[part] = price.amount
        return rates


def _rooms(known: _Rates, sessions: Sequence[SessionRow]) -> list[CostRow]:
    """Return what each room costs at the internal rate; rooms of one name are one row."""
    found: dict[str, tuple[int | None, int]] = {}  # amount, sessions
    for row in sessions:
        if row.space_id is None:
            continue
        rates = known.on(row.space_id, row.starts_at.date())
        parts = hired_parts(row.starts_at, row.ends_at, known.rules)
        amount = None
        if all(str(part) in rates for part in parts):
            amount = sum(rates[str(part)] * count for part, count in parts.items())
        before, count = found.get(row.room, (0, 0))
        both = None if before is None or amount is None else before + amount
        found[row.room] = (both, count + 1)
    return [
        CostRow(
            "room",
            name,
            f"{counted(count, 'session')}, internal rate"
            if amount is not None
            else "it has no internal rate yet",
            None if amount is None else Pence(amount),
        )
        for name, (amount, count) in found.items()
    ]


def _trainers(sessions: Sequence[SessionRow]) -> list[CostRow]:
    """Return each trainer at the cost of a day times the days of the event they give."""
    days: dict[tuple[int, str, int], set[date]] = {}
    for row in sessions:
        for one in row.trainers:
            key = (one.trainer_id, one.name, one.cost_per_day)
            days.setdefault(key, set()).add(row.starts_at.date())
    return [
        CostRow("trainer", name, counted(len(on), "day"), Pence(cost * len(on)))
        for (_id, name, cost), on in days.items()
    ]


def _catering(session: Session, event_ids: Sequence[int]) -> dict[int, list[CostRow]]:
    asked = (
        select(
            EventSession.event_id,
            CateringLine.served_at,
            CateringLine.quantity,
            CateringLine.least_charged,
            CateringItem.offer_id,
            Offer.name,
        )
        .join(CateringItem, CateringItem.id == CateringLine.catering_item_id)
        .join(Offer, Offer.id == CateringItem.offer_id)
        .join(EventSession, EventSession.room_use_id == CateringLine.room_use_id)
        .where(EventSession.event_id.in_(event_ids))
        .order_by(CateringLine.served_at, CateringLine.id)
    )
    rows: dict[int, list[CostRow]] = {}
    for event_id, served_at, quantity, least, offer_id, name in session.execute(asked):
        count = charged_quantity(quantity, least)
        if count:
            line = _line(session, offer_id, name, count, served_at)
            rows.setdefault(event_id, []).append(line)
    return rows


def _line(session: Session, offer_id: int, name: str, count: int, at: datetime) -> CostRow:
    price = find_price(prices_of(session, offer_id), str(Band.INTERNAL), at.date())
    if price is None:
        return CostRow("catering", name, "it has no internal price yet", None)
    return CostRow("catering", name, f"for {count}", Pence(price.amount * count))


def _others(session: Session, event_ids: Sequence[int]) -> dict[int, list[CostRow]]:
    asked = (
        select(
            EventCost.event_id, EventCost.what, EventCost.amount, EventCost.id, EventCost.version
        )
        .where(EventCost.event_id.in_(event_ids), EventCost.amount > 0)
        .order_by(EventCost.id)
    )
    rows: dict[int, list[CostRow]] = {}
    for event_id, what, amount, number, version in session.execute(asked):
        row = CostRow("other", what, "typed in", Pence(amount), number, version)
        rows.setdefault(event_id, []).append(row)
    return rows


def _usual_price(session: Session, offer_id: int, day: date) -> Pence | None:
    """Return what most who come pay: the price of the first of the usual bands that has one."""
    prices = prices_of(session, offer_id)
    for band in USUAL:
        found = find_price(prices, str(band), day)
        if found is not None and found.amount > 0:
            return found.amount
    return None
