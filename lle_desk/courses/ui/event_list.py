"""The list of events: one line each, grouped by week, with places and what each needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from lle_desk.core.days import LONG_MONTHS, short_day, span_words
from lle_desk.courses.queries import EventRow
from lle_desk.courses.rules import EventState, counted
from lle_desk.courses.ui.words import NEED_KINDS
from lle_desk.qt.chips import BadgeText, CapacityBar, Places
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.settings import Settings
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, Heading, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import short_label

SERVICE_COLOURS = {  # told apart by those who see red and green alike as well
    "GOV": "#D55E00",
    "LPDS": "#0072B2",
    "NQT": "#56B4E9",
    "QCI": "#009E73",
    "IDSS": "#CC79A7",
    "MUS": "#B8860B",
    "ITT": "#7B5EA7",
    "OUT": "#4E7F3A",
    "LTA": "#A0522D",
    "SHR": "#5A6A80",
    "WDL": "#8A94A3",
}
OTHER_COLOUR = "#8A94A3"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: an event, or the heading of a week when `event` is None."""

    week: date  # its Monday
    event: EventRow | None = None
    is_first_of_day: bool = True
    heading: Heading | None = None


class EventList(QFrame):
    """The events of the days shown.

    Signals:
        event_chosen: the selection moved. int: the event's id, 0 for none.
        event_opened: Enter or a double click. int: the event's id.
    """

    event_chosen = Signal(int)
    event_opened = Signal(int)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.model: RowTableModel[Line] = RowTableModel(
            COLUMNS, key=_key, parent=self, heading=lambda line: line.heading
        )
        self.table = Table(self.model, name="Events")
        self.table.let_choose_several()  # letters go to all that are chosen
        self.table.remember(settings, "events")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_opened)

    def show_events(self, rows: Sequence[EventRow], today: date) -> None:
        """Show these events under their weeks, in their order."""
        self.model.show_rows(lines_of(rows, today))

    def show_empty(self, empty: EmptyState) -> None:
        """Say this when there is no event."""
        self.table.show_empty(empty)

    def choose(self, event_id: int) -> bool:
        """Choose an event; return whether it is in the list."""
        return self.table.choose(("event", event_id))

    @property
    def chosen_id(self) -> int:
        """The event that is chosen, 0 for none."""
        line = self.table.chosen()
        return line.event.id if line is not None and line.event is not None else 0

    @property
    def chosen_ids(self) -> tuple[int, ...]:
        """All events that are chosen, from the top."""
        lines = self.table.chosen_rows()
        return tuple(line.event.id for line in lines if line.event is not None)

    def _on_chosen(self, line: Line | None) -> None:
        self.event_chosen.emit(line.event.id if line is not None and line.event else 0)

    def _on_opened(self, line: Line) -> None:
        if line.event is not None:
            self.event_opened.emit(line.event.id)


