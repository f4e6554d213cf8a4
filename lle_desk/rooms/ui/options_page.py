"""The list of options that run out: chase, give more time, confirm or release."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt

from lle_desk.core.days import short_day, span_words
from lle_desk.qt.desk import Desk
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.typed import parse_date
from lle_desk.rooms.actions import (
    CancelBooking,
    ConfirmBooking,
    cancel_booking,
    confirm_booking,
)
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.actions.options import ChaseOption, ExtendOption, chase_option, extend_option
from lle_desk.rooms.queries.options import OptionRow, options_running_out
from lle_desk.rooms.rules import number_words
from lle_desk.rooms.rules.options import days_left_words
from lle_desk.rooms.ui.judging import category_code
from lle_desk.rooms.ui.list_page import ListPage
from lle_desk.rooms.ui.page_keys import PageKeys

TABLES = frozenset({"room_booking", "room_use", "person", "customer"})
SOON = 3  # days: then it is marked
MORE = timedelta(days=14)
NOT_TAKEN_UP = "The option was not taken up"
Key = Qt.Key


class OptionsPage(ListPage):
    """Provisional bookings by the day their option runs out. Everything here can be undone."""

    def __init__(self, desk: Desk) -> None:
        self._model_of: RowTableModel[OptionRow] = RowTableModel(
            _columns(), key=lambda row: row.booking_id, ground=_ground
        )
        super().__init__(
            desk,
            "Options running out",
            self._model_of,
            "No booking is provisional. What is booked with an option stands here until it is"
            " confirmed or released.",
            "hourglass",
        )
        self.lay_out_list(
            (
                ("Confirm", "check", "C", self._confirm),
                ("Chased", "phone", "H", self._chase),
                ("More time", "hourglass", "E", self._extend),
                ("Release", "x", "R", self._release),
                ("Show on the plan", "calendar", "Enter", self._open),
            )
        )
        self._keys = PageKeys(
            self.table,
            {
                Key.Key_C: self._confirm,
                Key.Key_H: self._chase,
                Key.Key_E: self._extend,
                Key.Key_R: self._release,
            },
        )
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(self._open)
        self._fresh = Refresher(self, desk, TABLES, self._load)

    @property
    def rows(self) -> Sequence[OptionRow]:
        """The list as shown."""
        return self._model_of.rows

    def _load(self) -> None:
        self.desk.load(self, self._show, options_running_out, self._site_id)

    def _show(self, rows: Sequence[OptionRow]) -> None:
        self.show_rows(rows)
        past = sum(row.option_on is not None and row.option_on < _today() for row in rows)
        count = f"{len(rows)} provisional"
        self.told.set(f"{count}, {past} past their day" if past else count if rows else "")

    # What is done with the chosen one

    def _confirm(self) -> None:
        row = self._row()
        if row is not None:
            ask = ConfirmBooking(booking_id=row.booking_id, seen_version=row.version)
            self._do(Keeping(confirm_booking, f"Confirmed {_called(row)}"), ask)

    def _chase(self) -> None:
        row = self._row()
        if row is not None:
            who = " ".join(part for part in (row.contact, row.telephone) if part)
            asked = f"What did {who or row.customer or 'they'} say?"
            self.ask(asked, "Note it", lambda words: self._chased(row, words))

    def _chased(self, row: OptionRow, words: str) -> None:
        ask = ChaseOption(booking_id=row.booking_id, seen_version=row.version, words=words)
        self._do(Keeping(chase_option, f"Noted that {_called(row)} was chased"), ask)

    def _extend(self) -> None:
        row = self._row()
        if row is not None:
            later = max(row.option_on or _today(), _today()) + MORE
            asked = "The option runs until"
            self.ask(
                asked,
                "Give it",
                lambda words: self._extended(row, words),
                f"{later.day}/{later.month}/{later.year}",
            )

    def _extended(self, row: OptionRow, words: str) -> bool:
        day = parse_date(words, _today())
        if day is None:
            self.answer.show_error("Say the day as 18/3 or 18 Mar.")
            return False
        if day > row.starts_at.date():
            self.answer.show_error(f"The booking itself is on {short_day(row.starts_at.date())}.")
            return False
        ask = ExtendOption(booking_id=row.booking_id, seen_version=row.version, option_on=day)
        words = f"Option of {_called(row)} runs until {short_day(day)}"
        self._do(Keeping(extend_option, words), ask)
        return True

    def _release(self) -> None:
        row = self._row()
        if row is not None:
            asked = f"Release {_called(row)}? Why?"
            self.ask(asked, "Release it", lambda words: self._released(row, words), NOT_TAKEN_UP)

    def _released(self, row: OptionRow, words: str) -> None:
        ask = CancelBooking(booking_id=row.booking_id, seen_version=row.version, reason=words)
        self._do(Keeping(cancel_booking, f"Released {_called(row)}"), ask)

    def _do(self, action: Keeping[int], ask: object) -> None:
        self.say_refused("")
        self.desk.do(self, self._done, action, ask, on_refused=self._refused)

    def _done(self, _version: int) -> None:
        self._load()

    def _chosen(self, row: OptionRow | None) -> None:
        if row is not None:
            self.use_chosen.emit(row.use_id)

    def _open(self, _row: object = None) -> None:
        row = self._row()
        if row is not None:
            self.use_opened.emit(row.use_id)

    def _row(self) -> OptionRow | None:
        row = self.table.chosen()
        return row if isinstance(row, OptionRow) else None


def _today() -> date:
    return datetime.now().date()  # noqa: DTZ005  (the office's day)


def _called(row: OptionRow) -> str:
    return f"“{row.title}”, {number_words(row.number)}"


def _ground(row: OptionRow) -> str | None:
    return "warning_fill" if row.option_on is not None and row.option_on < _today() else None


def _left_colour(row: OptionRow) -> str | None:
    if row.option_on is None:
        return "warning"
    left = (row.option_on - _today()).days
    return "refusal" if left < 0 else "warning" if left <= SOON else None


def _columns() -> list[Column[OptionRow]]:
    return [
        Column(
            "Option ends",
            lambda row: short_day(row.option_on) if row.option_on else "no day",
            width=120,
            strong=True,
            colour=_left_colour,
            second=lambda row: days_left_words(row.option_on, _today()),
        ),
        Column(
            "Booking",
            lambda row: row.title,
            width=0,
            square=lambda row: category_code(row.category),
            second=lambda row: number_words(row.number),
        ),
        Column(
            "Room and time",
            lambda row: f"{row.room or 'no room yet'}{_more(row)}",
            width=190,
            second=lambda row: (
                f"{short_day(row.starts_at.date())} {span_words(row.starts_at, row.ends_at)}"
            ),
        ),
        Column(
            "Customer",
            lambda row: row.customer or "not named",
            width=190,
            second=lambda row: row.contact,
            give_up=1,
        ),
        Column("Telephone", lambda row: row.telephone or row.email, width=140),
        Column("Last chased", lambda row: row.chased, width=170, quiet=True, give_up=2),
    ]


def _more(row: OptionRow) -> str:
    return f" and {row.uses - 1} more" if row.uses > 1 else ""
