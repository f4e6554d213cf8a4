"""Who came, typed straight down the list or as "all came but …"."""

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
from lle_desk.courses.queries.attendance import Roll, RollRow, roll_of
from lle_desk.courses.rules import Called, EventState, absent_typed
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import BadgeText
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import Form, TextField
from lle_desk.qt.inspector import Page
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px

ROW = 40
MOST_ROWS = 40
OTHER = "Somebody else came"
OPEN_FIRST = "It is completed. For somebody else who came: More, Open it again."
CAME_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Y)
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, slots=True)
class RollLine:
    """One delegate with what was typed; `came` None is not typed."""

    row: RollRow
    came: bool | None

    @property
    def is_changed(self) -> bool:
        return self.came != self.row.came


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
        self.lines = [RollLine(row, row.came) for row in roll.rows]
        self.table = _RollTable(self)
        self.add(self.table)
        keys = "Space or Y came, N did not come, Enter goes on, Backspace takes it back."
        self.section().note(keys)
        self.foot("Keep the attendance")
        self.saved.connect(self.save)
        self._show()
        first = next((line for line in self.lines if line.came is None), None)
        self.table.choose((first or self.lines[0]).row.place_id if self.lines else 0)
        self._refresher = Refresher(self, desk, {"place", "person"}, self._read)

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
        """Type whether one delegate came."""
        self.lines = [
            replace(line, came=came) if line.row.place_id == place_id else line
            for line in self.lines
        ]
        self._show()

    def take_all_but(self) -> None:
        """Mark those who were typed as absent and everybody else as there."""
        called = [Called(line.row.number, line.row.name) for line in self.lines]
        absent = absent_typed(self.all_but.value(), called)
        if absent.faults:
            self.all_but.show_error(" ".join(absent.faults))
            return
        self.all_but.clear_error()
        self.lines = [
            replace(line, came=line.row.number not in absent.numbers) for line in self.lines
        ]
        self._show()
        self.table.setFocus()

    def save(self) -> None:
        """Keep what was typed."""
        changed = [line for line in self.lines if line.is_changed]
        if not changed:
            self.done.emit(self._roll.event_id)
            return
        self.show_busy(True)
        marks = tuple(Mark(one.row.place_id, one.row.version, one.came) for one in changed)
        ask = RecordAttendance(self._roll.event_id, marks)
        self._desk.do(self, self._kept, record_attendance, ask, on_refused=self._refused)

    def _show(self) -> None:
        self.table.setFixedHeight(px(ROW) * min(len(self.lines), MOST_ROWS) + 2)
        self.table.rows_model.show_rows(self.lines)
        came = sum(line.came is True for line in self.lines)
        absent = sum(line.came is False for line in self.lines)
        left = len(self.lines) - came - absent
        said = f"{came} came · {absent} did not"
        self.counts.set_note(f"{said} · {left} to type" if left else said)

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
        typed = {line.row.place_id: line.came for line in self.lines if line.is_changed}
        self._roll = roll
        self.lines = [RollLine(row, typed.get(row.place_id, row.came)) for row in roll.rows]
        self._show()


class _RollTable(Table):
    """The list; a letter marks the row and goes on to the next."""

    def __init__(self, page: AttendancePage) -> None:
        self.rows_model: RowTableModel[RollLine] = RowTableModel(COLUMNS, key=_key)
        self.rows_model.setParent(page)
        super().__init__(self.rows_model, row_height=ROW, name="Register")
        self._page = page
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.chosen()
        if event.modifiers() != NO_MODIFIER or line is None:
            super().keyPressEvent(event)
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


def _came_words(line: RollLine) -> str:
    if line.came is None:
        return "not typed"
    return "came" if line.came else "did not come"


def _came(line: RollLine) -> list[BadgeText]:
    if line.came is None:
        return []
    return [BadgeText("Came", "fine") if line.came else BadgeText("Did not", "warning")]


def absence_words(line: RollLine) -> str:
    """Return what an absence costs: the price stands, or the fee of a free place."""
    if line.came is not False:
        return ""
    if line.row.fee:
        return f"{pounds(line.row.fee)} fee"
    return f"pays {pounds(line.row.price)}" if line.row.price else "fee by terms"


COLUMNS: list[Column[RollLine]] = [
    Column("No.", _number, width=36, numeric=True, quiet=True),
    Column("Delegate", _name, width=0, strong=True, second=_customer, colour=_name_colour),
    Column("Came", _came_words, width=78, badges=_came),
    Column("Cost", absence_words, width=96, numeric=True, quiet=True),
]
