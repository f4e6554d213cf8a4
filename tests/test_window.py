"""The window: tabs, keys, find, undo, and what it remembers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from lle_desk.app import find_anything, make_window, tab_specs
from lle_desk.core.db import By, Database
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.icons import is_there
from lle_desk.qt.keys import KeyLine, KeySheet
from lle_desk.qt.tab import Tab
from lle_desk.qt.theme import Scheme, theme
from lle_desk.window import TabSpec, Window, sentence_tab
from tests.core.office import add_booking, add_customer
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.screen import put_up

ON_SQLITE = pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    record_id: int
    title: str
    subtitle: str


def search(_session: Session, typed: str) -> Sequence[Found]:
    return [Found("event", 7, f"Found {typed}", "LPDS-0417")]


class EventsTab(Tab):
    """A tab as a slice writes one."""

    record_asked = Signal(str, int)
    badge_changed = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.opened: list[tuple[str, int]] = []
        self.refreshed = 0
        work, side = QWidget(), QWidget()
        self.first, self.second = Button("Work"), Button("Details")
        for holder, button in ((work, self.first), (side, self.second)):
            QVBoxLayout(holder).addWidget(button)
        self.lay_out(None, work, side)

    def open_record(self, kind: str, record_id: int) -> None:
        self.opened.append((kind, record_id))

    def refresh(self) -> None:
        self.refreshed += 1

    def keys(self) -> list[KeyLine]:
        return [KeyLine("C", "confirm")]


SPECS = [
    TabSpec("Today", "sun", sentence_tab("What is due will stand here.", "sun")),
    TabSpec("Courses", "school", EventsTab, frozenset({"event"})),
    TabSpec("Invoices", "file-invoice", EventsTab, frozenset({"invoice"})),
]


@pytest.fixture
def make(desk: Desk, qtbot: QtBot) -> Callable[[], Window]:
    """Return what makes a window on the desk and shows it."""

    def make() -> Window:
        window = Window(desk, SPECS, search, {"event": ("Events", "calendar-event")})
        put_up(qtbot, window)
        return window

    return make


@pytest.fixture
def window(make: Callable[[], Window]) -> Window:
    return make()


@pytest.fixture
def whole(database: Database, qtbot: QtBot) -> Iterator[Window]:
    """The window as an officer gets it, with all the tabs there are."""
    theme().install(Scheme.LIGHT, 1.0)
    window = make_window(database, By("ann", "desk-1"))
    put_up(qtbot, window, 1280, 720)
    yield window
    window.desk.close()


def tab(window: Window, place: int) -> EventsTab:
    page = window.page(place)
    assert isinstance(page, EventsTab)
    return page


@ON_SQLITE
def test_a_tab_is_made_when_it_is_first_shown(window: Window, qtbot: QtBot) -> None:
    assert list(window._pages) == [0]
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.shown == 1
    assert list(window._pages) == [0, 1]
    qtbot.mouseClick(window.bar.tabs[0], Qt.MouseButton.LeftButton)
    assert window.shown == 0


@ON_SQLITE
def test_place_and_tab_are_remembered(make: Callable[[], Window]) -> None:
    first = make()
    first.resize(760, 560)
    first.show_tab(1)
    first.close()
    again = make()
    assert again.shown == 1
    assert (again.width(), again.height()) == (760, 560)


@ON_SQLITE
def test_a_record_opens_in_the_tab_that_owns_it(window: Window, qtbot: QtBot) -> None:
    tab(window, 1).record_asked.emit("invoice", 5)
    assert window.shown == 2
    assert tab(window, 2).opened == [("invoice", 5)]
    window.open_record("ghost", 1)
    assert "no screen for that record" in window.messages.text


@ON_SQLITE
def test_control_k_finds_and_enter_opens(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(window.find_box.hasFocus)
    qtbot.keyClicks(window.find_box, "phonics")
    qtbot.waitUntil(window.find_box.list.isVisible)
    qtbot.keyClick(window.find_box, Qt.Key.Key_Return)
    assert window.shown == 1
    assert tab(window, 1).opened == [("event", 7)]


@ON_SQLITE
def test_f5_looks_again_f6_changes_sides_f1_shows_the_keys(window: Window, qtbot: QtBot) -> None:
    window.show_tab(1)
    page = tab(window, 1)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert page.refreshed == 1
    qtbot.waitUntil(page.first.hasFocus)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(page.second.hasFocus)
    within = EventsTab(window.desk)  # a page with two sides of its own, as in Courses
    within.setParent(page)
    within.show()
    within.first.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(within.second.hasFocus)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    [sheet] = window.findChildren(KeySheet)
    assert {"confirm", "find anything"} <= set(shown_texts(sheet))
    assert_plain(sheet)
    sheet.close()


def test_no_kind_crowds_out_the_others(database: Database) -> None:
    for number in range(40):
        add_customer(database, f"Phonics School {number}")
    add_booking(database, "Phonics workshop")
    found = database.read(find_anything, "phon")
    assert {one.kind for one in found} == {"customer", "room_booking"}


@ON_SQLITE
def test_a_number_stands_beside_the_tab(window: Window) -> None:
    tab(window, 1).badge_changed.emit(7)
    assert window.bar.tabs[1].accessibleName() == "Courses, 7 due"


@ON_SQLITE
def test_light_dark_and_text_size_are_remembered(window: Window) -> None:
    entries = {words: act for words, _icon, act in window._menu_entries()}
    entries["Dark"]()
    entries["Text 150 %"]()
    try:
        assert theme().is_dark
        assert theme().text_scale == 1.5
        assert window.desk.settings.text("look/scheme") == "dark"
        assert window.desk.settings.number("look/text") == 150
        window.grab()
    finally:
        theme().set_text_scale(1.0)
        theme().set_scheme(Scheme.LIGHT)


@ON_SQLITE
@pytest.mark.parametrize("width", [760, 1024, 1280, 1920])
def test_all_tabs_stay_in_reach_however_narrow(whole: Window, qtbot: QtBot, width: int) -> None:
    for scale in (1.0, 1.5):
        theme().set_text_scale(scale)
        whole.resize(width, 720)
        qtbot.wait(20)
        whole.grab()
        if scale == 1.0 or width >= 1280:
            last = whole.bar.tabs[-1].geometry()
            assert last.right() < whole.find_box.geometry().left()
            assert whole.find_box.geometry().right() < whole.width()
    theme().set_text_scale(1.0)


def test_the_whole_window_is_plain_and_named(
    whole: Window, database: Database, qtbot: QtBot
) -> None:
    add_customer(database, "<img src=//host/x.png>")
    for place in range(len(tab_specs())):
        whole.show_tab(place)
        qtbot.waitUntil(lambda: not whole.desk.is_busy())
        qtbot.wait(20)
    assert_plain(whole)
    assert_named(whole)


def test_every_tab_has_its_icon_and_its_key() -> None:
    names = [spec.name for spec in tab_specs()]
    assert names == [
        "Today",
        "Courses",
        "Rooms",
        "Outdoor",
        "Invoices",
        "Customers",
        "Services",
        "Reports",
    ]
    assert all(is_there(spec.icon) for spec in tab_specs())
    kinds = [kind for spec in tab_specs() for kind in spec.kinds]
    assert len(kinds) == len(set(kinds))


@ON_SQLITE
def test_each_tab_begins_where_its_task_begins(whole: Window) -> None:
    first = {}
    for place, name in ((1, "Courses"), (2, "Rooms"), (4, "Invoices"), (5, "Customers")):
        whole.show_tab(place)
        focused = whole.focusWidget()
        first[name] = focused.accessibleName() if focused is not None else ""
    assert first == {
        "Courses": "Events",
        "Rooms": "Plan of the rooms",
        "Invoices": "Worksheet: what waits to be billed",
        "Customers": "Find a customer",
    }
