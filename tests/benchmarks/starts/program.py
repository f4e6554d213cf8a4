"""The program itself, on the tab that the officer left it on, saying when something is to be seen.

Run: program.py DATABASE TAB; with TAB "-" on the tab of a first start.
"""

import sys
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from lle_desk import __main__, first_window
from lle_desk.qt.settings import Settings


class Seen(QObject):
    """Says "painted" at the first paint of a window, "rows" at the first of a list with rows."""

    def __init__(self) -> None:
        super().__init__()
        self._told: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self._tell("painted")
            view = watched.parentWidget()
            if isinstance(view, QAbstractItemView) and view.model() and view.model().rowCount():
                self._tell("rows")
        return False

    def _tell(self, word: str) -> None:
        if word not in self._told:
            self._told.add(word)
            print(word, flush=True)


def main(url: str, tab: str) -> None:
    seen, made = Seen(), QApplication.__init__

    def watched(app: QApplication, *words: Any) -> None:
        made(app, *words)
        app.installEventFilter(seen)

    QApplication.__init__ = watched  # type: ignore[method-assign, assignment]
    if tab != "-":
        Settings(first_window.officer_of(url)).set_text("window/tab", tab)
    __main__.main(["--database", url])


main(sys.argv[1], sys.argv[2])
