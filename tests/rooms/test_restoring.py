"""Taking back a cancelled room whose fee is billed: what is credited is seen first."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.customers.rules import Route
from lle_desk.invoicing.queries import paper_rows
from lle_desk.qt.buttons import Button
from lle_desk.rooms.actions import CloseSpace, close_space, hold_room
from lle_desk.rooms.ui.booking_page import BookingPage
from lle_desk.rooms.ui.restore_page import RestoreRoomPage
from lle_desk.rooms.ui.tab import RoomsTab
from tests.invoicing.billing import bill
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.rooms.buying import Buying
from tests.rooms.test_hire import cancelled
from tests.rooms.test_series_screen import CTRL
from tests.rooms.woodlands import Woodlands, card, wish


def asked(tab: RoomsTab, qtbot: QtBot, use: int) -> RestoreRoomPage:
    """Press “Take the cancellation back”, and return what is asked then."""
    inspector = tab.inspector
    inspector.show_use(use)
    qtbot.waitUntil(lambda: inspector.use_id == use)
    assert inspector.page is not None
    buttons = inspector.page.findChildren(Button)
    back = next(one for one in buttons if one.words == "Take the cancellation back")
    qtbot.keyClick(back, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(inspector.page, RestoreRoomPage))
    page = inspector.page
    assert isinstance(page, RestoreRoomPage)
    return page


@pytest.mark.parametrize("route", Route)
def test_what_is_given_back_and_charged_is_seen_before_a_cancelled_room_is_taken_back(
    tab: RoomsTab,
    database: Database,
    by: By,
    woodlands: Woodlands,
    buying: Buying,
    qtbot: QtBot,
    route: Route,
) -> None:
    is_invoiced = route is Route.INVOICE
    buyer = buying.academy if is_invoiced else buying.school
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buyer))
    cancelled(database, by, use)
    [fee] = database.read(unbilled_charges)
    bill(database, buyer, route)
    said = shown_texts(asked(tab, qtbot, use))
    for words in ("To pay", "Difference", "Cancelled: Hire of Elm, half day", "£0.00"):
        assert words in said, said
    given = "credited now" if is_invoiced else "a reversing recharge is issued now"
    assert any(given in one for one in said)
    assert_plain(tab.inspector)
    assert_named(tab.inspector)
    tab.inspector.leave()
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    assert len(database.read(paper_rows)) == 1
    page = asked(tab, qtbot, use)
    qtbot.keyClick(page.save_button, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(tab.inspector.page, BookingPage))
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    assert card(database, use).status == "confirmed"
    back, billed = database.read(paper_rows)
    assert (back.total, back.credits_number) == (-fee.gross, billed.number)
    assert [row.net for row in database.read(unbilled_charges)] == [fee.net]


def test_a_room_that_was_closed_meanwhile_is_not_taken_back_and_says_why(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, buying: Buying, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    cancelled(database, by, use)
    bill(database, buying.academy, Route.INVOICE)
    page = asked(tab, qtbot, use)
    seen = card(database, use)
    shut = CloseSpace(
        client_uuid=new_uuid(),
        site_id=woodlands.site,
        space_id=woodlands.elm,
        starts_at=seen.starts_at,
        ends_at=seen.ends_at,
        reason="New carpet",
    )
    database.write(by, close_space, shut)
    qtbot.keyClick(page.save_button, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: any("New carpet" in one for one in shown_texts(page)))
    assert len(database.read(paper_rows)) == 1
    assert card(database, use).starts_at.date() == date(2014, 3, 4)
