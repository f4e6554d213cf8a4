"""The panel at the right: what is selected, read at a glance and edited in place."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lle_desk.core.errors import OfficerError
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import Badge
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.flow import Flow
from lle_desk.qt.form import Form
from lle_desk.qt.section import Section
from lle_desk.qt.tab import first_focus, focus_beside
from lle_desk.qt.theme import px, theme
from lle_desk.qt.words import label, short_label

WIDTH = 372


class Page(QFrame):
    """One record in the inspector: header, scrolling sections, and a fixed foot to save.

    Signals:
        saved: Save was pressed, or Ctrl+Enter.
        left: Cancel or × was pressed, or Esc; nothing is asked yet.
    """

    saved = Signal()
    left = Signal()

    def __init__(
        self,
        title: str,
        *,
        code: str = "",
        lines: Sequence[str] = (),
        badges: Sequence[Badge] = (),
        actions: Sequence[Button] = (),
    ) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAccessibleName(title)
        self._forms: list[Form] = []
        self._save: Button | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll, self._body = _scrolling_body()
        self._column.addWidget(self._scroll, 1)
        self._body.addWidget(self._header(title, code, lines, badges, actions))
        self._body.addStretch(1)

    def section(self, title: str = "", note: str = "", link: Button | None = None) -> Section:
        """Add a section and return it, to be filled with rows."""
        made = Section(title, note, link)
        self._put(made)
        return made

    def form(self, form: Form) -> Form:
        """Add a form in a section of its own; what is typed in it is asked about on leaving."""
        self._forms.append(form)
        holder = Section()
        holder.add(form)
        self._put(holder)
        return form

    def add(self, widget: QWidget) -> QWidget:
        """Add any widget over the whole width."""
        self._put(widget)
        return widget

    def foot(
        self, save: str = "Save", *, danger: Button | None = None, leave: str = "Cancel"
    ) -> Button:
        """Fix Save and Cancel at the bottom; return the save button. Call once.

        Where saving itself cancels something, `leave` says what stays.
        """
        cancel = Button(leave, kind="quiet", tip_text=f"{leave} (Esc)", on_click=self.left.emit)
        self._save = Button(save, key="Ctrl+Return", kind="primary", on_click=self.saved.emit)
        self._save.key = "Ctrl+Enter"  # the words on the key; the keypad's Enter works as well
        keypad = QShortcut(QKeySequence("Ctrl+Enter"), self._save)
        keypad.activated.connect(self._save.click)
        self._column.addWidget(_Foot(danger, cancel, self._save))
        self.setTabOrder(self._save, cancel)  # Enter goes on from the last field to Save
        if danger is not None:
            self.setTabOrder(cancel, danger)
        return self._save

    def is_typed(self) -> bool:
        """Return whether a form here holds something unsaved."""
        return any(form.is_typed() for form in self._forms)

    @property
    def has_forms(self) -> bool:
        """Whether something can be typed here."""
        return bool(self._forms)

    def focus_first(self) -> None:
        """Go to the first field of the first form."""
        if self._forms:
            self._forms[0].focus_first()

    def show_busy(self, busy: bool) -> None:
        """Let nothing be saved twice while a save is under way."""
        if self._save is not None:
            self._save.setEnabled(not busy)

    def show_refusal(self, refusal: OfficerError) -> None:
        """Say beside its field, or at the foot of the first form, why it was not saved."""
        self.show_busy(False)
        self._forms[0].show_refusal(refusal)

    def scroll_place(self) -> int:
        """Return how far the officer scrolled."""
        return self._scroll.verticalScrollBar().value()

    def scroll_back(self, place: int) -> None:
        """Scroll to `place` once the rows are laid out."""
        QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(place))

    def _put(self, widget: QWidget) -> None:
        self._body.insertWidget(self._body.count() - 1, widget)

    def _header(
        self,
        title: str,
        code: str,
        lines: Sequence[str],
        badges: Sequence[Badge],
        actions: Sequence[Button],
    ) -> QWidget:
        header = QWidget()
        column = QVBoxLayout(header)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(5))
        top = QHBoxLayout()
        top.setSpacing(px(6))
        named = label(title, "title", wrap=True)
        top.addWidget(Flow(badges) if badges else named, 1)
        top.addWidget(short_label(code, "quiet"))
        close = Button("Close", "x", kind="icon", tip_text="Close (Esc)", on_click=self.left.emit)
        top.addWidget(close)
        column.addLayout(top)
        if badges:  # else the title has the first line to itself
            column.addWidget(named)
        for text in lines:
            column.addWidget(label(text, wrap=True))
        if actions:
            column.addWidget(Flow(actions))
        return header


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
        self._asking: _LeaveQuestion | None = None
        self._is_busy = False
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
        self._clear()
        self._empty = EmptyState(sentence, button, icon)
        self._column.addWidget(self._empty)
        self._empty.show()

    def is_typed(self) -> bool:
        """Return whether leaving would lose something."""
        return self._page is not None and self._page.is_typed()

    @property
    def is_busy(self) -> bool:
        """Whether what is typed is being saved and the answer is not known yet."""
        return self._is_busy

    def busy(self, busy: bool) -> None:
        """Keep Save from being pressed twice."""
        self._is_busy = busy
        if self._page is not None:
            self._page.show_busy(busy)

    def leave(self) -> None:
        """Leave the page; if something was typed, ask first, here and not in a dialog."""
        if self._page is None or self._asking is not None:
            return
        if not self._page.is_typed():
            self.left.emit()
            return
        self._asking = _LeaveQuestion(self)
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
        if leave:
            self.left.emit()
        elif self._page is not None:
            self._page.focus_first()

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
        self._is_busy = False


def _is_alike(one: QWidget, held: QWidget) -> bool:
    return one.isEnabled() and _name_of(one) == _name_of(held)


def _name_of(one: QWidget) -> str:
    return one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")


class _Foot(QFrame):
    """The fixed bar below a page. Where it is narrow, the key goes from the save button."""

    def __init__(self, danger: Button | None, cancel: Button, save: Button) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.setProperty("line", "above")
        self.setFixedHeight(px(48))
        self._save = save
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(px(12), 0, px(12), 0)
        if danger is not None:
            self._line.addWidget(danger)
        self._line.addStretch(1)
        self._line.addWidget(cancel)
        self._line.addWidget(save)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._save.set_compact(0)
        self._save.set_compact(1 if self._line.minimumSize().width() > self.width() else 0)


class _LeaveQuestion(QFrame):
    """Asks at the foot of the inspector whether what was typed may go.

    Signals:
        answered: bool: whether to leave.
    """

    answered = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("ground", "head")
        self.setProperty("line", "above")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(16), px(10))
        column.addWidget(label("What you typed here is not saved.", "warning", wrap=True))
        line = QHBoxLayout()
        self.stay = Button("Go on typing", kind="primary", on_click=self._stay)
        line.addWidget(self.stay)
        line.addWidget(Button("Leave it", kind="danger", on_click=self._leave))
        line.addStretch(1)
        column.addLayout(line)

    def _stay(self) -> None:
        self.answered.emit(False)

    def _leave(self) -> None:
        self.answered.emit(True)


def _scrolling_body() -> tuple[QScrollArea, QVBoxLayout]:
    """Return a scroll area that only scrolls up and down, and the column inside it."""
    area = QScrollArea(widgetResizable=True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    body = QFrame()
    body.setProperty("ground", "surface")
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    area.setWidget(body)
    return area, column
