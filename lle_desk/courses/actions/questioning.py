"""The questions of the evaluation sheet: asked, put in order and retired, never turned round.

A sheet that is in answered the words it was printed with. So a question that is reworded is
retired and another is asked in its place; its answers stay under the words they were given to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.core.undo import Record, Undoable, Way, versions_of
from lle_desk.courses.models import EvaluationQuestion, EvaluationScore
from lle_desk.courses.rules import Asked, sheet_fault
from lle_desk.letters.queries import may_administer

A_STEP = 10  # between the numbers questions are sorted by
SHEET = "the questions of the evaluation sheet"

explain(
    {
        "evaluation_question_kept": (
            "A question keeps its words, since sheets answer them. Retire it and ask another."
        ),
        "evaluation_question_left": "The evaluation sheet must ask at least one question.",
        "evaluation_score_kept": "A score stays with its question. Strike the sheet out instead.",
        "uq_evaluation_question_words": (
            "Somebody else asked this question meanwhile. Open the questions again."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class SaveQuestions:
    """The whole sheet as it shall be, over the questions seen: their versions by id."""

    questions: Sequence[Asked]
    seen: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Stand:
    """How a question stands: all of it that may change."""

    short_words: str
    sort_order: int
    is_active: bool


def save_questions(session: Session, ask: SaveQuestions) -> Undoable[None]:
    """Ask these questions in this order from now on; all others are asked no more.

    A question that was asked before comes back with its answers.

    Raises:
        OfficerError: the officer is no administrator, a question has a fault, or another heading
            is wanted for one that has answers.
        RecordChanged: somebody changed the questions meanwhile.
    """
    if not may_administer(session, acting(session).officer):
        raise OfficerError("Only an administrator may change the questions. Ask one of them.")
    wanted = [Asked(_clean(one.words), _clean(one.short_words)) for one in ask.questions]
    fault = sheet_fault(wanted)
    if fault is not None:
        raise OfficerError(fault.text, fault.field)
    rows = session.scalars(
        select(EvaluationQuestion).order_by(EvaluationQuestion.id).with_for_update()
    ).all()
    if {row.id: row.version for row in rows if row.is_active} != dict(ask.seen):
        raise RecordChanged("Somebody else changed the questions meanwhile. Open them again.")
    before = {row.id: (row.version, _stand(row)) for row in rows}
    known = {row.words: row for row in rows}
    asked = [_ask(session, known, one, at) for at, one in enumerate(wanted, 1)]
    session.flush()  # the last old one is retired only once a new one is asked
    for row in rows:
        row.is_active = row in asked
    session.flush()
    everything = {row.id: row for row in (*rows, *asked)}
    after = {number: _stand(row) for number, row in everything.items()}
    changed = [
        number for number in after if number not in before or before[number][1] != after[number]
    ]
    return Undoable(None, _way(session, before, after, changed) if changed else None)


def _ask(
    session: Session, known: Mapping[str, EvaluationQuestion], one: Asked, place: int
) -> EvaluationQuestion:
    row = known.get(one.words)
    if row is None:
        row = EvaluationQuestion(client_uuid=new_uuid(), words=one.words)
        session.add(row)
    elif row.short_words != one.short_words and _is_answered(session, row.id):
        raise OfficerError(
            f"“{one.words}” has answers under the heading “{row.short_words}”, so it keeps it. "
            "Change the words of the question too, and it is asked as a new one.",
            "short_words",
        )
    row.short_words, row.sort_order, row.is_active = one.short_words, place * A_STEP, True
    return row


def _clean(typed: str) -> str:
    """Return what was typed on one line."""
    return " ".join(clean_text(typed).split())


def _is_answered(session: Session, question_id: int) -> bool:
    found = select(EvaluationScore.id).where(EvaluationScore.question_id == question_id).limit(1)
    return session.scalar(found) is not None


def _way(
    session: Session,
    before: Mapping[int, tuple[int, _Stand]],
    after: Mapping[int, _Stand],
    changed: Sequence[int],
) -> Way:
    records = {number: Record("evaluation_question", number, SHEET) for number in changed}
    forth = {number: after[number] for number in changed}
    back = {
        number: before[number][1] if number in before else replace(stand, is_active=False)
        for number, stand in forth.items()
    }
    return Way(
        f"Changed {SHEET}",
        partial(_put, stands=back),
        partial(_put, stands=forth),
        {records[number]: before[number][0] if number in before else 0 for number in changed},
        versions_of(session, records.values()),
    )


def _put(session: Session, stands: Mapping[int, _Stand]) -> None:
    """Give questions back how they stood: those to be asked first, so that one always is."""
    for is_active in (True, False):
        for number, stand in stands.items():
            if stand.is_active == is_active:
                row = session.get_one(EvaluationQuestion, number)
                row.short_words, row.sort_order = stand.short_words, stand.sort_order
                row.is_active = stand.is_active
        session.flush()


def _stand(row: EvaluationQuestion) -> _Stand:
    return _Stand(row.short_words, row.sort_order, row.is_active)
