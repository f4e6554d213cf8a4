"""The row of filters above the list of all delegates."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal

from lle_desk.courses.queries import ServiceHit
from lle_desk.courses.queries.delegate_columns import LAST_DAY, STATES, DelegateAsk
from lle_desk.courses.rules import PlaceState
from lle_desk.qt.bar import Bar
from lle_desk.qt.fields import ChoiceBox
from lle_desk.qt.theme import px
from lle_desk.qt.words import name, tip
from lle_desk.rooms.rules.school_terms import school_year_words, year_of

PAUSE_MS = 120
ALL_YEARS = "All years"
TERMS = [
    ("Whole year", 901, 831),
    ("Autumn", 901, 1231),
    ("Spring", 101, 430),
    ("Summer", 501, 831),
]
VENUES: list[tuple[str, bool | None]] = [
    ("Anywhere", None),
    ("Woodlands", False),
    ("Outside venue", True),
]
STATE_WORDS = {
    PlaceState.BOOKED: "Booked",
    PlaceState.WAITING: "Waiting",
    PlaceState.ATTENDED: "Attended",
    PlaceState.ABSENT: "Did not attend",
    PlaceState.CANCELLED: "Cancelled",
}


class DelegatesBar(Bar):
    """Which delegates are listed.

    Signals:
        changed: a filter was changed, or typing has paused.
    """

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.typed = self.search("Delegate, school, course or event")
        self.typed.setMinimumWidth(0)
        self.typed.setFixedWidth(px(252))
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.changed)
        self.typed.textChanged.connect(self._pause.start)
        self._years = [year_of(today)]
        self._services: list[int | None] = [None]
        self._event_id: int | None = None
        self.year = self._box("School year", [school_year_words(self._years[0]), ALL_YEARS], 104)
        self.term = self._box("Term", [words for words, _first, _last in TERMS], 114)
        self.service = self._box("Service", ["All services"], 146)
        states = [STATE_WORDS[state] for state in STATES]
        self.state = self._box("Status", ["Any status", *states], 132)
        self.venue = self._box("Venue", [words for words, _kind in VENUES], 126)
        self.event_chip = self.chip("This event")
        self.event_chip.hide()
        self.event_chip.toggled.connect(self._event_let_go)
        self.stretch()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but years and terms leaves places out."""
        boxes = (self.service, self.state, self.venue)
        chosen = any(box.currentIndex() > 0 for box in boxes)
        return chosen or bool(self.typed.text().strip()) or self._event_id is not None

    def ask(self, sort: str, descending: bool) -> DelegateAsk:
        """Return what is asked for, sorted so."""
        first, last = self._span()
        at = self.state.currentIndex()
        return DelegateAsk(
            first=first,
            last=last,
            words=self.typed.text().strip(),
            service_id=self._services[max(0, self.service.currentIndex())],
            state=str(STATES[at - 1]) if at > 0 else "",
            outside=VENUES[max(0, self.venue.currentIndex())][1],
            event_id=self._event_id,
            sort=sort,
            descending=descending,
        )

    def show_services(self, known: Sequence[ServiceHit]) -> None:
        """Offer these services; the chosen one stays."""
        before = self._services[max(0, self.service.currentIndex())]
        self._services = [None, *(one.id for one in known)]
        self.service.clear()
        self.service.addItems(["All services", *(f"{one.code}  {one.name}" for one in known)])
        at = self._services.index(before) if before in self._services else 0
        self.service.setCurrentIndex(at)

    def show_years(self, years: Sequence[int]) -> None:
        """Offer these school years, the newest first; the chosen one stays."""
        at = self.year.currentIndex()
        before = self._years[at] if at < len(self._years) else None
        self._years = sorted({*years, *([before] if before is not None else [])}, reverse=True)
        self.year.clear()
        self.year.addItems([*(school_year_words(year) for year in self._years), ALL_YEARS])
        at = len(self._years) if before is None else self._years.index(before)
        self.year.setCurrentIndex(at)

    def keep_event(self, event_id: int, code: str) -> None:
        """Keep the places of one event, until its chip is let go."""
        self._event_id = event_id
        self.event_chip.setText(f"{code} only")
        self.event_chip.setChecked(True)
        self.event_chip.show()
        self.changed.emit()

    @property
    def keeps_event(self) -> bool:
        """Whether only one event is listed."""
        return self._event_id is not None

    def let_event_go(self) -> None:
        """List all events again."""
        self.event_chip.setChecked(False)

    def _event_let_go(self, on: bool) -> None:
        if not on and self._event_id is not None:
            self._event_id = None
            self.event_chip.hide()
            self.changed.emit()

    def _span(self) -> tuple[int, int]:
        at = self.year.currentIndex()
        is_all = at >= len(self._years)
        self.term.setEnabled(not is_all)
        if is_all:
            return 0, LAST_DAY
        year = self._years[at]
        _words, first, last = TERMS[max(0, self.term.currentIndex())]
        return _day(year, first), _day(year, last)

    def _box(self, what: str, choices: Sequence[str], wide: int) -> ChoiceBox:
        box = ChoiceBox()
        box.addItems(list(choices))
        box.setFixedWidth(px(wide))
        name(box, what)
        tip(box, f"{what} of the delegates shown")
        box.activated.connect(self._on_box)
        self.add(box)
        return box

    def _on_box(self, _at: int) -> None:
        self.changed.emit()


def _day(year: int, month_day: int) -> int:
    """Return a day of the school year that began in September of `year`: 20140430."""
    return (year + (month_day < 901)) * 10_000 + month_day
