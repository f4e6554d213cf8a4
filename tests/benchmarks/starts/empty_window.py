"""An empty window of PySide6 alone."""

import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        print("painted", flush=True)


app = QApplication(sys.argv[:1])
window = Window()
window.resize(1600, 960)
window.show()
app.exec()
