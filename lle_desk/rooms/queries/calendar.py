"""What stands in a calendar file: of a booking, of a room, of a person's bookings."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import now_utc
from lle_desk.core.errors import OfficerError
from lle_desk.core.settings import setting
from lle_desk.customers.models import Person
from lle_desk.officers.models import Officer
from lle_desk.rooms.models import RoomBooking, RoomUse, Site, Space, SpaceCell
from lle_desk.rooms.papers import CalendarEntry, CalendarFile
from lle_desk.rooms.rules import Status, number_words

MOST = 20_000
NO_ROOM = "Room to come"


def booking_calendar(session: Session, booking_id: int) -> CalendarFile:
    """Return every use of a booking, those that are cancelled as such.

    Raises:
        OfficerError: the booking is not there.
    """
    booking = session.get(RoomBooking, booking_id)
    if booking is None:
        raise OfficerError("This booking is not there.")
    name = f"{number_words(booking.number)} {booking.title}"
    return _file(session, name, RoomUse.room_booking_id == booking_id, with_notes=True)


def booking_number_calendar(session: Session, number: int) -> CalendarFile:
    """Return the same by the number that is printed.

    Raises:
        OfficerError: no booking has this number.
    """
    found = session.scalar(select(RoomBooking.id).where(RoomBooking.number == number))
    if found is None:
        raise OfficerError(f"There is no booking {number_words(number)}.")
    return booking_calendar(session, found)


def room_calendar(session: Session, space_id: int, first: date, last: date) -> CalendarFile:
    """Return what is in a room, or in rooms joined with it, from `first` to `last`, both counted.

    Raises:
        OfficerError: there is no such room.
    """
    space = session.get(Space, space_id)
    if space is None:
        raise OfficerError("This room is not there.")
    cells = select(SpaceCell.resource_id).where(SpaceCell.space_id == space_id)
    touching = select(SpaceCell.space_id).where(SpaceCell.resource_id.in_(cells))
    return _file(session, space.name, RoomUse.space_id.in_(touching), *_days(first, last))


def room_named(session: Session, name: str) -> int:
    """Return the room of that name or code, at whichever site.

    Raises:
        OfficerError: there is none, or there are several.
    """
    folded = name.strip().casefold()
    found = session.execute(
        select(Space.id, Space.name, Site.name)
        .join(Site, Site.id == Space.site_id)
        .where((func.lower(Space.name) == folded) | (func.lower(Space.code) == folded))
    ).all()
    if not found:
        raise OfficerError(f"There is no room “{name}”.")
    if len(found) > 1:
        sites = ", ".join(sorted({row[2] for row in found}))
        raise OfficerError(f"There are {len(found)} rooms “{name}”: at {sites}.")
    return int(found[0][0])


def contact_calendar(session: Session, person_id: int, first: date, last: date) -> CalendarFile:
    """Return the bookings whose contact a person is.

    Raises:
        OfficerError: there is no such person.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise OfficerError("This person is not there.")
    name = f"{person.given_name} {person.family_name}".strip()
    wanted = RoomBooking.contact_id == person_id
    return _file(session, name, wanted, *_days(first, last))


def booking_contact_calendar(
    session: Session, booking_id: int, first: date, last: date
) -> CalendarFile:
    """Return all bookings of the contact of a booking.

    Raises:
        OfficerError: the booking names no contact.
    """
    person_id = session.get_one(RoomBooking, booking_id).contact_id
    if person_id is None:
        raise OfficerError("This booking names no contact. Choose one on the booking first.")
    return contact_calendar(session, person_id, first, last)


def officer_calendar(session: Session, login: str, first: date, last: date) -> CalendarFile:
    """Return the bookings that an officer took."""
    name = session.scalar(select(Officer.name).where(Officer.login == login)) or login
    wanted = RoomBooking.taken_by == login
    return _file(session, name, wanted, *_days(first, last))


def _days(first: date, last: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    start = datetime.combine(first, time())
    end = datetime.combine(last, time()) + timedelta(days=1)
    return RoomUse.starts_at < end, RoomUse.ends_at > start


def _found(*wanted: ColumnElement[bool]) -> Select[RoomUse, RoomBooking, str, str]:
    return (
        select(RoomUse, RoomBooking, Space.name, Site.name)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .outerjoin(Space, Space.id == RoomUse.space_id)
        .outerjoin(Site, Site.id == Space.site_id)
        .where(*wanted)
        .order_by(RoomUse.starts_at, RoomUse.id)
        .limit(MOST + 1)
    )


def _file(
    session: Session, name: str, *wanted: ColumnElement[bool], with_notes: bool = False
) -> CalendarFile:
    rows = session.execute(_found(*wanted)).all()
    if len(rows) > MOST:
        raise OfficerError(
            f"That is more than {MOST:,} meetings, more than calendar programs take. "
            "Choose fewer days."
        )
    entries = tuple(
        CalendarEntry(
            uid=f"{use.client_uuid}@lle-desk",
            sequence=use.version + booking.version - 2,
            title=booking.title,
            starts_at=use.starts_at,
            ends_at=use.ends_at,
            place=", ".join(part for part in (room, site) if part) or NO_ROOM,
            words=_words(use, booking, with_notes=with_notes),
            is_cancelled=_is_cancelled(use, booking),
            is_provisional=booking.status not in (Status.CONFIRMED, Status.COMPLETED),
        )
        for use, booking, room, site in rows
    )
    return CalendarFile(
        name=name,
        entries=entries,
        organizer=setting(session, "seller_email", str),
        made_at=now_utc(),
        withdraws=bool(entries) and all(entry.is_cancelled for entry in entries),
    )


def _is_cancelled(use: RoomUse, booking: RoomBooking) -> bool:
    """Return whether it is: an enquiry holds no room either, but may still take place."""
    return booking.status == Status.CANCELLED or (booking.holds_space and not use.holds_space)


def _words(use: RoomUse, booking: RoomBooking, *, with_notes: bool) -> str:
    about = "about " if use.is_estimate else ""
    lines = [
        f"{number_words(booking.number)}, {booking.status}",
        f"{about}{use.heads} people, {use.layout}",
    ]
    if with_notes and booking.notes_customer:
        lines.append(booking.notes_customer)
    return "\n".join(lines)
