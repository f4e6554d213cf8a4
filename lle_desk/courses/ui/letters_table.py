"""The lines of a run of letters: who gets one, where it goes, and who gets none and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lle_desk.core.days import day_words, london_time
from lle_desk.courses.queries.addressing import Addressee, LetterEvent, LetterLine
from lle_desk.courses.rules import counted
from lle_desk.letters.queries import SentBefore
from lle_desk.letters.rules import STATE_WORDS, PostState
from lle_desk.qt.table_model import Column, Heading

TROUBLE = (PostState.FAILED, PostState.UNSURE)
NO_ADDRESS = "no e-mail address"
SHOWN = [("", "All"), ("paper", "No address"), ("none", "No letter")]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A line of the list: a letter or why there is none, else an event's heading."""

    event_id: int
    line: LetterLine | None = None
    heading: Heading | None = None
    is_on: bool = False


def rows_of(
    events: Sequence[LetterEvent], is_on: Callable[[LetterLine], bool], shown: str
) -> list[LetterRow]:
    """Return each event's heading with its lines below it."""
    rows: list[LetterRow] = []
    for event in events:
        lines = [line for line in event.lines if is_shown(line, shown)]
        if lines or not shown:
            on = sum(is_on(line) for line in event.lines)
            title = Heading(event.title, f"{event.code} · {event.days}", _counts(event.lines, on))
            rows.append(LetterRow(event.event_id, heading=title))
        rows += [LetterRow(event.event_id, line, is_on=is_on(line)) for line in lines]
    return rows


def is_shown(line: LetterLine, shown: str) -> bool:
    """Return whether a line is among those that are looked at."""
    if shown == "none":
        return line.whom is None
    return shown == "" or (line.whom is not None and not line.whom.email)


def summary(events: Sequence[LetterEvent], chosen: Sequence[Addressee]) -> str:
    """Return how many letters go, and what hinders others: "12 letters · 2 on paper only"."""
    lines = [line for event in events for line in event.lines]
    silent = sum(not one.email for one in chosen)
    before = sum(line.before is not None for line in lines)
    none = sum(line.whom is None for line in lines)
    parts = [counted(len(chosen), "letter")]
    parts += [f"{silent} without an e-mail address: print those"] if silent else []
    parts += [f"{before} in the outbox before"] if before else []
    parts += [f"{none} get none"] if none else []
    return " · ".join(parts)


def before_words(before: SentBefore | None) -> str:
    """Return "Sent, Tue 4 Mar 2014", or where to look at what failed."""
    if before is None:
        return ""
    state = PostState(before.state)
    if state in TROUBLE:
        return f"{STATE_WORDS[state]}: see the outbox"
    return f"{STATE_WORDS[state]}, {day_words(london_time(before.at).date())}"


def _counts(lines: Sequence[LetterLine], on: int) -> str:
    if not lines:
        return "nobody is booked"
    none = sum(line.whom is None for line in lines)
    return counted(on, "letter") + (f" · {none} get none" if none else "")


def row_key(row: LetterRow) -> object:
    """Return what tells a line from all others."""
    return (row.event_id, row.line.key) if row.line is not None else row.event_id


def heading_of(row: LetterRow) -> Heading | None:
    """Return the heading of an event's own line."""
    return row.heading


def _tick(row: LetterRow) -> bool | None:
    return row.is_on if row.line is not None and row.line.whom is not None else None


def _tick_words(row: LetterRow) -> str:
    return ("ticked" if row.is_on else "not ticked") if _tick(row) is not None else ""


def _who(row: LetterRow) -> str:
    line = row.line
    if line is None:
        return ""
    return line.delegates if line.place_id else line.customer


def _second(row: LetterRow) -> str:
    line = row.line
    if line is None:
        return ""
    return line.customer if line.place_id else line.delegates


def _booking(row: LetterRow) -> str:
    return row.line.booking if row.line is not None else ""


def _to(row: LetterRow) -> str:
    line = row.line
    if line is None:
        return ""
    if line.whom is None:
        return f"No letter: {line.why}"
    return line.whom.email or NO_ADDRESS


def _to_second(row: LetterRow) -> str:
    line = row.line
    if line is None or line.whom is None or line.whom.to_name == line.delegates:
        return ""
    return line.whom.to_name


def _to_colour(row: LetterRow) -> str | None:
    line = row.line
    if line is None or line.whom is None:
        return "quiet"
    return None if line.whom.email else "warning"


def _before(row: LetterRow) -> str:
    return before_words(row.line.before) if row.line is not None else ""


def _before_second(row: LetterRow) -> str:
    before = row.line.before if row.line is not None else None
    return before.to_address if before is not None else ""


def _before_colour(row: LetterRow) -> str | None:
    before = row.line.before if row.line is not None else None
    return "refusal" if before is not None and PostState(before.state) in TROUBLE else "quiet"


def _colour(row: LetterRow) -> str | None:
    return None if row.is_on else "quiet"


COLUMNS: list[Column[LetterRow]] = [
    Column("", _tick_words, width=34, check=_tick),
    Column("Who", _who, width=0, strong=True, second=_second, colour=_colour),
    Column("Booking", _booking, width=90, give_up=2),
    Column("Goes to", _to, width=300, second=_to_second, colour=_to_colour),
    Column("Before", _before, width=240, second=_before_second, colour=_before_colour, give_up=1),
]
