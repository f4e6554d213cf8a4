"""A room for one day, another day, or all of several days."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import (
    AddSpace,
    CloseSpace,
    SpaceLayoutOf,
    add_space,
    close_space,
    hold_room,
    save_equipment,
)
from lle_desk.rooms.queries import FreeRoomsQuestion, day_list, free_over_days, free_spaces
from lle_desk.rooms.queries.extras import equipment_free
from lle_desk.rooms.rules import Why
from lle_desk.rooms.rules.extras import EquipmentWanted
from lle_desk.rooms.ui.find_room import FindRoomPage, missing_words
from lle_desk.rooms.ui.new_booking_form import NewBookingForm
from lle_desk.rooms.ui.pages import RoomWish
from lle_desk.rooms.ui.tab import RoomsTab
from tests.rooms.buying import Buying, lend, stock_up
from tests.rooms.woodlands import Woodlands, at, wish

WEEK = [date(2014, 3, day) for day in (3, 4, 5, 6, 7)]


def question(woodlands: Woodlands, heads: int = 25, **more: object) -> FreeRoomsQuestion:
    values: dict[str, object] = {
        "starts_at": at("09:30"),
        "ends_at": at("12:00"),
        "heads": heads,
        "layout": "classroom",
        "site_id": woodlands.site,
    }
    return FreeRoomsQuestion(**(values | more))  # type: ignore[arg-type]


def test_a_room_free_on_all_days_comes_before_one_with_a_day_missing(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    other_day: dict[str, Any] = {"starts_at": at("10:00", 5), "ends_at": at("11:00", 5)}
    database.write(by, hold_room, wish(woodlands.elm, title="Governors", **other_day))
    rooms = database.read(free_over_days, question(woodlands), WEEK)
    assert [room.space.name for room in rooms[:2]] == ["Ash", "Elm"]
    assert rooms[0].works
    assert missing_words(rooms[0]) == "free on all 5 days"
    assert missing_words(rooms[1]) == (
        "free on 4 of 5: not Wed 5 Mar (10:00\N{EN DASH}11:00 Governors)"
    )


def test_when_no_room_fits_other_days_are_offered_with_the_best_room(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    for room in (woodlands.elm, woodlands.ash):
        database.write(by, hold_room, wish(room, "08:00", "21:30"))
    answer = database.read(free_spaces, question(woodlands))
    assert not answer.fits
    assert [one.starts_at.date().day for one in answer.days] == [28, 3, 5, 6, 7]
    assert {one.best.space.name for one in answer.days} == {"Elm"}
    assert {one.count for one in answer.days} == {2}


def test_places_with_a_pc_are_asked_of_the_room(database: Database, woodlands: Woodlands) -> None:
    asked = question(woodlands, 12, layout="ICT", pcs=15)
    assert [fit.space.name for fit in database.read(free_spaces, asked).fits] == ["ICT Suite 1"]
    more = database.read(free_spaces, question(woodlands, 12, layout="ICT", pcs=16))
    fit = next(fit for fit in more.near if fit.space.id == woodlands.ict_1)
    assert fit.why is Why.FEW_PCS
    assert fit.brief == "has 15 PCs, not 16"


def test_outside_the_opening_hours_no_room_fits_and_the_reason_is_told(
    database: Database, woodlands: Woodlands
) -> None:
    late = question(woodlands, starts_at=at("20:00"), ends_at=at("22:00"))
    answer = database.read(free_spaces, late)
    assert not answer.fits
    assert answer.near[0].brief == "open 08:00\N{EN DASH}21:30 that day"
    assert answer.near[0].may_force
    holiday = question(
        woodlands, starts_at=at("10:00").replace(month=4, day=18), ends_at=at("12:00", 18)
    )
    good_friday = FreeRoomsQuestion(
        starts_at=holiday.starts_at,
        ends_at=holiday.starts_at.replace(hour=12),
        heads=10,
        layout="classroom",
        site_id=woodlands.site,
    )
    told = database.read(free_spaces, good_friday).near[0].brief
    assert told == "shut: Good Friday"


def test_a_new_room_is_in_the_next_answer(database: Database, by: By, woodlands: Woodlands) -> None:
    before = database.read(free_spaces, question(woodlands))
    ask = AddSpace(
        client_uuid=new_uuid(),
        site_id=woodlands.site,
        name="Yew",
        short_name="Yew",
        layouts=(SpaceLayoutOf("classroom", 26),),
        is_demo=True,
    )
    database.write(by, add_space, ask)
    after = database.read(free_spaces, question(woodlands))
    assert [fit.space.name for fit in after.fits] == ["Yew", *(f.space.name for f in before.fits)]


def test_what_began_long_before_still_holds_the_room(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    week: dict[str, Any] = {"starts_at": at("08:00", 3), "ends_at": at("18:00", 7)}
    database.write(by, hold_room, wish(woodlands.ash, title="Exhibition", **week))
    answer = database.read(free_spaces, question(woodlands))
    assert [fit.space.name for fit in answer.fits] == ["Elm"]
    held = next(fit.held for fit in answer.near if fit.space.id == woodlands.ash)
    assert held is not None
    assert held.title == "Exhibition"


def test_a_closed_room_is_free_to_those_who_are_let_in_only(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    closing = CloseSpace(
        client_uuid=new_uuid(),
        site_id=woodlands.site,
        space_id=None,
        starts_at=at("00:00"),
        ends_at=at("00:00", 5),
        reason="Stocktaking",
    )
    database.write(by, close_space, closing)
    answer = database.read(free_spaces, question(woodlands))
    assert not answer.fits
    assert {fit.why for fit in answer.near} == {Why.CLOSED}
    assert [one.starts_at.date().day for one in answer.days] == [28, 3, 5, 6, 7]


@pytest.fixture
def page(desk: Desk, woodlands: Woodlands, qtbot: QtBot) -> FindRoomPage:
    """The page, opened at Tuesday 4 March 2014."""
    page = FindRoomPage(desk)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.open_at(woodlands.site, at("09:00").date())
    with qtbot.waitSignal(page.one_day.answered):
        page.one_day.ask(question(woodlands))
    return page


def test_enter_in_the_list_books_there(
    page: FindRoomPage, woodlands: Woodlands, qtbot: QtBot
) -> None:
    page.form.heads.show_value(25)
    page.form.typed.emit()
    qtbot.waitUntil(lambda: [fit.space.name for fit in page.one_day.fits] == ["Elm", "Ash"])
    with qtbot.waitSignal(page.booking_wanted) as wanted:
        qtbot.keyClick(page.one_day.table, Qt.Key.Key_Return)
    assert wanted.args == [RoomWish(woodlands.elm, at("09:30"), at("12:00"), 25, "classroom")]


def test_several_days_are_one_question_and_enter_books_all_that_fit(
    page: FindRoomPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    database.write(by, hold_room, wish(woodlands.ash, title="Governors"))
    page.form.heads.show_value(31)
    page.form.last.show_value(date(2014, 3, 7))
    page.form.others.show_value("11 mar")
    page.form.typed.emit()
    assert [day.day for day in page.form.days()] == [4, 5, 6, 7, 11]
    qtbot.waitUntil(lambda: len(page.answers) > 1)
    qtbot.waitUntil(lambda: not page.desk.is_busy())
    page.several.choose(woodlands.ash)
    with qtbot.waitSignal(page.booking_wanted) as wanted:
        qtbot.keyClick(page.several, Qt.Key.Key_Return)
    more = tuple(at("09:30", day) for day in (6, 7, 11))
    asked = RoomWish(woodlands.ash, at("09:30", 5), at("12:00", 5), 31, "classroom", more)
    assert wanted.args == [asked]


def two_projectors(page: FindRoomPage, buying: Buying, qtbot: QtBot) -> tuple[EquipmentWanted, ...]:
    """Ask for two projectors with the room."""
    page.open_at(page._site_id, at("09:00").date())
    qtbot.waitUntil(lambda: not page.desk.is_busy())
    page.form.equipment.show_value(buying.projector)
    page.form.quantity.show_value(2)
    return page.form.wanted_equipment()


def test_what_was_looked_for_stands_in_the_form_of_the_booking(
    desk: Desk, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.bar.stepper.set_day(at("09:00").date())
    with qtbot.waitSignal(tab.plan_shown):
        tab.show()
    page = tab.show_page("find")
    assert isinstance(page, FindRoomPage)
    buying = stock_up(database, by, woodlands)
    lent = two_projectors(page, buying, qtbot)
    days = (at("09:30", 5), at("09:30", 6))
    asked = RoomWish(woodlands.ash, at("09:30"), at("12:00"), 31, "theatre", days, lent)
    other = database.write(by, hold_room, wish(woodlands.elm))
    database.write(by, save_equipment, lend(other, buying.projector))
    page.booking_wanted.emit(asked)
    form = tab.inspector.booking_form
    assert isinstance(form, NewBookingForm)
    assert (form.heads.value(), form.layout_field.value(), form.line_count) == (31, "theatre", 3)
    form.title.show_value("Governors")
    tab.inspector._save()
    [projectors] = form.lent.fields
    qtbot.waitUntil(lambda: "1 of 2 is free" in projectors.error)
    assert database.read(day_list, at("09:30", 6).date()) == []  # short on one day: none is booked
    projectors.show_value(1)
    tab.inspector._save()
    qtbot.waitUntil(lambda: len(database.read(day_list, at("09:30", 6).date())) == 1)
    [row] = database.read(day_list, at("09:30", 5).date())
    assert (row.room, row.heads) == ("Ash", 31)
    free = database.read(equipment_free, at("10:00", 5), at("11:00", 5))
    assert [(one.name, one.free) for one in free] == [("Projector", 1), ("Screen", 1)]


def test_a_day_that_cannot_be_read_is_told(page: FindRoomPage) -> None:
    page.form.others.show_value("11 mar, soon")
    page.form.typed.emit()
    assert page.told.text() == "“soon” is no day. Type days such as 11 mar, 13 mar."


def test_escape_goes_back_to_the_plan(page: FindRoomPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.form.day.line, Qt.Key.Key_Escape)
