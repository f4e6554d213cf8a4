"""The panel at the right: what is selected, read at a glance and edited in place."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QVBoxLayout, QWidget

from lle_desk.qt.buttons import Button
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.leave_question import LeaveQuestion
from lle_desk.qt.page import Page
from lle_desk.qt.tab import first_focus, focus_beside
from lle_desk.qt.theme import px, theme

__all__ = ["WIDTH", "Inspector", "Page"]

WIDTH = 372
T = TypeVar("T")


class Inspector(QFrame):
    """The right-hand panel of a tab. It holds one page, or says what would be here.

    Signals:
        saved: the page is to be saved (Ctrl+Enter or its Save button).
        left: the officer leaves the page (Esc, Cancel or ×), and agreed if something was typed.
    """

    saved = Signal()
    left = Signal()

    def __init__(self, name: str = "Details") -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setProperty("line", "left")
        self.setAccessibleName(name)
        self.setMinimumWidth(px(320))
        self._key: object = None
        self._page: Page | None = None
        self._empty: EmptyState | None = None
        self._asking: LeaveQuestion | None = None
        self._turn = 0  # counts what was opened or asked for
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        theme().changed.connect(self.updateGeometry)

    @property
    def page(self) -> Page | None:
        """The page shown, or None."""
        return self._page

    @property
    def key(self) -> object:
        """What was given with the page: which record it is."""
        return self._key

    def show_page(self, page: Page, key: object = None) -> None:
        """Show `page`. The same `key` again keeps the place that was scrolled to.

        Who came to it from a page that only shows stays on this side; who saved goes to the list.
        """
        held = self._held()
        if key is None or key != self._key:
            self._turn += 1  # else it is the same one, read again
        place = self._page.scroll_place() if self._page is not None and key == self._key else 0
        self._clear()
        self._page, self._key = page, key
        page.saved.connect(self.saved)
        page.left.connect(self.leave)
        self._column.addWidget(page)
        page.show()  # now, and not when the layout next looks: the first key may come at once
        if place:
            page.scroll_back(place)
        if held is not None:
            found = page.findChildren(type(held))
            alike = (one for one in found if one.isVisibleTo(page) and _is_alike(one, held))
            (next(alike, None) or first_focus(page) or self).setFocus()

    def _held(self) -> QWidget | None:
        """Return what has the keyboard on a page that only shows."""
        here = QApplication.focusWidget()
        shows = self._page is not None and not self._page.has_forms
        return here if here is not None and shows and self.isAncestorOf(here) else None

    def show_empty(self, sentence: str, button: Button | None = None, icon: str = "") -> None:
        """Say what would be here, with the first step."""
        self._turn += 1
        self._clear()
        self._empty = EmptyState(sentence, button, icon)
        self._column.addWidget(self._empty)
        self._empty.show()

    def is_typed(self) -> bool:
        """Return whether leaving would lose something, were it what follows from a save."""
        page = self._page
        return page is not None and (page.is_busy or page.is_typed())

    @property
    def is_busy(self) -> bool:
        """Whether what is typed is being saved and the answer is not known yet."""
        return self._page is not None and self._page.is_busy

    def awaited(self, show: Callable[[T], object]) -> Callable[[T], None]:
        """Return `show` for an answer that may come late.

        It is not called when the officer opened, asked for or typed something else meanwhile.
        """
        turn = self.go_on()

        def answer(found: T) -> None:
            if turn == self._turn and not self.is_typed():
                show(found)

        return answer

    def go_on(self) -> int:
        """Let what was asked for before come too late; return the turn."""
        self._turn += 1
        return self._turn

    def may_show(self, again: Callable[[], object]) -> bool:
        """Return whether nothing typed is in the way of another page.

        While it is being saved, `again` follows as soon as it is.
        """
        if self._page is not None and self._page.is_busy:
            self._page.next = again
        return not self.is_typed()

    def make_way(self, go: Callable[[], object]) -> None:
        """Call `go` when nothing typed is in the way: now, once it is saved, or once it is left."""
        if self.may_show(go):
            go()
        elif self._page is not None and not self._page.is_busy:
            self._page.next = go
            self.leave()

    def settle(self) -> bool:
        """Know that what was typed is saved; return whether something else was asked for since.

        That is shown now, in place of what was saved.
        """
        page = self._page
        if page is None:
            return False
        page.settle()
        then, page.next = page.next, None
        if then is not None:
            then()
        return then is not None

    def busy(self, busy: bool) -> None:
        """Keep Save from being pressed twice."""
        if self._page is not None:
            self._page.show_busy(busy)

    def leave(self) -> None:
        """Leave the page; if something was typed, ask first, here and not in a dialog.

        What is being saved cannot be left: it goes by itself, or comes back with a refusal.
        """
        if self._page is None or self._page.is_busy or self._asking is not None:
            return
        if not self._page.is_typed():
            self.left.emit()
            return
        self._asking = LeaveQuestion(self)
        self._asking.answered.connect(self._on_answered)
        self._column.addWidget(self._asking)
        self._asking.show()
        self._asking.stay.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Take Esc before any button of the window that has it as its key."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self._page is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _on_answered(self, leave: bool) -> None:
        self._forget_question()
        page = self._page
        if page is None or page.is_busy:
            return  # it is being saved since the question was asked
        then, page.next = page.next, None
        if not leave:
            page.focus_first()
            return
        self.left.emit()
        if then is not None:
            then()

    def _forget_question(self) -> None:
        if self._asking is not None:
            self._asking.hide()
            self._asking.deleteLater()
            self._asking = None

    def _clear(self) -> None:
        here = QApplication.focusWidget()
        work = focus_beside(self) if here is not None and self.isAncestorOf(here) else None
        if work is not None:
            work.setFocus()  # else Qt gives the keyboard to whatever stands next in the window
        self._forget_question()
        for old in (self._page, self._empty):
            if old is not None:
                old.hide()
                self._column.removeWidget(old)
                old.deleteLater()
        self._page = self._empty = self._key = None


def _is_alike(one: QWidget, held: QWidget) -> bool:
    return one.isEnabled() and _name_of(one) == _name_of(held)


def _name_of(one: QWidget) -> str:
    return one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")
