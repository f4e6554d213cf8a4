"""What the papers of a course's day say: register, badges, certificates. Plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from lle_desk.core.days import day_words, span_words
from lle_desk.courses.papers import Certificate
from lle_desk.courses.queries.attendance import Roll, RollRow
from lle_desk.courses.queries.events import SessionRow
from lle_desk.courses.rules import booking_words, counted, days_words, joined
from lle_desk.customers.rules import CareWords
from lle_desk.letters.rules import Template, fill
from lle_desk.paper.sender import Sender

MINUTE = 60


class SheetColumn(StrEnum):
    """What a register may say beside the name, in this order."""

    CUSTOMER = "School"
    JOB = "Role"
    EMAIL = "E-mail"
    BOOKING = "Booking"
    ACCESS = "Access"
    DIET = "Diet"
    SIGNATURE = "Signature"


CARE_COLUMNS = frozenset({SheetColumn.ACCESS, SheetColumn.DIET})
USUAL_COLUMNS = (SheetColumn.CUSTOMER, SheetColumn.SIGNATURE)


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """The register of one session. `rows` have one cell for each column, after the name."""

    title: str
    code: str
    about: str  # "Thu 13 Mar 2014, 09:30–15:30 · Oak Room · day 1 of 2"
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def has_care(self) -> bool:
        return any(column in CARE_COLUMNS for column in self.columns)


@dataclass(frozen=True, slots=True)
class NameBadge:
    """What one delegate wears."""

    name: str
    customer: str
    course: str


@dataclass(frozen=True, slots=True)
class SheetHead:
    """Whose evaluation sheet it is: the course, its code, and when and by whom it is held."""

    title: str
    code: str
    about: str


@dataclass(frozen=True, slots=True)
class DayFacts:
    """All that the papers of one event are made of."""

    roll: Roll
    sessions: tuple[SessionRow, ...]
    sender: Sender
    printed_on: date
    certificate_words: Template | None = None


def sign_in_sheets(
    facts: DayFacts, columns: Sequence[SheetColumn], care: Mapping[int, CareWords]
) -> tuple[SignInSheet, ...]:
    """Return a register for each session. `care` is by person, as they gave it."""
    chosen = tuple(column for column in SheetColumn if column in columns)
    rows = tuple(
        (row.name, tuple(_cell(row, column, care) for column in chosen)) for row in facts.roll.rows
    )
    days = sorted({one.starts_at.date() for one in facts.sessions})
    return tuple(
        SignInSheet(facts.roll.title, facts.roll.code, _about(one, days), chosen, rows)
        for one in facts.sessions
    )


def name_badges(facts: DayFacts) -> tuple[NameBadge, ...]:
    """Return a badge for each delegate, one without a name to be written on."""
    return tuple(NameBadge(row.name, row.customer, facts.roll.title) for row in facts.roll.rows)


def in_words(paper: Certificate, template: Template | None) -> Certificate:
    """Return the certificate with the office's own words."""
    if template is None:
        return paper
    values = {
        "delegate": paper.name,
        "customer": paper.customer,
        "course": paper.title,
        "code": paper.code,
        "days": paper.days,
        "hours": paper.summary,
        "room": paper.place,
        "trainers": f"led by {paper.trainers}" if paper.trainers else "",
    }
    filled = fill(template, values)
    return replace(paper, opening=filled.opening, closing=filled.closing)


def certificates(facts: DayFacts, place_ids: Sequence[int] = ()) -> tuple[Certificate, ...]:
    """Return a certificate for each who attended and has a name, or for those of `place_ids`.

    It says the days and the hours that they were there, so those who missed a session have their
    own.
    """
    return tuple(
        _certificate(facts, row, _attended(facts, row))
        for row in with_certificate(facts)
        if not place_ids or row.place_id in place_ids
    )


def with_certificate(facts: DayFacts) -> tuple[RollRow, ...]:
    """Return who gets a certificate: who was at a session and has a name."""
    return tuple(row for row in facts.roll.rows if row.name and _attended(facts, row))


