from dataclasses import replace
from datetime import date

import pytest

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions import (
    CancelBooking,
    CloseSpace,
    ConfirmBooking,
    ReleaseRoom,
    RestoreBooking,
    cancel_booking,
    close_space,
    confirm_booking,
    hold_room,
    move_use,
    release_room,
    restore_booking,
)
from lle_desk.rooms.queries import (
    FreeRoomsQuestion,
    day_list,
    free_spaces,
    plan_of,
    use_version,
)
from tests.rooms.woodlands import Woodlands, at, card, move_of, wish

TUESDAY = date(2014, 3, 4)


def test_a_taken_room_is_refused_with_who_has_it_and_what_is_free(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    oak = replace(wish(woodlands.oak_room), before_minutes=None, after_minutes=None)
    database.write(by, hold_room, oak)
    with pytest.raises(OfficerError) as refused:
        database.write(by, hold_room, wish(woodlands.oak_room, "10:00", "11:00", title="Spanish"))
    assert str(refused.value) == (
        "Oak Room is taken 09:00–12:30 (with set-up and clear-down) by “Phonics in Key Stage 1”,"
        " WR-00001. Free then: Elm, Ash."
    )
    assert refused.value.field == "space"
    assert [row.title for row in database.read(day_list, TUESDAY)] == ["Phonics in Key Stage 1"]


def test_the_same_form_saved_twice_makes_one_booking(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    ask = wish(woodlands.elm)
    assert database.write(by, hold_room, ask) == database.write(by, hold_room, ask)
    assert len(database.read(day_list, TUESDAY)) == 1


def test_bookings_that_only_touch_go_in(database: Database, by: By, woodlands: Woodlands) -> None:
    database.write(by, hold_room, wish(woodlands.elm, "09:00", "12:00"))
    database.write(by, hold_room, wish(woodlands.elm, "12:00", "13:00"))
    assert len(database.read(day_list, TUESDAY)) == 2


def test_a_booking_needs_its_own_set_up_time_free(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    database.write(by, hold_room, wish(woodlands.elm, "09:00", "12:00"))
    late = wish(woodlands.elm, "12:00", "13:00", before_minutes=15)
    with pytest.raises(OfficerError, match="you need 11:45–13:00"):
        database.write(by, hold_room, late)


def test_joined_rooms_share_their_halves(database: Database, by: By, woodlands: Woodlands) -> None:
    database.write(by, hold_room, wish(woodlands.oak_room))
    with pytest.raises(OfficerError, match="Oak 1 is taken 09:30–12:00 as part of Oak Room by"):
        database.write(by, hold_room, wish(woodlands.oak_1))
    database.write(by, hold_room, wish(woodlands.oak_2, "13:00", "14:00", title="Clerks"))
    with pytest.raises(OfficerError, match="as part of Oak 2 by “Clerks”, WR-00002"):
        database.write(by, hold_room, wish(woodlands.oak_room, "13:30", "15:00"))


def test_a_room_too_small_needs_a_reason(database: Database, by: By, woodlands: Woodlands) -> None:
    crowd = wish(woodlands.elm, heads=31)
    with pytest.raises(OfficerError, match="Elm takes 30 in classroom layout, not 31") as refused:
        database.write(by, hold_room, crowd)
    assert refused.value.field == "heads"
    assert "Free then: Ash. Or give a reason" in str(refused.value)
    use = database.write(by, hold_room, replace(crowd, over_capacity_reason="one sits at the side"))
    assert card(database, use).over_capacity_reason == "one sits at the side"


def test_a_closed_room_is_refused_with_the_reason(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    ask = CloseSpace(
        client_uuid=new_uuid(),
        site_id=woodlands.site,
        space_id=woodlands.oak_1,
        starts_at=at("08:00"),
        ends_at=at("12:00"),
        reason="new carpet",
    )
    database.write(by, close_space, ask)
    with pytest.raises(OfficerError, match="Oak Room is closed 08:00–12:00: new carpet"):
        database.write(by, hold_room, wish(woodlands.oak_room))
    database.write(by, hold_room, wish(woodlands.oak_2))


def test_a_moved_use_leaves_its_old_room_free(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, before_minutes=30, after_minutes=15))
    version = database.write(by, move_use, move_of(database, use, woodlands.ash, "13:00", "15:30"))
    assert version == database.read(use_version, use)
    moved = card(database, use)
    assert moved.space is not None
    assert (moved.space.name, moved.reserved_from, moved.reserved_to) == (
        "Ash",
        at("12:30"),
        at("15:45"),
    )
    database.write(by, hold_room, wish(woodlands.elm))
    assert [line.words for line in moved.history] == [
        "Moved from Elm to Ash, time 09:30–12:00 to 13:00–15:30",
        "Booked",
    ]


def test_a_use_is_not_in_its_own_way(database: Database, by: By, woodlands: Woodlands) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    database.write(by, move_use, move_of(database, use, woodlands.elm, "10:00", "12:30"))
    assert card(database, use).starts_at == at("10:00")


def test_a_move_onto_another_booking_is_refused_and_nothing_moves(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    database.write(by, hold_room, wish(woodlands.ash, title="Spanish"))
    use = database.write(by, hold_room, wish(woodlands.elm))
    with pytest.raises(OfficerError, match="Ash is taken 09:30–12:00 by “Spanish”"):
        database.write(by, move_use, move_of(database, use, woodlands.ash, "09:00", "10:00"))
    assert card(database, use).starts_at == at("09:30")


def test_a_move_of_what_another_desk_moved_is_refused(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    old = move_of(database, use, woodlands.ash, "09:30", "12:00")
    database.write(by, move_use, move_of(database, use, woodlands.elm, "13:00", "14:00"))
    with pytest.raises(RecordChanged):
        database.write(by, move_use, old)


def test_a_parked_use_holds_nothing_until_it_is_given_a_room(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(None))
    plan = database.read(plan_of, woodlands.site, TUESDAY, TUESDAY)
    assert [parked.id for parked in plan.parked] == [use]
    assert not plan.uses
    database.write(by, move_use, move_of(database, use, woodlands.elm, "09:30", "12:00"))
    plan = database.read(plan_of, woodlands.site, TUESDAY, TUESDAY)
    assert [shown.id for shown in plan.uses] == [use]
    assert not plan.parked
    with pytest.raises(OfficerError, match="Elm is taken"):
        database.write(by, hold_room, wish(woodlands.elm))


def test_a_released_room_is_free_and_its_booking_cancelled(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    ask = ReleaseRoom(use_id=use, seen_version=database.read(use_version, use))
    database.write(by, release_room, ask)
    assert card(database, use).status == "cancelled"
    database.write(by, hold_room, wish(woodlands.elm))


def test_a_booking_of_two_rooms_lives_until_its_last_room_is_released(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    first = database.write(by, hold_room, wish(woodlands.elm))
    booking = card(database, first).booking_id
    second = database.write(by, hold_room, wish(woodlands.ash, room_booking_id=booking))
    assert card(database, second).number == card(database, first).number
    database.write(by, release_room, ReleaseRoom(use_id=first, seen_version=1))
    assert card(database, second).status == "confirmed"
    database.write(by, release_room, ReleaseRoom(use_id=second, seen_version=1))
    assert card(database, second).status == "cancelled"


def test_an_enquiry_holds_nothing_until_it_is_confirmed(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    enquiry = database.write(by, hold_room, wish(woodlands.elm, status="enquiry"))
    taken = database.write(by, hold_room, wish(woodlands.elm, title="Spanish"))
    ask = ConfirmBooking(booking_id=card(database, enquiry).booking_id, seen_version=1)
    with pytest.raises(OfficerError, match="Elm is taken 09:30–12:00 by “Spanish”"):
        database.write(by, confirm_booking, ask)
    database.write(by, release_room, ReleaseRoom(use_id=taken, seen_version=1))
    database.write(by, confirm_booking, ask)
    assert card(database, enquiry).holds_space


def test_a_provisional_booking_holds_space_and_has_an_option_date(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, status="provisional"))
    shown = card(database, use)
    assert shown.holds_space
    assert shown.option_on is not None
    database.write(by, confirm_booking, ConfirmBooking(booking_id=shown.booking_id, seen_version=1))
    assert card(database, use).status == "confirmed"
    assert card(database, use).option_on is None


def test_a_cancelled_booking_can_be_taken_back_while_its_room_is_free(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    booking = card(database, use).booking_id
    ask = CancelBooking(booking_id=booking, seen_version=1, reason="by telephone")
    version = database.write(by, cancel_booking, ask)
    other = database.write(by, hold_room, wish(woodlands.elm, title="Spanish"))
    back = RestoreBooking(booking_id=booking, seen_version=version, status="confirmed")
    with pytest.raises(OfficerError, match="by “Spanish”"):
        database.write(by, restore_booking, back)
    database.write(by, release_room, ReleaseRoom(use_id=other, seen_version=1))
    database.write(by, restore_booking, back)
    assert card(database, use).holds_space
    assert "Cancelled: by telephone" in [line.words for line in card(database, use).history]


def test_free_rooms_come_best_first_and_near_misses_say_why(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    database.write(by, hold_room, wish(woodlands.elm, title="Spanish"))
    question = FreeRoomsQuestion(
        starts_at=at("09:00"),
        ends_at=at("11:00"),
        heads=10,
        layout="classroom",
        site_id=woodlands.site,
    )
    answer = database.read(free_spaces, question)
    assert [fit.space.name for fit in answer.fits] == ["Oak 1", "Oak Room", "Ash"]
    assert [(fit.space.name, fit.words) for fit in answer.near] == [
        ("Oak 2", "8 seats"),
        ("ICT Suite 1", "PCs only"),
        ("Elm", "taken"),
    ]
    assert answer.near[2].reason == "Elm is taken 09:30–12:00 by “Spanish”, WR-00001."
    assert answer.fits[1].reserved.starts_at == at("08:30")


def test_a_move_whose_answer_was_lost_is_not_refused_the_second_time(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    ask = move_of(database, use, woodlands.ash, "13:00", "15:00")
    assert database.write(by, move_use, ask) == database.write(by, move_use, ask) == 2
    other = move_of(database, use, woodlands.ash, "14:00", "15:00")
    with pytest.raises(RecordChanged):
        database.write(by, move_use, replace(other, seen_version=1))


def test_a_parked_booking_takes_the_set_up_of_its_first_room(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(None))
    database.write(by, move_use, move_of(database, use, woodlands.oak_room, "09:30", "12:00"))
    shown = card(database, use)
    assert (shown.reserved_from, shown.reserved_to) == (at("09:00"), at("12:30"))
    database.write(by, move_use, move_of(database, use, woodlands.elm, "09:30", "12:00"))
    assert card(database, use).reserved_from == at("09:00")


def test_the_plan_shows_enquiries_and_closures_and_leaves_out_what_is_cancelled(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    enquiry = database.write(by, hold_room, wish(woodlands.elm, status="enquiry"))
    gone = database.write(by, hold_room, wish(woodlands.ash))
    database.write(by, release_room, ReleaseRoom(use_id=gone, seen_version=1))
    database.write(
        by, hold_room, wish(woodlands.elm, starts_at=at("09:00", 6), ends_at=at("10:00", 6))
    )
    ask = CloseSpace(
        client_uuid=new_uuid(),
        site_id=woodlands.site,
        space_id=None,
        starts_at=at("00:00", 4),
        ends_at=at("00:00", 5),
        reason="heating",
    )
    database.write(by, close_space, ask)
    plan = database.read(plan_of, woodlands.site, TUESDAY, TUESDAY)
    assert [(use.id, use.holds_space, use.is_provisional) for use in plan.uses] == [
        (enquiry, False, True)
    ]
    assert [(closed.cells, closed.reason) for closed in plan.closed] == [(None, "heating")]
    assert [space.name for space in plan.spaces] == [
        "Oak Room",
        "Oak 1",
        "Oak 2",
        "Elm",
        "Ash",
        "ICT Suite 1",
    ]
    assert len(database.read(plan_of, woodlands.site, TUESDAY, date(2014, 3, 6)).uses) == 2
    assert database.read(day_list, TUESDAY) == []
