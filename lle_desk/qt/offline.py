"""The strip below the tabs while the database is out of reach: it explains an empty screen."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import IconView
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

OFFLINE = (
    "The database is out of reach. A screen that was open shows what it last read; one that was"
    " not stays empty until the database is back. It is tried again by itself."
)


class OfflineStrip(QFrame):
    """One sentence over every tab while nothing can be read; gone when the database is back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("ground", "head")
        self.setProperty("line", "below")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(6), px(12), px(6))
        row.setSpacing(px(8))
        row.addWidget(IconView("alert-triangle", 16, "refusal"))
        self.words = label(OFFLINE, "refusal", wrap=True)
        row.addWidget(self.words, 1)
        self.setVisible(False)
        desk.live_changed.connect(self._show_live)

    def _show_live(self, is_live: bool, _words: str) -> None:
        self.setVisible(not is_live)
