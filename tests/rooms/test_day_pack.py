from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from time import sleep

import pypdf
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import hold_room
from lle_desk.rooms.documents import day_pack_pdf, week_plan_pdf
from lle_desk.rooms.papers import (
    DayPack,
    PackPart,
    Register,
    RegisterRow,
    Serving,
    SignRow,
    WeekPlan,
)
from lle_desk.rooms.queries import day_pack, week_plan
from lle_desk.rooms.ui.pack_page import PackPage
from lle_desk.rooms.ui.prints import Drawing, DrawingStopped
from lle_desk.rooms.ui.tab import RoomsTab
from lle_desk.rooms.ui.week_page import WeekPage
from tests.paper.across import faults_across
from tests.paper.hostile import HOSTILE
from tests.paper.pages import faults_of_layout, fonts, texts
from tests.rooms.woodlands import Woodlands, at, wish

TUESDAY = date(2014, 3, 4)
NOW = datetime(2014, 3, 3, 16, 30)


@pytest.fixture
def pack(database: Database, by: By, woodlands: Woodlands) -> DayPack:
    """A day with a joined room, one of its halves, and words for the office only."""
    noted = replace(
        wish(woodlands.oak_room, heads=18, title="R&D <b>"), notes_customer="Ring the caretaker"
    )
    database.write(by, hold_room, noted)
    database.write(by, hold_room, wish(woodlands.oak_2, "13:15", "14:00", title="Clerks"))
    database.write(by, hold_room, wish(woodlands.ash, "09:00", "12:00", title="Area heads"))
    database.write(by, hold_room, wish(woodlands.elm, title="Perhaps", status="enquiry"))
    return database.read(day_pack, woodlands.site, TUESDAY, NOW)


def bookmarks(pdf: bytes) -> list[str]:
    """Return the bookmarks in order, those under another one indented."""

    def walk(outline: list[object], depth: int) -> list[str]:
        said: list[str] = []
        for one in outline:
            if isinstance(one, list):
                said += walk(one, depth + 1)
            else:
                said.append("  " * depth + str(one["/Title"]))  # type: ignore[index]
        return said

    return walk(list(pypdf.PdfReader(BytesIO(pdf)).outline), 0)


def many(pack: DayPack, count: int) -> DayPack:
    """Return a day with so many bookings."""
    row = pack.set_up.rows[0]
    rows = tuple(
        replace(row, room=f"Room {n}", starts_at=row.starts_at + timedelta(minutes=n))
        for n in range(count)
    )
    welcome = replace(pack.welcome[0], title="Meeting")
    signs = replace(pack.signs[0], rows=pack.signs[0].rows * count)
    return replace(
        pack,
        set_up=replace(pack.set_up, rows=rows),
        signs=(signs,),
        welcome=(welcome,) * count,
    )


def test_the_papers_of_a_day_are_one_file_with_bookmarks(pack: DayPack) -> None:
    pdf = day_pack_pdf(pack)
    assert bookmarks(pdf) == [
        "Room set-up",
        "Door signs",
        "  Oak Room",
        "  Oak 1",
        "  Oak 2",
        "  Ash",
        "Welcome screen",
    ]
    assert faults_across(pdf) == []
    assert all(fonts(pdf).values())
    assert day_pack_pdf(pack) == pdf


def test_only_the_parts_that_are_wanted_are_printed(pack: DayPack) -> None:
    [page] = texts(day_pack_pdf(pack, [PackPart.WELCOME]))
    assert "Welcome to Woodlands" in page
    assert "09:30–12:00 R&D <b> Oak Room" in page


def test_a_half_of_a_joined_room_says_what_is_on_in_the_whole(pack: DayPack) -> None:
    signs = {sign.room: sign.rows for sign in pack.signs}
    assert signs["Oak 2"] == (
        SignRow(at("09:30"), at("12:00"), "R&D <b>", "in Oak Room"),
        SignRow(at("13:15"), at("14:00"), "Clerks"),
    )


def test_notes_and_what_holds_no_room_never_hang_on_a_door(pack: DayPack) -> None:
    public = day_pack_pdf(pack, [PackPart.SIGNS, PackPart.WELCOME])
    said = " ".join(texts(public))
    assert "Ring the caretaker" not in said
    assert "Perhaps" not in said


def test_a_sign_is_set_as_large_as_its_words_allow(pack: DayPack) -> None:
    few = day_pack_pdf(pack, [PackPart.SIGNS])
    crowded = day_pack_pdf(many(pack, 8), [PackPart.SIGNS])
    assert len(texts(crowded)) == 1
    assert largest(few) > largest(crowded) * 1.5


def largest(pdf: bytes) -> float:
    """Return the height of the tallest time on the first sign."""
    from tests.paper.pages import boxes

    return max(box.bottom - box.top for box in boxes(pdf)[0] if "09:30" in box.text)


def test_two_hundred_bookings_go_over_pages_with_their_headings(pack: DayPack) -> None:
    for part, head in (
        (PackPart.SET_UP, "Ready by"),
        (PackPart.SIGNS, "Oak Room"),
        (PackPart.WELCOME, "Time"),
    ):
        pages = texts(day_pack_pdf(many(pack, 200), [part]))
        assert len(pages) > 2, part
        assert all(head in page for page in pages), part


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)  # drawing alone
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_break_no_paper_of_the_day(pack: DayPack, typed: str) -> None:
    sign = replace(pack.signs[0], room=typed, rows=(SignRow(at("09:00"), at("10:00"), typed),))
    hostile = replace(
        pack,
        signs=(sign,),
        welcome=(replace(pack.welcome[0], title=typed, room=typed),) * 3,
        catering=(Serving(at("10:00"), typed, 12, typed, typed, typed, typed, typed),),
        registers=(
            Register(
                typed, typed, at("09:00"), at("10:00"), typed, (RegisterRow(typed, typed),) * 3
            ),
        ),
    )
    across = day_pack_pdf(hostile, [PackPart.SIGNS, PackPart.WELCOME])
    upright = day_pack_pdf(hostile, [PackPart.CATERING, PackPart.REGISTERS])
    assert faults_across(across) == []
    assert faults_of_layout(upright) == []


