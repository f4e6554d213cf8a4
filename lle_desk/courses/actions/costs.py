"""What an event costs beside rooms, trainers and catering, and what delegates bring."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.courses.models import Event, EventCost, EventMaterials
from lle_desk.rooms.actions.keeping import Values, keep_rows

explain(
    {
        "ck_event_cost_what_text": ("Say in 1 to 120 letters what it is for.", "what"),
        "ck_event_cost_amount_sensible": (
            "A cost is between £0.00 and £1,000,000.00.",
            "amount",
        ),
        "ck_event_materials_words_text": ("Materials have at most 1,000 letters.", "materials"),
    }
)


@dataclass(frozen=True, slots=True)
class SaveCost:
    """A cost of an event, new or as it shall be. An amount of 0 strikes it out."""

    client_uuid: str
    event_id: int
    what: str
    amount: Pence
    cost_id: int | None = None
    seen_version: int = 0


@dataclass(frozen=True, slots=True)
class SetMaterials:
    """What delegates are to bring to an event, as letters say it; "" is nothing."""

    event_id: int
    words: str


def save_cost(session: Session, ask: SaveCost) -> int:
    """Save a cost and return its id; the same `client_uuid` again saves nothing new.

    Raises:
        OfficerError: it does not say what it is for.
        RecordChanged: it was saved since it was opened.
    """
    what = clean_text(ask.what)
    if not what:
        raise OfficerError("Say what the cost is for.", "what")
    if ask.cost_id is None:
        known = known_id(session, EventCost, ask.client_uuid)
        if known is not None:
            return known
        row = EventCost(
            client_uuid=ask.client_uuid, event_id=ask.event_id, what=what, amount=ask.amount
        )
        session.add(row)
    else:
        row = session.get_one(EventCost, ask.cost_id)
        if row.version != ask.seen_version:
            raise RecordChanged("This cost was changed while you had it open. Open it again.")
        row.what, row.amount = what, ask.amount
    session.flush()
    return row.id


def _put_cost(_session: Session, cost: EventCost, values: Values | None) -> None:
    """Undo a cost: one that was not there is struck out."""
    if values is None:
        cost.amount = 0
    else:
        cost.what, cost.amount = values["what"], values["amount"]


def _name_cost(_session: Session, cost: EventCost) -> str:
    return f"the cost “{cost.what}”"


def set_materials(session: Session, ask: SetMaterials) -> None:
    """Say what delegates are to bring; nothing is written while nothing changes."""
    session.get_one(Event, ask.event_id)
    words = clean_text(ask.words)
    row = session.scalars(
        select(EventMaterials).where(EventMaterials.event_id == ask.event_id)
    ).first()
    if row is None and words:
        session.add(EventMaterials(client_uuid=new_uuid(), event_id=ask.event_id, words=words))
    elif row is not None and row.words != words:
        row.words = words
    session.flush()


keep_rows(EventCost, _put_cost, _name_cost)
