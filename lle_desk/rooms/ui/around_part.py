"""Above the form of a booking: its other rooms and days, and the dates it repeats on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.core.days import short_day
from lle_desk.qt.buttons import Button, Segments
from lle_desk.qt.flow import Flow
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.queries.around import Around, BookingRoom
from lle_desk.rooms.queries.series import SeriesDay
from lle_desk.rooms.rules.repeats import Scope

ROW = 28
MOST_SHOWN = 6
SCOPES = [
    (Scope.THIS, "This date"),
    (Scope.LATER, "This and later"),
    (Scope.ALL, "All to come"),
]


class AroundPart(QWidget):
    """The rooms and days of a booking, and its place in a series. Hidden until there is more.

    Signals:
        use_wanted: go to another room, day or date. int: the use.
        adding_wanted: rooms or days are to be added.
        removal_wanted: object: the BookingRoom to be taken out.
        cancel_wanted: the dates of the scope are to be cancelled. object: the Scope.
        lifting_wanted: a date that was left out is to be booked. object: the SeriesDay.
    """

    use_wanted = Signal(int)
    adding_wanted = Signal()
    removal_wanted = Signal(object)
    cancel_wanted = Signal(object)
    lifting_wanted = Signal(object)

    def __init__(self, *, may_add: bool) -> None:
        super().__init__()
        self._around = Around((), None)
        self._use_id = 0
        self.words = label("", "strong", wrap=True)
        self.earlier = Button("Earlier", "arrow-left", kind="link", on_click=self._go_earlier)
        self.later = Button("Later", "arrow-right", kind="link", on_click=self._go_later)
        self.all_dates = Button("All dates", "list", kind="link", on_click=self._toggle_dates)
        self._ways = Flow([self.earlier, self.later, self.all_dates])
        self.day_model: RowTableModel[SeriesDay] = RowTableModel(
            DAYS, key=lambda day: day.on, parent=self
        )
        self.day_table = Table(self.day_model, row_height=ROW, name="Dates of this booking")
        self.day_table.row_opened.connect(self._open_day)
        self.day_table.row_chosen.connect(self._day_chosen)
        self.lift = Button("Book this date after all", "plus", kind="link", on_click=self._lift)
        self.scope_words = label("Save and cancel for", "small")
        self.scope_choice = Segments(SCOPES, Scope.THIS, accessible="For which dates")
        self.scope_choice.chosen.connect(self._scope_chosen)
        self.cancel = Button("Cancel these dates…", kind="danger", on_click=self._cancel)
        self.room_model: RowTableModel[BookingRoom] = RowTableModel(
            ROOMS, key=lambda room: room.use_id, parent=self
        )
        self.room_table = Table(self.room_model, row_height=ROW, name="Rooms and days")
        self.room_table.row_opened.connect(self._open_room)
        self.add_rooms = Button(
            "Another room or day",
            "plus",
            key="Alt+J",
            kind="link",
            on_click=self.adding_wanted.emit,
        )
        self.take_out = Button("Take this room out", "trash", kind="link", on_click=self._take_out)
        self._lay_out()
        self.add_rooms.setVisible(may_add)  # in its place now: no window of its own

    @property
    def scope(self) -> Scope:
        """For which dates the officer saves."""
        return Scope(self.scope_choice.choice) if self._around.series else Scope.THIS

    def show_around(self, around: Around, use_id: int) -> None:
        """Show what belongs to the use."""
        self._around, self._use_id = around, use_id
        series = around.series
        for widget in (self.words, self._ways, self.scope_words, self.scope_choice):
            widget.setVisible(series is not None)
        if series is not None:
            self.words.set(series.words)
            self.earlier.setEnabled(series.neighbour(-1) is not None)
            self.later.setEnabled(series.neighbour(1) is not None)
            self.day_model.show_rows(series.days)
            self.day_table.setFixedHeight(px(ROW * min(len(series.days), MOST_SHOWN) + 38))
        several = len(around.rooms) > 1
        self.room_model.show_rows(around.rooms)
        self.room_table.choose(use_id)
        self.room_table.setVisible(several)
        self.room_table.setFixedHeight(px(ROW * min(len(around.rooms), MOST_SHOWN) + 38))
        self.take_out.setVisible(several)

    def _go_earlier(self) -> None:
        self._go(-1)

    def _go_later(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        day = self._around.series.neighbour(step) if self._around.series else None
        if day is not None and day.use_id is not None:
            self.use_wanted.emit(day.use_id)

    def _toggle_dates(self) -> None:
        self.day_table.setVisible(self.day_table.isHidden())
        self.lift.hide()
        if self._around.series is not None and not self.day_table.isHidden():
            self.day_table.choose(self._around.series.days[self._around.series.at - 1].on)
            self.day_table.setFocus()

    def _open_day(self, day: object) -> None:
        if isinstance(day, SeriesDay) and day.use_id is not None:
            self.use_wanted.emit(day.use_id)
        elif isinstance(day, SeriesDay):
            self._lift()

    def _day_chosen(self, day: object) -> None:
        """Offer to book a date that was left out."""
        self.lift.setVisible(isinstance(day, SeriesDay) and bool(day.skipped_reason))

    def _lift(self) -> None:
        day = self.day_table.chosen()
        if isinstance(day, SeriesDay) and day.skipped_reason:
            self.lifting_wanted.emit(day)

    def _open_room(self, room: object) -> None:
        if isinstance(room, BookingRoom) and room.use_id != self._use_id:
            self.use_wanted.emit(room.use_id)

    def _take_out(self) -> None:
        room = self.room_table.chosen()
        if isinstance(room, BookingRoom):
            self.removal_wanted.emit(room)

    def _scope_chosen(self, scope: str) -> None:
        self.cancel.setVisible(scope != Scope.THIS)

    def _cancel(self) -> None:
        self.cancel_wanted.emit(self.scope)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        for widget in (
            self.words,
            self._ways,
            self.day_table,
            self.lift,
            self.scope_words,
            Flow([self.scope_choice]),
            self.cancel,
            self.room_table,
            Flow([self.add_rooms, self.take_out]),
        ):
            column.addWidget(widget)
        for hidden in (self.day_table, self.lift, self.cancel):
            hidden.hide()
        self.show_around(self._around, 0)


DAYS: list[Column[SeriesDay]] = [
    Column("Date", lambda day: short_day(day.on), width=96, strong=True),
    Column("What became of it", lambda day: day.words, width=0, tip=lambda day: day.words),
]
ROOMS: list[Column[BookingRoom]] = [
    Column("Rooms and days", lambda room: room.when, width=0, strong=True),
    Column("Room", lambda room: room.room, width=92),
    Column("Heads", lambda room: str(room.heads), numeric=True, width=56),
]