def without_certificate(facts: DayFacts) -> tuple[str, ...]:
    """Return who gets no certificate and why, then who gets one of fewer hours: sentences."""
    rows = facts.roll.rows
    reasons = {
        "did not come": [row for row in rows if row.came is False],
        "not typed yet": [row for row in rows if row.came is None],
        "to be named first": [row for row in rows if row.came and not row.name],
        "came to no session yet": [row for row in rows if row.came and not _attended(facts, row)],
    }
    none = [f"{len(those)} {why}" for why, those in reasons.items() if those]
    said = [f"No certificate: {', '.join(none)}."] if none else []
    for row in with_certificate(facts):
        if row.missed:
            there = _attended(facts, row)
            days = days_words(one.starts_at.date() for one in there)
            said.append(f"{row.name}: {hours_words(_minutes(there))}, {days}.")
    return tuple(said)


def _attended(facts: DayFacts, row: RollRow) -> tuple[SessionRow, ...]:
    """Return the sessions that somebody was at: none of those still to come."""
    begun = {one.id for one in facts.roll.sessions if one.has_begun}
    return tuple(
        one for one in facts.sessions if row.came and one.id in begun and one.id not in row.missed
    )


def _minutes(sessions: Sequence[SessionRow]) -> int:
    return sum(int((one.ends_at - one.starts_at).total_seconds()) // MINUTE for one in sessions)


def _certificate(facts: DayFacts, row: RollRow, there: Sequence[SessionRow]) -> Certificate:
    days = [one.starts_at.date() for one in there]
    trainers = dict.fromkeys(one.trainer_words for one in there if one.trainer_words)
    paper = Certificate(
        name=row.name,
        customer=row.customer,
        title=facts.roll.title,
        summary=length_words(len(set(days)), _minutes(there)),
        days=days_words(days),
        place=joined(sorted({one.venue for one in there if one.is_placed})),
        trainers=joined(list(trainers)),
        code=facts.roll.code,
        issued_on=facts.printed_on,
        sender=facts.sender,
    )
    return in_words(paper, facts.certificate_words)


def evaluation_head(facts: DayFacts) -> SheetHead:
    """Return what stands over the blank evaluation sheet of an event."""
    days = [one.starts_at.date() for one in facts.sessions]
    trainers = dict.fromkeys(one.trainer_words for one in facts.sessions if one.trainer_words)
    led = f"led by {joined(list(trainers))}" if trainers else ""
    about = " · ".join(part for part in (days_words(days) if days else "", led) if part)
    return SheetHead(facts.roll.title, facts.roll.code, about)


def length_words(days: int, minutes: int) -> str:
    """Return "2 days, 12 hours"; of one day, which may be half of one, only "3 hours"."""
    hours = hours_words(minutes)
    return f"{counted(days, 'day')}, {hours}" if days > 1 else hours


def hours_words(minutes: int) -> str:
    """Return "6 hours", "6½ hours", "45 minutes"."""
    if minutes < MINUTE:
        return counted(minutes, "minute")
    hours, rest = divmod(minutes, MINUTE)
    part = {0: "", 15: "¼", 30: "½", 45: "¾"}.get(rest)
    if part is None:
        return f"{counted(hours, 'hour')} {counted(rest, 'minute')}"
    return f"{hours}{part} {'hour' if (hours, part) == (1, '') else 'hours'}"


def _cell(row: RollRow, column: SheetColumn, care: Mapping[int, CareWords]) -> str:
    needs = care.get(row.person_id or 0, CareWords())
    return {
        SheetColumn.CUSTOMER: row.customer,
        SheetColumn.JOB: row.job_title,
        SheetColumn.EMAIL: row.email,
        SheetColumn.BOOKING: booking_words(row.booking_number),
        SheetColumn.ACCESS: needs.access,
        SheetColumn.DIET: needs.diet,
        SheetColumn.SIGNATURE: "",
    }[column]


def _about(session: SessionRow, days: Sequence[date]) -> str:
    day = session.starts_at.date()
    of = f"day {days.index(day) + 1} of {len(days)}" if len(days) > 1 else ""
    parts = (_when(session.starts_at, session.ends_at), session.venue, of)
    return " · ".join(part for part in parts if part)


def _when(starts_at: datetime, ends_at: datetime) -> str:
    return f"{day_words(starts_at.date())}, {span_words(starts_at, ends_at)}"
