"""Taking one room or day out of a booking of several: shown first, charged by its own terms."""

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.invoicing.actions import IssueNow, issue_for
from lle_desk.rooms.actions import (
    CancelBooking,
    ReleaseRoom,
    RestoreBooking,
    cancel_booking,
    hold_room,
    release_room,
    restore_booking,
    save_catering,
)
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.queries import use_version
from lle_desk.rooms.queries.cancelling import cost_or_why, room_cancellation_cost
from lle_desk.rooms.ui.cancel_booking import CancelRoomPage
from lle_desk.rooms.ui.new_booking_form import NewBookingForm
from lle_desk.rooms.ui.tab import RoomsTab
from tests.rooms.buying import Buying, booking_of, money, order
from tests.rooms.test_series import TUESDAY, taken
from tests.rooms.test_series_screen import CTRL, booked, save, saved_form
from tests.rooms.woodlands import Woodlands, at, card, wish

NOTICE = date(2014, 2, 25)  # 5 working days before Tuesday 4 March, 15 before the 18th
FEE = [("Cancelled: Hire of Elm, half day", 1, 8000, "O")]
COFFEE = ("Cancelled: Coffee and biscuits", 1, 2340, "O")
LATER = ("Hire of Ash, half day", 1, 9000, "E")


@pytest.fixture
def uses(database: Database, by: By, woodlands: Woodlands, buying: Buying) -> tuple[int, int]:
    """Elm on 4 March with coffee, and Ash two weeks later, in one booking."""

    def book(session: Session) -> tuple[int, int]:
        first = hold_room(session, wish(woodlands.elm, customer_id=buying.academy))
        save_catering(session, order(first, buying.coffee, 12))
        there = booking_of(session, first)
        weeks = timedelta(days=14)
        later: dict[str, Any] = {
            "starts_at": at("09:30") + weeks,
            "ends_at": at("12:00") + weeks,
        }
        second = hold_room(session, wish(woodlands.ash, room_booking_id=there, **later))
        return first, second

    return database.write(by, book)


def out(database: Database, use: int, **more: object) -> ReleaseRoom:
    version = database.read(use_version, use)
    ask = {"use_id": use, "seen_version": version, "reason": "Too few", "notice_on": NOTICE}
    return ReleaseRoom(**(ask | more))  # type: ignore[arg-type]


def test_a_day_taken_out_late_costs_what_was_shown_and_undo_takes_it_back(
    database: Database, by: By, uses: tuple[int, int]
) -> None:
    first, second = uses
    booking = database.read(booking_of, first)
    booked = money(database, first)
    shown = database.read(room_cancellation_cost, booking, NOTICE, first)
    assert [int(line.fee) for line in shown.lines] == [8000, 2340]
    later = database.read(room_cancellation_cost, booking, NOTICE, second)
    assert (later.words, int(later.total)) == ("15 working days of notice.", 4500)
    done = database.write(by, Keeping(release_room, "Took Elm out"), out(database, first))
    assert sorted(money(database, first)) == sorted([*FEE, COFFEE, LATER])
    left = card(database, second)
    assert (left.status, left.notes_office) == (
        "confirmed",
        "Taken out, Tue 4 Mar 09:30\N{EN DASH}12:00: Too few",
    )
    assert done.way is not None
    assert done.way.forth is not None
    database.write(by, done.way.back)
    assert money(database, first) == booked
    assert card(database, first).holds_space
    database.write(by, done.way.forth)
    assert sorted(money(database, first)) == sorted([*FEE, COFFEE, LATER])


def test_the_fee_of_a_part_stays_when_the_rest_is_cancelled_and_comes_back(
    database: Database, by: By, uses: tuple[int, int]
) -> None:
    first, second = uses
    database.write(by, release_room, out(database, first))
    seen = card(database, second)
    ask = CancelBooking(
        booking_id=seen.booking_id, seen_version=seen.booking_version, notice_on=NOTICE
    )
    database.write(by, cancel_booking, ask)
    rest = ("Cancelled: Hire of Ash, half day", 1, 4500, "O")
    assert sorted(money(database, first)) == sorted([*FEE, COFFEE, rest])
    seen = card(database, second)
    back = {"booking_id": seen.booking_id, "seen_version": seen.booking_version}
    database.write(by, restore_booking, RestoreBooking(**back, status="confirmed"))
    assert sorted(money(database, first)) == sorted([*FEE, COFFEE, LATER])


def test_a_waived_fee_is_remembered_and_a_billed_part_is_credited(
    database: Database, by: By, buying: Buying, uses: tuple[int, int]
) -> None:
    first, second = uses
    issue = IssueNow(new_uuid(), (buying.academy,), date(2014, 3, 31), date(2014, 3, 31))
    database.write(by, issue_for, issue)
    shown = database.read(cost_or_why, database.read(booking_of, first), NOTICE, first)
    assert not isinstance(shown, str)
    assert all(line.given_back for line in shown.lines)
    database.write(by, release_room, out(database, first, waived_because="snow"))
    with database.engine.connect() as connection:
        notes = connection.exec_driver_sql(
            "SELECT sum(l.net) FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id"
            " WHERE i.series = 'CRN'"
        ).scalar_one()
    assert int(notes) == -8000 - 2340
    assert "Too few (charge waived: snow)" in card(database, second).notes_office
    database.write(by, release_room, out(database, second))
    assert card(database, second).status == "cancelled"
    assert card(database, second).starts_at == at("09:30", 18)


def test_a_room_is_added_to_a_booking_and_taken_out_again(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, taken(woodlands.elm, TUESDAY))
    form = saved_form(tab, qtbot, use)
    qtbot.mouseClick(form.around.add_rooms, Qt.MouseButton.LeftButton)
    adding = tab.inspector.booking_form
    assert isinstance(adding, NewBookingForm)
    assert adding.repeat.isHidden()
    adding.room.show_value(woodlands.ash)
    save(tab, qtbot)
    tab.inspector.show_use(use)  # the next one is opened before the save is answered
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    assert booked(database, TUESDAY) == ["1 Elm 09:30", "1 Ash 09:30"]
    form = saved_form(tab, qtbot, use)
    ash = next(room for room in form.around.room_model.rows if room.room == "Ash")
    form.around.room_table.choose(ash.use_id)
    qtbot.mouseClick(form.around.take_out, Qt.MouseButton.LeftButton)
    page = tab.inspector.page
    assert isinstance(page, CancelRoomPage)
    qtbot.waitUntil(lambda: page.cost is not None)
    assert booked(database, TUESDAY) == [
        "1 Elm 09:30",
        "1 Ash 09:30",
    ]
    qtbot.keyClicks(page.reason.editor, "Too few come")
    qtbot.keyClick(page.reason.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: booked(database, TUESDAY) == ["1 Elm 09:30"])
