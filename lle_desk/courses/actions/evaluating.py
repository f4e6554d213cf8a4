"""Evaluation sheets: scores and a comment, of a delegate or of somebody who gave no name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.core.undo import Record, Undoable, Way, versions_of
from lle_desk.courses.models import (
    Evaluation,
    EvaluationQuestion,
    EvaluationScore,
    Event,
    Place,
)
from lle_desk.courses.rules import EventState, PlaceState

LEAST, BEST = 1, 4
MOST_COMMENT = 2000

explain(
    {
        "uq_evaluation_place_id": ("This delegate's sheet is in already.", "place"),
        "evaluation_of_event": ("This delegate has no place on the event.", "place"),
        "ck_evaluation_score_score_sensible": (f"A score is {LEAST} to {BEST}.", "scores"),
        "ck_evaluation_comment_text": (
            f"A comment has at most {MOST_COMMENT:,} letters.",
            "comment",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class AddEvaluation:
    """One sheet: scores 1 (poor) to 4 (very good) by question; one left out was not answered.

    `place_id` None is a sheet without a name.
    """

    client_uuid: str
    event_id: int
    scores: Mapping[int, int]
    comment: str = ""
    place_id: int | None = None


def add_evaluation(session: Session, ask: AddEvaluation) -> Undoable[int]:
    """Keep one sheet and return its id.

    Raises:
        OfficerError: nothing is on it, the event was called off, or the delegate was not there
            or has a sheet already.
    """
    known = known_id(session, Evaluation, ask.client_uuid)
    if known is not None:
        return Undoable(known, None)
    event = session.get_one(Event, ask.event_id)
    comment = clean_text(ask.comment)
    _check(session, ask, event, comment)
    sheet = Evaluation(
        client_uuid=ask.client_uuid,
        event_id=event.id,
        place_id=ask.place_id,
        comment=comment,
    )
    session.add(sheet)
    session.flush()
    session.add_all(
        EvaluationScore(
            client_uuid=new_uuid(), evaluation_id=sheet.id, question_id=question, score=score
        )
        for question, score in sorted(ask.scores.items())
    )
    session.flush()
    record = Record("evaluation", sheet.id, f"a sheet of {event.code}")
    way = Way(
        f"Kept a sheet of {event.code}",
        partial(_put, sheet_id=sheet.id, is_removed=True),
        partial(_put, sheet_id=sheet.id, is_removed=False),
        {record: 0},
        versions_of(session, [record]),
    )
    return Undoable(sheet.id, way)


def remove_evaluation(session: Session, sheet_id: int) -> Undoable[None]:
    """Strike a sheet out; it counts no more."""
    sheet = session.get_one(Evaluation, sheet_id)
    record = Record("evaluation", sheet.id, "a sheet")
    before = versions_of(session, [record])
    _put(session, sheet_id, is_removed=True)
    way = Way(
        "Struck out a sheet",
        partial(_put, sheet_id=sheet_id, is_removed=False),
        partial(_put, sheet_id=sheet_id, is_removed=True),
        before,
        versions_of(session, [record]),
    )
    return Undoable(None, way)


def _check(session: Session, ask: AddEvaluation, event: Event, comment: str) -> None:
    if event.state == EventState.CANCELLED:
        raise OfficerError(f"{event.code} was called off, so nobody can judge it.")
    if not ask.scores and not comment:
        raise OfficerError("Type at least one score or a comment.", "scores")
    if any(not LEAST <= score <= BEST for score in ask.scores.values()):
        raise OfficerError(f"A score is {LEAST} (poor) to {BEST} (very good).", "scores")
    known = set(session.scalars(select(EvaluationQuestion.id)))
    if not set(ask.scores) <= known:
        raise OfficerError("A question is not there any more. Open the sheet again.", "scores")
    if ask.place_id is None:
        return
    place = session.get(Place, ask.place_id)
    there = (PlaceState.BOOKED, PlaceState.ATTENDED)  # sheets may be typed before the register
    if place is None or place.event_id != event.id or place.state not in there:
        raise OfficerError(
            "This delegate did not attend, so the sheet is somebody else's. "
            "Choose another delegate, or none.",
            "place",
        )


def _put(session: Session, sheet_id: int, is_removed: bool) -> None:
    session.get_one(Evaluation, sheet_id).is_removed = is_removed
    session.flush()
