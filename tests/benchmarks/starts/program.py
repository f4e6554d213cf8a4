"""The program itself, on the tab that the officer left it on, saying when something is to be seen.

Run: program.py DATABASE TAB; with TAB "-" on the tab of a first start.
"""

import sys

from lle_desk import app  # first, as the program itself: it imports SQLAlchemy before PySide6

from PySide6.QtCore import QEvent, QObject, QTimer  # isort: skip
from PySide6.QtWidgets import QAbstractItemView, QWidget  # isort: skip
from lle_desk.qt.settings import Settings  # isort: skip


class Seen(QObject):
    """Says "painted" after the first paint of the window, "rows" after the first of a list."""

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
            QTimer.singleShot(0, lambda: print(word, flush=True))


def main(url: str, tab: str) -> None:
    seen = Seen()
    made = app.make_application()
    if tab != "-":
        Settings(app.signed_in(url).officer).set_text("window/tab", tab)
    made.installEventFilter(seen)
    app.run(url)


main(sys.argv[1], sys.argv[2])
