"""A course session that is moved or swapped in the diary goes along, and comes back with undo."""

from datetime import timedelta

from lle_desk.core.db import Database
from lle_desk.core.records import new_uuid
from lle_desk.core.undo import do_again, take_back
from lle_desk.rooms.actions import HoldRoom, MoveUse, hold_room, move_use
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.actions.requests import SwapUses
from lle_desk.rooms.actions.swapping import swap_uses
from lle_desk.rooms.queries import use_card, use_version
from tests.courses.people import ANN, a_course, an_event
from tests.courses.test_session_rooms import a_room, give, sessions

LATER = timedelta(days=1)


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
