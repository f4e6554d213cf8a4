"""The set-up sheet: a chart of the day, and by time what each room must be ready for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from reportlab.lib.units import mm

from lle_desk.core.days import day_words, span_words, time_words
from lle_desk.paper.book import Leaf
from lle_desk.paper.flow import Block, heading, text
from lle_desk.paper.fonts import width
from lle_desk.paper.letterhead import Sheet, leaves, pdf
from lle_desk.paper.pen import Pen
from lle_desk.paper.styles import (
    DENSE,
    HAIRLINE,
    HEADING,
    INK,
    LEFT,
    LINE,
    MEASURE,
    NOTE,
    QUIET_BODY,
    STRONG_BODY,
    TINT,
)
from lle_desk.paper.tables import Grid, Row, columns, head_row, make_row, numbers, table
from lle_desk.paper.words import Strong, one_line, words
from lle_desk.rooms.papers import ChartLane, KitRow, SetUpRow, SetUpSheet, TurnRound

SET_UP = Grid(columns((0, 14), (16, 38), (57, 62), (122, 36), (161, 9)), pad=2 * mm)
KIT = Grid(columns((0, 80), numbers(82, 14), numbers(98, 20)))
HEADS = ("Ready by", "Event", "Room, layout, what to put out", "Catering and notes", "Done")
NAMES = 30 * mm  # the rooms' names beside the chart
LANE, BOX = 17.0, 12.0  # points
SMALL = replace(DENSE, size=7, leading=9)


def set_up_sheet_pdf(sheet: SetUpSheet) -> bytes:
    """Return the sheet for those who set the rooms up. The same values give the same bytes."""
    return pdf(_sheet(sheet), list(_story(sheet)))


def set_up_leaves(sheet: SetUpSheet) -> tuple[Leaf, ...]:
    """Return the same sheet to be bound with others."""
    return leaves(_sheet(sheet), list(_story(sheet)))


def printed_words(at: datetime) -> str:
    """Return what the foot says of when it was printed."""
    return f"Printed {day_words(at.date())} {time_words(at)}"


def _sheet(sheet: SetUpSheet) -> Sheet:
    return Sheet(
        title=f"Room set-up {day_words(sheet.day)}",
        heading="Room set-up",
        name="Set-up sheet",
        foot=(
            f"{printed_words(sheet.printed_at)}"
            " · later changes are on the screen · no names of people"
        ),
        sender=sheet.sender,
        subtitle=f"{sheet.site}, {day_words(sheet.day)} · in the order rooms must be ready",
    )


def _story(sheet: SetUpSheet) -> Iterator[Block]:
    if not sheet.rows:
        yield text(words("No room is booked on this day."), above=8)
        return
    count = f"{len(sheet.rows)} booking{'' if len(sheet.rows) == 1 else 's'}"
    turned = f"{len(sheet.turn_rounds)} turn-round{'' if len(sheet.turn_rounds) == 1 else 's'}"
    yield heading(
        words(Strong("The day at a glance"), style=HEADING),
        f"{count} · {sheet.people} people · {turned}",
        right=True,
        above=4,
        below=4,
    )
    if len(sheet.lanes) <= MOST_LANES:
        yield DayChart(sheet=sheet, above=4)
    head = head_row(SET_UP, HEADS, above=16)
    key = object()
    head = replace(head, table=key)
    yield head
    for row in _rows(sheet):
        yield replace(row, head=head, table=key)
    yield from _kit(sheet)


def _kit(sheet: SetUpSheet) -> Iterator[Block]:
    """Yield the table of what to fetch; what is all out is said, so that none is promised."""
    if not sheet.kit:
        return
    yield heading(words(Strong("Kit to fetch"), style=HEADING), above=14, below=4)
    yield from table(KIT, ("Item", "Out", "Of stock"), [_kit_row(row) for row in sheet.kit])


def _kit_row(row: KitRow) -> Row:
    said = " · none is left for another room" if row.out >= row.stock else ""
    out = words(Strong(str(row.out)))
    return make_row(KIT, [words(f"{row.name}{said}"), out, words(str(row.stock))])


MOST_LANES = 20  # more rooms than this have a table only


def _rows(sheet: SetUpSheet) -> Iterator[Row]:
    """Yield rooms to set up and turn-rounds, by time."""
    timed: list[tuple[datetime, int, Row]] = [(row.ready_by, 1, _set_up(row)) for row in sheet.rows]
    timed.extend((turn.starts_at, 0, _turn(turn)) for turn in sheet.turn_rounds)
    for _at, _order, row in sorted(timed, key=lambda entry: entry[:2]):
        yield row


def _set_up(row: SetUpRow) -> Row:
    about = "about " if row.is_estimate else ""
    notes = [words(served) for served in row.servings]
    notes += [words(note) for note in row.notes.splitlines() if note.strip()]
    if row.warning:
        notes.insert(0, words(Strong(f"! {row.warning}")))
    made = make_row(
        SET_UP,
        [
            words(Strong(time_words(row.ready_by)), style=HEADING),
            (
                words(Strong(span_words(row.starts_at, row.ends_at))),
                words(row.title, style=DENSE),
                words(row.category, style=NOTE),
            ),
            (
                words(Strong(row.room), f"  {row.layout}, {about}{row.people} people"),
                words(row.kit, style=DENSE),
                words(f"free again at {time_words(row.free_at)}", style=NOTE),
            ),
            tuple(notes) or words(""),
            words(""),
        ],
    )
    return _ticked(made)


def _turn(turn: TurnRound) -> Row:
    spare = f"{turn.spare} min to spare" if turn.spare > 0 else "nothing to spare"
    made = make_row(
        SET_UP,
        [
            words(time_words(turn.starts_at), style=STRONG_BODY),
            words(f"{turn.minutes} min", style=QUIET_BODY),
            words(Strong(f"Turn round {turn.room}: "), turn.change),
            words(spare, style=QUIET_BODY),
            words(""),
        ],
        over=2,
        under=2,
    )
    return replace(_ticked(made), tinted=True)


def _ticked(row: Row) -> "TickRow":
    return TickRow(row.grid, row.cells, row.key, over=row.over, under=row.under)


@dataclass(frozen=True, slots=True)
class TickRow(Row):
    """A row with a box to tick at its right edge."""

    def draw(self, pen: Pen, top: float) -> None:
        Row.draw(self, pen, top)
        column = self.grid.columns[-1]
        with pen.decoration():
            pen.frame(column.left + 1, top + self.over + 1, 9, 9, HAIRLINE * 1.5, INK)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChart(Block):
    """The day at a glance: a line for each room, boxes for events, empty ones for set-up.

    Readers pass over it: the table below says the same.
    """

    sheet: SetUpSheet

    @property
    def height(self) -> float:
        return 12 + LANE * len(self.sheet.lanes) + 4

    def draw(self, pen: Pen, top: float) -> None:
        with pen.decoration():
            self._hours(pen, top)
            for at, lane in enumerate(self.sheet.lanes):
                self._lane(pen, top + 12 + LANE * at, lane)

    def _x(self, when: datetime) -> float:
        first, last = self.sheet.hours
        start = datetime.combine(self.sheet.day, datetime.min.time()) + timedelta(hours=first)
        share = (when - start) / timedelta(hours=last - first)
        return LEFT + NAMES + (MEASURE - NAMES) * min(max(share, 0.0), 1.0)

    def _hours(self, pen: Pen, top: float) -> None:
        first, last = self.sheet.hours
        midnight = datetime.combine(self.sheet.day, datetime.min.time())
        for hour in range(first, last):
            x = self._x(midnight + timedelta(hours=hour))
            pen.write([one_line(f"{hour:02d}", SMALL, 20)], x - 4, top)

    def _lane(self, pen: Pen, top: float, lane: ChartLane) -> None:
        pen.rule(LEFT, LEFT + MEASURE, top + LANE, HAIRLINE, LINE)
        indent = 8 if lane.is_part else 0
        style = DENSE if lane.is_part else replace(STRONG_BODY, size=8, leading=10.4)
        pen.write([one_line(lane.room, style, NAMES - 12)], LEFT + indent, top + 4)
        for starts, ends, room in lane.joined:
            left, right = self._x(starts), self._x(ends)
            pen.dashes(left, right, top + LANE / 2, LINE)
            said = one_line(f"part of {room}", replace(SMALL, colour=NOTE.colour), right - left)
            pen.tint(left + 6, top + 3, said.wide + 4, BOX - 1, (1, 1, 1))
            pen.write([said], left + 8, top + 4)
        for row in lane.rows:
            self._event(pen, top + (LANE - BOX) / 2, row)

    def _event(self, pen: Pen, top: float, row: SetUpRow) -> None:
        left, right = self._x(row.starts_at), self._x(row.ends_at)
        before, after = self._x(row.set_up_from), self._x(row.free_at)
        pen.frame(before, top, after - before, BOX, HAIRLINE, INK)
        pen.tint(left, top, right - left, BOX, TINT)
        pen.frame(left, top, right - left, BOX, HAIRLINE, INK)
        people = one_line(str(row.people), replace(SMALL, font=STRONG_BODY.font), right - left)
        room = right - left - people.wide - 8
        if room > 0:
            said = fitting(row.short_title, row.title, room)
            pen.write([one_line(said, SMALL, room)], left + 3, top + 1.5)
            pen.write([people], right - people.wide - 3, top + 1.5)


def fitting(short: str, title: str, room: float) -> str:
    """Return the most of a title that fits, whole words or initials, and never cut letters."""
    spoken = title.split()
    candidates = [title, short, *(" ".join(spoken[:n]) for n in range(len(spoken) - 1, 0, -1))]
    candidates.append("".join(word[0] for word in spoken if word[0].isalnum()).upper())
    fits = (one for one in candidates if one and width(one, SMALL.font, SMALL.size) <= room)
    return next(fits, "")
