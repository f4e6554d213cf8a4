"""Keeping a screen up to date: at once while it is seen, else when it is next shown."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from lle_desk.qt.desk import Desk


class Refresher(QObject):
    """Calls `reload` when one of `tables` changed while `widget` is visible.

    While it is hidden it only notes that it is stale, and reloads when it is shown; the
    first showing loads as well.
    """

    def __init__(
        self,
        widget: QWidget,
        desk: Desk,
        tables: Iterable[str],
        reload: Callable[[], object],
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._tables = frozenset(tables)
        self._reload = reload
        self._stale = True
        widget.installEventFilter(self)
        desk.changed.connect(self._on_changed)
        desk.live_changed.connect(self._on_live)

    def look_again(self) -> None:
        """Reload now, or when next shown."""
        self._stale = not self._widget.isVisible()
        if not self._stale:
            self._reload()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._stale:
            self._stale = False
            self._reload()
        return False

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self._tables & tables:
            self.look_again()

    def _on_live(self, live: bool, _words: str) -> None:
        if live:
            self.look_again()
