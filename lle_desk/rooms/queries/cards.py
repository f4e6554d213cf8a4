"""One use of a room with its booking, as the inspector shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import ChargeRow, charges_of
from lle_desk.charges.rules import Source
from lle_desk.core.changes import HistoryRow, history_of
from lle_desk.core.settings import setting
from lle_desk.customers.queries import CustomerHit, PersonRow, customer_hit, people_of
from lle_desk.rooms.models import RoomBooking, RoomUse, Space
from lle_desk.rooms.queries.extras import Extras, extras_of
from lle_desk.rooms.queries.hire import dues_of, hire_charges, price_of, standing_charges
from lle_desk.rooms.queries.spaces import space_facts
from lle_desk.rooms.rules import SpaceFacts, change_words
from lle_desk.rooms.rules.extras import final_day

MOST_HISTORY = 30
NEAR = 12  # positions in the audit trail between two rows of one save, with terms and charges


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a booking. `at` is UTC."""

    at: datetime
    words: str
    officer: str
    desk: str


@dataclass(frozen=True, slots=True)
class UseCard:
    """Everything the inspector shows of one use of a room.

    `space` None is parked. `other_uses` counts what else the same booking holds. `final_on` is
    the day the final numbers for catering are due. `uncharged` are sentences about what should
    be charged and cannot be priced.
    """

    use_id: int
    use_version: int
    booking_id: int
    booking_version: int
    number: int
    title: str
    short_title: str
    category: str
    status: str
    holds_space: bool
    option_on: date | None
    customer: CustomerHit | None
    contact: PersonRow | None
    order_number: str
    notes_customer: str
    notes_office: str
    taken_by: str
    source: str
    external_number: str
    cancelled_reason: str
    layout: str
    heads: int
    is_estimate: bool
    is_pinned: bool
    actual_heads: int | None
    starts_at: datetime
    ends_at: datetime
    reserved_from: datetime
    reserved_to: datetime
    over_capacity_reason: str
    space: SpaceFacts | None
    other_uses: int
    extras: Extras
    final_on: date
    charges: tuple[ChargeRow, ...]
    uncharged: tuple[str, ...]
    history: tuple[HistoryLine, ...]


def use_version(session: Session, use_id: int) -> int:
    """Return the version a change of this use must have seen.

    Raises:
        LookupError: there is no such use.
    """
    version = session.scalar(select(RoomUse.version).where(RoomUse.id == use_id))
    if version is None:
        raise LookupError(f"There is no room use {use_id}")
    return version


def uses_of_booking(session: Session, booking_id: int) -> list[int]:
    """Return the uses of a booking, earliest first."""
    found = select(RoomUse.id).where(RoomUse.room_booking_id == booking_id)
    return list(session.scalars(found.order_by(RoomUse.starts_at, RoomUse.id)))


def use_card(session: Session, use_id: int) -> UseCard | None:
    """Return the card of a use, None when there is no such use."""
    use = session.get(RoomUse, use_id)
    if use is None:
        return None
    booking = session.get_one(RoomBooking, use.room_booking_id)
    customer = customer_hit(session, booking.customer_id) if booking.customer_id else None
    spaces = space_facts(session, space_ids=[use.space_id]) if use.space_id else []
    siblings = uses_of_booking(session, booking.id)
    charges = _charges(session, booking.id)
    return UseCard(
        use_id=use.id,
        use_version=use.version,
        booking_id=booking.id,
        booking_version=booking.version,
        number=booking.number,
        title=booking.title,
        short_title=booking.short_title,
        category=booking.category,
        status=booking.status,
        holds_space=use.holds_space,
        option_on=booking.option_on,
        customer=customer,
        contact=_contact(session, booking),
        order_number=booking.order_number,
        notes_customer=booking.notes_customer,
        notes_office=booking.notes_office,
        taken_by=booking.taken_by,
        source=booking.source,
        external_number=booking.external_number,
        cancelled_reason=booking.cancelled_reason,
        layout=use.layout,
        heads=use.heads,
        is_estimate=use.is_estimate,
        is_pinned=use.is_pinned,
        actual_heads=use.actual_heads,
        starts_at=use.starts_at,
        ends_at=use.ends_at,
        reserved_from=use.reserved_from,
        reserved_to=use.reserved_to,
        over_capacity_reason=use.over_capacity_reason,
        space=spaces[0] if spaces else None,
        other_uses=len(siblings) - 1,
        extras=extras_of(session, [use.id]).get(use.id, Extras()),
        final_on=final_day(use.starts_at.date(), setting(session, "final_numbers_days", int)),
        charges=charges,
        uncharged=_uncharged(session, booking, charges),
        history=_history(session, booking.id, use.id),
    )


