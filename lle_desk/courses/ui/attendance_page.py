"""Who came, typed straight down the list or as "all came but …": to all sessions, or one."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from lle_desk.core.errors import OfficerError
from lle_desk.core.money import pounds
from lle_desk.courses.actions.attending import (
    Attendance,
    Mark,
    RecordAttendance,
    record_attendance,
)
from lle_desk.courses.queries.attendance import (
    Came,
    Roll,
    RollRow,
    RollSession,
    roll_of,
    turnout,
    turnout_words,
)
from lle_desk.courses.rules import Called, EventState, absent_typed, counted
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import BadgeText
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import ChoiceField, Form, TextField
from lle_desk.qt.inspector import Page
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import Label

ROW = 40
MOST_ROWS = 40
OTHER = "Somebody else came"
OPEN_FIRST = "It is completed. For somebody else who came: More, Open it again."
CAME_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Y)
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
NO_MODIFIERS = (NO_MODIFIER, Qt.KeyboardModifier.KeypadModifier)
PARTLY = "came to no session so far. Nothing is kept of that until the others are typed."
ALL = 0  # the sheet of all sessions together
KEYS = "Space or Y came, N did not come, Enter goes on, Backspace takes it back."
SESSION_KEYS = "2 came to session 2 only; 1 and 2 to both. The same number again takes it back."


@dataclass(frozen=True, slots=True)
class RollLine:
    """One delegate with what was typed: whether they were at each session.

    `before` is what was kept; `sheet` the number of the session that is typed, 0 for all.
    """

    row: RollRow
    sessions: Came
    before: Came
    sheet: int = ALL

    @property
    def is_changed(self) -> bool:
        return self.sessions != self.before

    @property
    def attended(self) -> bool | None:
        """Whether they came to the event, None while it is not known."""
        return turnout(self.sessions)

    @property
    def came(self) -> bool | None:
        """Whether they came to what is typed: one session, or the event."""
        return self.sessions[self.sheet - 1] if self.sheet else self.attended

    def typed(self, came: bool | None) -> "RollLine":
        """Return the line with this typed of its sheet."""
        numbers = range(1, len(self.sessions) + 1)
        return replace(
            self,
            sessions=tuple(
                came if self.sheet in (ALL, number) else self.sessions[number - 1]
                for number in numbers
            ),
        )

    def turned(self, number: int, roll: Roll) -> "RollLine":
        """Return the line with one session turned to the other; what has begun is known then."""
        sessions = [
            bool(was) if one.has_begun else was
            for one, was in zip(roll.sessions, self.sessions, strict=True)
        ]
        sessions[number - 1] = not sessions[number - 1]
        return replace(self, sessions=tuple(sessions))

    def mark(self, sessions: tuple[RollSession, ...]) -> Mark:
        """Return what is to be kept of it."""
        came = self.attended
        missed = frozenset(
            one.id
            for one, was_there in zip(sessions, self.sessions, strict=True)
            if came and was_there is False
        )
        return Mark(self.row.place_id, self.row.version, came, missed)


class AttendancePage(Page):
    """Types the attendance of an event; one save for all of it.

    Signals:
        done: it is kept. int: the event's id.
        place_wanted: somebody came unannounced: book them. int: the event's id.
    """

    done = Signal(int)
    place_wanted = Signal(int)

    def __init__(self, desk: Desk, roll: Roll) -> None:
        is_over = roll.state == EventState.COMPLETED
        other = Button(OTHER, "user-plus")
        lines = [roll.title, OPEN_FIRST] if is_over else [roll.title]
        actions = [] if is_over else [other]
        super().__init__("Who came", code=roll.code, lines=lines, actions=actions)
        other.clicked.connect(self._ask_place)
        self._desk, self._roll = desk, roll
        self.fields = Form()
        self.sheet = ChoiceField("&Sheet of", _sheets(roll))
        if len(roll.sessions) > 1:
            self.fields.add(self.sheet)
            self.sheet.changed.connect(self._on_sheet)
        self.all_but = self.fields.add(
            TextField(
                "&All came but",
                hint="numbers or names, then Enter; nothing: all came",
                key="all_but",
                placeholder="3, smith",
            )
        )
        self.all_but.line.returnPressed.connect(self.take_all_but)
        self.form(self.fields)
        self.counts = self.section("Register")
        if len(roll.sessions) > 1:
            self.counts.note(" · ".join(one.short_words for one in roll.sessions))
        self.lines = [_line(row, roll) for row in roll.rows]
        self.table = _RollTable(self, len(roll.sessions))
        self.add(self.table)
        self._open = self._hints(len(roll.sessions))
        self.foot("Keep the attendance")
        self.saved.connect(self.save)
        self._show()
        first = next((line for line in self.lines if line.came is None), None)
        self.table.choose((first or self.lines[0]).row.place_id if self.lines else 0)
        self._refresher = Refresher(self, desk, {"place", "person"}, self._read)

    def _hints(self, sessions: int) -> Label:
        """Say which keys type it; return the line for what is not kept."""
        hints = self.section()
        hints.note(KEYS)
        if sessions > 1:
            hints.note(SESSION_KEYS)
        return hints.note("")

    def _ask_place(self) -> None:
        """Lead to a booking of somebody who is not on the register; what is typed here stays."""
        self.place_wanted.emit(self._roll.event_id)

    def is_typed(self) -> bool:
        """Return whether something typed is not kept yet."""
        return any(line.is_changed for line in self.lines)

    def focus_first(self) -> None:
        """Go to the list, at the first who is not typed yet."""
        self.table.setFocus()

    def mark(self, place_id: int, came: bool | None) -> None:
        """Type whether one delegate came, by the sheet that is chosen."""
        self._take(
            [line.typed(came) if line.row.place_id == place_id else line for line in self.lines]
        )

    def turn(self, place_id: int, number: int) -> None:
        """Type that one delegate was at a session after all, or was not."""
        if not 1 < len(self._roll.sessions) >= number:
            return
        self._take(
            [
                line.turned(number, self._roll) if line.row.place_id == place_id else line
                for line in self.lines
            ]
        )

    def take_all_but(self) -> None:
        """Mark those who were typed as absent and everybody else as there."""
        called = [Called(line.row.number, line.row.name) for line in self.lines]
        absent = absent_typed(self.all_but.value(), called)
        if absent.faults:
            self.all_but.show_error(" ".join(absent.faults))
            return
        self.all_but.clear_error()
        self._take([line.typed(line.row.number not in absent.numbers) for line in self.lines])
        self.table.setFocus()

    def save(self) -> None:
        """Keep what was typed."""
        changed = [line for line in self.lines if line.is_changed]
        if not changed:
            self.done.emit(self._roll.event_id)
            return
        self.show_busy(True)
        marks = tuple(line.mark(self._roll.sessions) for line in changed)
        ask = RecordAttendance(self._roll.event_id, marks)
        self._desk.do(self, self._kept, record_attendance, ask, on_refused=self._refused)

    def _on_sheet(self) -> None:
        """Show what is typed of the sheet that was chosen, and go to its first open line."""
        sheet = self.sheet.value() or ALL
        self._take([replace(line, sheet=sheet) for line in self.lines])
        first = next((line for line in self.lines if line.came is None), None)
        if first is not None:
            self.table.choose(first.row.place_id)

    def _take(self, lines: list[RollLine]) -> None:
        self.lines = lines
        self._show()

    def _show(self) -> None:
        self.table.setFixedHeight(px(ROW) * min(len(self.lines), MOST_ROWS) + 2)
        self.table.rows_model.show_rows(self.lines)
        came = sum(line.came is True for line in self.lines)
        absent = sum(line.came is False for line in self.lines)
        left = len(self.lines) - came - absent
        missed = [line.attended for line in self.lines if False in line.sessions]
        in_part = 0 if self.sheet.value() else missed.count(True)
        said = [f"{came} came, {in_part} in part" if in_part else f"{came} came"]
        said += [f"{absent} did not", *([f"{left} to type"] if left else [])]
        self.counts.set_note(" · ".join(said))
        waits = missed.count(None)
        self._open.set(f"{counted(waits, 'delegate')} {PARTLY}" if waits else "")

    def _kept(self, _count: Attendance) -> None:
        self.lines = []
        self.done.emit(self._roll.event_id)

    def _refused(self, refusal: OfficerError) -> None:
        self.show_busy(False)
        self.fields.show_refusal(refusal)
        self._read()

    def _read(self) -> None:
        self._desk.load(self, self._read_again, roll_of, self._roll.event_id)

    def _read_again(self, roll: Roll) -> None:
        """Keep what was typed over places that were changed meanwhile."""
        is_same = roll.sessions == self._roll.sessions
        typed = {one.row.place_id: one.sessions for one in self.lines if one.is_changed and is_same}
        self._roll = roll
        if not is_same:
            self.sheet.set_choices(_sheets(roll))
        sheet = self.sheet.value() or ALL
        fresh = [_line(row, roll, sheet) for row in roll.rows]
        self._take(
            [replace(one, sessions=typed.get(one.row.place_id, one.before)) for one in fresh]
        )


class _RollTable(Table):
    """The list; a letter marks the row and goes on to the next."""

    def __init__(self, page: AttendancePage, sessions: int) -> None:
        self.rows_model: RowTableModel[RollLine] = RowTableModel(_columns(sessions), key=_key)
        self.rows_model.setParent(page)
        super().__init__(self.rows_model, row_height=ROW, name="Register")
        self._page = page
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.chosen()
        if event.modifiers() not in NO_MODIFIERS or line is None:
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self._page.turn(line.row.place_id, event.key() - Qt.Key.Key_0)
        elif event.key() in CAME_KEYS:
            self._mark(line, came=True)
        elif event.key() == Qt.Key.Key_N:
            self._mark(line, came=False)
        elif event.key() == Qt.Key.Key_Backspace:
            self._page.mark(line.row.place_id, None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on(line)
        else:
            super().keyPressEvent(event)

    def _mark(self, line: RollLine, came: bool) -> None:
        self._page.mark(line.row.place_id, came)
        self._go_on(line)

    def _go_on(self, line: RollLine) -> None:
        lines = self._page.lines
        at = next(n for n, one in enumerate(lines) if one.row.place_id == line.row.place_id)
        if at + 1 < len(lines):
            self.choose(lines[at + 1].row.place_id)


def _sheets(roll: Roll) -> list[tuple[int, str]]:
    """Return what may be typed: all sessions together, or one by one."""
    count = len(roll.sessions)
    both = "both sessions" if count == 2 else f"all {count} sessions"
    return [(ALL, both), *((one.number, one.words) for one in roll.sessions if one.has_begun)]


def _line(row: RollRow, roll: Roll, sheet: int = ALL) -> RollLine:
    sessions = row.came_to(roll.sessions)
    return RollLine(row, sessions, sessions, sheet)


def _key(line: RollLine) -> object:
    return line.row.place_id


def _number(line: RollLine) -> str:
    return str(line.row.number)


def _name(line: RollLine) -> str:
    return line.row.name or "Name to come"


def _customer(line: RollLine) -> str:
    return line.row.customer


def _name_colour(line: RollLine) -> str | None:
    return "quiet" if line.came is False else None


def came_words(line: RollLine) -> str:
    """Return "came", "missed 2", "did not come": of the sheet that is typed."""
    return turnout_words((line.came,) if line.sheet else line.sessions)


def _came(line: RollLine) -> list[BadgeText]:
    said = came_words(line)
    if said == "not typed":
        return []
    if said == "did not come":
        return [BadgeText("Did not", "warning")]
    return [BadgeText(said.capitalize(), "fine" if said == "came" else "accent")]


def absence_words(line: RollLine) -> str:
    """Return what an absence costs: the price stands, or the fee of a free place."""
    if line.attended is not False:
        return ""
    if line.row.fee:
        return f"{pounds(line.row.fee)} fee"
    return f"pays {pounds(line.row.price)}" if line.row.price else "fee by terms"


def _columns(sessions: int) -> list[Column[RollLine]]:
    wide = 82 if sessions < 3 else 122  # of more than two sessions, several may be missed
    return [
        Column("No.", _number, width=36, numeric=True, quiet=True),
        Column("Delegate", _name, width=0, strong=True, second=_customer, colour=_name_colour),
        Column("Came", came_words, width=wide, badges=_came, tip=came_words),
        Column("Cost", absence_words, width=96, numeric=True, quiet=True),
    ]
