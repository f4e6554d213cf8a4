"""How a tab is laid out: its bar, the work at the left, the inspector at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from lle_desk.qt.bar import Bar
from lle_desk.qt.settings import Settings
from lle_desk.qt.theme import px

NO_PICTURE = "-"  # a stop of the tour that only leads to the next


class Tab(QWidget):
    """A page of the window. A slice's tab inherits from it and fills it with `lay_out`.

    What the window looks for on a tab, all optional: `open_record(kind, record_id)`,
    `refresh()`, `keys() -> list[KeyLine]`, and the signals `record_asked(str, int)` (open
    what another tab owns) and `badge_changed(int)` (a number beside the tab's name). A tour asks
    for `tour_stops() -> list[tuple[str, Callable]]`: how each picture's file ends, and what to do
    before it.
    """

    def lay_out(
        self,
        bar: Bar | None,
        work: QWidget,
        inspector: QWidget | None = None,
        *,
        inspector_width: int = 372,
        grows: bool = False,
        foot: QWidget | None = None,
    ) -> None:
        """Put the bar on top, the work left, the inspector right and a legend at the foot.

        An inspector that `grows` takes a part of what a wider window has, until the officer pulls
        it to a width of their own.
        """
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if bar is not None:
            column.addWidget(bar)
        self.work = work
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(with_foot(work, foot) if foot is not None else work)
        if inspector is not None:
            self._splitter.addWidget(inspector)
            self._splitter.setStretchFactor(0, 3)
            self._splitter.setStretchFactor(1, 1 if grows else 0)
            wide = px(inspector_width)
            self._splitter.setSizes([px(1280) - wide, wide])
        column.addWidget(self._splitter, 1)

    def switch_side(self) -> None:
        """Move the keyboard from the work to the inspector, or back."""
        found = (self._splitter.widget(at) for at in range(self._splitter.count()))
        sides = [side for side in found if side is not None]
        here = self.focusWidget()
        at = next((n for n, side in enumerate(sides) if here and side.isAncestorOf(here)), 0)
        first = first_focus(sides[(at + 1) % len(sides)])
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def remember_split(self, settings: Settings, key: str) -> None:
        """Keep how wide this officer pulled the inspector."""
        self._split = (settings, f"split/{key}")
        wide = settings.number(self._split[1])
        if wide:
            self._splitter.setStretchFactor(1, 0)
            self._splitter.setSizes([px(1280) - px(wide), px(wide)])
        self._splitter.splitterMoved.connect(self._keep_split)

    def _keep_split(self) -> None:
        settings, key = self._split
        self._splitter.setStretchFactor(1, 0)
        settings.set_number(key, round(self._splitter.sizes()[-1] * 100 / px(100)))


def with_foot(work: QWidget, foot: QWidget) -> QWidget:
    """Return `work` with `foot` fixed below it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(work, 1)
    column.addWidget(foot)
    return holder


def focus_beside(inside: QWidget) -> QWidget | None:
    """Return where the keyboard goes when what has it goes away: the work of its tab."""
    above = inside.parentWidget()
    while above is not None and not isinstance(above, Tab):
        above = above.parentWidget()
    return first_focus(above) if above is not None else None


def first_focus(side: QWidget) -> QWidget | None:
    """Return the first widget of `side` that takes the keyboard; of a tab, of its work.

    A tab, or any side, may name it with `setFocusProxy`.
    """
    named = side.focusProxy()
    if named is not None:
        return first_focus(named) or named
    root = side.work if isinstance(side, Tab) else side
    one: QWidget | None = root
    while one is not None:
        inside = one is root or (root.isAncestorOf(one) and one.isVisibleTo(root))
        if inside and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return one
        one = one.nextInFocusChain()
        if one is root:
            break
    return None


def lay_side_by_side(page: QWidget, bar: Bar, left: QWidget, right: QWidget) -> None:
    """Fill a page with its bar on top, and below it what is typed beside how it is printed."""
    work = QHBoxLayout()
    work.setSpacing(0)
    work.addWidget(left, 1)
    work.addWidget(right, 1)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(bar)
    column.addLayout(work, 1)
