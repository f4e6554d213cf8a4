"""The shell: the tabs, the find box, the message bar; opens the record a slice asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from lle_desk.qt.buttons import Entry
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.find import FindBox
from lle_desk.qt.keys import KeyLine, KeySheet
from lle_desk.qt.messages import MessageBar
from lle_desk.qt.offline import OfflineStrip
from lle_desk.qt.tab import first_focus
from lle_desk.qt.theme import Scheme, px, theme
from lle_desk.qt.top_bar import OfficerButton, TopBar

TEXT_SIZES = (100, 125, 150, 200)
SCHEMES = (
    ("Light or dark as the system", Scheme.SYSTEM),
    ("Light", Scheme.LIGHT),
    ("Dark", Scheme.DARK),
)


@dataclass(frozen=True, slots=True)
class TabSpec:
    """A tab as the application registers it: `make` is called when it is first shown.

    `kinds` are the records it opens, named as their tables: {"event", "place"}.
    """

    name: str
    icon: str
    make: Callable[[Desk], QWidget]
    kinds: frozenset[str] = frozenset()


def sentence_tab(sentence: str, icon: str) -> Callable[[Desk], QWidget]:
    """Return what makes a page that only says what will be here."""

    def make(_desk: Desk) -> QWidget:
        return EmptyState(sentence, icon=icon)

    return make


class Window(QMainWindow):
    """The one window of an officer's desk.

    It makes a tab when it is first shown, remembers place and tab per officer, and leaves
    everything else to the tabs.
    """

    def __init__(
        self,
        desk: Desk,
        tabs: Sequence[TabSpec],
        search: Callable[..., Sequence[Any]],
        kinds: Mapping[str, tuple[str, str]],
    ) -> None:
        super().__init__()
        self.desk = desk
        self._specs = list(tabs)
        self._pages: dict[int, QWidget] = {}
        self.find_box = FindBox(desk, search, kinds)
        self.find_box.opened.connect(self.open_record)
        self.bar = TopBar(
            [(spec.name, spec.icon) for spec in tabs],
            self.find_box,
            OfficerButton(desk.officer, self._menu_entries),
        )
        self.bar.tab_asked.connect(self.show_tab)
        self._stack = QStackedWidget()
        self.messages = MessageBar(desk)
        self.messages.record_asked.connect(self.open_record)
        self._lay_out()
        self._set_keys()
        self._restore()

    def page(self, place: int) -> QWidget:
        """Return the page of the tab at `place`, made now if it was not."""
        if place not in self._pages:
            made = self._specs[place].make(self.desk)
            made.setAccessibleName(self._specs[place].name)
            self._pages[place] = made
            self._stack.addWidget(made)
            self._connect(place, made)
        return self._pages[place]

    @property
    def shown(self) -> int:
        """The place of the tab that is shown."""
        return next(
            (at for at, page in self._pages.items() if page is self._stack.currentWidget()), 0
        )

    def show_tab(self, place: int) -> None:
        """Show the tab at `place`, from 0."""
        if not 0 <= place < len(self._specs):
            return
        page = self.page(place)
        before = page.focusWidget()  # asked first: the stack gives the keyboard to a bar's button
        self._stack.setCurrentWidget(page)
        self.bar.show_tab(place)
        self.setWindowTitle(f"{self._specs[place].name} - LLE Desk")
        self.desk.settings.set_text("window/tab", self._specs[place].name)
        focus = before or first_focus(page) or self.bar.tabs[place]
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_record(self, kind: str, record_id: int) -> None:
        """Go to the tab that owns records of this kind and open this one."""
        for place, spec in enumerate(self._specs):
            if kind in spec.kinds:
                self.show_tab(place)
                opens = getattr(self.page(place), "open_record", None)
                if opens is not None:
                    opens(kind, record_id)
                    return
        self.desk.refused.emit("This version has no screen for that record yet.")

    def look_again(self) -> None:
        """Ask the database for what is new and let the shown tab load again."""
        self.desk.look_for_changes()
        again = getattr(self._stack.currentWidget(), "refresh", None)
        if again is not None:
            again()

    def show_keys(self) -> None:
        """Show the keys of this tab and those that work everywhere."""
        keys = getattr(self._stack.currentWidget(), "keys", None)
        own: Sequence[KeyLine] = keys() if keys is not None else ()
        KeySheet(self._specs[self.shown].name, own, self).show()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.desk.settings.set_data("window/geometry", self.saveGeometry())
        self.desk.settings.save()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        offline = OfflineStrip(self.desk)
        parts = ((self.bar, 0), (offline, 0), (self._stack, 1), (self.messages, 0))
        for part, stretch in parts:
            column.addWidget(part, stretch)
        self.setCentralWidget(whole)

    def _set_keys(self) -> None:
        for place in range(len(self._specs)):
            key = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
            key.activated.connect(_Jump(self, place))
        for text, act in (
            ("Ctrl+K", self.find_box.start),
            ("F5", self.look_again),
            ("F1", self.show_keys),
            ("F6", self._switch_side),
        ):
            QShortcut(QKeySequence(text), self).activated.connect(act)

    def _switch_side(self) -> None:
        """Let the innermost page with two sides do it: a tab may show several, one at a time."""
        page = QApplication.focusWidget()
        while page is not None and not hasattr(page, "switch_side"):
            page = page.parentWidget()
        getattr(page or self._stack.currentWidget(), "switch_side", _nothing)()

    def _connect(self, place: int, page: QWidget) -> None:
        """Hear what the tab asks of the window, if it has such signals."""
        asked = getattr(page, "record_asked", None)
        if asked is not None:
            asked.connect(self.open_record)
        badge = getattr(page, "badge_changed", None)
        if badge is not None:
            badge.connect(self.bar.tabs[place].set_count)

    def _restore(self) -> None:
        """Open where this officer left off; the first time, as large as there is room."""
        kept = self.desk.settings.data("window/geometry")
        if kept.isEmpty() or not self.restoreGeometry(kept):
            room = self.screen().availableSize()
            self.resize(min(px(1600), room.width()), min(px(960), room.height()))
        names = [spec.name for spec in self._specs]
        last = self.desk.settings.text("window/tab", names[0])
        self.show_tab(names.index(last) if last in names else 0)

    def _menu_entries(self) -> list[Entry]:
        line: Entry = ("", "", self.show_keys)
        dresses = [
            (words, "check" if theme().scheme is scheme else "", _Dress(self, scheme))
            for words, scheme in SCHEMES
        ]
        percent = round(theme().text_scale * 100)
        sizes = [
            (f"Text {size} %", "check" if size == percent else "", _Enlarge(self, size))
            for size in TEXT_SIZES
        ]
        look = ("Look again (F5)", "refresh", self.look_again)
        keys = ("Keys of this tab (F1)", "help", self.show_keys)
        return [*dresses, line, *sizes, line, look, keys]


@dataclass(frozen=True, slots=True)
class _Jump:
    """Shows one tab when called."""

    window: Window
    place: int

    def __call__(self) -> None:
        self.window.show_tab(self.place)


@dataclass(frozen=True, slots=True)
class _Dress:
    """Changes to light or dark and remembers it."""

    window: Window
    scheme: Scheme

    def __call__(self) -> None:
        theme().set_scheme(self.scheme)
        self.window.desk.settings.set_text("look/scheme", self.scheme.value)


@dataclass(frozen=True, slots=True)
class _Enlarge:
    """Changes the size of all text and remembers it."""

    window: Window
    percent: int

    def __call__(self) -> None:
        theme().set_text_scale(self.percent / 100)
        self.window.desk.settings.set_number("look/text", self.percent)


def _nothing() -> None:
    """Stay: a page of one side has no other."""
