from dataclasses import replace
from datetime import date, datetime

import pytest
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import hold_room
from lle_desk.rooms.documents import set_up_sheet_pdf
from lle_desk.rooms.papers import SetUpSheet
from lle_desk.rooms.queries import set_up_sheet
from lle_desk.rooms.rules.turning import UseInRoom, turns
from lle_desk.rooms.ui.tab import RoomsTab
from tests.paper.hostile import HOSTILE
from tests.paper.pages import faults_of_layout, fonts, texts
from tests.rooms.woodlands import Woodlands, at, wish

TUESDAY = date(2014, 3, 4)
NOW = datetime(2014, 3, 3, 16, 30)
OAK, HALF = frozenset({1, 2}), frozenset({1})


@pytest.fixture
def sheet(database: Database, by: By, woodlands: Woodlands) -> SetUpSheet:
    """A day with a joined room, one of its halves, and a room used twice."""
    phonics = replace(
        wish(woodlands.oak_room, heads=24, over_capacity_reason="two stand"),
        before_minutes=30,
        after_minutes=30,
        notes_office="Two easels by the window.",
    )
    database.write(by, hold_room, phonics)
    database.write(by, hold_room, wish(woodlands.oak_2, "13:15", "14:00", title="Clerks"))
    database.write(by, hold_room, wish(woodlands.ash, "09:00", "12:00", title="Area heads"))
    theatre = wish(woodlands.ash, "12:30", "14:00", layout="theatre", heads=50, title="Governors")
    database.write(by, hold_room, theatre)
    database.write(by, hold_room, wish(woodlands.elm, status="enquiry"))
    return database.read(set_up_sheet, woodlands.site, TUESDAY, NOW)


def use(room: str, cells: frozenset[int], start: str, end: str, layout: str) -> UseInRoom:
    return UseInRoom(1, room, cells, layout, at(start), at(start), at(end), at(end))


def test_the_sheet_is_in_the_order_rooms_must_be_ready(sheet: SetUpSheet) -> None:
    assert [(row.room, row.ready_by, row.free_at) for row in sheet.rows] == [
        ("Ash", at("09:00"), at("12:00")),
        ("Oak Room", at("09:30"), at("12:30")),
        ("Ash", at("12:30"), at("14:00")),
        ("Oak 2", at("13:15"), at("14:00")),
    ]
    assert sheet.rows[1].warning == "24 people, 20 seats"
    assert sheet.people == 90


def test_turn_rounds_say_what_changes_and_how_long_there_is(sheet: SetUpSheet) -> None:
    told = [(turn.room, turn.change, turn.minutes, turn.spare) for turn in sheet.turn_rounds]
    assert told == [
        ("Ash", "classroom to theatre", 30, 30),
        ("Oak 2", "close the partition", 75, 45),
    ]


def test_halves_show_when_they_are_part_of_the_joined_room(sheet: SetUpSheet) -> None:
    lanes = {lane.room: lane for lane in sheet.lanes}
    assert list(lanes) == ["Oak Room", "Oak 1", "Oak 2", "Ash"]
    assert lanes["Oak 1"].joined == ((at("09:00"), at("12:30"), "Oak Room"),)
    assert lanes["Oak 1"].is_part


def test_opening_a_partition_and_a_mere_tidy_are_turns_too() -> None:
    half = use("Oak 1", HALF, "09:00", "10:00", "boardroom")
    whole = use("Oak Room", OAK, "11:00", "12:00", "boardroom")
    again = use("Oak Room", OAK, "13:00", "14:00", "boardroom")
    assert [turn.change for turn in turns([again, whole, half])] == [
        "open the partition",
        "tidy, stays boardroom",
    ]
    assert turns([half]) == []


def test_the_paper_reads_back_as_printed(sheet: SetUpSheet) -> None:
    pdf = set_up_sheet_pdf(sheet)
    [page] = texts(pdf)
    for said in ("Room set-up", "Oak Room", "Two easels by the window.", "24 people, 20 seats"):
        assert said in page
    assert "Turn round Ash: classroom to theatre" in page
    assert faults_of_layout(pdf) == []
    assert all(fonts(pdf).values())
    assert set_up_sheet_pdf(sheet) == pdf


def test_a_day_without_bookings_says_so(database: Database, woodlands: Woodlands) -> None:
    empty = database.read(set_up_sheet, woodlands.site, date(2014, 3, 9), NOW)
    assert "No room is booked on this day." in texts(set_up_sheet_pdf(empty))[0]


def test_hostile_words_and_many_bookings_print_over_several_pages(sheet: SetUpSheet) -> None:
    rows = tuple(
        replace(
            sheet.rows[0],
            title=words,
            short_title=words[:40],
            room=words[:120],
            notes=words,
            kit=words,
            servings=(words,),
        )
        for words in HOSTILE
        if len(words) < 400
    )
    lanes = tuple(replace(sheet.lanes[0], room=row.room, rows=(row,)) for row in rows[:18])
    pdf = set_up_sheet_pdf(replace(sheet, rows=rows, lanes=lanes))
    assert len(texts(pdf)) > 1
    assert faults_of_layout(pdf) == []


def test_the_sheet_is_shown_in_the_place_of_the_plan(
    desk: Desk, sheet: SetUpSheet, qtbot: QtBot
) -> None:
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.bar.stepper.set_day(TUESDAY)
    with qtbot.waitSignal(tab.plan_shown):
        tab.show()
    tab.bar.set_up_wanted.emit()
    qtbot.waitUntil(tab.paper.isVisible)
    assert tab.paper.title == "Room set-up Tue 4 Mar 2014"
    assert tab.paper.view.page_count == 1
    tab.paper.closed.emit()
    assert tab.grid.isVisible()
