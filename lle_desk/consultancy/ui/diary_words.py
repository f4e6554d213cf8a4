"""The diary in the grid's values: a lane for each adviser, a block for all they do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from lle_desk.consultancy.queries import Diary, DiaryVisit
from lle_desk.consultancy.rules import COMING, VisitState, note_is_due, visit_words
from lle_desk.core.days import bank_holidays, day_words, span_words
from lle_desk.customers.rules import school_short
from lle_desk.qt.time_grid import (
    Block,
    Ghost,
    Lane,
    LaneGroup,
    PlanSpan,
    Verdict,
    day_plan,
    days_plan,
)
from lle_desk.trainers.queries import TimeRow, TrainerRow
from lle_desk.trainers.rules import Purpose, TakenTime, doing_words, taken_words

OUTSIDE = "Outside"
OPENS, CLOSES = time(8, 30), time(21)  # within the hours that every view shows
MINUTE = timedelta(minutes=1)
CODES = {Purpose.VISIT: "VI", Purpose.SESSION: "CO", Purpose.LEAVE: "LV", Purpose.OTHER: "LV"}
LEGEND = (("VI", "Visits"), ("CO", "Courses"), ("LV", "Away"))
DONE_CODE = "DN"


def span_of_diary(diary: Diary) -> PlanSpan:
    """Return the days of the diary, with their bank holidays."""
    days = (diary.last - diary.first).days + 1
    span = day_plan(diary.first) if days == 1 else days_plan(diary.first, days)
    return PlanSpan(tuple(replace(day, shut=bank_holidays().get(day.day, "")) for day in span.days))


def lanes_of(trainers: Iterable[TrainerRow]) -> tuple[list[Lane], list[LaneGroup]]:
    """Return a lane for each adviser under their service, those from outside last."""
    rows = list(trainers)
    services = dict.fromkeys(row.service_code or OUTSIDE for row in rows)
    groups = [
        LaneGroup(code, code, str(sum((row.service_code or OUTSIDE) == code for row in rows)))
        for code in services
    ]
    lanes = [
        Lane(
            row.id,
            row.name,
            row.initials if row.is_active else f"{row.initials}, no longer",
            row.service_code or OUTSIDE,
        )
        for row in rows
    ]
    return lanes, groups


def blocks_of(diary: Diary, today: date) -> list[Block]:
    """Return a block for each stretch of time, that of a visit with its travel."""
    return [_block(row, diary.visits.get(row.id), today) for row in diary.times]


def _block(row: TimeRow, visit: DiaryVisit | None, today: date) -> Block:
    block = Block(
        key=row.id,
        lane=row.trainer_id,
        start=row.starts_at,
        end=row.ends_at,
        title=row.words or doing_words(row.purpose, "").capitalize(),
        words=span_words(row.starts_at, row.ends_at),
        short_words=f"{row.starts_at:%H:%M}",
        code=CODES[Purpose(row.purpose)],
        set_up=(row.starts_at - row.reserved_from) // MINUTE,
        clear_down=(row.reserved_to - row.ends_at) // MINUTE,
        hover=_hover(row, visit),
        said=row.purpose,
        movable=False,
        runs_over=True,
    )
    if visit is None:
        if row.purpose != Purpose.LEAVE:
            return block
        start, end = _by_day(row.starts_at, row.ends_at)
        return replace(block, start=start, end=end, title="Leave", words=row.words, icons=())
    is_due = note_is_due(visit.state, row.starts_at.date(), _noted(visit), today)
    return replace(
        block,
        title=visit.customer,
        short=visit.short_name or school_short(visit.customer),
        words=visit.topic,
        code=DONE_CODE if visit.state == VisitState.DONE else block.code,
        provisional=visit.state == VisitState.PLANNED,
        icons=("note",) if visit.has_note else (),
        warning="Note is due" if is_due else "",
        said=", ".join(filter(None, (visit.kind, visit.state, "note is due" if is_due else ""))),
        movable=visit.state in COMING,
    )


def _by_day(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Return whole days as the hours that the diary shows: nights would widen their columns."""
    if start.time() == time():
        start = datetime.combine(start.date(), OPENS)
    if end.time() == time():
        end = datetime.combine(end.date() - timedelta(days=1), CLOSES)
    return start, end


def _noted(visit: DiaryVisit) -> date | None:
    return date.min if visit.has_note else None


def _hover(row: TimeRow, visit: DiaryVisit | None) -> str:
    when = f"{day_words(row.starts_at.date())}, {span_words(row.starts_at, row.ends_at)}"
    if visit is None:
        return f"{row.words or row.purpose.capitalize()}\n{when}"
    travel = span_words(row.reserved_from, row.reserved_to)
    return (
        f"{visit.customer} · {visit_words(visit.number)}\n{visit.topic}\n"
        f"{when} (with travel {travel})\n{visit.service_code}, {visit.kind}, {visit.state}"
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Where something would lie: reserved time in an adviser's lane."""

    trainer_id: int
    reserved_from: datetime
    reserved_to: datetime
    leaving_out: object = None


class DiaryJudge:
    """Says of every adviser whether what is being moved would fit. Quick: no query."""

    def __init__(self, diary: Diary) -> None:
        self._trainers = diary.trainers
        self._times: dict[int, list[TimeRow]] = {}
        for row in diary.times:
            self._times.setdefault(row.trainer_id, []).append(row)

    def verdicts(self, ghost: Ghost) -> dict[object, Verdict]:
        """Return the verdict of each lane at the ghost's time."""
        start, end = ghost.reserved_start, ghost.reserved_end
        words = "New visit" if ghost.key is None else "Free then"
        return {
            row.id: self._verdict(row, Asked(row.id, start, end, ghost.key), words)
            for row in self._trainers
        }

    def _verdict(self, trainer: TrainerRow, asked: Asked, words: str) -> Verdict:
        held = self.clash(asked)
        if held is None:
            return Verdict(True, "free", slot_words=words)
        said = TakenTime(
            trainer.name,
            held.purpose,
            held.words,
            held.starts_at,
            held.ends_at,
            held.reserved_from,
            held.reserved_to,
        )
        return Verdict(False, "busy", reason=taken_words(said))

    def clash(self, asked: Asked) -> TimeRow | None:
        """Return what the adviser does then."""
        return next(
            (
                row
                for row in self._times.get(asked.trainer_id, ())
                if row.id != asked.leaving_out
                and row.reserved_from < asked.reserved_to
                and row.reserved_to > asked.reserved_from
            ),
            None,
        )
