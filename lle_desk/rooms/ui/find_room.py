"""“Find a room”: which room is free then, or on all of several days, and what is wrong else."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from lle_desk.core.days import short_day, span_words
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, Heading, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.queries import FreeRoomsQuestion, RoomOverDays
from lle_desk.rooms.queries.extras import EquipmentFree, equipment_free
from lle_desk.rooms.queries.finding import FoundRooms, ShortOn, find_rooms
from lle_desk.rooms.rules import Fit
from lle_desk.rooms.ui.find_form import FindForm
from lle_desk.rooms.ui.free_rooms import FreeRooms
from lle_desk.rooms.ui.pages import RoomsPage, RoomWish

TABLES = frozenset({"room_use", "room_booking", "space", "space_layout", "closure"})
NAMED = 3  # days that are named with what is wrong on them
Row = RoomOverDays | Heading


class FindRoomPage(RoomsPage):
    """Answers while it is typed. Enter in the list books there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._site_id = 0
        self._question: FreeRoomsQuestion | None = None
        self.form = FindForm()
        self.one_day = FreeRooms(desk)
        self.model: RowTableModel[Row] = RowTableModel(
            COLUMNS, key=_key, parent=self, heading=_heading
        )
        self.several = Table(self.model, row_height=40, name="Rooms over these days")
        self.several.show_empty(EmptyState("No room here.", icon="door"))
        self.told = label("", "refusal", wrap=True)
        self.short = label("", "warning", wrap=True)
        self._lay_out()
        self.one_day.room_chosen.connect(self._room_chosen)
        self.one_day.time_chosen.connect(self._time_chosen)
        self.several.row_opened.connect(self._opened)
        self.form.asked.connect(self._ask)
        self._fresh = Refresher(self, desk, TABLES, self._ask_days)

    def open_at(self, site_id: int, day: date) -> None:
        """Ask about that day first."""
        self._site_id = site_id
        self.form.show_day(day)
        midnight = datetime.combine(day, datetime.min.time())
        self.desk.load(
            self, self._show_equipment, equipment_free, midnight, midnight + timedelta(days=1)
        )
        self._ask()
        self.form.focus_first()

    @property
    def answers(self) -> Sequence[Row]:
        """What is listed for several days."""
        return self.model.rows

    # Asking

    def _show_equipment(self, listed: Sequence[EquipmentFree]) -> None:
        self.form.show_equipment(listed)

    def _ask(self) -> None:
        self._question = self.form.question(self._site_id) if self._site_id else None
        self.told.set(self.form.problem)
        self.told.setVisible(bool(self.form.problem))
        if self._question is None:
            return
        is_one = len(self.form.days()) == 1
        self._answers.setCurrentWidget(self.one_day if is_one else self.several)
        if is_one:
            self.one_day.ask(self._question)
        self._ask_days()

    def _ask_days(self) -> None:
        """Look over all days: for the rooms, and for the equipment even of one day."""
        equipment = self.form.wanted_equipment()
        if self._question is None or (len(self.form.days()) == 1 and not equipment):
            self.short.hide()
            return
        days = tuple(self.form.days())
        self.desk.load(self, self._show, find_rooms, self._question, days, equipment)

    def _show(self, found: FoundRooms) -> None:
        self.short.set(short_words(found.short))
        self.short.setVisible(bool(found.short))
        if len(found.days) > 1:
            self.model.show_rows(list(_rows(found)))
            if self.several.chosen() is None:
                self.several.choose_first()

    # Booking

    def _room_chosen(self, space_id: int) -> None:
        if self._question is not None:
            self._book(space_id, self._question.starts_at)

    def _time_chosen(self, space_id: int, starts_at: datetime) -> None:
        self._book(space_id, starts_at)

    def _opened(self, row: object) -> None:
        """Book the room on all the days on which it fits."""
        if isinstance(row, RoomOverDays):
            starts = [fit.wanted.starts_at for fit in row.fits if fit.fits]
            if starts:
                self._book(row.space.id, *starts)

    def _book(self, space_id: int, starts_at: datetime, *more: datetime) -> None:
        asked = self._question
        if asked is not None:
            ends_at = starts_at + (asked.ends_at - asked.starts_at)
            with_it = self.form.wanted_equipment()
            wish = RoomWish(space_id, starts_at, ends_at, asked.heads, asked.layout, more, with_it)
            self.booking_wanted.emit(wish)

    # Laying out

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(px(10), px(8), px(10), px(8))
        head.setSpacing(px(8))
        head.addWidget(Button("Back to the plan", "arrow-left", on_click=self.closed.emit))
        head.addWidget(label("Find a room", "heading"))
        head.addStretch(1)
        head.addWidget(label("Enter books there", "quiet"))
        self._answers = QStackedWidget()
        self._answers.addWidget(self.one_day)
        self._answers.addWidget(self.several)
        asking = QWidget()
        asking.setMaximumWidth(px(760))
        within = QVBoxLayout(asking)
        within.setContentsMargins(px(16), 0, px(16), px(8))
        for part in (self.form, self.told, self.short):
            within.addWidget(part)
        self.told.hide()
        self.short.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(asking)
        column.addWidget(self._answers, 1)


