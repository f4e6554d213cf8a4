"""Bookings that repeat: made, changed and cancelled date by date in one transaction."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lle_desk.core.days import bank_holidays
from lle_desk.core.errors import OfficerError
from lle_desk.core.types import clean_text
from lle_desk.rooms.actions.holding_many import hold_many
from lle_desk.rooms.actions.requests import HoldRoom
from lle_desk.rooms.actions.series_requests import HoldSeries
from lle_desk.rooms.actions.several import check_lines, place_of
from lle_desk.rooms.models import BookingSeries, RoomUse, SeriesDate
from lle_desk.rooms.queries.places import judge_places
from lle_desk.rooms.rules import HOLDING, Status
from lle_desk.rooms.rules.places import (
    DateChoice,
    DateRow,
    DatesRefused,
    Place,
    PlaceVerdict,
)
from lle_desk.rooms.rules.repeats import MOST_DATES, repeat_dates

MOST_REASON = 200
_SERIES = select(BookingSeries.id).where(BookingSeries.client_uuid == bindparam("client_uuid"))
_FIRST = (
    select(RoomUse.id)
    .join(SeriesDate, SeriesDate.room_booking_id == RoomUse.room_booking_id)
    .where(SeriesDate.series_id == bindparam("series"))
    .order_by(SeriesDate.original_on, RoomUse.id)
)


def preview_series(session: Session, ask: HoldSeries) -> tuple[DateRow, ...]:
    """Return what would become of each date and room, earliest first. Nothing is written.

    Raises:
        OfficerError: the rule makes no sense or has more than 366 dates, or a line has no
            sensible times.
    """
    check_lines(ask.lines)
    dates = repeat_dates(ask.rule)
    if len(dates) * len(ask.lines) > MOST_DATES:
        raise OfficerError(
            f"{len(dates)} dates with {len(ask.lines)} rooms each are more than {MOST_DATES}"
            " bookings. Make it fewer dates, or a series for each room.",
            "repeat_until",
        )
    chosen = {(choice.on, choice.line): choice for choice in ask.choices}
    holidays = bank_holidays() if ask.skips_bank_holidays else {}
    rows: list[DateRow] = []
    for on in dates:
        for at, line in enumerate(ask.lines):
            choice = chosen.get((on, at))
            place = _chosen_place(place_of(line), on - ask.rule.starts_on, choice)
            skip = choice.skip if choice is not None else holidays.get(on, "")
            rows.append(DateRow(on, at, PlaceVerdict(place), skip))
    if Status(ask.lines[0].status) not in HOLDING:
        return tuple(rows)
    verdicts = iter(judge_places(session, [row.verdict.place for row in rows if not row.skip]))
    judged = [row if row.skip else replace(row, verdict=next(verdicts)) for row in rows]
    if ask.skips_closures:
        judged = [_without_closed(row, (row.on, row.line) in chosen) for row in judged]
    return tuple(judged)


def hold_series(session: Session, ask: HoldSeries) -> int:
    """Book every date that is not left out and return the first use.

    Each date is a booking of its own with its own number. The same again makes nothing new.

    Raises:
        DatesRefused: some dates cannot be had, and nothing was chosen for them. It has all of
            them, with what could be had instead. Nothing is booked.
        OfficerError: the rule makes no sense, a field is missing, or every date is left out.
    """
    done = session.scalar(_SERIES, {"client_uuid": ask.client_uuid})
    if done is not None:
        return session.scalars(_FIRST, {"series": done}).first() or 0
    rows = preview_series(session, ask)
    if any(row.is_open for row in rows):
        raise DatesRefused(rows)
    if all(row.skip for row in rows):
        raise OfficerError("Every date is left out. Choose other dates.", "dates")
    series = _new_series(session, ask)
    skipped: dict[date, str] = {}
    booked: dict[date, list[HoldRoom]] = {}
    for row in rows:
        skipped.setdefault(row.on, row.skip)
        if not row.skip:
            booked.setdefault(row.on, []).append(_line_of(ask, row))
    held = hold_many(session, [tuple(lines) for lines in booked.values()])
    uses = dict(zip(booked, held, strict=True))
    session.add_all(
        SeriesDate(
            client_uuid=str(uuid.uuid5(uuid.UUID(ask.client_uuid), on.isoformat())),
            series_id=series.id,
            original_on=on,
            room_booking_id=uses[on][0].room_booking_id if on in uses else None,
            skipped_reason="" if on in uses else clean_text(skip)[:MOST_REASON].strip(),
        )
        for on, skip in skipped.items()
    )
    session.flush()
    return held[0][0].id


def _line_of(ask: HoldSeries, row: DateRow) -> HoldRoom:
    place = row.verdict.place
    own = uuid.uuid5(uuid.UUID(ask.client_uuid), f"{row.on.isoformat()}/{row.line}")
    return replace(
        ask.lines[row.line],
        client_uuid=str(own),
        space_id=place.space_id,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        before_minutes=place.before,
        after_minutes=place.after,
    )


def _new_series(session: Session, ask: HoldSeries) -> BookingSeries:
    rule = ask.rule
    series = BookingSeries(
        client_uuid=ask.client_uuid,
        repeats=rule.kind,
        every=rule.every,
        weekdays=",".join(str(day) for day in rule.weekdays),
        nth=rule.nth,
        starts_on=rule.starts_on,
        until_on=rule.until_on,
        times=rule.times,
    )
    session.add(series)
    session.flush()
    return series


def _chosen_place(place: Place, shift: timedelta, choice: DateChoice | None) -> Place:
    """Return a place some days later, as the officer chose for that date."""
    moved = replace(place, starts_at=place.starts_at + shift, ends_at=place.ends_at + shift)
    return with_choice(moved, choice)


def with_choice(place: Place, choice: DateChoice | None) -> Place:
    """Return the place with the room and time that were chosen instead.

    Another room brings its own minutes of set-up and clear-down.
    """
    if choice is None or choice.skip:
        return place
    if choice.space_id is not None and choice.space_id != place.space_id:
        place = replace(place, space_id=choice.space_id, before=None, after=None)
    if choice.starts_at is not None and choice.ends_at is not None:
        place = replace(place, starts_at=choice.starts_at, ends_at=choice.ends_at)
    return place


def _without_closed(row: DateRow, is_chosen: bool) -> DateRow:
    """Return the row left out when its room is closed, unless the officer chose otherwise."""
    if row.verdict.is_closed and not is_chosen:
        return replace(row, skip=row.verdict.problem)
    return row
