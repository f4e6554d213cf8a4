"""Icons of one set, tinted by the palette."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLineEdit

from lle_desk.core.paths import resources
from lle_desk.qt.theme import colour

BOX = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-width="1.75"><rect x="4" y="4" width="16" height="16"/></svg>'
)


def leading_icon(line: QLineEdit, name: str) -> QAction:
    """Put a quiet icon before the words of a line and return it, to be tinted again.

    The line is its parent from the beginning: one that `addAction` makes by itself was seen to
    be deleted under a living line.
    """
    made = QAction(icon(name, "quiet"), "", line)
    line.addAction(made, QLineEdit.ActionPosition.LeadingPosition)
    return made


def icon(name: str, colour_name: str = "words") -> QIcon:
    """Return the icon `resources/icons/<name>.svg` in that token's colour.

    It keeps its colour: what lives through a change of light and dark paints with
    `paint_icon`, or asks again at `theme().changed`.
    """
    made = QIcon()
    for size in (16, 20, 24):
        for ratio in (1.0, 1.5, 2.0):
            made.addPixmap(pixmap(name, size, colour_name, ratio))
            made.addPixmap(pixmap(name, size, "quiet", ratio), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, size: int = 16, colour_name: str = "words", ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture `size` pixels wide, `ratio` times as fine.

    For painters the colour may also be given as #RRGGBB.
    """
    shade = colour_name if colour_name.startswith("#") else colour(colour_name).name()
    return _pixmap(name, size, shade, ratio)


def paint_icon(painter: QPainter, rect: QRect, name: str, colour_name: str = "words") -> None:
    """Draw the icon in the middle of `rect`, as large as its shorter side."""
    side = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatioF()
    left = rect.left() + (rect.width() - side) // 2
    top = rect.top() + (rect.height() - side) // 2
    painter.drawPixmap(left, top, pixmap(name, side, colour_name, ratio))


def is_there(name: str) -> bool:
    """Return whether the set has this icon. Tests ask; on screen a box stands for a missing one."""
    return (resources() / "icons" / f"{name}.svg").is_file()


@lru_cache(maxsize=1024)
def _pixmap(name: str, size: int, hex_colour: str, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(size, size) * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    drawing = _svg(name).replace("currentColor", hex_colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    path = resources() / "icons" / f"{name}.svg"
    return path.read_text(encoding="utf-8") if path.is_file() else BOX
