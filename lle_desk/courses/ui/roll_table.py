"""The list of what is rolled forward: this year beside the next, and what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lle_desk.core.days import span_words
from lle_desk.courses.actions.rolling import RollForward, RollSession
from lle_desk.courses.queries.rolling import RollEvent, RollLine
from lle_desk.courses.rules import days_words
from lle_desk.courses.ui.event_list import OTHER_COLOUR, SERVICE_COLOURS
from lle_desk.qt.table_model import Column

NO_ROOM = -1  # the choice to make an event without a room
LEAVE_OUT = -2


@dataclass(frozen=True, slots=True)
class RollRow:
    """One event of the list. `line` is None until it was looked at.

    `choice` is the number of a room option, NO_ROOM or LEAVE_OUT. `said` is what came out.
    """

    event: RollEvent
    is_ticked: bool = True
    line: RollLine | None = None
    choice: int = 0
    said: str = ""
    is_refused: bool = False

    @property
    def is_made(self) -> bool:
        return bool(self.event.made) or (bool(self.said) and not self.is_refused)

    @property
    def is_wanted(self) -> bool:
        """Whether it is to be made: ticked, looked at, and not left out."""
        return (
            self.is_ticked
            and not self.is_made
            and self.line is not None
            and bool(self.line.meant)
            and self.choice != LEAVE_OUT
        )


def ask_of(row: RollRow, state: str) -> RollForward:
    """Return what to make of a row as the officer chose."""
    line = row.line
    assert line is not None
    chosen = line.options[row.choice].space_ids if row.choice >= 0 and line.options else None
    spaces: Sequence[int | None] = chosen or (None,) * len(line.meant)
    parts = zip(line.meant, spaces, line.trainer_ids, strict=True)
    return RollForward(
        client_uuid=row.event.client_uuid,
        event_id=row.event.id,
        seen_version=row.event.version,
        sessions=tuple(
            RollSession(one.was.id, one.starts_at, one.ends_at, space, ids)
            for one, space, ids in parts
        ),
        state=state,
    )


def choices_of(row: RollRow) -> list[tuple[int, str]]:
    """Return what may be done with an event: its rooms, no room, or nothing."""
    if row.line is None:
        return []
    if not row.line.had_room:
        return [(0, "Make it as it is"), (LEAVE_OUT, "Leave it out")]
    rooms = [(number, f"In {one.words}") for number, one in enumerate(row.line.options)]
    return [*rooms, (NO_ROOM, "Without a room"), (LEAVE_OUT, "Leave it out")]


def first_choice(line: RollLine) -> int:
    """Return what is proposed for an event."""
    return NO_ROOM if line.had_room and not line.options else 0


def looked_at(row: RollRow, line: RollLine | None) -> RollRow:
    """Return a row with what a look found; what the officer chose before stays chosen."""
    if line is None:
        return row
    choice = first_choice(line)
    if row.line is not None and row.choice == LEAVE_OUT:
        choice = LEAVE_OUT
    elif row.line is not None and row.choice != first_choice(row.line):
        chosen = row.line.options[row.choice].space_ids if row.choice >= 0 else None
        same = [n for n, one in enumerate(line.options) if one.space_ids == chosen]
        choice = same[0] if same else NO_ROOM if row.choice == NO_ROOM else choice
    return replace(row, event=line.event, line=line, choice=choice, said="", is_refused=False)


def as_made(row: RollRow, now: RollEvent | None) -> RollRow:
    """Return a row as its event stands now: made, or to be made again after an undo."""
    if now is None:
        return row
    is_undone = row.is_made and not now.made
    is_redone = bool(now.made) and not row.is_made
    said = "" if is_undone or is_redone else row.said
    return replace(row, event=now, said=said, is_refused=row.is_refused and not is_redone)


def report_line(row: RollRow) -> tuple[str, ...]:
    """Return the row as the report prints it."""
    return (
        row.event.code,
        row.event.title,
        row.event.service_code,
        _this_year(row),
        _next_year(row),
        _room(row),
        _trainers(row),
        _problems(row),
        _to_do(row),
    )


def problems_words(row: RollRow) -> str:
    """Return all that stands in the way of an event, a sentence each."""
    if row.line is None:
        return ""
    sentences = (f"{words[:1].upper()}{words[1:]}." for words in row.line.problems)
    return " ".join(sentences)


def _key(row: RollRow) -> object:
    return row.event.id


def _ticked(row: RollRow) -> bool | None:
    return None if row.is_made else row.is_ticked


def _tick_words(row: RollRow) -> str:
    return "" if row.is_made else "rolled forward" if row.is_ticked else "left out"


def _title(row: RollRow) -> str:
    return row.event.title


def _code(row: RollRow) -> str:
    return f"{row.event.code} · {row.event.service_code}"


def _square(row: RollRow) -> str:
    return SERVICE_COLOURS.get(row.event.service_code, OTHER_COLOUR)


def _this_year(row: RollRow) -> str:
    if row.line is None:
        days = [row.event.first_on, row.event.last_on]
        return days_words(days)
    return days_words(one.was.starts_at.date() for one in row.line.meant)


def _week(row: RollRow) -> str:
    return row.line.week if row.line else ""


def _next_year(row: RollRow) -> str:
    if row.line is None:
        return ""
    return days_words(one.starts_at.date() for one in row.line.meant)


def _times(row: RollRow) -> str:
    if row.line is None or not row.line.meant:
        return ""
    first = row.line.meant[0]
    return span_words(first.starts_at, first.ends_at)


def _room(row: RollRow) -> str:
    line = row.line
    if line is None or row.choice == LEAVE_OUT:
        return ""
    if not line.had_room:
        return line.room_was
    if row.choice == NO_ROOM or not line.options:
        return "without a room"
    return line.options[row.choice].words


def _room_colour(row: RollRow) -> str | None:
    return "warning" if row.line and row.line.had_room and row.choice == NO_ROOM else None


def _room_was(row: RollRow) -> str:
    return f"was {row.line.room_was}" if row.line and row.line.had_room else ""


def _trainers(row: RollRow) -> str:
    return row.line.trainers if row.line else ""


def _problems(row: RollRow) -> str:
    if row.is_refused:
        return row.said
    if row.line is None:
        return ""
    return "; ".join(row.line.problems) if row.line.problems else "nothing"


def _problem_colour(row: RollRow) -> str | None:
    if row.is_refused:
        return "refusal"
    has_some = row.line is not None and bool(row.line.problems)
    return "warning" if has_some and not row.is_made else "quiet"


def _to_do(row: RollRow) -> str:
    if row.event.made:
        return f"made: {row.event.made}"
    if row.said and not row.is_refused:
        return row.said
    if row.is_refused:
        return "not made"
    if not row.is_ticked or row.choice == LEAVE_OUT:
        return "leave out"
    if row.line is None:
        return "not looked at"
    return "make" if row.choice != NO_ROOM else "make without room"


def _to_do_colour(row: RollRow) -> str | None:
    if row.is_refused:
        return "refusal"
    return "fine" if row.is_made else None


COLUMNS: list[Column[RollRow]] = [
    Column("", _tick_words, width=34, check=_ticked),
    Column("Event", _title, width=290, strong=True, second=_code, square=_square, tip=_title),
    Column("This year", _this_year, width=150, second=_week, tip=_this_year),
    Column("Next year", _next_year, width=150, second=_times, tip=_next_year),
    Column("Room", _room, width=176, second=_room_was, tip=_room, colour=_room_colour, give_up=1),
    Column("Trainers", _trainers, width=136, tip=_trainers, give_up=2),
    Column("What stands in the way", _problems, width=0, tip=_problems, colour=_problem_colour),
    Column("To do", _to_do, width=110, colour=_to_do_colour),
]
row_key = _key
