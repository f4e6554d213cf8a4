"""A spreadsheet taken in through the Rooms tab, by mouse and by keyboard, on both databases."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from lle_desk.core.db import By, Database
from lle_desk.core.models import ImportMatch
from lle_desk.qt.desk import Desk
from lle_desk.rooms.imports import read_rooms, save_rooms
from lle_desk.rooms.models import RoomBooking, RoomUse
from lle_desk.rooms.queries import day_list
from lle_desk.rooms.ui.tab import RoomsTab
from lle_desk.rooms.ui.take_in import TakeInPage
from tests.qt.walk import assert_named, assert_plain
from tests.real_files import BOOKINGS, ROOMS, needs_real_files
from tests.rooms import messy
from tests.rooms.woodlands import Woodlands

BOB = By("bob", "desk-2")


@pytest.fixture
def page(desk: Desk, woodlands: Woodlands, qtbot: QtBot) -> TakeInPage:
    """The page in its tab, which shows March 2014."""
    return open_page(desk, qtbot)


def open_page(desk: Desk, qtbot: QtBot) -> TakeInPage:
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1400, 800)
    tab.bar.stepper.set_day(date(2014, 3, 3))
    with qtbot.waitSignal(tab.plan_shown):
        tab.show()
    shown = tab.show_page("take-in")
    assert isinstance(shown, TakeInPage)
    return shown


def drop(page: TakeInPage, path: Path, qtbot: QtBot) -> None:
    """Drop a file on the page, and wait for its columns."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    middle = QPointF(page.rect().center())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(middle, Qt.DropAction.CopyAction, data, buttons, keys))
    settle(page, qtbot)


def settle(page: TakeInPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.desk.is_busy() and not page.strip.is_running)


def look(page: TakeInPage, qtbot: QtBot) -> list[str]:
    """Press F9 on the columns and return the problems."""
    qtbot.keyClick(page.match, Qt.Key.Key_F9)
    settle(page, qtbot)
    return problems(page)


def problems(page: TakeInPage) -> list[str]:
    return [str(row.problem) for row in page.result._problems.rows]


