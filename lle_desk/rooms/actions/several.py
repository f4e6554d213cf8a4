"""Several rooms and days in one booking: all of them, or none."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.rooms.actions.holding import hold_room
from lle_desk.rooms.actions.holding_many import hold_many
from lle_desk.rooms.actions.moving import check_times
from lle_desk.rooms.actions.requests import HoldRoom
from lle_desk.rooms.actions.series_requests import HoldRooms
from lle_desk.rooms.models import RoomUse
from lle_desk.rooms.queries.places import judge_places
from lle_desk.rooms.rules import HOLDING, Status
from lle_desk.rooms.rules.places import Place, PlacesRefused

MOST_LINES = 60
_USE = select(RoomUse).where(RoomUse.client_uuid == bindparam("client_uuid"))


def hold_rooms(session: Session, ask: HoldRooms) -> int:
    """Book several rooms and days as one booking and return its first use.

    The same again makes nothing new.

    Raises:
        PlacesRefused: some cannot be had; each is named with who has it. Nothing is booked.
        OfficerError: a field is missing, or there are more than 60 lines.
    """
    first = ask.lines[0]
    done = session.scalars(_USE, {"client_uuid": first.client_uuid}).first()
    if done is not None:
        return done.id
    check_lines(ask.lines)
    if Status(first.status) in HOLDING:
        verdicts = judge_places(session, [place_of(line) for line in ask.lines])
        if not all(verdict.is_fine for verdict in verdicts):
            raise PlacesRefused(verdicts, len(ask.lines))
    return hold_lines(session, ask.lines)


def hold_lines(session: Session, lines: tuple[HoldRoom, ...]) -> int:
    """Book lines that were judged under one number and return the first use."""
    booking_id = lines[0].room_booking_id
    if booking_id is None:
        return hold_many(session, [lines])[0][0].id
    return min(hold_room(session, line, is_judged=True) for line in lines)


def check_lines(lines: tuple[HoldRoom, ...]) -> None:
    """Refuse lines that make no sense by themselves.

    Raises:
        OfficerError: an end before its start, nobody comes, or too many lines.
    """
    if len(lines) > MOST_LINES:
        raise OfficerError(
            f"One booking takes at most {MOST_LINES} rooms and days, not {len(lines)}."
            " Make it several, or let it repeat."
        )
    for line in lines:
        check_times(line.starts_at, line.ends_at)
        if line.heads < 1:
            raise OfficerError("Say how many people come: 1 or more.", "heads")


def place_of(line: HoldRoom) -> Place:
    """Return the place that a line asks for."""
    return Place(
        space_id=line.space_id,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        heads=line.heads,
        layout=line.layout,
        before=line.before_minutes,
        after=line.after_minutes,
        reason=line.over_capacity_reason.strip(),
        customer_id=line.customer_id,
        booking_id=line.room_booking_id,
    )
