"""What an event costs, and how many places it still needs to break even."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import NewSession, book_places
from lle_desk.courses.actions.costs import SaveCost, save_cost
from lle_desk.courses.queries.breaking_even import break_even
from lle_desk.courses.rules import break_even_words, places_to_break_even
from lle_desk.courses.ui.cost_page import CostPage, needed_words
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.customers.rules import Band
from lle_desk.offers.rules import BandPrice
from lle_desk.rooms.actions import (
    AddCateringItem,
    SaveCatering,
    SetSpaceRate,
    add_catering_item,
    save_catering,
    set_space_rate,
)
from lle_desk.rooms.rules.hire import Part
from tests.courses.keyboard import CTRL, Keyboard
from tests.courses.people import ANN, THURSDAY, a_course, a_school, an_event, at, booking_of
from tests.courses.test_session_rooms import a_room, give, sessions
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.trainers.people import a_trainer


def internal(amount: int) -> tuple[BandPrice, ...]:
    return (BandPrice(Band.INTERNAL, Pence(amount)), BandPrice(Band.EXTERNAL, Pence(9 * amount)))


def an_event_with_everything(database: Database) -> int:
    """Return an event that costs £120 for its room, £350 for its trainer, £60 for lunch."""
    oak, anna = a_room(database), a_trainer(database)
    database.write(
        ANN, set_space_rate, SetSpaceRate(space_id=oak, part=Part.DAY, prices=internal(12_000))
    )
    lunch = AddCateringItem(
        client_uuid=new_uuid(), code="LUNCH", name="Buffet lunch", prices=internal(500)
    )
    item = database.write(ANN, add_catering_item, lunch)
    new = NewSession(at(THURSDAY, "09:30"), at(THURSDAY, "15:30"), trainer_ids=(anna,))
    event = an_event(database, a_course(database), (new,))
    use = give(database, sessions(database, event)[0], oak)
    line = SaveCatering(
        client_uuid=new_uuid(),
        use_id=use,
        item_id=item,
        served_at=at(THURSDAY, "12:00"),
        quantity=12,
    )
    database.write(ANN, save_catering, line)
    return event


def typed(event: int, what: str = "Printing", amount: int = 2_000) -> SaveCost:
    return SaveCost(new_uuid(), event, what, Pence(amount))


def test_room_at_the_internal_rate_trainer_catering_and_what_was_typed_are_the_costs(
    database: Database,
) -> None:
    event = an_event_with_everything(database)
    database.write(ANN, save_cost, typed(event))
    found = database.read(break_even, event)
    assert [(cost.kind, cost.what, cost.why, cost.amount) for cost in found.costs] == [
        ("room", "Oak Room", "1 session, internal rate", 12_000),
        ("trainer", "Anna Example", "1 day", 35_000),
        ("catering", "Buffet lunch", "for 12", 6_000),
        ("other", "Printing", "typed in", 2_000),
    ]
    assert (found.cost, found.income, found.price) == (55_000, 0, 16_500)
    assert needed_words(found) == "4 places still needed to break even at £165.00"


def test_each_place_that_is_booked_brings_it_nearer(database: Database) -> None:
    event = an_event_with_everything(database)
    school = a_school(database)
    database.write(ANN, book_places, booking_of(event, school, "Ann One", "Ben Two"))
    found = database.read(break_even, event)
    assert found.income == 39_000
    assert found.needed == 1  # £530 less £390, at £165
    database.write(ANN, book_places, booking_of(event, school, "Cat Three"))
    assert database.read(break_even, event).needed == 0


def test_a_room_without_an_internal_rate_is_said_not_guessed(database: Database) -> None:
    event = an_event(database, a_course(database))
    give(database, sessions(database, event)[0], a_room(database))
    found = database.read(break_even, event)
    assert found.costs[0].amount is None
    assert not found.is_known
    assert needed_words(found) == "1 cost is not known yet; without it the event breaks even"


def test_a_cost_is_changed_and_struck_out_and_never_saved_twice(database: Database) -> None:
    event = an_event(database, a_course(database))
    ask = typed(event)
    cost = database.write(ANN, save_cost, ask)
    assert database.write(ANN, save_cost, ask) == cost
    [row] = database.read(break_even, event).costs
    change = SaveCost(new_uuid(), event, "Printing", Pence(0), cost, row.version)
    database.write(ANN, save_cost, change)
    assert database.read(break_even, event).costs == ()
    with pytest.raises(RecordChanged):
        database.write(ANN, save_cost, change)
    with pytest.raises(OfficerError, match="what the cost is for"):
        database.write(ANN, save_cost, typed(event, " "))


def test_the_database_itself_refuses_a_cost_below_nothing(database: Database) -> None:
    event = an_event(database, a_course(database))
    cost = database.write(ANN, save_cost, typed(event))

    def attack(session: Session) -> None:
        session.execute(text("UPDATE event_cost SET amount = -1 WHERE id = :id"), {"id": cost})

    with pytest.raises((DBAPIError, OfficerError)):
        database.write(ANN, attack)


def test_places_to_break_even_are_rounded_up() -> None:
    assert places_to_break_even(Pence(55_000), Pence(0), Pence(19_500)) == 3
    assert places_to_break_even(Pence(39_000), Pence(0), Pence(19_500)) == 2
    assert places_to_break_even(Pence(1), Pence(1), None) == 0
    assert places_to_break_even(Pence(2), Pence(1), None) is None
    assert break_even_words(1, Pence(19_500), Pence(1)).startswith("1 place still needed")


def shown_costs(tab: CoursesTab) -> CostPage:
    page = tab.programme.side.page
    assert isinstance(page, CostPage)
    return page


def test_costs_are_typed_by_keyboard_and_the_live_line_follows(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event_with_everything(database)
    tab.programme.show_event(event)
    qtbot.waitUntil(lambda: tab.programme.side.shown_event is not None)
    page = tab.programme.side.page
    assert page is not None
    assert {"4 places", "to break even"} <= set(shown_texts(page))
    page.costs_wanted.emit()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, CostPage))
    costs = tab.programme.side.page
    assert isinstance(costs, CostPage)
    assert costs.what.line.hasFocus()
    keyboard.type("Speaker")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.type("200")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: tab.programme.side.page is not costs)
    following = tab.programme.side.page
    assert isinstance(following, CostPage)
    assert "5 places still needed to break even at £165.00." in shown_texts(following)
    tab._desk.undos.undo()
    qtbot.waitUntil(lambda: "Speaker" not in shown_texts(shown_costs(tab)))
    tab._desk.undos.redo()
    qtbot.waitUntil(lambda: "Speaker" in shown_texts(shown_costs(tab)))
    following = shown_costs(tab)
    assert_plain(following)
    assert_named(following)
