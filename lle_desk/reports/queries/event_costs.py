"""What many events cost, by the rules of `courses.queries.break_even`, in a few statements."""

from collections import defaultdict
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.courses.models import Event, EventCost, EventSession
from lle_desk.customers.rules import Band
from lle_desk.offers.queries import prices_of
from lle_desk.offers.rules import DatedPrice, find_price
from lle_desk.rooms.models import CateringItem, CateringLine, RoomUse, SpaceRate
from lle_desk.rooms.queries.hire import hire_rules
from lle_desk.rooms.rules.extras import charged_quantity
from lle_desk.rooms.rules.hire import hired_parts
from lle_desk.trainers.models import Trainer, TrainerTime

SESSION = "event_session"


def costs_of_events(session: Session, first: date, last: date) -> dict[int, int]:
    """Return the cost in pence of each event that begins on the days `first` to `last`.

    Rooms and catering at the internal rate, trainers by the day, and what was typed in. What has
    no rate or price yet counts nothing.
    """
    costs: dict[int, int] = defaultdict(int)
    prices = _Prices(session)
    _add_rooms(session, first, last, prices, costs)
    _add_trainers(session, first, last, costs)
    _add_catering(session, first, last, prices, costs)
    others = (
        select(EventCost.event_id, func.sum(EventCost.amount))
        .join(Event, Event.id == EventCost.event_id)
        .where(Event.first_on.between(first, last))
        .group_by(EventCost.event_id)
    )
    for event_id, amount in session.execute(others):
        costs[event_id] += int(amount)
    return costs


class _Prices:
    """The internal prices of offers, each offer read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, tuple[DatedPrice, ...]] = {}

    def on(self, offer_id: int, day: date) -> int | None:
        """Return what the offer costs inside the council on a day, None when it has no price."""
        if offer_id not in self._known:
            self._known[offer_id] = prices_of(self._session, offer_id)
        price = find_price(self._known[offer_id], str(Band.INTERNAL), day)
        return None if price is None else price.amount


def _add_rooms(
    session: Session, first: date, last: date, prices: _Prices, costs: dict[int, int]
) -> None:
    rules = hire_rules(session)
    offers: dict[int, dict[str, int]] = defaultdict(dict)
    for space_id, part, offer_id in session.execute(
        select(SpaceRate.space_id, SpaceRate.part, SpaceRate.offer_id)
    ):
        offers[space_id][part] = offer_id
    found = (
        select(
            EventSession.event_id, RoomUse.space_id, EventSession.starts_at, EventSession.ends_at
        )
        .join(Event, Event.id == EventSession.event_id)
        .join(RoomUse, RoomUse.id == EventSession.room_use_id)
        .where(Event.first_on.between(first, last), RoomUse.space_id.in_(offers))
    )
    for event_id, space, starts_at, ends_at in session.execute(found):
        rates = offers[space or 0]
        parts = hired_parts(starts_at, ends_at, rules)
        priced = [
            (price, count)
            for part, count in parts.items()
            if str(part) in rates
            and (price := prices.on(rates[str(part)], starts_at.date())) is not None
        ]
        if len(priced) == len(parts):
            costs[event_id] += sum(price * count for price, count in priced)


def _add_trainers(session: Session, first: date, last: date, costs: dict[int, int]) -> None:
    found = (
        select(
            EventSession.event_id,
            TrainerTime.trainer_id,
            EventSession.starts_at,
            Trainer.cost_per_day,
        )
        .join(Event, Event.id == EventSession.event_id)
        .join(TrainerTime, TrainerTime.source_id == EventSession.id)
        .join(Trainer, Trainer.id == TrainerTime.trainer_id)
        .where(
            TrainerTime.source == SESSION,
            TrainerTime.holds_space,
            Event.first_on.between(first, last),
        )
    )
    days = {
        (event_id, trainer_id, starts_at.date(), cost)
        for event_id, trainer_id, starts_at, cost in session.execute(found)
    }
    for event_id, _trainer, _day, cost in days:
        costs[event_id] += cost


def _add_catering(
    session: Session, first: date, last: date, prices: _Prices, costs: dict[int, int]
) -> None:
    found = (
        select(
            EventSession.event_id,
            CateringLine.served_at,
            CateringLine.quantity,
            CateringLine.least_charged,
            CateringItem.offer_id,
        )
        .join(Event, Event.id == EventSession.event_id)
        .join(CateringLine, CateringLine.room_use_id == EventSession.room_use_id)
        .join(CateringItem, CateringItem.id == CateringLine.catering_item_id)
        .where(Event.first_on.between(first, last))
    )
    for event_id, served_at, quantity, least, offer_id in session.execute(found):
        count = charged_quantity(quantity, least)
        if count:
            costs[event_id] += (prices.on(offer_id, served_at.date()) or 0) * count
