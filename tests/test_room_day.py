"""A room manager's whole day in the real window, once by keyboard and once by mouse."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lle_desk.app import make_window
from lle_desk.core.db import Database
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.theme import Scheme, theme
from lle_desk.rooms.ui.count_heads import CountHeadsPage
from lle_desk.rooms.ui.extras_forms import CateringForm, EquipmentForm
from lle_desk.rooms.ui.give_rooms import GiveRoomsPage
from lle_desk.rooms.ui.letter_page import LetterPage
from lle_desk.rooms.ui.options_page import OptionsPage
from lle_desk.rooms.ui.pack_page import PackPage
from lle_desk.rooms.ui.requests_page import RequestsPage
from lle_desk.window import Window
from tests.hands import Hands
from tests.room_day import REPORTS, ROOMS, RoomDay
from tests.room_office import ANN, RoomOffice, at, open_office

CTRL = Qt.KeyboardModifier.ControlModifier
CAME = (17, 26, 8)  # counted yesterday, down the list


@pytest.fixture
def office(database: Database) -> RoomOffice:
    return open_office(database)


@pytest.fixture
def window(
    office: RoomOffice, database: Database, qtbot: QtBot, qapp: QApplication
) -> Iterator[Window]:
    theme().install(Scheme.LIGHT)
    window = make_window(database, ANN)
    qtbot.addWidget(window)
    window.resize(1600, 960)
    window.show()
    window.activateWindow()
    yield window
    window.desk.close()


@pytest.fixture
def ann(window: Window) -> Hands:
    hands = Hands(window)
    hands.wait()
    return hands


@pytest.fixture
def day(ann: Hands, database: Database, office: RoomOffice, tmp_path: Path) -> RoomDay:
    return RoomDay(ann, database, office, tmp_path)


def go_to(ann: Hands, day: RoomDay, wanted: date) -> None:
    """Press the keys of the days until that day is shown."""
    for _ in range(10):
        shown = day.tab.bar.stepper.day
        if shown == wanted:
            return
        ann.press("Alt+Right" if shown < wanted else "Alt+Left")
    raise AssertionError(f"never came to {wanted}")


def walk_to(ann: Hands, day: RoomDay, use_id: int) -> None:
    """Go over the plan with the arrows until the booking is selected."""
    grid = day.tab.grid
    grid.select(use_id)
    ann.wait()
    assert grid.selected == use_id
    assert grid.hasFocus(), "the plan has the keyboard"


def test_the_day_by_keyboard(ann: Hands, day: RoomDay, office: RoomOffice) -> None:
    ann.press("Ctrl+3")
    assert day.tab.bar.stepper.day == office.today
    go_to(ann, day, day.office.day)
    day.sees_today()
    _move_by_keys(ann, day, office)
    _book_by_keys(ann, day)
    _answer_by_keys(ann, day)
    _count_by_keys(ann, day)
    _print_by_keys(ann, day, office)
    _report_by_keys(ann, day)
    _undo_and_give_by_keys(ann, day)


def _move_by_keys(ann: Hands, day: RoomDay, office: RoomOffice) -> None:
    walk_to(ann, day, office.numeracy)
    ann.press("Ctrl+Right", "Ctrl+Right", "Return")
    assert day.where(office.numeracy) == "Elm 11:30-12:30"
    walk_to(ann, day, office.heads)
    ann.press("Ctrl+Down", "Return")
    assert day.where(office.heads) == "Ash 09:00-10:00"
    walk_to(ann, day, office.budget)
    ann.press("Shift+Right", "Shift+Right", "Return")
    assert day.where(office.budget) == "Oak 1 13:00-14:30"
    walk_to(ann, day, office.history)
    ann.press("S", "Down", "Return")
    assert day.where(office.history) == "Ash 14:00-16:00"
    assert day.where(office.spanish) == "Elm 14:00-16:00"


def _book_by_keys(ann: Hands, day: RoomDay) -> None:
    ann.press("Ctrl+N")
    ann.type("Network")
    ann.tab_to("From")
    ann.type("11:00")
    ann.press("Tab")
    ann.type("12:00")
    ann.tab_to("Room")
    ann.type("Ash")
    ann.tab_to("Heads")
    ann.type("12")
    ann.press("Ctrl+Return")
    ann.press("Return", "Alt+I")
    ann.type("Coffee")
    ann.press("Ctrl+Return", "Alt+V")
    ann.type("Projector")
    ann.tab_to("How many")
    ann.type("1")
    ann.press("Ctrl+Return")
    ann.press("Esc", "Esc")
    _book_a_series_by_keys(ann)
    day.has_booked_two()
    ann.press("Esc")


def _book_a_series_by_keys(ann: Hands) -> None:
    ann.press("Ctrl+N")
    ann.type("Supervision")
    ann.tab_to("From")
    ann.type("16:30")
    ann.press("Tab")
    ann.type("17:30")
    ann.tab_to("Room")
    ann.type("Oak 2")
    ann.tab_to("Heads")
    ann.type("6")
    ann.tab_to("Repeats")
    ann.type("Every week")
    ann.tab_to("or so many times")
    ann.type("3")
    ann.press("Ctrl+Return")


def _answer_by_keys(ann: Hands, day: RoomDay) -> None:
    ann.press("Ctrl+L", "R")
    page = day.page(RequestsPage)
    _to_row(ann, page, "Tenants' forum")
    ann.press("R")
    ann.type("Ash is being painted")
    ann.press("Return")
    _to_row(ann, page, "Mentors' day")
    ann.press("A")
    day.has_answered()
    ann.press("Esc", "Ctrl+L", "O")
    options = day.page(OptionsPage)
    assert [row.title for row in options.rows] == ["Governors"]
    ann.press("C")
    assert day.status("Governors") == "confirmed"
    ann.press("Esc")


def _to_row(ann: Hands, page: RequestsPage, title: str) -> None:
    for _ in page.rows:
        ann.press("Up")
    for _ in page.rows:
        chosen = page.table.chosen()
        if getattr(chosen, "title", "") == title:
            return
        ann.press("Down")
    rows = [(row.title, row.state) for row in page.rows]
    raise AssertionError(f"{title} is not reached in {rows}, keys go to {ann.focus}")


def _count_by_keys(ann: Hands, day: RoomDay) -> None:
    ann.press("Ctrl+L", "H")
    assert len(day.page(CountHeadsPage).rows) == 3
    for count in CAME:
        ann.type(str(count))
        ann.press("Return")
    assert sorted(count or 0 for count in day.counts()) == sorted(CAME)
    ann.press("Esc")


def _print_by_keys(ann: Hands, day: RoomDay, office: RoomOffice) -> None:
    ann.press("Ctrl+P", "D")
    go_to(ann, day, day.office.tomorrow)
    day.reads_the_pack(day.page(PackPage))
    ann.press("Esc")
    go_to(ann, day, day.office.day)
    walk_to(ann, day, office.history)
    ann.press("L")
    day.reads_the_letter(day.page(LetterPage))
    ann.press("Esc")


def _report_by_keys(ann: Hands, day: RoomDay) -> None:
    ann.press("Ctrl+8")
    day.knows_the_year()
    ann.press("Return", "Return")
    assert ann.window.shown == ROOMS
    assert day.tab.inspector.use_id is not None
    ann.press("Ctrl+8")
    assert day.reports.isVisible()
    ann.press("Ctrl+3")


def _undo_and_give_by_keys(ann: Hands, day: RoomDay) -> None:
    before = day.counts()
    ann.press("Ctrl+Z")
    after = day.counts()
    assert sum(one is None for one in after) == sum(one is None for one in before) + 1
    go_to(ann, day, day.office.day)
    ann.press("Ctrl+L", "G", "F8")
    day.has_only_looked(day.page(GiveRoomsPage))
    ann.press("Esc")
    assert day.tab.grid.isVisible()


def test_the_day_by_mouse(ann: Hands, day: RoomDay, office: RoomOffice) -> None:
    ann.click(ann.window.bar.tabs[ROOMS])
    while day.tab.bar.stepper.day < day.office.day:
        ann.click(button(day.tab.bar, "Later"))
    day.sees_today()
    _move_by_mouse(ann, day, office)
    _book_by_mouse(ann, day, office)
    _answer_by_mouse(ann, day)
    _count_by_mouse(ann, day)
    _print_by_mouse(ann, day, office)
    _report_by_mouse(ann, day)
    _undo_and_give_by_mouse(ann, day)


def button(within: QWidget, words: str) -> Button:
    """Return the button that is to be seen and whose words begin so."""
    found = [one for one in within.findChildren(Button) if one.isVisible()]
    return next(one for one in found if one.words.startswith(words))


def spot(ann: Hands, day: RoomDay, lane: int, clock: str) -> QPoint:
    return ann.spot(day.tab.grid, lane, at(day.office.day, clock))


def _move_by_mouse(ann: Hands, day: RoomDay, office: RoomOffice) -> None:
    grid, rooms = day.tab.grid, office.rooms
    ann.drag(grid, spot(ann, day, rooms.elm, "11:30"), spot(ann, day, rooms.elm, "12:00"))
    assert day.where(office.numeracy) == "Elm 11:30-12:30"
    ann.drag(grid, spot(ann, day, rooms.elm, "09:30"), spot(ann, day, rooms.ash, "09:30"))
    assert day.where(office.heads) == "Ash 09:00-10:00"
    edge = spot(ann, day, rooms.oak_1, "14:00") - QPoint(2, 0)
    ann.drag(grid, edge, spot(ann, day, rooms.oak_1, "14:30"))
    assert day.where(office.budget) == "Oak 1 13:00-14:30"
    ann.click(grid.viewport(), spot(ann, day, rooms.elm, "15:00"))
    ann.click(grid.viewport(), spot(ann, day, rooms.ash, "15:00"), CTRL)
    ann.click(day.tab.swap_bar.do_button)
    assert day.where(office.history) == "Ash 14:00-16:00"
    assert day.where(office.spanish) == "Elm 14:00-16:00"


def _book_by_mouse(ann: Hands, day: RoomDay, office: RoomOffice) -> None:
    grid, rooms = day.tab.grid, office.rooms
    first = spot(ann, day, rooms.ash, "11:00") + QPoint(1, 0)
    ann.drag(grid, first, spot(ann, day, rooms.ash, "12:00"))
    form = day.new_form()
    ann.fill(form.title, "Network")
    ann.fill(form.heads, "12")
    ann.click(button(day.tab.inspector, "Book"))
    page = day.booking_page()
    ann.bring(page.extras.catering_button)
    ann.click(page.extras.catering_button)
    catering = page.extras.form
    assert isinstance(catering, CateringForm)
    ann.choose(catering.item.box, "Coffee")
    ann.click(catering.save_button)
    page = day.booking_page()
    ann.bring(page.extras.equipment_button)
    ann.click(page.extras.equipment_button)
    lending = page.extras.form
    assert isinstance(lending, EquipmentForm)
    ann.choose(lending.equipment.box, "Projector")
    ann.click(lending.save_button)
    _book_a_series_by_mouse(ann, day, office)
    day.has_booked_two()


def _book_a_series_by_mouse(ann: Hands, day: RoomDay, office: RoomOffice) -> None:
    grid, rooms = day.tab.grid, office.rooms
    later = spot(ann, day, rooms.oak_2, "16:30") + QPoint(1, 0)
    ann.drag(grid, later, spot(ann, day, rooms.oak_2, "17:30"))
    form = day.new_form()
    ann.fill(form.title, "Supervision")
    ann.fill(form.heads, "6")
    ann.bring(form.repeat.repeats)
    ann.choose(form.repeat.repeats.box, "Every week")
    ann.bring(form.repeat.times)
    ann.fill(form.repeat.times, "3")
    ann.click(button(day.tab.inspector, "Book"))


def _answer_by_mouse(ann: Hands, day: RoomDay) -> None:
    ann.click(day.tab.bar.requests)
    page = day.page(RequestsPage)
    for title, answer in (("Tenants' forum", "Refuse"), ("Mentors' day", "Approve")):
        row = [row.title for row in page.rows].index(title)
        ann.click_row(page.table, row)
        ann.click(page.buttons[answer])
        if answer == "Refuse":
            ann.click(page.answer.line)
            ann.type("Ash is being painted")
            ann.click(page.do_button)
    day.has_answered()
    ann.choose_entry(day.tab.bar.lists, "Options")
    options = day.page(OptionsPage)
    ann.click_row(options.table, 0)
    ann.click(options.buttons["Confirm"])
    assert day.status("Governors") == "confirmed"


def _count_by_mouse(ann: Hands, day: RoomDay) -> None:
    ann.choose_entry(day.tab.bar.lists, "Count heads")
    page = day.page(CountHeadsPage)
    for row, count in enumerate(CAME):
        ann.click_row(page.table, row)
        ann.type(str(count))
    ann.click(button(page, "Back to the plan"))
    assert sorted(count or 0 for count in day.counts()) == sorted(CAME)


def _print_by_mouse(ann: Hands, day: RoomDay, office: RoomOffice) -> None:
    ann.choose_entry(day.tab.bar.printing, "Day pack")
    page = day.page(PackPage)
    while page.stepper.day < day.office.tomorrow:
        ann.click(button(page.stepper, "Later"))
    day.reads_the_pack(page)
    ann.click(button(page, "Back to the plan"))
    assert day.tab.bar.stepper.day == day.office.day
    ann.click(day.tab.grid.viewport(), spot(ann, day, office.rooms.ash, "15:00"))
    ann.click(button(day.booking_page(), "Letter"))
    letter = day.page(LetterPage)
    day.reads_the_letter(letter)
    ann.click(button(letter, "Back to the plan"))


def _report_by_mouse(ann: Hands, day: RoomDay) -> None:
    ann.click(ann.window.bar.tabs[REPORTS])
    day.knows_the_year()
    behind = day.reports.behind.table
    assert behind is not None
    ann.click_row(behind, 0, twice=True)
    assert ann.window.shown == ROOMS
    assert day.tab.inspector.use_id is not None
    ann.click(ann.window.bar.tabs[REPORTS])
    assert day.reports.isVisible()
    ann.click(ann.window.bar.tabs[ROOMS])


def _undo_and_give_by_mouse(ann: Hands, day: RoomDay) -> None:
    undoing = next(
        one for one in ann.window.findChildren(MenuButton) if one.words == "What can be undone"
    )
    ann.choose_entry(undoing, ann.window.desk.undos.to_undo[0])
    assert sum(one is None for one in day.counts()) == 1
    go_to(ann, day, day.office.day)
    ann.choose_entry(day.tab.bar.lists, "Give rooms")
    page = day.page(GiveRoomsPage)
    ann.click(button(page, "Work it out"))
    day.has_only_looked(page)
    ann.click(button(page, "Back to the plan"))
    assert day.tab.grid.isVisible()
