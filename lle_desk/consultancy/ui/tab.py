"""The Services tab: a switch on top, and below it the view that is chosen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from lle_desk.consultancy.ui.views import VIEWS, ViewSpec
from lle_desk.qt.bar import Bar
from lle_desk.qt.desk import Desk
from lle_desk.qt.keys import KeyLine
from lle_desk.qt.tab import NO_PICTURE


class ServicesTab(QWidget):
    """Consultancy, agreements and what else the services sell, one view at a time.

    Signals:
        record_asked: open what another tab owns. str, int: kind and id.
    """

    record_asked = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._views: dict[str, QWidget] = {}
        self.bar = Bar()
        chosen = desk.settings.text("services/view", VIEWS[0].key)
        chosen = chosen if chosen in {spec.key for spec in VIEWS} else VIEWS[0].key
        self.switch = self.bar.segments(
            [(spec.key, spec.title) for spec in VIEWS], chosen, accessible="Services"
        )
        self.switch.chosen.connect(self.show_view)
        self.bar.stretch()
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(holder, 1)
        self.show_view(chosen)

    @property
    def view(self) -> QWidget | None:
        """The view that is shown."""
        return self._stack.currentWidget()

    def show_view(self, key: str) -> QWidget:
        """Show a view, made at its first showing."""
        if key not in self._views:
            spec = next(spec for spec in VIEWS if spec.key == key)
            self._views[key] = self._made(spec)
        view, before = self._views[key], self.view
        held = QApplication.focusWidget()
        had_keys = before is not None and held is not None and before.isAncestorOf(held)
        self.switch.choose(key)
        self._desk.settings.set_text("services/view", key)
        self._stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        if had_keys:
            view.setFocus()  # else they go to whatever stands first in its bar
        return view

    def open_record(self, kind: str, record_id: int) -> None:
        """Show a record in the view that opens its kind."""
        spec = next((spec for spec in VIEWS if kind in spec.kinds), None)
        if spec is not None:
            self._ask(self.show_view(spec.key), "open_record", kind, record_id)

    def refresh(self) -> None:
        """Read again what is shown."""
        self._ask(self.view, "refresh")

    def keys(self) -> list[KeyLine]:
        """Return the keys of the view that is shown."""
        found = self._ask(self.view, "keys")
        return list(found or [])

    def tour_stops(self) -> list[tuple[str, Callable[[], object]]]:
        """Return what the tour takes pictures of: every view."""
        stops: list[tuple[str, Callable[[], object]]] = []
        for spec in VIEWS:
            view = self.show_view(spec.key)
            # Shown and read first; what is done with it finds its rows there.
            stops.append((NO_PICTURE, partial(self.show_view, spec.key)))
            stops += self._ask(view, "tour_stops") or []
        return stops

    def _made(self, spec: ViewSpec) -> QWidget:
        view = spec.make(self._desk)
        asked = getattr(view, "record_asked", None)
        if asked is not None:
            asked.connect(self.record_asked)
        self._stack.addWidget(view)
        return view

    def _ask(self, view: QWidget | None, name: str, *values: Any) -> Any:
        asked = getattr(view, name, None)
        return asked(*values) if asked is not None else None
