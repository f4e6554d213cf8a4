"""Many new bookings at once: the same rows and rules as one by one, in far fewer questions."""

from collections.abc import Sequence
from typing import TypeAlias

from sqlalchemy.orm import Session

from lle_desk.rooms.actions.charging import charge_new
from lle_desk.rooms.actions.holding import new_booking, new_use, next_number, wanted_by, with_it
from lle_desk.rooms.actions.moving import asked_by, known_space
from lle_desk.rooms.actions.requests import HoldRoom
from lle_desk.rooms.actions.settling import freeze_terms
from lle_desk.rooms.models import RoomUse

Lines: TypeAlias = tuple[HoldRoom, ...]


def hold_many(session: Session, bookings: Sequence[Lines]) -> list[list[RoomUse]]:
    """Make a booking of each tuple of lines, and return the uses of each.

    The caller looked in this transaction whether they fit; the database looks once more at
    each. All of them are made, or none.

    Raises:
        OfficerError: a field is missing or makes no sense, or equipment is short.
    """
    wanted = [[wanted_by(line) for line in lines] for lines in bookings]
    number = next_number(session)
    made = [new_booking(session, lines[0], number + at) for at, lines in enumerate(bookings)]
    session.add_all(made)
    session.flush()
    of_office = [booking.id for booking in made if booking.source != "course"]
    freeze_terms(session, of_office)
    spaces = {
        space_id: known_space(session, space_id)
        for space_id in {line.space_id for lines in bookings for line in lines}
    }
    uses = [
        [
            new_use(booking, line, spaces[line.space_id], asked_by(booking, one))
            for line, one in zip(lines, its, strict=True)
        ]
        for booking, lines, its in zip(made, bookings, wanted, strict=True)
    ]
    session.add_all([use for its in uses for use in its])
    session.flush()
    for booking, lines, its in zip(made, bookings, uses, strict=True):
        for line, use in zip(lines, its, strict=True):
            with_it(session, booking, use, line)
    charge_new(session, made)
    return uses
