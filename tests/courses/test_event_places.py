"""The places of an event on its page: the first of a long list, all of them when asked for."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.money import Pence
from lle_desk.courses.queries import PlaceRow
from lle_desk.courses.ui.event_places import PlacesList
from lle_desk.qt.settings import Settings
from tests.qt.walk import assert_named, assert_plain


def place(number: int) -> PlaceRow:
    """Return a booked place of delegate `number`, whose booking is 100 + `number`."""
    return PlaceRow(
        id=number,
        version=1,
        state="booked",
        person_id=number,
        delegate=f"Delegate {number}",
        customer_id=1,
        customer="Demo Primary School",
        booking_id=100 + number,
        booking_number=1,
        charge_id=number,
        charge_state="unbilled",
        band="LA school",
        net=Pence(17500),
        vat=Pence(0),
        price_reason="",
        vat_code="",
        route="invoice",
        cancelled_reason="",
        owed=Pence(17500),
    )


def shown(qtbot: QtBot, count: int) -> PlacesList:
    made = PlacesList([place(number) for number in range(1, count + 1)], Settings("ann"))
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_long_list_shows_its_first_ten_and_all_by_a_key(qtbot: QtBot) -> None:
    short = shown(qtbot, 12)
    assert short.all.isHidden()
    assert short.table.model().rowCount() == 12
    long = shown(qtbot, 34)
    assert long.table.model().rowCount() == 10
    assert long.all.words == "All 34 places"
    low = long.table.height()
    qtbot.keyClick(long.all, Qt.Key.Key_Return)
    assert long.table.model().rowCount() == 34
    assert long.table.height() > 3 * low
    following = shown(qtbot, 20)  # the next event: who wanted all, sees all
    assert following.table.model().rowCount() == 20
    qtbot.keyClick(following.all, Qt.Key.Key_Space)
    assert following.table.model().rowCount() == 10
    assert_named(following)
    assert_plain(following)


def test_a_line_opens_its_booking_by_enter(qtbot: QtBot) -> None:
    long = shown(qtbot, 34)
    opened: list[int] = []
    long.booking_opened.connect(opened.append)
    long.table.choose(3)
    qtbot.keyClick(long.table, Qt.Key.Key_Return)
    assert opened == [103]
