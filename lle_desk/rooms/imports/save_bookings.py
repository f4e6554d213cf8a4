"""Bookings of a file into the diary, all in one transaction.

A line whose room is taken is refused and says who has it; the others go in. Each is looked at
here, under the office-wide lock, and the database refuses what would slip through. Set-up and
clear-down are nought: the file tells when the room is held. A line that went in before is left
as officers have made it since.
"""

import uuid
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from lle_desk.core.days import day_words, span_words
from lle_desk.core.db import acting
from lle_desk.core.imports import ImportSummary, Problem, Progress
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.rooms.imports.booking_lines import BookingLine, BookingsFile
from lle_desk.rooms.imports.outcome import BookedLine, BookingsOutcome
from lle_desk.rooms.models import Claim, RoomBooking, RoomUse, Site
from lle_desk.rooms.queries import LONGEST, diary_of, space_facts
from lle_desk.rooms.rules import (
    Diary,
    Slot,
    SpaceFacts,
    Status,
    closed_words,
    number_words,
    shortened,
)

SOURCE = "room bookings file"
_SAME_LINE = uuid.UUID("5d1c3c8e-2a4b-4c52-8c0e-0f1a7c6b9e31")
_CHUNK = 500
_BOOKING = cast(Table, RoomBooking.__table__)
_USE = cast(Table, RoomUse.__table__)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class _Taken:
    """A cell held in [starts_at, ends_at) and by whom."""

    starts_at: datetime
    ends_at: datetime
    who: str


