"""Rooms and trainers for events that are rolled forward: who is free, others of the year too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from lle_desk.core.days import bank_holidays, day_words, short_day, span_words
from lle_desk.courses.queries.events import SessionRow
from lle_desk.rooms.queries import diary_of, space_facts
from lle_desk.rooms.rules import (
    Diary,
    Fit,
    Held,
    Slot,
    SpaceFacts,
    Wanted,
    Why,
    best_first,
    shortened,
)
from lle_desk.trainers.queries import taken_times, trainers
from lle_desk.trainers.rules import taken_words

DAY = timedelta(days=1)
MARGIN = timedelta(hours=8)  # no set-up or clear-down is longer
NOBODY = -1  # the use of a room that is only meant to be held


@dataclass(frozen=True, slots=True)
class RoomOption:
    """One way to room an event: a space for each session, None for one without a room."""

    words: str
    space_ids: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class MeantSession:
    """One session as it is to be: its new time, and the session of this year it comes from."""

    was: SessionRow
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Clash:
    """Something in the way, in words without a full stop, and the record to mend it at.

    `kind` is room_use or trainer_time; "" when nothing can be opened. `opens` names it.
    """

    words: str
    kind: str = ""
    id: int = 0
    opens: str = ""


class RollDiary:
    """Judges rooms and trainers of the new year, and remembers what was given in this look."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.spaces: Sequence[SpaceFacts] = space_facts(session)
        self._by_id = {space.id: space for space in self.spaces}
        self._days: dict[date, Diary] = {}
        self._active = {trainer.id for trainer in trainers(session)}
        self._meant: dict[int, list[tuple[datetime, datetime, str]]] = {}  # by trainer

    def closed_words(self, meant: MeantSession) -> str:
        """Return why a session cannot be on its day at all, "" when it can."""
        day = meant.starts_at.date()
        if day in bank_holidays():
            return f"{day_words(day)} is {bank_holidays()[day]}"
        space = self._by_id.get(meant.was.space_id or 0)
        if space is None:
            return ""
        for closed in self._day(day).closures:
            is_all = closed.site_id == space.site_id and closed.cells is None
            if is_all and closed.overlaps(Slot(meant.starts_at, meant.ends_at)):
                return f"{day_words(day)} is closed: {closed.reason}"
        return ""

    def rooms_for(self, meant: Sequence[MeantSession]) -> tuple[list[RoomOption], list[Clash]]:
        """Return how the sessions may be roomed, best first, and what was wrong on the way.

        Those that had no room stay without. The room of this year comes first where it is free,
        else one room that fits on all days, else the best of each day.
        """
        if all(one.was.space_id is None for one in meant):
            return [], []
        judged = {n: self._judge(one) for n, one in enumerate(meant) if one.was.space_id}
        same = tuple(self._same(one, judged.get(n)) for n, one in enumerate(meant))
        wrong = [
            self._why_not(one, judged[n])
            for n, one in enumerate(meant)
            if one.was.space_id and same[n] is None
        ]
        options: list[RoomOption] = []
        if not wrong:
            options.append(self._option(same, "as this year"))
        options += self._one_room(meant, judged, same)
        if wrong and not options:
            mixed = tuple(
                same[n] or (self._best(judged[n], one) if n in judged else None)
                for n, one in enumerate(meant)
            )
            if any(mixed):
                options.append(self._option(mixed, "best of each day"))
        return options, wrong

    def trainers_for(self, one: MeantSession) -> tuple[list[int], list[Clash]]:
        """Return the trainers of a session who are free at its new time, and why not the others."""
        free, wrong = [], []
        ids = [trainer.trainer_id for trainer in one.was.trainers]
        taken = taken_times(self._session, ids, one.starts_at, one.ends_at) if ids else {}
        for trainer in one.was.trainers:
            number = trainer.trainer_id
            meant = self._meant_words(number, trainer.name, one)
            if number not in self._active:
                wrong.append(Clash(f"{trainer.name} does not train any more"))
            elif number in taken:
                at = taken[number]
                opens = f"{at.trainer}, {short_day(at.starts_at.date())}"
                wrong.append(Clash(taken_words(at), "trainer_time", at.time_id, opens))
            elif meant:
                wrong.append(Clash(meant))
            else:
                free.append(number)
        return free, wrong

    def take(
        self,
        title: str,
        meant: Iterable[MeantSession],
        option: RoomOption | None,
        trainer_ids: Sequence[Sequence[int]],
    ) -> None:
        """Remember what an event would hold, so that the next one finds it taken."""
        for number, one in enumerate(meant):
            space_id = option.space_ids[number] if option else None
            if space_id is not None:
                self._hold(self._by_id[space_id], one, title)
            for trainer_id in trainer_ids[number]:
                span = (one.starts_at, one.ends_at, title)
                self._meant.setdefault(trainer_id, []).append(span)

    def _hold(self, space: SpaceFacts, one: MeantSession, title: str) -> None:
        slot = _wanted(one).reserved_in(space)
        diary = self._day(one.starts_at.date())
        for cell in sorted(space.cells)[:1]:
            held = Held(
                slot.starts_at,
                slot.ends_at,
                cell,
                NOBODY,
                0,
                title,
                space.name,
                one.starts_at,
                one.ends_at,
            )
            diary.hold(space, held)

    def _meant_words(self, trainer_id: int, name: str, one: MeantSession) -> str:
        for starts_at, ends_at, title in self._meant.get(trainer_id, ()):
            if starts_at < one.ends_at and one.starts_at < ends_at:
                when = f"{day_words(starts_at.date())}, {span_words(starts_at, ends_at)}"
                return f"{name} is wanted for “{title}” on {when}"
        return ""

    def _judge(self, one: MeantSession) -> dict[int, Fit]:
        diary = self._day(one.starts_at.date())
        return {fit.space.id: fit for fit in diary.judge_all(self.spaces, _wanted(one))}

    def _same(self, one: MeantSession, judged: dict[int, Fit] | None) -> int | None:
        """Return this year's room when it can be had; one that was too small stays so."""
        fit = judged.get(one.was.space_id or 0) if judged else None
        is_good = fit is not None and (fit.fits or fit.why in (Why.TOO_SMALL, Why.OUT_OF_HOURS))
        return one.was.space_id if is_good else None

    def _why_not(self, one: MeantSession, judged: dict[int, Fit]) -> Clash:
        fit = judged.get(one.was.space_id or 0)
        day = short_day(one.starts_at.date())
        if fit is None:
            return Clash(f"{one.was.room} is not in the list of rooms any more")
        words = f"{day}: {fit.reason.rstrip('.')}"
        if fit.held is None:
            return Clash(words)
        title = shortened(fit.held.title)
        if fit.held.use_id == NOBODY:
            return Clash(f"{day}: {fit.space.name} is wanted for “{title}”, rolled forward too")
        return Clash(words, "room_use", fit.held.use_id, f"{title}, {day}")

    def _one_room(
        self,
        meant: Sequence[MeantSession],
        judged: dict[int, dict[int, Fit]],
        same: Sequence[int | None],
    ) -> list[RoomOption]:
        """Return the rooms that fit on all days, by least waste."""
        first = next(iter(judged.values()))
        heads = max(meant[n].was.heads for n in judged)
        fitting = [
            fit
            for fit in best_first(first.values(), heads)
            if all(fits[fit.space.id].fits for fits in judged.values())
        ]
        options = []
        for fit in fitting:
            ids = tuple(fit.space.id if n in judged else None for n in range(len(meant)))
            if ids != tuple(same):
                options.append(RoomOption(fit.space.name, ids))
        return options

    def _best(self, judged: dict[int, Fit], one: MeantSession) -> int | None:
        best = best_first(judged.values(), one.was.heads)
        return best[0].space.id if best else None

    def _option(self, ids: tuple[int | None, ...], note: str) -> RoomOption:
        names = dict.fromkeys(self._by_id[one].name for one in ids if one is not None)
        return RoomOption(f"{', '.join(names)} ({note})", ids)

    def _day(self, day: date) -> Diary:
        known = self._days.get(day)
        if known is None:
            start = datetime.combine(day, time())
            span = Slot(start - MARGIN, start + DAY + MARGIN)
            known = self._days[day] = diary_of(self._session, self.spaces, span)
        return known


def _wanted(one: MeantSession) -> Wanted:
    return Wanted(one.starts_at, one.ends_at, max(1, one.was.heads), one.was.layout)
