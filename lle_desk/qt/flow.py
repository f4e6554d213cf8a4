"""Widgets side by side that go on in the next line when there is no more room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lle_desk.qt.theme import px

GAP = 6


def flow(sizes: Sequence[QSize], width: int, gap: int, line_gap: int) -> list[QRect]:
    """Return where things of these sizes stand within `width`; a line is as high as its highest."""
    places: list[QRect] = []
    line: list[int] = []  # the places of the line being filled
    left = top = 0
    for at, size in enumerate(sizes):
        if line and left + size.width() > width:
            top += max(sizes[one].height() for one in line) + line_gap
            left, line = 0, []
        places.append(QRect(QPoint(left, top), size))
        line.append(at)
        left += size.width() + gap
    return places


class Flow(QWidget):
    """A row of widgets that wraps."""

    def __init__(self, widgets: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget) -> None:
        """Put `widget` at the end."""
        widget.setParent(self)
        self._widgets.append(widget)
        widget.show()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def sizeHint(self) -> QSize:
        sizes = [one.sizeHint() for one in self._shown()]
        wide = sum(size.width() for size in sizes) + px(GAP) * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        sizes = [_least(one) for one in self._shown()]
        widest = max((size.width() for size in sizes), default=0)
        return QSize(widest, max((size.height() for size in sizes), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [one for one in self._widgets if not one.isHidden()]

    def _places(self, width: int) -> list[QRect]:
        sizes = [_fitted(one, width) for one in self._shown()]
        return flow(sizes, width, px(GAP), px(GAP))

    def _place(self) -> None:
        for widget, place in zip(self._shown(), self._places(self.width()), strict=True):
            widget.setGeometry(place)


def _least(one: QWidget) -> QSize:
    """Return how small `one` may be: what does not shrink keeps the size it wants."""
    policy = one.sizePolicy().horizontalPolicy()
    may_shrink = policy.value & QSizePolicy.PolicyFlag.ShrinkFlag.value
    return one.minimumSizeHint() if may_shrink else one.sizeHint()


def _fitted(one: QWidget, width: int) -> QSize:
    """Return the size `one` wants, or less where it is wider than the whole row."""
    wanted = one.sizeHint()
    return QSize(max(min(wanted.width(), width), _least(one).width()), wanted.height())
