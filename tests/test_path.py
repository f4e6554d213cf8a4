"""The path of the first issue through the real window, by keyboard alone, on both databases.

A real school of the register books a course, its session gets a room, the confirmation and the
invoice are papers, and another running copy of the program sees each of these by itself.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from lle_desk.app import make_window
from lle_desk.core.db import By, Database
from lle_desk.core.paths import resources
from lle_desk.customers import imports as registers
from lle_desk.qt.theme import Scheme, theme
from lle_desk.qt.time_grid import TimeGrid
from lle_desk.rooms import imports as rooms
from lle_desk.window import Window
from tests.patient import WOKEN_MS
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.quiet import until_quiet

ANN, BOB = By("ann", "desk-1"), By("bob", "desk-2")
COURSES, ROOMS, INVOICES = 1, 2, 4


@pytest.fixture
def office(database: Database) -> Database:
    """An office with the register's sample of real schools and the demonstration's rooms."""
    file = registers.read_schools(resources() / "reference" / "schools_sample.csv")
    database.write(ANN, registers.save_schools, file, date(2026, 3, 2))
    site = database.read(lambda session: session.scalar(text("SELECT id FROM site")))
    listed = rooms.demo_rooms(resources() / "demo" / "rooms.csv")
    database.write(ANN, rooms.add_demo_rooms, site, listed)
    return database


@pytest.fixture
def windows(
    office: Database, database_url: str, qtbot: QtBot, qapp: QApplication
) -> Iterator[tuple[Window, Window]]:
    """Ann's window, and Bob's on a connection of his own."""
    theme().install(Scheme.LIGHT)
    theirs = Database(database_url)
    pair = make_window(office, ANN), make_window(theirs, BOB)
    for window in pair:
        qtbot.addWidget(window)
        window.resize(1600, 960)
        window.show()
    pair[0].activateWindow()
    yield pair
    for window in pair:
        window.desk.close()
    theirs.close()


class Officer:
    """Presses keys where the focus is, and waits until the desk is quiet."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self._qtbot = qtbot

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(self, *keys: str) -> None:
        for key in keys:
            combination = QKeySequence(key)[0]  # type: ignore[index]
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())
            self.wait()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus, words)
        self.wait()

    def tab_to(self, name: str) -> None:
        for _ in range(30):
            if name in self.focus.accessibleName():
                return
            self.press("Tab")
        raise AssertionError(f"Tab never came to {name}")

    def wait(self) -> None:
        until_quiet(self.window.desk)


def scalar(database: Database, sql: str) -> object:
    return database.read(lambda session: session.scalar(text(sql)))


def sees(qtbot: QtBot, window: Window, words: str) -> None:
    """Wait until a window that nobody touches shows `words`, within a second."""

    def is_shown() -> bool:
        return any(words in shown for shown in [*shown_texts(window), *_cells(window)])

    qtbot.waitUntil(is_shown, timeout=WOKEN_MS)


def _cells(window: Window) -> Iterator[str]:
    """Yield the words of all cells of the tables that are to be seen, and of the plan's blocks."""
    for table in window.findChildren(QAbstractItemView):
        model = table.model()
        if table.isVisibleTo(window) and model is not None:
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    yield str(model.index(row, column).data() or "")
    for plan in window.findChildren(TimeGrid):
        if plan.isVisibleTo(window):
            yield from (words for _key, words in plan.spoken_blocks())


