"""The first thing on the screen: the window's frame in its place, while the rest is loaded.

Loading SQLAlchemy and the screens takes several times as long as showing an empty window, so
nothing of them is imported here. The real window takes this one's place.
"""

import os
import re
import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from lle_desk.qt.settings import Settings
from lle_desk.qt.tokens import DARK, LIGHT

SIZE = (1600, 960)
BAR = 44
PAINT_WAIT_S = 0.5
_keep: list[QObject] = []  # Qt keeps neither
OVERLAP_MS = 60  # both are there for so long, so that nothing behind shines through


class FirstWindow(QWidget):
    """An empty frame with the program's name, where the officer left the window."""

    def __init__(self, officer: str) -> None:
        super().__init__()
        self.is_painted = self.is_written = False
        self.setWindowTitle("LLE Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        settings = Settings(officer)
        kept = settings.text("look/scheme", "system")
        system_is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        is_dark = system_is_dark if kept == "system" else kept == "dark"
        self._tokens = DARK if is_dark else LIGHT
        place = settings.data("window/geometry")
        if place.isEmpty() or not self.restoreGeometry(place):
            room = self.screen().availableSize()
            self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._tokens.window))
        painter.fillRect(0, 0, self.width(), BAR, QColor(self._tokens.surface))
        if not self.is_painted:
            self.is_painted = True
            return  # the first letter loads the fonts: the frame need not wait for them
        self.is_written = True
        painter.setPen(QColor(self._tokens.words))
        painter.drawText(16, BAR // 2 + 5, "LLE Desk")
        painter.setPen(QColor(self._tokens.quiet))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Opening the database …")


def show_first_window(database_url: str) -> None:
    """Make the application and show the frame; it is painted when this returns."""
    app = QApplication(["lle-desk"])
    _keep.append(app)
    app.setApplicationName("LLE Desk")
    app.setApplicationDisplayName("LLE Desk")
    app.setDesktopFileName("lle-desk")
    window = FirstWindow(officer_of(database_url))
    window.show()
    give_up_at = time.monotonic() + PAINT_WAIT_S
    while not window.is_written and time.monotonic() < give_up_at:
        if window.is_painted:
            window.update()
        app.processEvents()
    _keep.append(window)


def officer_of(database_url: str) -> str:
    """Return who works here: the login on PostgreSQL, else the one of this PC."""
    login = re.match(r"postgresql[^:]*://([^:@/]+)[^@/]*@", database_url)
    if login:
        return login[1]
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):  # as getpass, which takes 4 ms to load
        if os.environ.get(name):
            return os.environ[name]
    import getpass

    return getpass.getuser()


def give_way(shown: list[QObject] = _keep) -> None:
    """Close the first window, if there is one, now that the real one is shown."""
    for window in shown:
        if isinstance(window, FirstWindow):
            QTimer.singleShot(OVERLAP_MS, window.close)
    shown.clear()
