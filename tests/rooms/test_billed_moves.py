"""Moving what is on an issued paper: the paper stands, or is credited once that was seen."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.invoicing.actions import IssueNow, issue_for
from lle_desk.rooms.actions import CancelBooking, cancel_booking, hold_room, move_use
from lle_desk.rooms.actions.agreeing import MayCredit, PaperStands
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.ui.saved_booking_form import SavedBookingForm
from lle_desk.rooms.ui.tab import RoomsTab
from tests.rooms.buying import Buying
from tests.rooms.woodlands import Woodlands, at, card, move_of, wish


@pytest.fixture
def use(database: Database, by: By, woodlands: Woodlands, buying: Buying) -> int:
    """Elm on Tuesday morning for £80.00, on an issued invoice."""
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    ask = IssueNow(new_uuid(), (buying.academy,), date(2014, 3, 31), date(2014, 3, 31))
    database.write(by, issue_for, ask)
    return use


def credited(database: Database) -> int:
    """Return the pence of all credit notes."""
    with database.engine.connect() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT coalesce(sum(l.net), 0) FROM invoice_line l"
                " JOIN invoice i ON i.id = l.invoice_id WHERE i.series = 'CRN'"
            ).scalar_one()
        )


def owed(database: Database) -> list[tuple[str, int]]:
    return [(row.description, int(row.net)) for row in database.read(unbilled_charges)]


def test_the_paper_stands_while_the_same_money_is_owed(
    database: Database, by: By, woodlands: Woodlands, use: int
) -> None:
    ask = move_of(database, use, woodlands.elm, "13:00", "16:00")
    week = timedelta(days=7)
    later = type(ask)(
        use_id=use,
        seen_version=ask.seen_version,
        space_id=woodlands.elm,
        starts_at=ask.starts_at + week,
        ends_at=ask.ends_at + week,
    )
    database.write(by, move_use, later)
    database.write(by, move_use, move_of(database, use, None, "09:00", "12:00"))  # parked
    database.write(by, move_use, move_of(database, use, woodlands.elm, "09:00", "12:00"))
    assert (credited(database), owed(database)) == (0, [])
    assert card(database, use).uncharged == ()


def test_another_price_is_told_first_then_credited_and_charged_anew_and_undone(
    database: Database, by: By, woodlands: Woodlands, use: int
) -> None:
    ask = move_of(database, use, woodlands.ash, "09:00", "16:00")
    with pytest.raises(PaperStands) as told:
        database.write(by, move_use, ask)
    assert told.value.words == (
        "“Hire of Elm, half day” £80.00 of WR-00001 is on an issued paper."
        " So changed, £80.00 is credited now and £144.00 charged instead."
    )
    assert (credited(database), owed(database)) == (0, [])
    done = database.write(by, Keeping(MayCredit(move_use), "Moved"), ask)
    ash = [("Hire of Ash, day", 14400)]
    assert (credited(database), owed(database)) == (-8000, ash)
    assert done.way is not None
    assert done.way.forth is not None
    database.write(by, done.way.back)
    assert owed(database) == [("Hire of Elm, half day", 8000)]  # what was credited is due again
    database.write(by, done.way.forth)
    assert (credited(database), owed(database)) == (-8000, ash)


def test_undoing_the_cancelling_of_what_was_billed_charges_it_anew(
    database: Database, by: By, use: int
) -> None:
    seen = card(database, use)
    ask = CancelBooking(
        booking_id=seen.booking_id,
        seen_version=seen.booking_version,
        reason="Too few come",
        notice_on=date(2014, 2, 10),  # 16 working days before the day: half of it is to pay
    )
    done = database.write(by, Keeping(cancel_booking, "Cancelled"), ask)
    fee = [("Cancelled: Hire of Elm, half day", 4000)]
    assert (credited(database), owed(database)) == (-8000, fee)
    assert done.way is not None
    assert done.way.forth is not None
    database.write(by, done.way.back)
    assert card(database, use).status == "confirmed"
    assert (credited(database), owed(database)) == (-8000, [("Hire of Elm, half day", 8000)])
    database.write(by, done.way.forth)
    assert card(database, use).status == "cancelled"
    assert (credited(database), owed(database)) == (-8000, fee)


def test_a_dearer_room_is_agreed_to_in_the_form(
    tab: RoomsTab, database: Database, woodlands: Woodlands, use: int, qtbot: QtBot
) -> None:
    tab.open_record("room_use", use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use and not tab._desk.is_busy())
    tab.grid.move_wanted.emit(use, woodlands.ash, at("09:30"), at("12:00"))
    form = tab.inspector.booking_form
    assert isinstance(form, SavedBookingForm)
    qtbot.waitUntil(lambda: not form.paper.isHidden())
    assert credited(database) == 0
    qtbot.keyClick(form.paper.agree, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: credited(database) == -8000)
    qtbot.waitUntil(lambda: not tab._desk.is_busy())
    assert owed(database) == [("Hire of Ash, half day", 9000)]