def _charges(session: Session, booking_id: int) -> tuple[ChargeRow, ...]:
    """Return every charge of a booking, its own before those of its uses and lines."""
    own = charges_of(session, Source.ROOM_BOOKING, [booking_id])
    return (*own, *hire_charges(session, booking_id))


def _uncharged(
    session: Session, booking: RoomBooking, charges: Sequence[ChargeRow]
) -> tuple[str, ...]:
    """Return why something that is booked has no charge."""
    if booking.customer_id is None:
        return ()
    written = {(row.source, row.source_id) for row in standing_charges(session, charges)}
    missing = [
        due
        for due in dues_of(session, booking.id)
        if (str(due.source), due.source_id) not in written
    ]
    found = (price_of(session, booking.customer_id, due) for due in missing)
    return tuple(dict.fromkeys(words for words in found if isinstance(words, str)))


def _contact(session: Session, booking: RoomBooking) -> PersonRow | None:
    if booking.contact_id is None or booking.customer_id is None:
        return None
    people = people_of(session, booking.customer_id)
    return next((row for row in people if row.person_id == booking.contact_id), None)


def _history(session: Session, booking_id: int, use_id: int) -> tuple[HistoryLine, ...]:
    """Return the changes of booking and use, newest first, those of one save as one line."""
    bookings = history_of(session, "room_booking", booking_id, MOST_HISTORY)
    uses = history_of(session, "room_use", use_id, MOST_HISTORY)
    names = _space_names(session, uses)
    lines: list[HistoryLine] = []
    for saved in _saves(bookings, uses):
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for row in saved:
            before |= row.before
            after |= row.after
        first = saved[0]
        words = change_words(first.action, before, after, names)
        lines.append(HistoryLine(first.at, words, first.officer, first.desk))
    return tuple(lines)


def _saves(
    bookings: Sequence[HistoryRow], uses: Sequence[HistoryRow]
) -> list[tuple[HistoryRow, ...]]:
    """Return what one action wrote together, newest first: a row of one table or of each."""
    left = {row.position: row for row in bookings}
    saves: list[tuple[HistoryRow, ...]] = []
    for use in uses:
        booking = next((row for row in left.values() if _same_save(row, use)), None)
        if booking is not None:
            del left[booking.position]
        saves.append((use,) if booking is None else (use, booking))
    saves.extend((row,) for row in left.values())
    return sorted(saves, key=lambda saved: saved[0].position, reverse=True)


def _same_save(one: HistoryRow, other: HistoryRow) -> bool:
    return (
        (one.action, one.officer) == (other.action, other.officer)
        and abs(one.position - other.position) <= NEAR
        and abs(one.at - other.at) < timedelta(seconds=2)
    )


def _space_names(session: Session, rows: Sequence[HistoryRow]) -> Mapping[int, str]:
    named = {
        values["space_id"]
        for row in rows
        for values in (row.before, row.after)
        if values.get("space_id")
    }
    if not named:
        return {}
    found = select(Space.id, Space.name).where(Space.id.in_(named))
    return {row[0]: row[1] for row in session.execute(found)}
