"""Closures made, changed and taken away in the Rooms tab, and the opening hours beside them."""

from datetime import date, time
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import hold_room
from lle_desk.rooms.queries import opening_hours
from lle_desk.rooms.queries.closures import ClosureRow, closure_list
from lle_desk.rooms.ui.closures import ClosuresPage
from tests.rooms.woodlands import Woodlands, at, card, wish

DAY = date(2014, 3, 4)


@pytest.fixture
def page(desk: Desk, woodlands: Woodlands, qtbot: QtBot) -> ClosuresPage:
    """The page, opened at Tuesday 4 March 2014."""
    page = ClosuresPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    page.open_at(woodlands.site, DAY)
    settle(page, qtbot)
    return page


def settle(page: ClosuresPage, qtbot: QtBot) -> None:
    qtbot.wait(30)
    qtbot.waitUntil(lambda: not page.desk.is_busy())


def closures(database: Database, woodlands: Woodlands) -> list[ClosureRow]:
    return database.read(closure_list, woodlands.site, DAY)


def close_elm(page: ClosuresPage, woodlands: Woodlands, qtbot: QtBot) -> None:
    page.form.room.show_value(woodlands.elm)
    page.form.reason.show_value("New carpet")
    page._save()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    settle(page, qtbot)


def test_a_closure_is_made_changed_and_taken_away(
    page: ClosuresPage, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    close_elm(page, woodlands, qtbot)
    (made,) = closures(database, woodlands)
    assert (made.room, made.reason, made.starts_at) == ("Elm", "New carpet", at("08:00"))
    page.form.reason.show_value("New carpet and paint")
    page.form.end.show_value(time(12, 0))
    page._save()
    settle(page, qtbot)
    (changed,) = closures(database, woodlands)
    assert (changed.reason, changed.ends_at) == ("New carpet and paint", at("12:00"))
    page._remove()
    settle(page, qtbot)
    assert not closures(database, woodlands)


def test_a_closure_without_a_reason_is_not_saved(
    page: ClosuresPage, database: Database, woodlands: Woodlands
) -> None:
    page._save()
    assert page.form.reason.error
    assert not closures(database, woodlands)


def test_what_was_booked_before_is_listed_and_opens(
    page: ClosuresPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, title="Governors"))
    close_elm(page, woodlands, qtbot)
    qtbot.waitUntil(lambda: page.way_model.rowCount() == 1)
    assert "1 booked there before" in page.way_words.text()
    with qtbot.waitSignal(page.use_opened) as opened:
        page.way.row_opened.emit(page.way_model.rows[0])
    assert opened.args == [use]
    assert card(database, use).holds_space


def test_a_booking_is_let_in_and_kept_out_again(
    page: ClosuresPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.ash, title="Governors"))
    close_elm(page, woodlands, qtbot)
    page.number.show_value(card(database, use).number)
    page._let_in()
    qtbot.waitUntil(lambda: page.allowed_model.rowCount() == 1)
    assert page.allowed_model.rows[0].words == "WR-00001 Governors"
    page.allowed.row_opened.emit(page.allowed_model.rows[0])
    qtbot.waitUntil(lambda: page.allowed_model.rowCount() == 0)


def test_a_booking_number_that_is_not_there_is_refused_beside_the_field(
    page: ClosuresPage, woodlands: Woodlands, qtbot: QtBot
) -> None:
    close_elm(page, woodlands, qtbot)
    page.number.show_value(4711)
    page._let_in()
    qtbot.waitUntil(lambda: "WR-04711" in page.number.error)


def test_the_opening_hours_are_changed_and_hold_from_then_on(
    page: ClosuresPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    assert page.open_words.text() == "Mon–Fri 08:00–21:30, Sat–Sun shut"
    before = database.read(opening_hours)[woodlands.site].days[5]
    opens, closes = page.hours_form.days[5]
    opens.show_value(time(9, 0))
    closes.show_value(time(13, 0))
    page._save_hours()
    qtbot.waitUntil(lambda: "Sat 09:00–13:00" in page.open_words.text())
    assert database.read(opening_hours)[woodlands.site].days[5] == (540, 780)
    settle(page, qtbot)
    page.desk.undos.undo()
    qtbot.waitUntil(lambda: database.read(opening_hours)[woodlands.site].days[5] == before)
    settle(page, qtbot)
    page.desk.undos.redo()
    qtbot.waitUntil(lambda: database.read(opening_hours)[woodlands.site].days[5] == (540, 780))
    saturday: dict[str, Any] = {"starts_at": at("10:00", 8), "ends_at": at("12:00", 8)}
    database.write(by, hold_room, wish(woodlands.elm, **saturday))


def test_a_day_that_closes_before_it_opens_is_refused(
    page: ClosuresPage, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    opens, closes = page.hours_form.days[0]
    opens.show_value(time(13, 0))
    closes.show_value(time(9, 0))
    page._save_hours()
    qtbot.waitUntil(lambda: "must close after it opens" in opens.error)
    assert database.read(opening_hours)[woodlands.site].days[0] == (480, 1290)


def test_the_refusal_of_a_closed_room_says_why(
    page: ClosuresPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    close_elm(page, woodlands, qtbot)
    with pytest.raises(OfficerError, match="New carpet"):
        database.write(by, hold_room, wish(woodlands.elm))


def _wait_for(
    database: Database, woodlands: Woodlands, there: tuple[str, int] | None, qtbot: QtBot
) -> None:
    """Wait until one closure is there with that reason, letting in so many; None: no closure."""
    wanted = [there] if there else []
    qtbot.waitUntil(
        lambda: [(one.reason, len(one.allowed)) for one in closures(database, woodlands)] == wanted
    )


def test_what_was_done_to_a_closure_is_undone(
    page: ClosuresPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.ash, title="Governors"))
    close_elm(page, woodlands, qtbot)
    page.number.show_value(card(database, use).number)
    page._let_in()
    qtbot.waitUntil(lambda: page.allowed_model.rowCount() == 1)
    page.form.reason.show_value("New carpet and paint")
    page._save()
    undo, redo = page.desk.undos.undo, page.desk.undos.redo
    once, let, painted = ("New carpet", 0), ("New carpet", 1), ("New carpet and paint", 1)
    steps = ((undo, let), (undo, once), (undo, None), (redo, once), (redo, let), (redo, painted))
    for step, there in (*steps, (undo, let)):
        settle(page, qtbot)
        step()
        _wait_for(database, woodlands, there, qtbot)
    settle(page, qtbot)
    page.table.choose_first()
    page._remove()
    qtbot.waitUntil(lambda: not closures(database, woodlands))
    settle(page, qtbot)
    page.desk.undos.undo()
    qtbot.waitUntil(lambda: [len(one.allowed) for one in closures(database, woodlands)] == [1])
    [again] = closures(database, woodlands)
    assert (again.room, again.reason) == ("Elm", "New carpet")


def test_a_closure_just_made_is_taken_back(
    page: ClosuresPage, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    close_elm(page, woodlands, qtbot)
    page.desk.undos.undo()
    qtbot.waitUntil(lambda: not closures(database, woodlands))
