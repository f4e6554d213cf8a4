"""PySide6 6.12.0 kills Python before 3.12: methods that return None drop a reference to it."""

import sys

from PySide6.QtGui import QFont, QImage, QPainter

CALLS = 100_000


def test_painting_keeps_the_references_of_none(qapp: object) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    font = QFont()
    before = sys.getrefcount(None)
    for _ in range(CALLS // 2):
        font.setPointSize(9)
        painter.drawPoint(1, 1)
    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < 100