def test_stopping_leaves_no_half_of_a_paper(pack: DayPack) -> None:
    drawing = Drawing()
    drawing.stop()
    with pytest.raises(DrawingStopped):
        day_pack_pdf(pack, step=drawing.step)


def test_the_week_says_who_is_where_on_a4_and_a3(
    database: Database, pack: DayPack, woodlands: Woodlands
) -> None:
    week = database.read(week_plan, woodlands.site, TUESDAY, NOW)
    assert [row.room for row in week.rows] == ["Oak Room", "Oak 2", "Ash"]
    assert "Elm" in week.free
    for is_a3 in (False, True):
        pdf = week_plan_pdf(week, is_a3=is_a3)
        [page] = texts(pdf)
        assert "09:30–12:00 R&D <b> (18)" in page
        assert "Free all week: Oak 1, Elm, ICT Suite 1" in page
        assert faults_across(pdf) == []


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)  # drawing alone
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_break_no_week(database: Database, pack: DayPack, typed: str) -> None:
    week = _week(database, pack)
    row = week.rows[0]
    entry = replace(next(one for day in row.days for one in day), title=typed)
    rows = [replace(row, room=f"Room {n} {typed}", days=((entry,) * 3,) * 5) for n in range(4)]
    assert faults_across(week_plan_pdf(replace(week, rows=tuple(rows), free=(typed,)))) == []


def _week(database: Database, pack: DayPack) -> WeekPlan:
    site = database.read(_site)
    return database.read(week_plan, site, pack.day, NOW)


def _site(session: object) -> int:
    from lle_desk.rooms.queries import sites

    return sites(session)[0].id  # type: ignore[arg-type]


def opened(desk: Desk, qtbot: QtBot) -> RoomsTab:
    """Return the tab with the Tuesday shown."""
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1200, 700)
    tab.bar.stepper.set_day(TUESDAY)
    with qtbot.waitSignal(tab.plan_shown):
        tab.show()
    return tab


def test_the_pack_is_chosen_and_seen_in_the_place_of_the_plan(
    desk: Desk, pack: DayPack, qtbot: QtBot
) -> None:
    tab = opened(desk, qtbot)
    tab.bar.page_wanted.emit("pack")
    page = tab.show_page("pack")
    assert isinstance(page, PackPage)
    qtbot.waitUntil(lambda: page.view.page_count == 6)
    assert page.title == "Day pack Tue 4 Mar 2014"
    for part, chip in page.chips.items():
        if part is not PackPart.WELCOME:
            chip.click()
    qtbot.waitUntil(lambda: page.view.page_count == 1)
    assert page.title == "Welcome screen Tue 4 Mar 2014"
    page.chips[PackPart.WELCOME].click()
    assert page.data == b""
    assert not page.print.isEnabled()
    page.chips[PackPart.WELCOME].click()
    page.stepper.set_day(date(2014, 3, 9))
    page.stepper.changed.emit(date(2014, 3, 9))
    qtbot.waitUntil(lambda: page.view.page_count == 1 and not desk.is_busy())
    page.closed.emit()
    assert tab.grid.isVisible()


def test_the_week_is_chosen_and_seen_in_the_place_of_the_plan(
    desk: Desk, pack: DayPack, qtbot: QtBot
) -> None:
    tab = opened(desk, qtbot)
    page = tab.show_page("week")
    assert isinstance(page, WeekPage)
    qtbot.waitUntil(lambda: page.view.page_count == 1)
    assert page.title == "Rooms, week of Mon 3 Mar 2014"
    before = page.data
    page.paper.chosen.emit("A3")
    qtbot.waitUntil(lambda: page.data != before and not page.is_drawing())


def test_the_keys_of_the_days_lead_the_paper_too(desk: Desk, pack: DayPack, qtbot: QtBot) -> None:
    tab = opened(desk, qtbot)
    page = tab.show_page("pack")
    assert isinstance(page, PackPage)
    qtbot.waitUntil(lambda: page.view.page_count == 6)
    qtbot.keyClick(page.view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.stepper.day == date(2014, 3, 5)
    qtbot.waitUntil(lambda: page.title == "Day pack Wed 5 Mar 2014" and page.view.page_count == 1)
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert tab.grid.isVisible()


def test_a_long_paper_shows_how_far_it_is_and_can_be_stopped(
    desk: Desk, pack: DayPack, qtbot: QtBot
) -> None:
    tab = opened(desk, qtbot)
    page = tab.show_page("pack")
    assert isinstance(page, PackPage)
    qtbot.waitUntil(lambda: page.view.page_count == 6)
    before = page.data
    with qtbot.waitSignal(desk.refused) as told:
        page.draw(_endless)
        qtbot.waitUntil(page.progress.isVisible)
        qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert told.args == ["Stopped. Nothing new was drawn."]
    assert not page.progress.isVisible()
    assert page.data == before
    assert page.isVisible()


def _endless(drawing: Drawing) -> bytes:
    while True:
        drawing.step(3, 100)
        sleep(0.005)
