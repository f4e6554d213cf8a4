"""The second row above the programme: list or calendar, and whose events, how far, and where."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from lle_desk.courses.queries import ServiceHit
from lle_desk.courses.queries.events import HERE, OUTSIDE
from lle_desk.courses.rules import EventState
from lle_desk.qt.bar import Bar
from lle_desk.qt.fields import ChoiceBox
from lle_desk.qt.settings import Settings
from lle_desk.qt.theme import px
from lle_desk.qt.words import name, tip

VIEWS = [("list", "List"), ("month", "Month"), ("term", "Term")]
STEPS = {"list": "weeks4", "month": "month", "term": "term"}
PLACES = [(HERE, "Woodlands"), (OUTSIDE, "Outside venue")]


class ProgrammeFilters(Bar):
    """Which view, and which events it keeps. What was chosen is there again next time.

    Signals:
        changed: a filter was changed.
        view_chosen: str: "list", "month" or "term".
    """

    changed = Signal()
    view_chosen = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        view = settings.text("courses/view")
        self.views = self.segments(
            VIEWS, view if view in STEPS else "list", accessible="List or calendar"
        )
        self.views.chosen.connect(self._on_view)
        self.gap()
        self.service, self._services = ChoiceBox(), list[int | None]([None])
        self.state, self._states = ChoiceBox(), ["", *(str(state) for state in EventState)]
        self.venue, self._venues = ChoiceBox(), ["", *(key for key, _words in PLACES)]
        self._add(self.service, "Service", ["All services"], 150)
        states = (state.value.capitalize() for state in EventState)
        self._add(self.state, "Status", ["Any status", *states], 150)
        self._add(self.venue, "Venue", ["Anywhere", *(words for _key, words in PLACES)], 130)

    @property
    def view(self) -> str:
        """The chosen view."""
        return str(self.views.choice)

    @property
    def service_id(self) -> int | None:
        """The service to keep, None for all."""
        at = self.service.currentIndex()
        return self._services[at] if 0 <= at < len(self._services) else None

    @property
    def state_kept(self) -> str:
        """The state to keep, "" for all."""
        return self._states[max(0, self.state.currentIndex())]

    @property
    def venue_kept(self) -> str:
        """Where events are to be, "" for anywhere."""
        return self._venues[max(0, self.venue.currentIndex())]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.service_id or self.state_kept or self.venue_kept)

    def choose_view(self, view: str) -> None:
        """Show another view, as if it had been clicked."""
        self.views.choose(view)
        self._on_view(view)

    def show_all(self) -> None:
        """Leave nothing out."""
        for box in (self.service, self.state, self.venue):
            box.setCurrentIndex(0)
        self.changed.emit()

    def show_services(self, known: Sequence[ServiceHit]) -> None:
        """Offer these services; the chosen one stays."""
        before = self.service_id
        self._services = [None, *(one.id for one in known)]
        self.service.clear()
        self.service.addItems(["All services", *(f"{one.code}  {one.name}" for one in known)])
        self.service.setCurrentIndex(
            self._services.index(before) if before in self._services else 0
        )

    def _add(self, box: ChoiceBox, what: str, choices: Sequence[str], wide: int) -> None:
        box.addItems(list(choices))
        box.setFixedWidth(px(wide))
        name(box, what)
        tip(box, f"{what} of the events shown")
        box.activated.connect(self._on_filter)
        self.add(box)

    def _on_view(self, view: str) -> None:
        self._settings.set_text("courses/view", view)
        self.view_chosen.emit(view)

    def _on_filter(self, _at: int) -> None:
        self.changed.emit()
