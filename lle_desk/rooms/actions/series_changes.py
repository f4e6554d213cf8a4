"""Changing and cancelling this date, this and later ones, or all dates of a repeating booking."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.rooms.actions.agreeing import gathering
from lle_desk.rooms.actions.bookings import cancel_booking, edit_booking
from lle_desk.rooms.actions.holding import wall_clock
from lle_desk.rooms.actions.moving import seen
from lle_desk.rooms.actions.requests import CancelBooking, EditBooking
from lle_desk.rooms.actions.series import with_choice
from lle_desk.rooms.actions.series_requests import CancelSeries, EditSeries
from lle_desk.rooms.models import RoomBooking, RoomUse, SeriesDate
from lle_desk.rooms.queries.places import judge_places
from lle_desk.rooms.queries.series import uses_of_dates
from lle_desk.rooms.rules import Status, minutes_of
from lle_desk.rooms.rules.places import DateChoice, DateRow, DatesRefused, Place, PlaceVerdict
from lle_desk.rooms.rules.repeats import Scope

_SHARED = (
    "heads",
    "layout",
    "before_minutes",
    "after_minutes",
    "over_capacity_reason",
    "title",
    "category",
    "short_title",
    "customer_id",
    "contact_id",
    "notes_customer",
    "notes_office",
    "order_number",
    "option_on",
)


@dataclass(frozen=True, slots=True)
class _Change:
    """One date of the series as it is to be."""

    on: date
    was: EditBooking
    ask: EditBooking
    holds: bool

    @property
    def moves(self) -> bool:
        return any(getattr(self.was, name) != getattr(self.ask, name) for name in _PLACE)


_PLACE = (
    "space_id",
    "starts_at",
    "ends_at",
    "before_minutes",
    "after_minutes",
    "heads",
    "layout",
)


def edit_series(session: Session, ask: EditSeries) -> int:
    """Save a change on this and other dates and return how many were changed.

    What is past stays as it was. Only what differs on the date that is shown is changed on the
    others: a date with its own room keeps it when only the title changes.

    Raises:
        DatesRefused: some dates cannot be had so, and nothing was chosen for them. Nothing is
            saved.
        PaperStands: what is on issued papers would be credited; it names all of it.
        RecordChanged: somebody saved the date that is shown since it was opened.
        OfficerError: as `edit_booking`.
    """
    changes = _changes(session, ask)
    rows = _judged(session, changes, {choice.on: choice for choice in ask.choices})
    if any(row.is_open for row in rows):
        raise DatesRefused(rows)
    stays = {row.on for row in rows if row.skip}
    decided = {row.on: row.verdict.place for row in rows}
    shift = ask.edit.starts_at - changes[0].was.starts_at
    listed = sorted(changes, key=lambda change: change.on, reverse=shift > timedelta())
    with gathering(session):
        for change in listed:  # in the order in which none meets another on the way
            now = change.ask if change.on not in stays else _stays_there(change)
            edit_booking(session, _placed(now, decided.get(change.on), change.on in stays))
    return len(changes)


def cancel_series(session: Session, ask: CancelSeries) -> int:
    """Cancel this and other dates and return how many; what is past stays as it was.

    Raises:
        RecordChanged: somebody saved the date that is shown since it was opened.
        OfficerError: as `cancel_booking`.
    """
    booking = session.get_one(RoomBooking, ask.booking_id)
    seen(booking, ask.seen_version)
    listed = [booking, *(other for _on, other in other_dates(session, booking, ask.scope))]
    for one in listed:
        this = CancelBooking(
            booking_id=one.id,
            seen_version=one.version,
            reason=ask.reason,
            notice_on=ask.notice_on,
            by_us=ask.by_us,
            waived_because=ask.waived_because,
        )
        cancel_booking(session, this)
    return len(listed)


def _changes(session: Session, ask: EditSeries) -> list[_Change]:
    """Return the date that is shown first, then the others."""
    edit = ask.edit
    booking = session.get_one(RoomBooking, edit.booking_id)
    use = session.get_one(RoomUse, edit.use_id)
    seen(booking, edit.seen_booking_version)
    seen(use, edit.seen_use_version)
    if edit.ends_at <= edit.starts_at:
        raise OfficerError("The end must come after the start.", "ends_at")
    was = _as_it_is(booking, use)
    tie = _tie(session, booking.id)
    changes = [_Change(tie.original_on, was, edit, use.holds_space)]
    others = other_dates(session, booking, ask.scope)
    uses = uses_of_dates(session, [booking.id, *(other.id for _on, other in others)])
    line = [one.id for one in uses[booking.id]].index(use.id)
    for on, other in others:
        theirs = uses[other.id]
        has_line = line < len(theirs)
        its_use = theirs[line] if has_line else theirs[0]
        now = _as_it_is(other, its_use)
        changed = _changed(now, was, edit, has_line)
        changes.append(_Change(on, now, changed, its_use.holds_space))
    return changes


def _changed(now: EditBooking, was: EditBooking, edit: EditBooking, has_line: bool) -> EditBooking:
    """Return another date with what the edit changes on the date that is shown."""
    names = _SHARED if has_line else _SHARED[5:]  # a room it never had is not changed
    values = {
        name: getattr(edit, name) for name in names if getattr(edit, name) != getattr(was, name)
    }
    changed = replace(now, **values)
    if not has_line:
        return changed
    if edit.space_id != was.space_id:
        changed = replace(changed, space_id=edit.space_id)
    days = edit.starts_at.date() - was.starts_at.date()
    starts_at, ends_at = now.starts_at + days, now.ends_at + days
    times = (edit.starts_at.time(), edit.ends_at - edit.starts_at)
    if times != (was.starts_at.time(), was.ends_at - was.starts_at):
        starts_at = datetime.combine(starts_at.date(), times[0])
        ends_at = starts_at + times[1]
    return replace(changed, starts_at=starts_at, ends_at=ends_at)


def _judged(
    session: Session, changes: Sequence[_Change], choices: dict[date, DateChoice]
) -> tuple[DateRow, ...]:
    """Return the verdict of each date that moves, earliest first."""
    rows = []
    for change in sorted(changes, key=lambda change: change.on):
        if not (change.moves and change.holds):
            continue
        choice = choices.get(change.on)
        place = with_choice(_place_of(change.ask), choice)
        rows.append(DateRow(change.on, 0, PlaceVerdict(place), choice.skip if choice else ""))
    verdicts = iter(judge_places(session, [row.verdict.place for row in rows if not row.skip]))
    return tuple(row if row.skip else replace(row, verdict=next(verdicts)) for row in rows)


def _placed(ask: EditBooking, place: Place | None, stays: bool) -> EditBooking:
    """Return the change with the room and time that were decided for its date."""
    if place is None or stays:
        return ask
    changed = replace(ask, space_id=place.space_id, starts_at=place.starts_at)
    changed = replace(changed, ends_at=place.ends_at)
    if place.before is None or place.after is None:  # another room: its own minutes
        return replace(changed, before_minutes=None, after_minutes=None)
    return changed


def _stays_there(change: _Change) -> EditBooking:
    """Return the change without anything that moves it."""
    return replace(change.ask, **{name: getattr(change.was, name) for name in _PLACE})


def other_dates(
    session: Session, booking: RoomBooking, scope: Scope
) -> list[tuple[date, RoomBooking]]:
    """Return the other dates that a change is for: booked, not cancelled, not begun."""
    if scope is Scope.THIS:
        return []
    tie = _tie(session, booking.id)
    begun = select(RoomUse.room_booking_id).where(RoomUse.starts_at < wall_clock())
    found = (
        select(SeriesDate.original_on, RoomBooking)
        .join(RoomBooking, RoomBooking.id == SeriesDate.room_booking_id)
        .where(
            SeriesDate.series_id == tie.series_id,
            RoomBooking.id != booking.id,
            RoomBooking.status != Status.CANCELLED,
            RoomBooking.id.not_in(begun),
        )
        .order_by(SeriesDate.original_on)
    )
    if scope is Scope.LATER:
        found = found.where(SeriesDate.original_on > tie.original_on)
    return [(on, other) for on, other in session.execute(found)]


def _tie(session: Session, booking_id: int) -> SeriesDate:
    tie = session.scalars(
        select(SeriesDate).where(SeriesDate.room_booking_id == booking_id)
    ).first()
    if tie is None:
        raise OfficerError("This booking does not repeat. Change it by itself.")
    return tie


def _as_it_is(booking: RoomBooking, use: RoomUse) -> EditBooking:
    """Return what would change nothing."""
    return EditBooking(
        booking_id=booking.id,
        seen_booking_version=booking.version,
        use_id=use.id,
        seen_use_version=use.version,
        space_id=use.space_id,
        starts_at=use.starts_at,
        ends_at=use.ends_at,
        before_minutes=minutes_of(use.reserved_from, use.starts_at),
        after_minutes=minutes_of(use.ends_at, use.reserved_to),
        heads=use.heads,
        layout=use.layout,
        title=booking.title,
        category=booking.category,
        short_title=booking.short_title,
        customer_id=booking.customer_id,
        contact_id=booking.contact_id,
        notes_customer=booking.notes_customer,
        notes_office=booking.notes_office,
        order_number=booking.order_number,
        over_capacity_reason=use.over_capacity_reason,
        option_on=booking.option_on,
        actual_heads=use.actual_heads,
    )


def _place_of(ask: EditBooking) -> Place:
    return Place(
        space_id=ask.space_id,
        starts_at=ask.starts_at,
        ends_at=ask.ends_at,
        heads=ask.heads,
        layout=ask.layout,
        before=ask.before_minutes,
        after=ask.after_minutes,
        reason=ask.over_capacity_reason.strip(),
        use_id=ask.use_id,
        customer_id=ask.customer_id,
        booking_id=ask.booking_id,
    )
