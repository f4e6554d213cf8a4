"""A course session moved or swapped in the diary: what goes along, and whom to tell of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.core.undo import do_again, take_back
from lle_desk.courses.actions import book_places
from lle_desk.courses.actions.telling import TickBookings, tick_bookings
from lle_desk.courses.queries import SessionRow
from lle_desk.courses.queries.telling import last_decision, people_to_tell
from lle_desk.courses.rules import MOVED
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.courses.ui.tell_page import TellPage
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import (
    AddSpace,
    HoldRoom,
    MoveUse,
    SpaceLayoutOf,
    add_space,
    edit_booking,
    hold_room,
    move_use,
)
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.actions.requests import SwapUses
from lle_desk.rooms.actions.swapping import swap_uses
from lle_desk.rooms.queries import use_card, use_version
from lle_desk.rooms.rules import Layout
from lle_desk.rooms.ui.tab import RoomsTab
from lle_desk.window import TabSpec, Window
from tests.agreements.test_agreements import an_agreement
from tests.courses.people import ANN, THURSDAY, a_course, a_school, an_event, at, booking_of
from tests.courses.test_session_rooms import a_room, give, sessions, woodlands
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.rooms.test_editing import edit_of
from tests.rooms.woodlands import card

LATER = timedelta(days=1)
OTHER_DAY = date(2014, 3, 27)


def to(
    database: Database, use_id: int, space_id: int | None, row: SessionRow, by: timedelta
) -> MoveUse:
    """Return the move of a session's room by some days, into a room."""
    version = database.read(use_version, use_id)
    return MoveUse(
        use_id=use_id,
        seen_version=version,
        space_id=space_id,
        starts_at=row.starts_at + by,
        ends_at=row.ends_at + by,
    )


def to_tell(database: Database, event: int) -> tuple[str, list[tuple[str, bool]]]:
    """Return where the event was, and who is to be told of its move, and whether they were."""
    decision = database.read(last_decision, event)
    assert decision is not None
    assert decision.decided == MOVED
    people = database.read(people_to_tell, event)
    return decision.reason, [(person.customer, person.is_told) for person in people]


def test_another_room_or_time_in_the_diary_lists_whom_to_tell_as_the_events_form_does(
    database: Database,
) -> None:
    oak, ash = a_room(database), a_room(database, "Ash")
    event = an_event(database, a_course(database))
    first, _second = sessions(database, event)
    use = give(database, first, oak)
    database.write(ANN, move_use, to(database, use, ash, first, 0 * LATER))
    assert database.read(last_decision, event) is None, "nobody is booked yet"
    school = a_school(database)
    an_agreement(database, school)
    booking = database.write(ANN, book_places, booking_of(event, school, "Ann One"))
    done = database.write(ANN, Keeping(move_use, "Moved"), to(database, use, oak, first, 0 * LATER))
    assert done.lead is not None
    assert (done.lead.said, done.lead.kind) == ("1 booking is to be told.", "event_telling")
    assert to_tell(database, event) == ("It was in Ash", [("Demo Primary School", False)])
    assert done.way is not None
    database.write(ANN, take_back, done.way.back, done.way.after)
    assert database.read(last_decision, event) is None, "nobody was told, so nobody is to be"
    database.write(ANN, move_use, to(database, use, oak, first, 0 * LATER))
    database.write(ANN, tick_bookings, TickBookings((event,), (booking,)))
    database.write(ANN, move_use, to(database, use, None, first, 0 * LATER))
    assert to_tell(database, event) == ("It was in Oak Room", [("Demo Primary School", False)])
    database.write(ANN, move_use, to(database, use, ash, first, 0 * LATER))
    standing = database.read(last_decision, event)
    assert standing is not None
    assert standing.reason == "It was in Oak Room", "the list that stands says where it is now"
    later_and_elsewhere(database, event, use, (oak, ash))


def later_and_elsewhere(database: Database, event: int, use: int, rooms: tuple[int, int]) -> None:
    """Move a session's time, its day, then its room by the event's own page."""
    oak, ash = rooms
    first = sessions(database, event)[0]
    later = replace_times(to(database, use, ash, first, 0 * LATER), "10:00", "16:00")
    database.write(ANN, move_use, later)
    was = "It was Thu 13 and Thu 27 Mar 2014, 09:30–15:30"
    assert to_tell(database, event)[0] == was
    database.write(ANN, move_use, to(database, use, ash, first, LATER))
    assert to_tell(database, event)[0] == "It was Thu 13 and Thu 27 Mar 2014"
    form = edit_of(card(database, use), space_id=oak)
    saved = database.write(ANN, Keeping(edit_booking, "Saved"), form)
    assert saved.lead is not None
    assert to_tell(database, event)[0] == "It was in Ash"
    give(database, sessions(database, event)[0], ash)
    assert to_tell(database, event)[0] == "It was Thu 13 and Thu 27 Mar 2014", "still to be told"
    give(database, sessions(database, event)[0], oak)
    assert to_tell(database, event)[0] == "It was in Ash"


