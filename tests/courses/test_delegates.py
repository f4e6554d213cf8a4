"""The list of all delegates: found, sorted, opened, copied, written to and saved, by keyboard."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.courses.actions import CancelBooking, JoinWaiting, book_places, cancel_booking
from lle_desk.courses.actions import join_waiting_list as join
from lle_desk.courses.exports.delegates import save_delegates
from lle_desk.courses.queries import booking_card
from lle_desk.courses.queries.delegate_columns import DelegateAsk, Held
from lle_desk.courses.queries.delegate_rows import DelegateRow, delegate_rows
from lle_desk.courses.queries.delegates import DelegateList, delegate_list
from lle_desk.courses.queries.rolling import Progress
from lle_desk.courses.ui.booking_card_page import BookingCardPage
from lle_desk.courses.ui.delegates_page import DelegatesPage
from lle_desk.courses.ui.letters_page import LettersPage
from lle_desk.courses.ui.tab import CoursesTab
from tests.courses.keyboard import CTRL, Keyboard
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of, meeting
from tests.qt.walk import assert_named, assert_plain

SHIFT = Qt.KeyboardModifier.ShiftModifier


class Years:
    """Two events in two school years, and three bookings of two schools."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.mill = a_school(database, "Mill Lane School")
        self.acre = a_school(database, "Acre School")
        course = a_course(database)
        self.now = an_event(database, course, code="LPDS-0417")
        autumn = [meeting(date(2014, 11, 6))]
        self.next = an_event(database, course, autumn, code="LPDS-0099")
        self.first = self.book(self.now, self.mill, "Jane Zebedee", "=cmd Adams", "")
        self.second = self.book(self.now, self.acre, "Peter Brown")
        self.third = self.book(self.next, self.acre, "Jane New")

    def book(self, event: int, school: int, *names: str) -> int:
        return self.database.write(ANN, book_places, booking_of(event, school, *names))

    def cancel(self, booking: int) -> None:
        version = self.database.read(booking_card, booking).version
        ask = CancelBooking(booking, version, date(2014, 3, 10), "Ill")
        self.database.write(ANN, cancel_booking, ask)


def all_of(database: Database, held: Held, ask: DelegateAsk) -> DelegateList:
    """Ask until every year is read."""
    found = database.read(delegate_list, held, ask)
    while found.to_read:
        found = database.read(delegate_list, found.held, ask)
    return found


def names(database: Database, found: DelegateList) -> list[str]:
    rows = database.read(delegate_rows, found.shown.ids.tolist())
    return [row.delegate for row in rows]


def test_every_place_of_every_year_is_found_sorted_and_summed(database: Database) -> None:
    years = Years(database)

    def listed(held: Held, **asked: object) -> list[str]:
        return names(database, all_of(database, held, DelegateAsk(**asked)))  # type: ignore[arg-type]

    found = all_of(database, Held(), DelegateAsk())
    held = found.held
    assert (found.shown.count, found.shown.attended, found.shown.value) == (5, 0, 5 * 19500)
    assert names(database, found)[0] == "Jane New"  # the newest event first
    assert listed(held, sort="delegate", descending=False) == [
        "=cmd Adams",
        "Peter Brown",
        "Jane New",
        "Jane Zebedee",
        "Name to come",
    ]
    assert listed(held, sort="school", descending=False)[:2] == ["Jane New", "Peter Brown"]
    assert listed(held, words="jan mill") == ["Jane Zebedee"]
    assert listed(held, words="0099") == ["Jane New"]
    assert listed(held, words="phonics acre", first=20130901, last=20140831) == ["Peter Brown"]
    assert listed(held, event_id=years.next) == ["Jane New"]
    assert listed(held, words="nobody") == []


def test_what_other_desks_save_is_read_again_place_by_place(database: Database) -> None:
    years = Years(database)
    held = all_of(database, Held(), DelegateAsk(words="ann")).held
    years.cancel(years.second)
    years.database.write(ANN, join, JoinWaiting(booking_of(years.now, years.mill, "Ann Wait")))
    found = all_of(database, held, DelegateAsk(sort="state", descending=False))
    rows = database.read(delegate_rows, found.shown.ids.tolist())
    told = [(row.delegate, row.state) for row in rows[-2:]]
    assert found.shown.count == 6
    assert told[-1] == ("Peter Brown", "cancelled")
    assert ("Ann Wait", "waiting") in [(row.delegate, row.state) for row in rows]
    fresh = all_of(database, Held(), DelegateAsk())
    assert (fresh.shown.count, fresh.shown.value) == (found.shown.count, found.shown.value)
    assert rows[-1].reason == "Ill"
    assert names(database, all_of(database, held, DelegateAsk(words="ann"))) == ["Ann Wait"]


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_the_list_is_saved_whole_and_never_as_a_formula(database: Database, tmp_path: Path) -> None:
    Years(database)
    found = all_of(database, Held(), DelegateAsk(sort="delegate", descending=False))
    ids = found.shown.ids.tolist()

    def save(name: str, progress: Progress) -> int:
        return save_delegates(database, ANN, _never, ids, tmp_path / name, progress)

    progress = Progress()
    assert save("list.csv", progress) == 5
    assert (progress.done, progress.of) == (5, 5)
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    assert lines[0][:3] == ["Delegate", "School", "Course"]
    assert lines[1][0] == "'=cmd Adams"
    assert lines[1][11] == "195.00"
    assert save("list.xlsx", Progress()) == 5
    sheet = load_workbook(tmp_path / "list.xlsx").active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"
    assert sheet["L2"].value == 195
    assert save("stopped.csv", Progress(is_stopped=True)) == 0
    assert sorted(path.name for path in tmp_path.glob("*.[cx][sl]*")) == [
        "list.csv",
        "list.xlsx",
    ]  # no half a file


