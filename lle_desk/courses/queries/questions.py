"""The questions of the evaluation sheet as they are edited: which are asked, and who may."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.courses.models import EvaluationQuestion
from lle_desk.courses.rules import Asked
from lle_desk.letters.queries import may_administer, who_may


@dataclass(frozen=True, slots=True)
class SheetQuestions:
    """What is asked now, in order; `versions` are by id; the retired ones, the newest first."""

    asked: tuple[Asked, ...]
    versions: Mapping[int, int]
    retired: tuple[Asked, ...]
    may_save: bool
    who_may: str


def sheet_questions(session: Session, login: str) -> SheetQuestions:
    """Return the questions for an officer to look at, or to change."""
    rows = session.scalars(
        select(EvaluationQuestion).order_by(EvaluationQuestion.sort_order, EvaluationQuestion.id)
    ).all()
    asked = [row for row in rows if row.is_active]
    retired = sorted((row for row in rows if not row.is_active), key=lambda row: -row.id)
    return SheetQuestions(
        tuple(Asked(row.words, row.short_words) for row in asked),
        {row.id: row.version for row in asked},
        tuple(Asked(row.words, row.short_words) for row in retired),
        may_administer(session, login),
        who_may(session, "change the questions"),
    )