def replace_times(ask: MoveUse, starts: str, ends: str) -> MoveUse:
    day = ask.starts_at.date()
    return replace(ask, starts_at=at(day, starts), ends_at=at(day, ends))


def test_a_move_in_the_diary_takes_charges_along_and_refuses_a_day_no_agreement_covers(
    database: Database,
) -> None:
    oak = a_room(database)
    event = an_event(database, a_course(database))
    first, _second = sessions(database, event)
    use = give(database, first, oak)
    other = a_school(database, "Demo Junior School")
    database.write(ANN, book_places, booking_of(event, other, "Ann One"))
    database.write(ANN, move_use, to(database, use, oak, first, LATER))
    [charge] = database.read(unbilled_charges)
    assert charge.detail == "Ann One · LPDS-0001, Fri 14 and Thu 27 Mar 2014"
    covered = a_school(database)
    an_agreement(database, covered)
    database.write(ANN, book_places, booking_of(event, covered, "Bob Two"))
    with pytest.raises(OfficerError, match="does not cover"):
        database.write(ANN, move_use, to(database, use, oak, first, -400 * LATER))


@pytest.mark.parametrize("hour", ["16:00", "10:00"])
def test_joined_rooms_go_to_the_events_other_day_unless_its_session_there_is_just_then(
    database: Database, hour: str
) -> None:
    halves = (a_room(database, "Oak 1"), a_room(database, "Oak 2"))
    layouts = tuple(SpaceLayoutOf(layout, 60) for layout in (Layout.CLASSROOM, Layout.CABARET))
    joined = database.write(
        ANN,
        add_space,
        AddSpace(
            client_uuid=new_uuid(),
            site_id=database.read(woodlands),
            name="Oak 1 and 2",
            short_name="Oak 1+2",
            joins=halves,
            layouts=layouts,
        ),
    )
    event = an_event(database, a_course(database))
    first, second = sessions(database, event)
    use, other = give(database, first, joined), give(database, second, joined)
    starts = at(OTHER_DAY, hour)
    ask = replace(
        to(database, use, halves[0], first, 0 * LATER),
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
    )
    if hour == "10:00":
        refused = "“Phonics in Key Stage 1”, LPDS-0001, has another session then, Thu 27 Mar"
        database.write(ANN, move_use, to(database, other, halves[1], second, 0 * LATER))
        with pytest.raises(OfficerError, match=refused):
            database.write(ANN, move_use, ask)
        return
    database.write(ANN, move_use, replace(ask, space_id=joined))
    assert times(database, event) == [second.starts_at, starts]


def times(database: Database, event: int) -> list[datetime]:
    return [row.starts_at for row in sessions(database, event)]


def test_the_two_days_of_an_event_are_swapped_in_the_diary_and_back(database: Database) -> None:
    oak, ash = a_room(database), a_room(database, "Ash")
    event = an_event(database, a_course(database))
    first, second = sessions(database, event)
    database.write(ANN, book_places, booking_of(event, a_school(database), "Ann One"))
    uses = give(database, first, oak), give(database, second, ash)
    by = second.starts_at - first.starts_at
    ask = SwapUses(
        first=to(database, uses[0], ash, first, by), second=to(database, uses[1], oak, second, -by)
    )
    done = database.write(ANN, Keeping(swap_uses, "Swapped"), ask)
    after = {row.id: row.starts_at for row in sessions(database, event)}
    assert after == {first.id: second.starts_at, second.id: first.starts_at}
    assert done.way is not None
    database.write(ANN, take_back, done.way.back, done.way.after)
    back = {row.id: row.starts_at for row in sessions(database, event)}
    assert back == {first.id: first.starts_at, second.id: second.starts_at}
    assert database.read(last_decision, event) is None, "delegates notice nothing of it"
    rooms = SwapUses(
        first=to(database, uses[0], ash, first, 0 * LATER),
        second=to(database, uses[1], oak, second, 0 * LATER),
    )
    database.write(ANN, swap_uses, rooms)
    assert to_tell(database, event)[0] == "It was Thu 13 Mar in Oak Room and Thu 27 Mar in Ash"