def take_in(page: TakeInPage, qtbot: QtBot) -> str:
    qtbot.mouseClick(page.result.take_in, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    return page.result.summary.text()


def decide(page: TakeInPage, key: str, theirs: str, words: str, qtbot: QtBot) -> None:
    """Choose what a word of the file is, by the keyboard."""
    box = page.match.words.boxes[key, theirs]
    box.setFocus()
    QTest.keyClicks(box, words)
    settle(page, qtbot)


def count(database: Database, table: type) -> int:
    return int(database.read(lambda s: s.scalar(select(func.count()).select_from(table))) or 0)


def test_a_messy_workbook_is_matched_by_itself_looked_at_and_taken_in(
    page: TakeInPage, database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(page, messy.workbook(tmp_path / "March.xlsx"), qtbot)
    boxes = {key: box.currentText() for key, box in page.match.boxes.items()}
    assert boxes["room"] == "Venue"
    assert boxes["day"] == "Date"
    assert boxes["time"] == "Time"
    assert boxes["title"] == "Event Name"
    assert boxes["heads"] == "No of people"
    assert page.match.sheets.currentText() == "March"
    assert page.match.lines.currentText().startswith("5: Date · Venue")
    assert "Mon 3 Mar 2014" in page.match._read["day"].text()
    assert_plain(page)
    assert_named(page)

    told = look(page, qtbot)
    assert [line.partition(":")[0] for line in told] == [f"line {n}" for n in (9, 10, 11, 12, 13)]
    assert "“30ish” is not a number of people. Write a number such as 30" in told[0]
    assert "“The Barn” is none of the rooms here" in told[1]
    assert page.result.summary.text() == (
        "3 would be booked, 0 were there already, 5 have problems and stay out."
    )
    assert count(database, RoomUse) == 0, "a look changes nothing"

    assert take_in(page, qtbot) == (
        "3 were booked, 0 were there already, 5 have problems and stay out."
    )
    rows = database.read(day_list, date(2014, 3, 3))
    assert [(row.room, f"{row.starts_at:%H:%M}", f"{row.ends_at:%H:%M}") for row in rows] == [
        ("Elm", "09:00", "12:30"),
        ("Ash", "09:30", "16:00"),
    ]
    [notes] = database.read(
        lambda s: list(
            s.scalars(select(RoomBooking.notes_office).where(RoomBooking.title == "Numeracy"))
        )
    )
    assert notes == "Contact: J Ash\nFor: LCC\ntea at 3"


def test_the_decisions_are_remembered_for_the_next_file_at_any_desk(
    page: TakeInPage, database: Database, woodlands: Woodlands, tmp_path: Path, qtbot: QtBot
) -> None:
    file = messy.workbook(tmp_path / "March.xlsx")
    drop(page, file, qtbot)
    decide(page, "room", "The Barn", "Oak", qtbot)
    decide(page, "category", "Outing", "Leave", qtbot)
    told = look(page, qtbot)
    assert not any("Barn" in line or "Outing" in line for line in told)
    assert "1 left out as you chose" in page.result.summary.text()
    take_in(page, qtbot)
    assert [row.room for row in database.read(day_list, date(2014, 3, 6))] == ["Oak Room"]

    desk = Desk(database, BOB)
    try:
        other = open_page(desk, qtbot)
        drop(other, file, qtbot)
        assert "it is remembered" in other.match.note.text()
        look(other, qtbot)
        assert other.result.summary.text().startswith("0 would be booked, 4 were there already")
        assert not other.result.take_in.isEnabled()
    finally:
        desk.close()
    assert count(database, ImportMatch) == 1


def test_a_windows_1252_file_with_semicolons_means_the_day_above(
    page: TakeInPage, database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(page, messy.text_file(tmp_path / "March.csv", "cp1252"), qtbot)
    look(page, qtbot)
    assert any("It tells no day" in line or "it tells no day" in line for line in problems(page))
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    page.match.carries.click()
    look(page, qtbot)
    assert page.result.summary.text().startswith("3 would be booked")


def test_days_and_times_of_excel_are_read_by_their_values(
    page: TakeInPage, database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(page, messy.serials(tmp_path / "serials.xlsx"), qtbot)
    assert look(page, qtbot) == []
    take_in(page, qtbot)
    for day in (3, 4):
        [row] = database.read(day_list, date(2014, 3, day))
        assert f"{row.starts_at:%H:%M}-{row.ends_at:%H:%M}" == "09:30-12:00"


def test_a_column_put_right_by_the_officer_counts(
    page: TakeInPage, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("A,B,C\n3/3/2014,Elm,Chess\n4/3/2014,Ash,Draughts\n", encoding="utf-8")
    drop(page, file, qtbot)
    assert page.match.missing.text() == "Say which column has the room."
    assert not page.match.look.isEnabled()
    box = page.match.boxes["room"]
    QTest.keyClicks(box, "B")
    assert page.match._read["room"].text() == "Elm · Ash"
    assert page.match.missing.text().startswith("Say which column has the time")


def test_a_zip_a_bomb_and_an_old_workbook_are_refused_kindly(
    page: TakeInPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tmp_path / "plain.xlsx"
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.txt", "words")
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (300 * 1024 * 1024))
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    for path, told in (
        (plain, "is a zip file and no workbook"),
        (bomb, "would unpack to 314 MB"),
        (old, "is an old Excel workbook, or it has a password"),
        (empty, "is empty"),
    ):
        drop(page, path, qtbot)
        assert told in page.refusal.text()
        assert page.refusal.isVisible()


def test_stopping_keeps_nothing_and_the_file_stays(
    page: TakeInPage, database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(page, messy.serials(tmp_path / "serials.xlsx"), qtbot)
    look(page, qtbot)
    page._take_in()
    page.strip.stop.click()
    settle(page, qtbot)
    if page.result.refusal.text():  # it was not too quick
        assert page.result.refusal.text() == "Stopped. Nothing was imported."
        assert count(database, RoomUse) == 0
        take_in(page, qtbot)
    assert count(database, RoomUse) == 2


def test_a_booking_of_the_file_opens_on_the_plan(
    page: TakeInPage, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(page, messy.serials(tmp_path / "serials.xlsx"), qtbot)
    look(page, qtbot)
    take_in(page, qtbot)
    with qtbot.waitSignal(page.use_opened):
        qtbot.keyClick(page.result.bookings, Qt.Key.Key_Return)


@needs_real_files
@pytest.mark.parametrize("as_workbook", [False, True], ids=["CSV", "XLSX"])
def test_a_universitys_day_goes_in_through_the_screen(
    desk: Desk, database: Database, by: By, tmp_path: Path, qtbot: QtBot, as_workbook: bool
) -> None:
    database.write(by, save_rooms, read_rooms(ROOMS))
    page = open_page(desk, qtbot)
    drop(page, as_xlsx(BOOKINGS, tmp_path / "day.xlsx") if as_workbook else BOOKINGS, qtbot)
    [problem] = look(page, qtbot)
    assert problem.startswith("line 355: School of Pharmacy M3 is wanted")
    summary = "679 {} booked, 0 were there already, 1 has a problem and stays out."
    assert page.result.summary.text() == summary.format("would be")
    assert take_in(page, qtbot) == summary.format("were")
    assert count(database, RoomUse) == 679
    page._start_again()
    drop(page, BOOKINGS, qtbot)  # the same as CSV, whichever it was before
    look(page, qtbot)
    assert page.result.summary.text() == (
        "0 would be booked, 679 were there already, 1 has a problem and stays out."
    )


def as_xlsx(source: Path, target: Path) -> Path:
    """Turn the university's CSV file into a workbook with a title above, real days and times."""
    import csv

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Room bookings of the university"])
    sheet.append([])
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            sheet.append(row)
    sheet.delete_rows(1, 2)  # so that the lines have the numbers of the CSV file
    book.save(target)
    return target
