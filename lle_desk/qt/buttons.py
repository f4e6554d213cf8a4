"""All kinds of buttons: plain ones, links, menus, chips and segments."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from lle_desk.qt.button import Button
from lle_desk.qt.choices import FilterChip, Segments
from lle_desk.qt.icons import icon as icon_of

__all__ = [
    "Button",
    "Entry",
    "FilterChip",
    "LinkButton",
    "MenuButton",
    "Segments",
]


class LinkButton(Button):
    """Words that open something, in the accent, underlined under the mouse."""

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        icon: str = "",
    ) -> None:
        super().__init__(text, icon, kind="link", on_click=on_click)


Entry = tuple[str, str, Callable[[], object]]


class MenuButton(Button):
    """A button that opens a short menu of (words, icon, what to do).

    `entries` may be a function, which is asked each time the menu opens. Words "" are a line.
    """

    def __init__(
        self,
        text: str,
        icon: str = "dots",
        entries: Sequence[Entry] | Callable[[], Sequence[Entry]] = (),
        *,
        kind: str = "plain",
        key: str = "",
    ) -> None:
        super().__init__(text, icon, kind=kind, key=key)
        self._entries = entries
        self.clicked.connect(self.open_menu)

    def set_entries(self, entries: Sequence[Entry] | Callable[[], Sequence[Entry]]) -> None:
        """Offer these from now on."""
        self._entries = entries

    def open_menu(self) -> None:
        """Show the menu below the button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = self._entries() if callable(self._entries) else self._entries
        for words, icon_name, act in entries:
            if not words:
                menu.addSeparator()
                continue
            action = menu.addAction(words)
            if icon_name:
                action.setIcon(icon_of(icon_name))
            action.triggered.connect(lambda _checked=False, act=act: act())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