def test_a_school_books_a_course_and_is_invoiced(
    windows: tuple[Window, Window], office: Database, qtbot: QtBot
) -> None:
    window, other = windows
    ann = Officer(window, qtbot)
    _make_a_course(ann)
    assert scalar(office, "SELECT count(*) FROM course") == 1

    day = _next_thursday()
    _make_an_event(ann, day)
    assert scalar(office, "SELECT capacity FROM event") == 20
    other.show_tab(COURSES)
    Officer(other, qtbot).wait()

    ann.window.activateWindow()
    ann.press("R", "Return")
    assert scalar(office, "SELECT count(*) FROM claim") == 1
    assert scalar(office, "SELECT room_use_id IS NOT NULL FROM event_session")

    _take_a_booking(ann)
    assert scalar(office, "SELECT places_held FROM event") == 2
    assert scalar(office, "SELECT count(*) FROM charge WHERE state = 'unbilled'") == 2

    _issue(ann)
    assert scalar(office, "SELECT number FROM invoice WHERE state = 'issued'") == 1
    assert scalar(office, "SELECT count(*) FROM charge WHERE state = 'billed'") == 2
    ann.press("Ctrl+Shift+Return", "Ctrl+Return")
    assert scalar(office, "SELECT count(*) FROM invoice") == 1
    assert_plain(window)
    assert_named(window)


def _make_a_course(ann: Officer) -> None:
    ann.press("Ctrl+2", "Ctrl+Shift+C")
    ann.type("Phonics across Key Stage 1")
    ann.press("Tab")
    ann.type("LPD-1412")
    ann.press("Tab")
    ann.type("LPDS")
    ann.tab_to("Price for county subscriber")
    for amount in ("165", "195", "245", "310", "150"):
        ann.type(amount)
        ann.press("Tab")
    ann.press("Ctrl+Return")


def _make_an_event(ann: Officer, day: date) -> None:
    ann.press("Ctrl+Shift+N")
    ann.type("phon")
    ann.press("Return")
    ann.type(f"{day.day}/{day.month}/{day:%y}")
    ann.tab_to("Capacity")
    ann.type("20")
    ann.press("Ctrl+Return")


def _take_a_booking(ann: Officer) -> None:
    ann.press("Ctrl+N")
    ann.type("academy")
    ann.press("Return")
    ann.tab_to("Event")
    ann.type("phon")
    ann.press("Return")
    for name in ("Delegate One", "Delegate Two"):
        ann.type(name)
        ann.press("Return")
    ann.press("Alt+5")
    ann.type("PO 55-0192")
    ann.press("Ctrl+Return")


def _issue(ann: Officer) -> None:
    ann.press("Ctrl+5", "L", "Ctrl+Shift+Return")
    assert "INV-000001" in " ".join(shown_texts(ann.window))
    ann.press("Ctrl+Return")


def _next_thursday() -> date:
    day = date.today() + timedelta(days=21)  # noqa: DTZ011
    return day + timedelta(days=(3 - day.weekday()) % 7)


def test_another_desk_sees_each_step_within_a_second(
    windows: tuple[Window, Window], office: Database, qtbot: QtBot
) -> None:
    window, other = windows
    ann = Officer(window, qtbot)
    today = date.today()  # noqa: DTZ011
    steps: list[tuple[int, Callable[[], None], str]] = [
        (COURSES, lambda: _make_an_event(ann, today), "Phonics across Key Stage 1"),
        (COURSES, lambda: ann.press("R", "Return"), "Elm"),
        (INVOICES, lambda: _take_a_booking(ann), "Academy"),
    ]
    _make_a_course(ann)
    for tab, act, words in steps:
        other.show_tab(tab)
        Officer(other, qtbot).wait()
        assert not any(words in cell for cell in _cells(other))
        window.activateWindow()
        act()
        sees(qtbot, other, words)
    other.show_tab(ROOMS)
    sees(qtbot, other, "Phonics across Key Stage 1")


def test_keys_reach_every_tab(windows: tuple[Window, Window], qtbot: QtBot) -> None:
    window, _other = windows
    ann = Officer(window, qtbot)
    for place in range(8):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + place), Qt.KeyboardModifier.ControlModifier)
        ann.wait()
        assert window.shown == place
        shown = {one for one in QApplication.topLevelWidgets() if one.isVisible()}
        assert shown == set(windows)  # nothing flashed up beside the window
        assert_plain(window)
        assert_named(window)
