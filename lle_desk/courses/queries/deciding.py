"""Events at risk, and what a decision about one of them would do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lle_desk.agreements.models import AgreementDraw
from lle_desk.agreements.rules import DrawSource
from lle_desk.core.money import Pence
from lle_desk.courses.models import Event, Place
from lle_desk.courses.queries.breaking_even import BreakEven, break_even, break_even_of
from lle_desk.courses.queries.cards import EventCard, event_card
from lle_desk.courses.queries.events import EventRow, event_rows
from lle_desk.courses.queries.fees import CancellationFee, cancellation_fees, money_of
from lle_desk.courses.queries.telling import PersonToTell, people_concerned
from lle_desk.courses.rules import HOLDING, UNDECIDED, PlaceState

SOON_DAYS = 7  # a decision due within these is listed though the minimum is reached


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One event that may not run. `days_left` counts down to the decision, below 0 is late."""

    event: EventRow
    days_left: int | None  # None: nobody set a day
    money: BreakEven

    @property
    def short(self) -> int:
        """Places still needed to reach the minimum."""
        return max(0, self.event.minimum - self.event.held)


@dataclass(frozen=True, slots=True)
class DecisionEffect:
    """What stands behind a decision: who is told, and what calling it off would free."""

    card: EventCard
    people: tuple[PersonToTell, ...]
    from_agreements: int  # places that would go back to their agreements
    used_up: int  # those a late notice used up before: they would go back as well
    struck_out: Pence  # net, on no paper yet
    credited: Pence  # net, on issued invoices
    reversed: Pence  # net, recharged by journal
    money: BreakEven
    fees: tuple[CancellationFee, ...]  # of places cancelled late before

    @property
    def places(self) -> int:
        return sum(person.places for person in self.people)

    @property
    def waiting(self) -> int:
        return sum(person.waiting for person in self.people)


def events_at_risk(session: Session, today: date) -> list[RiskRow]:
    """Return the coming events that nobody decided about yet and that may not run.

    Below their minimum, or their decision is due within a week; the most urgent first.
    """
    found = (
        select(Event.id)
        .where(
            Event.state.in_([str(state) for state in UNDECIDED]),
            or_(Event.first_on >= today, Event.first_on.is_(None)),
            or_(
                Event.places_held < Event.minimum,
                Event.decision_on <= today + timedelta(days=SOON_DAYS),
            ),
        )
        .order_by(Event.decision_on.is_(None), Event.decision_on, Event.first_on, Event.id)
    )
    ids = list(session.scalars(found))
    rows = {row.id: row for row in event_rows(session, ids)}
    money = break_even_of(session, ids)
    return [RiskRow(rows[at], _days_left(rows[at].decision_on, today), money[at]) for at in ids]


def decision_effect(session: Session, event_id: int) -> DecisionEffect:
    """Return what a decision about an event would do, before it is made."""
    card = event_card(session, event_id)
    money = money_of(session, [place.id for place in card.places if place.state in HOLDING])
    return DecisionEffect(
        card=card,
        people=people_concerned(session, event_id),
        from_agreements=_from_agreements(session, event_id, HOLDING),
        used_up=_from_agreements(session, event_id, (PlaceState.CANCELLED,)),
        struck_out=money.struck_out,
        credited=money.credited,
        reversed=money.reversed,
        money=break_even(session, event_id),
        fees=cancellation_fees(session, event_id),
    )


def _from_agreements(session: Session, event_id: int, states: Iterable[PlaceState]) -> int:
    """Return how many places in these states an agreement pays for."""
    asked = (
        select(func.count())
        .select_from(AgreementDraw)
        .join(Place, Place.id == AgreementDraw.source_id)
        .where(
            AgreementDraw.source == str(DrawSource.PLACE),
            ~AgreementDraw.is_returned,
            Place.event_id == event_id,
            Place.state.in_([str(state) for state in states]),
        )
    )
    return session.scalar(asked) or 0


def _days_left(decision_on: date | None, today: date) -> int | None:
    return (decision_on - today).days if decision_on else None
