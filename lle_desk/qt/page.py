"""One page of the panel at the right: header, scrolling sections, and a foot to save."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import Badge
from lle_desk.qt.flow import Flow
from lle_desk.qt.form import Form
from lle_desk.qt.section import Section
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, short_label


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
        self.is_busy = False  # what is typed is being saved, and the answer is not known yet
        self.next: Callable[[], object] | None = None  # what is to follow once this may go
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

    def fill(self, widget: QWidget) -> QWidget:
        """Add, last, a widget that takes whatever height is left and scrolls by itself."""
        self._put(widget)
        self._body.setStretch(self._body.count() - 2, 1)
        self._body.setStretch(self._body.count() - 1, 0)
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
        """Let nothing be saved twice, nor left, while a save is under way."""
        self.is_busy = busy
        self.next = None
        if self._save is not None:
            self._save.setEnabled(not busy)

    def settle(self) -> None:
        """Know that what was typed is saved: leaving asks nothing, and Save stays used up."""
        for form in self._forms:
            form.mark_clean()
        self.is_busy = False

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
