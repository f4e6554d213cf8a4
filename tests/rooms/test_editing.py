from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.rooms.actions import (
    CancelBooking,
    ConfirmBooking,
    CountHeads,
    EditBooking,
    ReleaseRoom,
    RestoreBooking,
    cancel_booking,
    confirm_booking,
    count_heads,
    edit_booking,
    follow_moves,
    hold_room,
    move_use,
    release_room,
    restore_booking,
)
from lle_desk.rooms.actions.moving import Moved
from lle_desk.rooms.queries import (
    UseCard,
)
from tests.rooms.woodlands import Woodlands, at, card, move_of, wish

TUESDAY = date(2014, 3, 4)


def edit_of(shown: UseCard, **more: object) -> EditBooking:
    values: dict[str, object] = {
        "booking_id": shown.booking_id,
        "seen_booking_version": shown.booking_version,
        "use_id": shown.use_id,
        "seen_use_version": shown.use_version,
        "space_id": shown.space.id if shown.space else None,
        "starts_at": shown.starts_at,
        "ends_at": shown.ends_at,
        "before_minutes": 0,
        "after_minutes": 0,
        "heads": shown.heads,
        "layout": shown.layout,
        "title": shown.title,
        "category": shown.category,
    }
    return EditBooking(**(values | more))  # type: ignore[arg-type]


def test_an_edit_is_one_step_of_each_version_and_one_line_of_history(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    ask = edit_of(
        card(database, use), heads=12, title="Phonics", space_id=woodlands.ash, order_number="PO 1"
    )
    database.write(by, edit_booking, ask)
    shown = card(database, use)
    assert (shown.use_version, shown.booking_version) == (2, 2)
    assert shown.history[0].words == (
        "Moved from Elm to Ash, heads 8 to 12, title Phonics in Key Stage 1 to Phonics,"
        " order number none to PO 1"
    )
    with pytest.raises(RecordChanged):
        database.write(by, edit_booking, ask)


def test_an_edit_may_not_outgrow_the_room_without_a_reason(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    with pytest.raises(OfficerError, match="Elm takes 30"):
        database.write(by, edit_booking, edit_of(card(database, use), heads=33))
    assert card(database, use).heads == 8


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"category": "Weddings"}, "category"),
        ({"layout": "hammock"}, "layout"),
        ({"heads": 0}, "heads"),
        ({"ends_at": at("09:30")}, "ends_at"),
        ({"ends_at": at("09:30") + timedelta(days=40)}, "ends_at"),
        ({"title": "x" * 201}, "title"),
    ],
)
def test_a_form_with_a_fault_is_refused_beside_the_field(
    database: Database, by: By, woodlands: Woodlands, more: dict[str, object], field: str
) -> None:
    with pytest.raises(OfficerError) as refused:
        database.write(by, hold_room, replace(wish(woodlands.elm), **more))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_course_moves_its_time_only_with_its_own_screen(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, source="a course nobody follows"))
    database.write(by, move_use, move_of(database, use, woodlands.ash, "13:00", "15:00"))
    seen: list[tuple[int, int | None, int | None]] = []

    def follow(_session: object, moves: Sequence[Moved]) -> None:
        [one] = moves
        if one.now.space_id == woodlands.oak_1:
            raise OfficerError("The trainer is elsewhere then.")
        seen.append((one.use_id, one.was.space_id, one.now.space_id))

    follow_moves("a course nobody follows", follow)
    database.write(by, move_use, move_of(database, use, woodlands.elm, "09:00", "11:00"))
    assert seen == [(use, woodlands.ash, woodlands.elm)]
    with pytest.raises(OfficerError, match="The trainer is elsewhere"):
        database.write(by, move_use, move_of(database, use, woodlands.oak_1, "09:00", "11:00"))
    shown = card(database, use)
    assert shown.space is not None
    assert shown.space.name == "Elm"


def test_a_course_is_not_cancelled_in_the_diary(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, source="course"))
    ask = CancelBooking(booking_id=card(database, use).booking_id, seen_version=1)
    with pytest.raises(OfficerError, match="Cancel it in Courses"):
        database.write(by, cancel_booking, ask)


def test_the_rooms_of_a_course_called_off_are_not_taken_again_in_the_diary(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, source="course"))
    database.write(by, release_room, ReleaseRoom(use_id=use, seen_version=1))
    shown = card(database, use)
    ask = RestoreBooking(
        booking_id=shown.booking_id, seen_version=shown.booking_version, status="confirmed"
    )
    with pytest.raises(OfficerError, match="in Courses"):
        database.write(by, restore_booking, ask)
    assert not card(database, use).holds_space


def test_confirming_does_not_take_back_a_room_that_was_given_back(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    first = database.write(by, hold_room, wish(woodlands.elm, status="provisional"))
    booking = card(database, first).booking_id
    second = database.write(by, hold_room, wish(woodlands.ash, room_booking_id=booking))
    database.write(by, release_room, ReleaseRoom(use_id=first, seen_version=1))
    database.write(by, confirm_booking, ConfirmBooking(booking_id=booking, seen_version=1))
    assert card(database, second).status == "confirmed"
    assert not card(database, first).holds_space


def test_who_came_is_counted(database: Database, by: By, woodlands: Woodlands) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    database.write(by, hold_room, wish(None))
    ask = CountHeads(use_id=use, seen_version=1, heads=7)
    assert database.write(by, count_heads, ask) == 2
    assert card(database, use).actual_heads == 7
    assert card(database, use).history[0].words == "Counted 7 people"
    with pytest.raises(OfficerError, match="how many people came"):
        database.write(by, count_heads, replace(ask, seen_version=2, heads=-1))


def test_a_room_taken_out_of_a_booking_stays_out_when_its_cancelling_is_taken_back(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    elm = database.write(by, hold_room, wish(woodlands.elm))
    booking_id = card(database, elm).booking_id
    ash = database.write(by, hold_room, wish(woodlands.ash, room_booking_id=booking_id))
    database.write(by, release_room, ReleaseRoom(use_id=ash, seen_version=1))
    seen = card(database, elm)
    cancel = CancelBooking(
        booking_id=booking_id, seen_version=seen.booking_version, reason="by telephone"
    )
    version = database.write(by, cancel_booking, cancel)
    back = RestoreBooking(booking_id=booking_id, seen_version=version, status="confirmed")
    database.write(by, restore_booking, back)
    assert card(database, elm).holds_space
    assert not card(database, ash).holds_space
    database.write(by, hold_room, wish(woodlands.ash, title="Spanish"))


def test_the_last_room_given_back_comes_back_with_its_booking(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    elm = database.write(by, hold_room, wish(woodlands.elm))
    booking_id = card(database, elm).booking_id
    ash = database.write(by, hold_room, wish(woodlands.ash, room_booking_id=booking_id))
    for use in (ash, elm):
        version = card(database, use).use_version
        database.write(by, release_room, ReleaseRoom(use_id=use, seen_version=version))
    cancelled = card(database, elm)
    assert cancelled.status == "cancelled"
    back = RestoreBooking(
        booking_id=booking_id, seen_version=cancelled.booking_version, status="confirmed"
    )
    database.write(by, restore_booking, back)
    assert card(database, elm).holds_space
    assert not card(database, ash).holds_space
