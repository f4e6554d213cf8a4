"""What those who came thought: the sheets of an event, and averages by course and by trainer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.courses.models import (
    Course,
    Evaluation,
    EvaluationQuestion,
    EvaluationScore,
    Event,
    Place,
)
from lle_desk.courses.queries.events import sessions_by_event
from lle_desk.customers.models import Person

NO_TRAINER = "No trainer named"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the sheet, in the order it is printed."""

    id: int
    words: str
    short_words: str
    is_asked: bool = True  # False: retired, and answered by earlier sheets

    @property
    def heading(self) -> str:
        """What its answers stand under."""
        return self.short_words if self.is_asked else f"{self.short_words} (earlier)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of an event; `delegate` "" gave no name."""

    id: int
    delegate: str
    place_id: int | None
    scores: Mapping[int, int]
    comment: str


@dataclass(frozen=True, slots=True)
class EventSheets:
    """The sheets of one event, the newest first; all questions they answer or may answer."""

    questions: tuple[Question, ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Average:
    """How one course or trainer was judged. `means` are by question, None without an answer."""

    name: str
    code: str  # of the course, "" of a trainer
    events: int
    sheets: int
    means: tuple[float | None, ...]
    comments: tuple[str, ...]

    @property
    def overall(self) -> float | None:
        """The mean over the questions that were answered."""
        known = [mean for mean in self.means if mean is not None]
        return sum(known) / len(known) if known else None


@dataclass(frozen=True, slots=True)
class Judged:
    """All averages of some days."""

    questions: tuple[Question, ...]
    courses: tuple[Average, ...]
    trainers: tuple[Average, ...]
    sheets: int


def questions(session: Session) -> tuple[Question, ...]:
    """Return the questions that are asked now."""
    return _asked_or_answered(session, {})


def _asked_or_answered(
    session: Session, scores: Mapping[int, Mapping[int, int]]
) -> tuple[Question, ...]:
    """Return what is asked now and after it what these sheets answered and is asked no more."""
    answered = {question for sheet in scores.values() for question in sheet}
    rows = session.execute(
        select(
            EvaluationQuestion.id,
            EvaluationQuestion.words,
            EvaluationQuestion.short_words,
            EvaluationQuestion.is_active,
        ).order_by(
            EvaluationQuestion.is_active.desc(),
            EvaluationQuestion.sort_order,
            EvaluationQuestion.id,
        )
    )
    return tuple(Question(*row) for row in rows if row.is_active or row.id in answered)


def event_sheets(session: Session, event_id: int) -> EventSheets:
    """Return the sheets of an event that count."""
    found = session.execute(
        select(
            Evaluation.id,
            Person.given_name,
            Person.family_name,
            Evaluation.place_id,
            Evaluation.comment,
        )
        .outerjoin(Place, Place.id == Evaluation.place_id)
        .outerjoin(Person, Person.id == Place.person_id)
        .where(Evaluation.event_id == event_id, ~Evaluation.is_removed)
        .order_by(Evaluation.id.desc())
    ).all()
    scores = _scores(session, [row.id for row in found])
    sheets = tuple(
        Sheet(
            row.id,
            f"{row.given_name or ''} {row.family_name or ''}".strip(),
            row.place_id,
            scores.get(row.id, {}),
            row.comment,
        )
        for row in found
    )
    return EventSheets(_asked_or_answered(session, scores), sheets)


def judged(session: Session, first: date, last: date) -> Judged:
    """Return how the events that began on these days were judged, by course and by trainer.

    A sheet counts for each trainer of its event.
    """
    found = session.execute(
        select(Evaluation.id, Evaluation.event_id, Evaluation.comment, Course.title, Course.code)
        .join(Event, Event.id == Evaluation.event_id)
        .join(Course, Course.id == Event.course_id)
        .where(~Evaluation.is_removed, Event.first_on >= first, Event.first_on <= last)
        .order_by(Evaluation.id)
    ).all()
    scores = _scores(session, [row.id for row in found])
    trainers = _trainers(session, {row.event_id for row in found})
    asked = _asked_or_answered(session, scores)
    by_course: dict[tuple[str, str], list[_Judgement]] = defaultdict(list)
    by_trainer: dict[tuple[str, str], list[_Judgement]] = defaultdict(list)
    for row in found:
        one = _Judgement(row.event_id, scores.get(row.id, {}), row.comment)
        by_course[row.title, row.code].append(one)
        for name in trainers.get(row.event_id) or (NO_TRAINER,):
            by_trainer[name, ""].append(one)
    return Judged(asked, _averages(by_course, asked), _averages(by_trainer, asked), len(found))


@dataclass(frozen=True, slots=True)
class _Judgement:
    """One sheet as it counts."""

    event_id: int
    scores: Mapping[int, int]
    comment: str


def _averages(
    groups: Mapping[tuple[str, str], Sequence[_Judgement]], asked: Sequence[Question]
) -> tuple[Average, ...]:
    return tuple(
        Average(
            name=name,
            code=code,
            events=len({one.event_id for one in sheets}),
            sheets=len(sheets),
            means=tuple(_mean(sheets, question.id) for question in asked),
            comments=tuple(one.comment for one in sheets if one.comment),
        )
        for (name, code), sheets in sorted(groups.items())
    )


def _mean(sheets: Iterable[_Judgement], question_id: int) -> float | None:
    given = [one.scores[question_id] for one in sheets if question_id in one.scores]
    return sum(given) / len(given) if given else None


def _scores(session: Session, sheet_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for at in range(0, len(sheet_ids), 500):
        asked = select(
            EvaluationScore.evaluation_id, EvaluationScore.question_id, EvaluationScore.score
        ).where(EvaluationScore.evaluation_id.in_(sheet_ids[at : at + 500]))
        for sheet_id, question_id, score in session.execute(asked):
            found.setdefault(sheet_id, {})[question_id] = score
    return found


def _trainers(session: Session, event_ids: set[int]) -> dict[int, list[str]]:
    """Return who taught each event: held trainers, and names of those outside the list."""
    sessions = sessions_by_event(session, sorted(event_ids))
    found: dict[int, list[str]] = {}
    for event_id, rows in sessions.items():
        names: dict[str, None] = {}
        for row in rows:
            names.update(dict.fromkeys(trainer.name for trainer in row.trainers))
            if row.trainer_names:
                names[row.trainer_names] = None
        found[event_id] = list(names)
    return found
