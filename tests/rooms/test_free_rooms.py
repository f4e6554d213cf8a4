import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.qt.desk import Desk
from lle_desk.qt.time_grid import TimeGrid, day_plan
from lle_desk.rooms.actions import hold_room
from lle_desk.rooms.queries import FreeRoomsQuestion, free_spaces
from lle_desk.rooms.ui.free_rooms import FreeRooms
from lle_desk.rooms.ui.plan_paper import draw_plan
from tests.rooms.woodlands import Woodlands, at, wish


@pytest.fixture
def free_rooms(desk: Desk, woodlands: Woodlands, qtbot: QtBot) -> FreeRooms:
    """The list, asked for 10 people on Tuesday morning."""
    rooms = FreeRooms(desk)
    qtbot.addWidget(rooms)
    rooms.resize(340, 400)
    rooms.show()
    with qtbot.waitSignal(rooms.answered):
        rooms.ask(
            FreeRoomsQuestion(
                starts_at=at("09:30"),
                ends_at=at("12:00"),
                heads=10,
                layout="classroom",
                site_id=woodlands.site,
            )
        )
    return rooms


def lines(rooms: FreeRooms) -> list[str]:
    model = rooms.model
    return [str(model.data(model.index(line, 0))) for line in range(model.rowCount())]


def test_rooms_that_fit_come_first_and_enter_takes_one(
    free_rooms: FreeRooms, woodlands: Woodlands, qtbot: QtBot
) -> None:
    assert [fit.space.name for fit in free_rooms.fits] == ["Oak 1", "Oak Room", "Elm", "Ash"]
    assert lines(free_rooms)[0] == "4 rooms fit"
    assert free_rooms.chosen == woodlands.oak_1
    with qtbot.waitSignal(free_rooms.room_chosen) as chosen:
        qtbot.keyClick(free_rooms.table, Qt.Key.Key_Return)
    assert chosen.args == [woodlands.oak_1]


def test_a_room_that_another_desk_takes_moves_down_with_who_has_it(
    free_rooms: FreeRooms, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(free_rooms.answered, check_params_cb=lambda fits: fits == 3):
        database.write(by, hold_room, wish(woodlands.oak_2, title="Clerks"))
    fit = free_rooms.fit_of(woodlands.oak_room)
    assert fit is not None
    assert not fit.fits
    assert fit.brief == "09:30–12:00 Clerks"
    assert [fit.space.name for fit in free_rooms.fits] == ["Oak 1", "Elm", "Ash"]


def test_a_taken_room_cannot_be_taken(
    free_rooms: FreeRooms, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(free_rooms.answered, check_params_cb=lambda fits: fits == 3):
        database.write(by, hold_room, wish(woodlands.elm))
    free_rooms.table.choose(woodlands.elm)
    with qtbot.assertNotEmitted(free_rooms.room_chosen):
        qtbot.keyClick(free_rooms.table, Qt.Key.Key_Return)


def test_the_plan_is_drawn_on_one_page(qtbot: QtBot) -> None:
    grid = TimeGrid("Plan")
    qtbot.addWidget(grid)
    grid.show_span(day_plan(at("09:00").date()))
    page = QImage(1123, 794, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    draw_plan(page, grid, "Woodlands, Tue 4 Mar 2014", page.size())
    dark = sum(
        page.pixelColor(x, y).lightness() < 128 for x in range(0, 400, 2) for y in range(0, 40, 2)
    )
    assert dark  # the title


def test_when_no_room_fits_other_times_that_day_are_offered(
    free_rooms: FreeRooms, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    for room in (woodlands.oak_1, woodlands.elm, woodlands.ash):
        database.write(by, hold_room, wish(room))
    database.write(by, hold_room, wish(woodlands.ash, "12:00", "21:00"))
    qtbot.waitUntil(lambda: not free_rooms.fits)
    asked = FreeRoomsQuestion(
        starts_at=at("10:00"),
        ends_at=at("11:00"),
        heads=10,
        layout="classroom",
        site_id=woodlands.site,
    )
    answer = database.read(free_spaces, asked)
    assert [(one.space.name, one.starts_at) for one in answer.later] == [
        ("Oak 1", at("08:30")),
        ("Elm", at("08:30")),
        ("Ash", at("08:30")),
        ("Oak Room", at("08:00")),
    ]
    with qtbot.waitSignal(free_rooms.answered, check_params_cb=lambda fits: fits == 0):
        free_rooms.ask(asked)
    assert lines(free_rooms)[:4] == ["No room fits", "Other times that day", "Oak 1", "Elm"]
    free_rooms.table.choose((woodlands.elm, at("08:30")))
    with qtbot.waitSignal(free_rooms.time_chosen) as chosen:
        qtbot.keyClick(free_rooms.table, Qt.Key.Key_Return)
    assert chosen.args == [woodlands.elm, at("08:30")]