def short_words(short: Sequence[ShortOn]) -> str:
    """Return on which days too little equipment is free, and how much there is."""
    told = [
        f"{short_day(one.day)}: {one.name}, {one.free} free of {one.wanted} wanted"
        for one in short[:NAMED]
    ]
    more = f" and {len(short) - NAMED} more days" if len(short) > NAMED else ""
    return f"Too little equipment. {'; '.join(told)}{more}." if told else ""


def missing_words(room: RoomOverDays) -> str:
    """Return "free on all 5 days", or on how many and what is wrong on the others."""
    count, missing = len(room.fits), room.missing
    if not missing:
        return f"free on all {count} days" if count > 2 else "free on both days"
    named = "; ".join(_missing(fit) for fit in missing[:NAMED])
    more = f"; and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    if len(missing) == count and len({fit.brief for fit in missing}) == 1:
        return missing[0].brief
    return f"free on {count - len(missing)} of {count}: not {named}{more}"


def _missing(fit: Fit) -> str:
    return f"{short_day(fit.wanted.starts_at.date())} ({fit.brief})"


def _rows(found: FoundRooms) -> Iterator[Row]:
    count = len(found.days)
    span = short_day(found.days[0]), short_day(found.days[-1])
    every = [room for room in found.rooms if room.works]
    some = [room for room in found.rooms if 0 < len(room.missing) < count]
    none = [room for room in found.rooms if len(room.missing) == count]
    titles = {0: "No room is free", 1: "1 room is free"}
    title = titles.get(len(every), f"{len(every)} rooms are free")
    yield Heading(f"{title} on all {count} days", f"{span[0]} to {span[1]}, best first")
    yield from every
    if some:
        yield Heading("On most of them", "and the days that are missing")
        yield from some
    if none:
        yield Heading("Others", "and what is wrong with them")
        yield from none


def _key(row: Row) -> object:
    return row.title if isinstance(row, Heading) else row.space.id


def _heading(row: Row) -> Heading | None:
    return row if isinstance(row, Heading) else None


def _name(row: Row) -> str:
    return row.title if isinstance(row, Heading) else row.space.name


def _words(row: Row) -> str:
    return missing_words(row) if isinstance(row, RoomOverDays) else ""


def _seats(row: Row) -> str:
    if isinstance(row, Heading) or row.fits[0].capacity is None:
        return ""
    return f"{row.fits[0].capacity} seats"


def _colour(row: Row) -> str | None:
    return "quiet" if isinstance(row, RoomOverDays) and not row.works else None


def _icon(row: Row) -> str:
    if isinstance(row, Heading):
        return ""
    if row.works:
        return "check"
    return "alert-triangle" if any(fit.fits for fit in row.fits) else "x"


def _when(row: Row) -> str:
    if isinstance(row, Heading):
        return ""
    wanted = row.fits[0].wanted
    return span_words(wanted.starts_at, wanted.ends_at)


COLUMNS: list[Column[Row]] = [
    Column("Room", _name, width=0, strong=True, second=_words, colour=_colour, icon=_icon),
    Column("Time", _when, width=110, quiet=True, give_up=1),
    Column("Seats", _seats, numeric=True, width=86, colour=_colour),
]