@dataclass(slots=True)
class _Plan:
    """The lines that go in, each with its room, and those that do not."""

    new: list[tuple[BookingLine, SpaceFacts]] = field(default_factory=list)
    there: list[BookingLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def outcome(self, file: BookingsFile) -> BookingsOutcome:
        refused = len(self.problems) + len(file.problems)
        summary = ImportSummary(len(self.new), 0, len(self.there), refused)
        booked = tuple(BookedLine(line, space.name, _note(line, space)) for line, space in self.new)
        return BookingsOutcome(summary, tuple(self.problems), booked, tuple(self.there))


def preview_room_bookings(session: Session, file: BookingsFile) -> BookingsOutcome:
    """Return what `save_room_bookings` would do now, doing nothing."""
    return _plan(session, file).outcome(file)


def save_room_bookings(
    session: Session, file: BookingsFile, progress: Progress | None = None
) -> BookingsOutcome:
    """Put the bookings of a file into the diary; read again, it adds only what is new.

    Lines with the same booking number become one booking with several rooms or times.

    Raises:
        ImportStopped: the progress was stopped; the transaction keeps nothing.
    """
    progress = progress or Progress()
    plan = _plan(session, file)
    bookings = _bookings(session, plan)
    rows = [_use_row(line, space, bookings[line.booking]) for line, space in plan.new]
    connection = session.connection()
    for start in range(0, len(rows), _CHUNK):
        connection.execute(insert(_USE), rows[start : start + _CHUNK])
        progress.step(min(start + _CHUNK, len(rows)), len(rows))
    return plan.outcome(file)


def line_uuid(line: BookingLine) -> str:
    """Return the `client_uuid` that this line has every time it is read."""
    return str(uuid.uuid5(_SAME_LINE, line.key))


def use_of_line(session: Session, client_uuid: str) -> int | None:
    """Return the room use that a line of a file became, by its `line_uuid`, or None."""
    return known_id(session, RoomUse, client_uuid)


def _plan(session: Session, file: BookingsFile) -> _Plan:
    plan = _Plan()
    if not file.lines:
        return plan
    span = Slot(
        min(line.starts_at for line in file.lines), max(line.ends_at for line in file.lines)
    )
    rooms = _rooms(session, file)
    wanted = {(line.site, line.room) for line in file.lines}
    sites = {space.site_id for told, space in rooms.items() if told in wanted}
    spaces = [space for space in rooms.values() if space.site_id in sites]
    diary = diary_of(session, spaces, span)
    cells = _cells(session, spaces, span)
    known = _known_lines(session)
    for line in file.lines:
        space = rooms.get((line.site, line.room))
        if line_uuid(line) in known:
            plan.there.append(line)
        elif space is None:
            plan.problems.append(
                Problem(
                    line.line,
                    f"room {line.room} of site {line.site} is not known. Import the rooms first.",
                )
            )
        else:
            _place(plan, line, space, diary, cells)
    return plan


def _place(
    plan: _Plan,
    line: BookingLine,
    space: SpaceFacts,
    diary: Diary,
    cells: dict[int, list[_Taken]],
) -> None:
    """Put the line where it is free, else among the problems with who has it."""
    taken = _taken(cells, space, line)
    closed = diary.closure(space, Slot(line.starts_at, line.ends_at))
    if closed is not None:
        plan.problems.append(Problem(line.line, closed_words(space, closed)))
    elif taken is not None:
        plan.problems.append(
            Problem(
                line.line,
                f"{space.name} is wanted {_when(line.starts_at, line.ends_at)} for"
                f" “{shortened(line.title)}” (booking {line.booking}), but it is taken"
                f" {span_words(taken.starts_at, taken.ends_at)} by {taken.who}.",
            )
        )
    else:
        who = f"“{shortened(line.title)}” (booking {line.booking}, line {line.line})"
        for cell in space.cells:
            insort(cells.setdefault(cell, []), _Taken(line.starts_at, line.ends_at, who))
        plan.new.append((line, space))


def _taken(cells: dict[int, list[_Taken]], space: SpaceFacts, line: BookingLine) -> _Taken | None:
    """Return what holds one of the room's cells then. Those of one cell never overlap."""
    for cell in space.cells:
        held = cells.get(cell, [])
        after = bisect_left(held, line.ends_at, key=lambda taken: taken.starts_at)
        if after and held[after - 1].ends_at > line.starts_at:
            return held[after - 1]
    return None


def _when(starts_at: datetime, ends_at: datetime) -> str:
    return f"{day_words(starts_at.date())}, {span_words(starts_at, ends_at)},"


def _rooms(session: Session, file: BookingsFile) -> dict[tuple[str, str], SpaceFacts]:
    """Return the rooms by the codes of site and room, and by the words that the file has."""
    codes = {row[0]: row[1] for row in session.execute(select(Site.id, Site.code))}
    facts = space_facts(session)
    by_id = {space.id: space for space in facts}
    found = {told: by_id[number] for told, number in file.spaces.items() if number in by_id}
    return {(codes[space.site_id], space.code): space for space in facts} | found


def _cells(session: Session, spaces: Iterable[SpaceFacts], span: Slot) -> dict[int, list[_Taken]]:
    """Return what holds each cell in that time, in order."""
    wanted = {cell for space in spaces for cell in space.cells}
    found = (
        select(
            Claim.resource_id,
            Claim.starts_at,
            Claim.ends_at,
            RoomBooking.title,
            RoomBooking.number,
        )
        .join(RoomUse, RoomUse.id == Claim.room_use_id)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .where(
            Claim.holds_space,
            Claim.starts_at < span.ends_at,
            Claim.starts_at >= span.starts_at - LONGEST,
            Claim.ends_at > span.starts_at,
        )
        .order_by(Claim.resource_id, Claim.starts_at)
    )
    cells: dict[int, list[_Taken]] = {}
    for cell, starts, ends, title, number in session.execute(found):
        if cell in wanted:
            who = f"“{shortened(title)}”, {number_words(number)}"
            cells.setdefault(cell, []).append(_Taken(starts, ends, who))
    return cells


def _known_lines(session: Session) -> set[str]:
    """Return the lines that went in before, wherever officers have moved them since."""
    found = (
        select(RoomUse.client_uuid)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .where(RoomBooking.source == SOURCE)
    )
    return set(session.scalars(found))


def _bookings(session: Session, plan: _Plan) -> dict[str, int]:
    """Return the numbers of the bookings by their key in the file, making those that are new."""
    found = select(RoomBooking.external_number, RoomBooking.id).where(
        RoomBooking.source == SOURCE, RoomBooking.status != Status.CANCELLED
    )
    bookings = {row[0]: row[1] for row in session.execute(found)}
    first = (session.scalar(select(func.max(RoomBooking.number))) or 0) + 1
    rows: dict[str, Row] = {}
    for line, _ in plan.new:
        if line.booking not in bookings and line.booking not in rows:
            rows[line.booking] = _booking_row(session, line, first + len(rows))
    listed = list(rows.values())
    for start in range(0, len(listed), _CHUNK):
        session.connection().execute(insert(_BOOKING), listed[start : start + _CHUNK])
    made = select(RoomBooking.external_number, RoomBooking.id).where(RoomBooking.number >= first)
    return bookings | {row[0]: row[1] for row in session.execute(made)}


def _booking_row(session: Session, line: BookingLine, number: int) -> Row:
    return {
        "client_uuid": new_uuid(),
        "version": 1,
        "number": number,
        "title": line.title,
        "short_title": "",
        "category": str(line.category),
        "status": str(Status.CONFIRMED),
        "holds_space": True,
        "order_number": "",
        "notes_customer": "",
        "notes_office": _notes(line),
        "taken_by": acting(session).officer,
        "external_number": line.booking,
        "source": SOURCE,
        "cancelled_reason": "",
    }


def _notes(line: BookingLine) -> str:
    contact = f"Contact: {line.contact}" if line.contact else ""
    return "\n".join(told for told in (contact, line.notes) if told)[:4000].strip()


def _note(line: BookingLine, space: SpaceFacts) -> str:
    """Return what is odd about a line that goes in all the same."""
    seats = space.capacity(line.layout or space.usual_layout)
    if line.layout and seats is None:
        return f"{space.name} is never laid out {line.layout}: it goes in with its usual layout."
    if line.heads is not None and seats is not None and line.heads > seats:
        return f"{line.heads} people where {space.name} takes {seats}."
    if line.heads is None:
        return "Nobody says how many come: half of the seats, as an estimate."
    return ""


def _use_row(line: BookingLine, space: SpaceFacts, booking_id: int) -> Row:
    layout = line.layout if space.layout(line.layout) else space.usual_layout
    seats = space.capacity(layout) or 1
    heads = -(-seats // 2) if line.heads is None else line.heads
    return {
        "client_uuid": line_uuid(line),
        "version": 1,
        "room_booking_id": booking_id,
        "space_id": space.id,
        "layout": str(layout),
        "heads": heads,
        "is_estimate": line.heads is None,
        "starts_at": line.starts_at,
        "ends_at": line.ends_at,
        "reserved_from": line.starts_at,
        "reserved_to": line.ends_at,
        "holds_space": True,
        "is_pinned": False,
        "over_capacity_reason": "Taken in from a file" if heads > seats else "",
    }
