"""A file of rooms: site, site name, room, room name, kind, capacity. One line a room."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lle_desk.core.imports import Column, Line, Problem, Progress, read_lines
from lle_desk.rooms.rules import Layout

COLUMNS = (
    Column("site", "site"),
    Column("site_name", "site name"),
    Column("room", "room"),
    Column("room_name", "room name"),
    Column("kind", "kind", needed=False),
    Column("capacity", "capacity"),
)
MOST_CAPACITY = 100_000
_LENGTHS = (("site", 20), ("site name", 120), ("room", 20), ("room name", 120), ("kind", 60))
# A word of their kind of room -> the layout that its capacity is for; else a classroom.
_LAYOUTS = (
    (("lecture", "theatre", "hall", "auditorium", "cinema"), Layout.THEATRE),
    (("cluster", "computer", "pc ", "ict"), Layout.ICT),
    (("meeting", "board", "committee"), Layout.BOARDROOM),
)


@dataclass(frozen=True, slots=True)
class RoomLine:
    """One room of the file. `kind` is their word for it, "room" when they have none."""

    line: int
    site: str
    site_name: str
    room: str
    room_name: str
    kind: str
    capacity: int

    @property
    def key(self) -> tuple[str, str]:
        return self.site, self.room

    @property
    def layout(self) -> Layout:
        """Return the layout that the capacity is taken to be for."""
        kind = f"{self.kind} ".casefold()
        for words, layout in _LAYOUTS:
            if any(word in kind for word in words):
                return layout
        return Layout.CLASSROOM


@dataclass(frozen=True, slots=True)
class RoomsFile:
    """What a file of rooms holds: each room once, and the refused lines."""

    rooms: tuple[RoomLine, ...]
    problems: tuple[Problem, ...]


def read_rooms(
    path: Path, mapping: Mapping[str, str] | None = None, progress: Progress | None = None
) -> RoomsFile:
    """Return the rooms of a file; `mapping` is our field -> their heading.

    Raises:
        FileRefused: the file as a whole is at fault; nothing of it may be used.
        ImportStopped: the progress was stopped.
    """
    rooms: dict[tuple[str, str], RoomLine] = {}
    named: dict[tuple[str, str], RoomLine] = {}
    problems: list[Problem] = []
    for line in read_lines(path, COLUMNS, mapping, progress):
        told = line if isinstance(line, Problem) else _room(line)
        if isinstance(told, RoomLine):
            told = _first_of_its_name(told, rooms, named)
        if isinstance(told, Problem):
            problems.append(told)
            continue
        rooms[told.key] = named[told.site, told.room_name] = told
    return RoomsFile(tuple(rooms.values()), tuple(problems))


def _first_of_its_name(
    told: RoomLine,
    rooms: Mapping[tuple[str, str], RoomLine],
    named: Mapping[tuple[str, str], RoomLine],
) -> RoomLine | Problem:
    for before in (rooms.get(told.key), named.get((told.site, told.room_name))):
        if before is not None:
            return Problem(
                told.line,
                f"room {told.room} ({told.room_name}) of site {told.site} is on line"
                f" {before.line} already.",
            )
    return told


def _room(line: Line) -> RoomLine | Problem:
    site, site_name, room, room_name, kind, capacity = line.cells
    for (what, most), cell in zip(_LENGTHS, line.cells, strict=False):
        if not cell and what != "kind":
            return Problem(line.number, f"the {what} is missing.")
        if len(cell) > most:
            return Problem(line.number, f"the {what} is longer than {most} letters.")
    if not (capacity.isascii() and capacity.isdigit() and 1 <= int(capacity) <= MOST_CAPACITY):
        return Problem(
            line.number, f"“{capacity[:20]}” is not a capacity: a whole number from 1 was expected."
        )
    return RoomLine(line.number, site, site_name, room, room_name, kind or "room", int(capacity))
