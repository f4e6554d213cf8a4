"""The rooms and days of one booking, as a short list in its form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.core.days import short_day, span_words
from lle_desk.qt.buttons import Button
from lle_desk.qt.flow import Flow
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.rooms.rules.places import PlaceVerdict

ROW = 40
MOST_SHOWN = 5  # lines before the list scrolls


@dataclass(frozen=True, slots=True)
class LineValues:
    """What the form's fields held for one room on one day; minutes as typed, None: not typed."""

    uuid: str
    day: date
    start: time
    end: time
    room: int
    layout: str
    heads: int | None
    before: int
    after: int
    reason: str
    is_before_typed: bool = False

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.start)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.end)


@dataclass(frozen=True, slots=True)
class _Row:
    at: int
    when: str
    what: str
    problem: str
    room: str

    @property
    def second(self) -> str:
        return self.problem or self.what


class RoomLines(QWidget):
    """Each room on each day of the booking, and whether it fits.

    Signals:
        line_chosen: the officer goes to another line. int: which, from 0.
        room_wanted: another room on the same day is to be added.
        day_wanted: the same room on the next working day is to be added.
        removal_wanted: the line that is chosen is to go.
    """

    line_chosen = Signal(int)
    room_wanted = Signal()
    day_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model: RowTableModel[_Row] = RowTableModel(
            COLUMNS, key=lambda row: row.at, parent=self
        )
        self.table = Table(self.model, row_height=ROW, name="Rooms and days of this booking")
        self.table.row_chosen.connect(self._chosen)
        self.table.hide()
        self.another_room = Button(
            "Another room", "plus", key="Alt+J", kind="link", on_click=self.room_wanted.emit
        )
        self.another_day = Button(
            "Next day too", "plus", key="Alt+K", kind="link", on_click=self.day_wanted.emit
        )
        self.remove = Button(
            "Take this line out", "trash", kind="link", on_click=self.removal_wanted.emit
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.table)
        column.addWidget(Flow([self.another_room, self.another_day, self.remove]))
        self.remove.hide()  # after the row, which shows what it takes in

    def show_lines(
        self,
        lines: Sequence[LineValues],
        at: int,
        verdicts: Sequence[PlaceVerdict],
        names: Mapping[int, str],
    ) -> None:
        """Show the lines with the one at `at` chosen; a single line needs no list."""
        rows = []
        for number, line in enumerate(lines):
            room = names.get(line.room, "No room yet")
            problem = verdicts[number].problem if number < len(verdicts) else ""
            when = "?"
            if line.ends_at > line.starts_at:
                when = f"{short_day(line.day)}, {span_words(line.starts_at, line.ends_at)}"
            heads = f"{line.heads or '?'} {line.layout}"
            rows.append(_Row(number, when, f"{room}, {heads}", problem, room))
        self.table.blockSignals(True)
        self.model.show_rows(rows)
        self.table.choose(at)
        self.table.blockSignals(False)
        several = len(rows) > 1
        self.table.setVisible(several)
        self.remove.setVisible(several)
        self.table.setFixedHeight(px(ROW * min(len(rows), MOST_SHOWN) + 38))

    def texts(self) -> list[str]:
        """Return what the list says, one text a line."""
        return [f"{row.when}: {row.second}" for row in self.model.rows]

    def _chosen(self, row: object) -> None:
        if isinstance(row, _Row):
            self.line_chosen.emit(row.at)


def _icon(row: _Row) -> str:
    return "x" if row.problem else "check"


COLUMNS: list[Column[_Row]] = [
    Column(
        "Rooms and days of this booking",
        lambda row: row.when,
        width=0,
        strong=True,
        second=lambda row: row.second,
        icon=_icon,
        colour=lambda row: "refusal" if row.problem else None,
        tip=lambda row: row.second,
    ),
]