class Legend(QFrame):
    """What the bars mean, and how many events are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "head")
        self.setProperty("line", "above")
        self.setFixedHeight(px(28))
        line = QHBoxLayout(self)
        line.setContentsMargins(px(12), 0, px(12), 0)
        line.setSpacing(px(6))
        samples = (
            (Places(3, 0, 4), "booked"),
            (Places(1, 0, 4, 2), "booked, below the minimum (the mark)"),
            (Places(2, 1, 4), "and waiting"),
        )
        for places, words in samples:
            bar = CapacityBar(places)
            bar.setFixedWidth(px(58 if places.waiting else 36))
            line.addWidget(bar)
            line.addWidget(short_label(words, "small"))
            line.addSpacing(px(10))
        line.addStretch(1)
        self._count = short_label("", "small")
        line.addWidget(self._count)

    def show_count(self, count: int) -> None:
        """Say how many events there are."""
        self._count.set(f"{counted(count, 'event')} · Enter opens · F1 keys")


def lines_of(rows: Sequence[EventRow], today: date) -> list[Line]:
    """Return the events with a heading line before each week."""
    lines: list[Line] = []
    for week, group in groupby(rows, _week):
        events = list(group)
        lines.append(Line(week, heading=week_heading(week, events, today)))
        before: date | None = None
        for event in events:
            day = event.shown.starts_at.date() if event.shown else None
            lines.append(Line(week, event, is_first_of_day=day != before))
            before = day
    return lines


def week_heading(monday: date, events: Sequence[EventRow], today: date) -> Heading:
    """Return "Next week", its days, and how full its events are."""
    if monday == date.max:
        return Heading("No day yet", right=counted(len(events), "event"))
    friday = monday + timedelta(days=4)
    weeks = (monday - (today - timedelta(days=today.weekday()))).days // 7
    month = LONG_MONTHS[monday.month - 1]
    title = {0: "This week", 1: "Next week", -1: "Last week"}.get(
        weeks, f"Week of {monday.day} {month}"
    )
    first = f"{monday.day}" if monday.month == friday.month else f"{monday.day} {month}"
    days = f"{first} to {friday.day} {LONG_MONTHS[friday.month - 1]}"
    runs = [event for event in events if event.state != EventState.CANCELLED]
    held, capacity = sum(e.held for e in runs), sum(e.capacity for e in runs)
    return Heading(
        title, days, f"{counted(len(events), 'event')} · {held:,} of {capacity:,} places booked"
    )


def _week(event: EventRow) -> date:
    if event.shown is None:
        return date.max
    day = event.shown.starts_at.date()
    return day - timedelta(days=day.weekday())


def _key(line: Line) -> object:
    return ("event", line.event.id) if line.event else ("week", line.week)


def _day(line: Line) -> str:
    event = line.event
    return short_day(event.shown.starts_at.date()) if event and event.shown else "no day"


def _times(line: Line) -> str:
    event = line.event
    return span_words(event.shown.starts_at, event.shown.ends_at) if event and event.shown else ""


def _service(line: Line) -> str:
    return line.event.service_code if line.event else ""


def _square(line: Line) -> str:
    return SERVICE_COLOURS.get(_service(line), OTHER_COLOUR)


def _title(line: Line) -> str:
    return line.event.long_title if line.event else ""


def _title_tip(line: Line) -> str:
    return f"{line.event.long_title}, {line.event.code}" if line.event else ""


def _venue(line: Line) -> str:
    return line.event.shown.venue if line.event and line.event.shown else "–"


def _venue_colour(line: Line) -> str | None:
    shown = line.event.shown if line.event else None
    return "refusal" if shown is not None and not shown.is_placed else None


def _trainer(line: Line) -> str:
    shown = line.event.shown if line.event else None
    return shown.trainer_words or "Not yet named" if shown else "–"


def _trainer_colour(line: Line) -> str | None:
    shown = line.event.shown if line.event else None
    return "quiet" if shown is not None and not shown.trainer_words else None


def places_of_event(event: EventRow) -> Places:
    """Return the bar of an event."""
    return Places(event.held, event.waiting, event.capacity, event.minimum)


def _places(line: Line) -> Places | None:
    return places_of_event(line.event) if line.event else None


def _places_words(line: Line) -> str:
    places = _places(line)
    return places.words() if places else ""


def _needs(line: Line) -> list[BadgeText]:
    if line.event is None:
        return []
    return [BadgeText(n.words, NEED_KINDS[n.kind], n.icon) for n in line.event.needs]


def _needs_words(line: Line) -> str:
    return ", ".join(need.words for need in line.event.needs) if line.event else ""


def _day_colour(line: Line) -> str | None:
    return None if line.is_first_of_day else "quiet"


COLUMNS: list[Column[Line]] = [
    Column("Date", _day, width=98, strong=lambda line: line.is_first_of_day, colour=_day_colour),
    Column("Time", _times, width=94),
    Column("Service", _service, width=72, square=_square, give_up=2),
    Column("Event", _title, width=0, strong=True, tip=_title_tip),
    Column("Room or venue", _venue, width=104, colour=_venue_colour, tip=_venue, give_up=1),
    Column("Trainer", _trainer, width=136, colour=_trainer_colour, tip=_trainer, give_up=3),
    Column("Booked of capacity", _places_words, width=158, places=_places, tip=_places_words),
    Column("Needs you", _needs_words, width=150, badges=_needs, tip=_needs_words),
]