def _never() -> bool:
    return False


class Screen:
    """The list as it stands in the tab."""

    def __init__(self, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot) -> None:
        self.tab, self.keyboard, self.qtbot = tab, keyboard, qtbot
        keyboard.press(Qt.Key.Key_A, CTRL | SHIFT)
        page = tab.findChild(DelegatesPage)
        assert page is not None
        self.page = page
        self.until(lambda: page.model.rowCount() > 0 and page.table.chosen_count() == 1)
        assert page.table.hasFocus()

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true)

    def shown(self, count: int) -> None:
        self.until(lambda: self.page.model.rowCount() == count and not self.page.is_looking)
        self.until(lambda: not self.page.table.lacks_words())

    def names(self) -> list[str]:
        rows: list[DelegateRow | None] = [
            self.page.model.words_at(at) for at in range(self.page.model.rowCount())
        ]
        return [row.delegate for row in rows if row is not None]


def test_a_delegate_is_found_by_typing_and_opened_with_enter(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    years = Years(database)
    screen = Screen(tab, keyboard, qtbot)
    screen.shown(4)
    assert "4 places · 0 attended · £780.00" in screen.page.count.text()
    assert_plain(screen.page)
    assert_named(screen.page)
    years.book(years.now, years.acre, "Late Comer")
    screen.shown(5)
    keyboard.type("jane")
    screen.shown(1)
    assert screen.names() == ["Jane Zebedee"]
    box = screen.page.filters.year
    box.setFocus()
    keyboard.press(Qt.Key.Key_End)
    keyboard.press(Qt.Key.Key_Return)
    box.activated.emit(box.currentIndex())
    screen.shown(2)
    screen.page.table.setFocus()
    keyboard.press(Qt.Key.Key_Home)
    keyboard.press(Qt.Key.Key_Return)
    side = tab.programme.side
    screen.until(
        lambda: isinstance(side.page, BookingCardPage) and side.page.card.id == years.third
    )


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_rows_are_chosen_copied_kept_to_an_event_and_written_to(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    Years(database)
    screen = Screen(tab, keyboard, qtbot)
    screen.shown(4)
    screen.page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    screen.until(lambda: screen.names()[:1] == ["=cmd Adams"])
    keyboard.press(Qt.Key.Key_Home)
    keyboard.press(Qt.Key.Key_Down, SHIFT)
    assert "2 chosen" in screen.page.count.text()
    keyboard.press(Qt.Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in copied] == ["Delegate", "'=cmd Adams", "Peter Brown"]
    screen.page.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    screen.until(lambda: screen.names()[:1] == ["Peter Brown"])
    assert screen.page.table.chosen_count() == 2  # the same two, in another order
    keyboard.press(Qt.Key.Key_A, CTRL)
    assert screen.page.table.chosen_count() == 4
    keyboard.press(Qt.Key.Key_L, CTRL)
    screen.until(lambda: tab.findChild(LettersPage) is not None)
    keyboard.press(Qt.Key.Key_Escape)
    assert screen.page.isVisible()


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_the_list_is_kept_to_an_event_and_left_with_escape(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    Years(database)
    screen = Screen(tab, keyboard, qtbot)
    screen.shown(4)
    keyboard.press(Qt.Key.Key_Home)
    keyboard.press(Qt.Key.Key_E, CTRL)
    screen.until(lambda: screen.page.filters.keeps_event)
    screen.shown(4)
    keyboard.press(Qt.Key.Key_E, CTRL)
    assert not screen.page.filters.keeps_event
    keyboard.type("zzz")
    screen.shown(0)
    assert "No delegate fits" in screen.page._empty_said
    keyboard.press(Qt.Key.Key_Escape)
    screen.shown(4)
    keyboard.press(Qt.Key.Key_Escape)
    assert tab.programme.isVisible()