def an_office(desk: Desk, qtbot: QtBot) -> Window:
    """Return the window with its diary on the first day of the event."""
    tabs = [
        TabSpec("Rooms", "door", RoomsTab),
        TabSpec("Courses", "school", CoursesTab, frozenset({"event_telling"})),
    ]
    window = Window(desk, tabs, people_to_tell, {})
    qtbot.addWidget(window)
    diary = window.page(0)
    assert isinstance(diary, RoomsTab)
    diary.bar.stepper.set_day(THURSDAY)
    with qtbot.waitSignal(diary.plan_shown):
        window.show()
    window.activateWindow()
    return window


def up_a_room(window: Window, use: int, qtbot: QtBot) -> None:
    """Move a booking to the room above it, by keys."""
    diary = window.page(0)
    assert isinstance(diary, RoomsTab)
    qtbot.waitUntil(lambda: use in {key for key, _said in diary.grid.spoken_blocks()})
    qtbot.waitUntil(lambda: not window.desk.is_busy())
    diary.grid.setFocus()
    diary.grid.select(use)
    qtbot.waitUntil(lambda: diary.inspector.use_id == use and not window.desk.is_busy())
    qtbot.keyClick(diary.grid, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(diary.grid, Qt.Key.Key_Return)


def test_the_notice_of_a_move_in_the_diary_leads_to_whom_to_tell(
    database: Database, desk: Desk, qtbot: QtBot
) -> None:
    oak = a_room(database)
    a_room(database, "Ash")
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, a_school(database), "Ann One"))
    use = give(database, sessions(database, event)[0], oak)
    window = an_office(desk, qtbot)
    up_a_room(window, use, qtbot)
    said = "Moved “Phonics in Key Stage 1” to Ash. 1 booking is to be told."
    qtbot.waitUntil(lambda: window.messages.text == said)
    qtbot.waitUntil(lambda: window.messages.lead_link.isVisible() and not desk.is_busy())
    assert_plain(window.messages)
    assert_named(window.messages)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_G, both)
    courses = window.page(1)
    assert isinstance(courses, CoursesTab)
    qtbot.waitUntil(lambda: isinstance(courses.programme.side.page, TellPage))
    page = courses.programme.side.page
    assert isinstance(page, TellPage)
    qtbot.waitUntil(lambda: page.table.chosen() is not None and not desk.is_busy())
    assert courses.programme.side.page is page
    assert "It was in Oak Room" in shown_texts(page)
    assert any(words.endswith("in Ash and no room yet") for words in shown_texts(page))
    window.messages.undo()
    qtbot.waitUntil(lambda: courses.programme.side.shown_event is not None)  # nobody to be told


def test_moving_a_session_in_the_diary_moves_the_course_and_undo_brings_both_back(
    database: Database,
) -> None:
    oak = a_room(database)
    event = an_event(database, a_course(database))
    [row] = sessions(database, event)[:1]
    use = give(database, row, oak)
    was = (row.starts_at, row.ends_at)
    ask = MoveUse(
        use_id=use,
        seen_version=database.read(use_version, use),
        space_id=oak,
        starts_at=row.starts_at + 20 * LATER,
        ends_at=row.ends_at + 20 * LATER,
    )
    done = database.write(ANN, Keeping(move_use, "Moved"), ask)
    assert done.way is not None
    moved = next(one for one in sessions(database, event) if one.id == row.id)
    assert moved.starts_at == ask.starts_at
    versions = database.write(ANN, take_back, done.way.back, done.way.after)
    back = next(one for one in sessions(database, event) if one.id == row.id)
    assert (back.starts_at, back.ends_at) == was
    assert done.way.forth is not None
    database.write(ANN, do_again, done.way.forth, versions)
    again = next(one for one in sessions(database, event) if one.id == row.id)
    assert again.starts_at == ask.starts_at


def test_a_session_swaps_its_room_with_a_booking(database: Database) -> None:
    oak, ash = a_room(database), a_room(database, "Ash")
    event = an_event(database, a_course(database))
    [row] = sessions(database, event)[:1]
    use = give(database, row, oak)
    other = database.write(
        ANN,
        hold_room,
        HoldRoom(
            client_uuid=new_uuid(),
            space_id=ash,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            heads=8,
            title="Governors",
        ),
    )

    def to(use_id: int, space_id: int) -> MoveUse:
        return MoveUse(
            use_id=use_id,
            seen_version=database.read(use_version, use_id),
            space_id=space_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )

    def rooms() -> list[str]:
        cards = [database.read(use_card, one) for one in (use, other)]
        return [card.space.name for card in cards if card is not None and card.space is not None]

    ask = SwapUses(first=to(use, ash), second=to(other, oak))
    done = database.write(ANN, Keeping(swap_uses, "Swapped"), ask)
    assert rooms() == ["Ash", "Oak Room"]
    assert done.way is not None
    database.write(ANN, take_back, done.way.back, done.way.after)
    assert rooms() == ["Oak Room", "Ash"]
