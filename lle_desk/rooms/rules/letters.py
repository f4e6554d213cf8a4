"""What letters about a room booking tell, what is new in them, and what cancelling costs by day."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lle_desk.core.money import Pence
from lle_desk.offers.rules import (
    Scale,
    ScaleStep,
    cancellation_fee,
    last_day_of_notice,
    step_on,
)


class LetterKind(StrEnum):
    """What a letter is."""

    CONFIRMATION = "confirmation"
    AMENDED = "amended confirmation"
    CANCELLATION = "cancellation"


class Way(StrEnum):
    """How a letter left the program."""

    PRINTED = "printed"
    SAVED = "saved"
    MAILED = "mailed"


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of a letter. `group` holds together what belongs to one use of a room.

    `about` is what the group is called in sentences; the first fact of a group leads it.
    """

    group: str
    name: str
    words: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What is new since the last letter: "" before is added, "" now is gone."""

    what: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class TermLine:
    """One charge: its net, the day of its event, and whether only the longest scale takes it."""

    net: Pence
    event_on: date
    is_catering: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """What cancelling costs in all when notice reaches us from `first` to `last`, both counted."""

    first: date | None
    last: date | None
    amount: Pence


def told_text(facts: Sequence[Told]) -> str:
    """Return facts as they are kept."""
    rows = [[one.group, one.name, one.words, one.about] for one in facts]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def told_facts(text: str) -> tuple[Told, ...]:
    """Return facts that were kept."""
    return tuple(Told(*row) for row in json.loads(text))


def changes(before: Sequence[Told], now: Sequence[Told]) -> tuple[Change, ...]:
    """Return what is new since `before`, in the order of the letter, then what is gone."""
    old = {(one.group, one.name): one for one in before}
    new = {(one.group, one.name): one for one in now}
    old_groups, new_groups = {one.group for one in before}, {one.group for one in now}
    found: list[Change] = []
    for key, one in new.items():
        if one.group not in old_groups:
            if one == _leader(now, one.group):
                found.append(Change("Added", "", _whole(now, one.group)))
        elif key not in old or old[key].words != one.words:
            what = f"{one.name}, {one.about}" if one.about else one.name
            found.append(Change(what, old[key].words if key in old else "", one.words))
    found += [
        Change("No longer booked", _whole(before, one.group), "")
        for one in before
        if one.group not in new_groups and one == _leader(before, one.group)
    ]
    found += [
        Change(f"{one.name}, {one.about}" if one.about else one.name, one.words, "")
        for key, one in old.items()
        if key not in new and one.group in new_groups
    ]
    return tuple(found)


def terms_by_day(scale: Scale, lines: Sequence[TermLine], from_day: date) -> tuple[Term, ...]:
    """Return a scale as this booking's own days and pounds, longest notice first.

    Each charge counts the notice to its own day. Days that cost the same are one row; rows that
    ended before `from_day` are left out.
    """
    days = sorted({line.event_on for line in lines})
    limits = [step.notice_below for step in scale.steps if step.notice_below is not None]
    ends = sorted({last_day_of_notice(day, limit, scale.unit) for day in days for limit in limits})
    terms: list[Term] = []
    for first, last in zip([None, *ends], [*ends, None], strict=True):
        start = first + timedelta(days=1) if first else None
        amount = cost_on(scale, lines, last or start or from_day)
        if terms and terms[-1].amount == amount:
            terms[-1] = Term(terms[-1].first, last, amount)
        else:
            terms.append(Term(start, last, amount))
    return tuple(term for term in terms if term.last is None or term.last >= from_day)


def cost_on(scale: Scale, lines: Sequence[TermLine], notice_on: date) -> Pence:
    """Return what cancelling all of it costs when notice reaches us that day."""
    return Pence(sum(_fee(scale, line, notice_on) for line in lines))


def _fee(scale: Scale, line: TermLine, notice_on: date) -> Pence:
    step = step_on(scale, notice_on, line.event_on)
    if step is None or (line.is_catering and not _takes_catering(step)):
        return Pence(0)
    return cancellation_fee(line.net, step.percent, Pence(0)) if step.percent else Pence(0)


def _takes_catering(step: ScaleStep) -> bool:
    return step.base in ("hire and catering", "total")


def _leader(facts: Sequence[Told], group: str) -> Told:
    return next(one for one in facts if one.group == group)


def _whole(facts: Sequence[Told], group: str) -> str:
    return ", ".join(one.words for one in facts if one.group == group and one.words)
