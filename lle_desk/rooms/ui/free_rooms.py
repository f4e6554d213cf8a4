"""The rooms that fit, best first, and the others with what is wrong with them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.core.days import short_day, span_words
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, Heading, RowTableModel
from lle_desk.rooms.queries import FreeRooms as Answer
from lle_desk.rooms.queries import FreeRoomsQuestion, OtherDay, free_spaces
from lle_desk.rooms.rules import Fit, Layout, OtherTime

HEADINGS = {"Others": "others", "Other times that day": "times", "Other days": "days"}
Row = Fit | OtherTime | OtherDay | Heading


class FreeRooms(QWidget):
    """Asks which rooms are free and shows them as a list that is kept up to date.

    Signals:
        room_chosen: the officer took one (Enter or a double click). int: the space.
        room_selected: the selection moved. object: the Fit, or None.
        time_chosen: no room fits, and the officer took another time that day, or another day.
            int, object: the space, and when it would start.
        answered: a new answer is shown. int: how many rooms fit.
    """

    room_chosen = Signal(int)
    room_selected = Signal(object)
    time_chosen = Signal(int, object)
    answered = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._question: FreeRoomsQuestion | None = None
        self._answer: Answer | None = None
        self.model: RowTableModel[Row] = RowTableModel(
            COLUMNS, key=_key, parent=self, heading=_heading
        )
        self.table = Table(self.model, row_height=40, name="Rooms that fit, best first")
        self.table.row_opened.connect(self._open)
        self.table.row_chosen.connect(self._select)
        self.table.show_empty(EmptyState("Say when and for how many, and the rooms stand here."))
        self.setFocusProxy(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        tables = {"room_use", "room_booking", "space", "space_layout", "closure"}
        tables |= {"closure_allowance", "opening_hours"}
        self._refresher = Refresher(self, desk, tables, self._ask_again)

    def ask(self, question: FreeRoomsQuestion) -> None:
        """Show the rooms for this question, and again whenever something changes."""
        self._question = question
        self._refresher.look_again()

    def clear(self) -> None:
        """Show no rooms until the next question."""
        self._question = self._answer = None
        self.model.show_rows([])

    @property
    def chosen(self) -> int | None:
        """The space that is selected in the list."""
        row = self.table.chosen()
        return row.space.id if isinstance(row, Fit) else None

    @property
    def fits(self) -> Sequence[Fit]:
        """The rooms that fit, best first."""
        return self._answer.fits if self._answer else ()

    def fit_of(self, space_id: int) -> Fit | None:
        """Return how a room answered, None when it was not asked."""
        if self._answer is None:
            return None
        rows = (*self._answer.fits, *self._answer.near)
        return next((fit for fit in rows if fit.space.id == space_id), None)

    def _ask_again(self) -> None:
        if self._question is not None:
            self._desk.load(self, self._show, free_spaces, self._question)

    def _show(self, answer: Answer) -> None:
        self._answer = answer
        self.model.show_rows(_rows(answer))
        if self.chosen is None and answer.fits:
            self.table.choose(answer.fits[0].space.id)
        self.answered.emit(len(answer.fits))

    def _open(self, row: object) -> None:
        if isinstance(row, Fit) and (row.fits or row.may_force):
            self.room_chosen.emit(row.space.id)
        elif isinstance(row, OtherDay):
            self.time_chosen.emit(row.best.space.id, row.starts_at)
        elif isinstance(row, OtherTime):
            self.time_chosen.emit(row.space.id, row.starts_at)

    def _select(self, row: object) -> None:
        self.room_selected.emit(row if isinstance(row, Fit) else None)


def _rows(answer: Answer) -> list[Row]:
    count = len(answer.fits)
    title = {0: "No room fits", 1: "1 room fits"}.get(count, f"{count} rooms fit")
    rows: list[Row] = [Heading(title, "best first" if count else "")]
    rows.extend(answer.fits)
    if answer.later:
        rows.append(Heading("Other times that day"))
        rows.extend(answer.later)
    if answer.days:
        rows.append(Heading("Other days", "at that time"))
        rows.extend(answer.days)
    if answer.near:
        rows.append(Heading("Others", "and what is wrong with them"))
        rows.extend(answer.near)
    return rows


def _key(row: Row) -> object:
    if isinstance(row, Heading):
        return HEADINGS.get(row.title, "fits")
    if isinstance(row, OtherDay):
        return row.starts_at.date()
    return row.space.id if isinstance(row, Fit) else (row.space.id, row.starts_at)


def _heading(row: Row) -> Heading | None:
    return row if isinstance(row, Heading) else None


def _name(row: Row) -> str:
    if isinstance(row, OtherDay):
        return short_day(row.starts_at.date())
    return row.title if isinstance(row, Heading) else row.space.name


def _why(row: Row) -> str:
    """Return what is wrong, without the room's name, which stands above it."""
    if isinstance(row, OtherTime):
        return f"free {span_words(row.starts_at, row.ends_at)}"
    if isinstance(row, OtherDay):
        more = f" and {row.count - 1} more" if row.count > 1 else ""
        return f"{row.best.space.name}{more}"
    if not isinstance(row, Fit):
        return ""
    if row.fits:
        margins = row.reserved
        return f"reserved {margins.starts_at:%H:%M}–{margins.ends_at:%H:%M}"
    return row.brief


def _seats(row: Row) -> str:
    if isinstance(row, OtherDay):
        return _seats(row.best)
    if isinstance(row, Heading) or row.capacity is None:
        return ""
    is_ict = any(known.layout == Layout.ICT for known in row.space.layouts)
    return f"{row.capacity} {'PCs' if is_ict else 'seats'}"


def _colour(row: Row) -> str | None:
    return "quiet" if isinstance(row, Fit) and not row.fits else None


def _icon(row: Row) -> str:
    if isinstance(row, OtherDay):
        return "calendar"
    if isinstance(row, OtherTime):
        return "clock"
    if not isinstance(row, Fit):
        return ""
    return "check" if row.fits else "alert-triangle" if row.may_force else "x"


def _tip(row: Row) -> str:
    return row.reason if isinstance(row, Fit) else ""


COLUMNS: list[Column[Row]] = [
    Column("Room", _name, width=0, strong=True, second=_why, colour=_colour, icon=_icon, tip=_tip),
    Column("Seats", _seats, numeric=True, width=76, colour=_colour),
]
