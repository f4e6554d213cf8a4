"""The set-up sheet of a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import time_words
from lle_desk.rooms.models import Equipment, RoomBooking, RoomUse, Site
from lle_desk.rooms.papers import ChartLane, KitRow, SetUpRow, SetUpSheet, TurnRound
from lle_desk.rooms.queries.extras import Extras, extras_of, lent_then
from lle_desk.rooms.queries.plan import PlanUse, plan_of
from lle_desk.rooms.rules import Layout, SpaceFacts
from lle_desk.rooms.rules.extras import most_lent
from lle_desk.rooms.rules.turning import UseInRoom, turns

WORTH_SAYING = 180  # a longer gap than this many minutes needs no turn-round of its own


def set_up_sheet(session: Session, site_id: int, day: date, now: datetime) -> SetUpSheet:
    """Return the sheet of a site for a day: what holds a room, in the order it must be ready."""
    plan = plan_of(session, site_id, day, day)
    spaces = {space.id: space for space in plan.spaces}
    uses = [use for use in plan.uses if use.holds_space and use.space_id in spaces]
    notes = _notes(session, [use.id for use in uses])
    extras = extras_of(session, [use.id for use in uses])
    rows = {
        use.id: _with_extras(
            _row(use, spaces[use.space_id or 0], notes.get(use.id, "")), extras.get(use.id)
        )
        for use in uses
    }
    name = session.scalar(select(Site.name).where(Site.id == site_id)) or ""
    return SetUpSheet(
        site=name.partition(",")[0],
        day=day,
        rows=tuple(sorted(rows.values(), key=lambda row: (row.ready_by, row.room))),
        turn_rounds=_turn_rounds(uses, spaces),
        lanes=_lanes(plan.spaces, uses, rows),
        printed_at=now,
        kit=_kit(session, extras, day),
    )


def _kit(session: Session, extras: dict[int, Extras], day: date) -> tuple[KitRow, ...]:
    """Return what has to be fetched, in the order of the store."""
    numbers = {line.equipment_id for one in extras.values() for line in one.equipment}
    if not numbers:
        return ()
    midnight = datetime.combine(day, time())
    span = midnight, midnight + timedelta(days=1)
    lent = lent_then(session, sorted(numbers), *span)
    found = (
        select(Equipment.id, Equipment.name, Equipment.stock)
        .where(Equipment.id.in_(numbers))
        .order_by(Equipment.sort_order, Equipment.name)
    )
    return tuple(
        KitRow(row.name, most_lent(lent[row.id], *span), row.stock)
        for row in session.execute(found)
    )


def _notes(session: Session, use_ids: Sequence[int]) -> dict[int, str]:
    found = (
        select(RoomUse.id, RoomBooking.notes_office)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .where(RoomUse.id.in_(use_ids), RoomBooking.notes_office != "")
    )
    return {row[0]: row[1] for row in session.execute(found)}


def _row(use: PlanUse, space: SpaceFacts, notes: str) -> SetUpRow:
    capacity = space.capacity(use.layout)
    over = capacity is not None and use.heads > capacity
    seats = "PCs" if use.layout == Layout.ICT else "seats"
    return SetUpRow(
        set_up_from=use.reserved_from,
        ready_by=use.starts_at,
        starts_at=use.starts_at,
        ends_at=use.ends_at,
        free_at=use.reserved_to,
        room=space.name,
        layout="fixed PCs" if use.layout == Layout.ICT else use.layout,
        people=use.heads,
        is_estimate=use.is_estimate,
        title=use.title,
        short_title=use.short_title,
        category=use.category,
        notes=notes,
        warning=f"{use.heads} people, {capacity} {seats}" if over else "",
    )


def _with_extras(row: SetUpRow, extras: Extras | None) -> SetUpRow:
    """Return the row with what is to be put out and what is served."""
    if extras is None:
        return row
    kit = (
        f"{one.name} {one.quantity}" if one.quantity > 1 else one.name for one in extras.equipment
    )
    servings = (
        f"{time_words(one.served_at)} {one.item}, {one.quantity}" for one in extras.catering
    )
    return replace(row, kit=", ".join(kit), servings=tuple(servings))


def _turn_rounds(uses: Sequence[PlanUse], spaces: dict[int, SpaceFacts]) -> tuple[TurnRound, ...]:
    in_rooms = [
        UseInRoom(
            use.id,
            spaces[use.space_id or 0].name,
            spaces[use.space_id or 0].cells,
            use.layout,
            use.reserved_from,
            use.starts_at,
            use.ends_at,
            use.reserved_to,
        )
        for use in uses
    ]
    return tuple(
        TurnRound(turn.before.ends_at, turn.minutes, turn.after.room, turn.change, turn.spare)
        for turn in turns(in_rooms)
        if turn.minutes <= WORTH_SAYING
    )


def _lanes(
    spaces: Sequence[SpaceFacts], uses: Sequence[PlanUse], rows: dict[int, SetUpRow]
) -> tuple[ChartLane, ...]:
    """Return a lane for each room in use that day, and for the halves of a joined one."""
    by_id = {space.id: space for space in spaces}
    lanes = []
    for space in spaces:
        own = tuple(rows[use.id] for use in uses if use.space_id == space.id)
        joined = tuple(
            (use.reserved_from, use.reserved_to, by_id[use.space_id or 0].name)
            for use in uses
            if space.cells < by_id[use.space_id or 0].cells
        )
        if own or joined:
            is_part = any(space.cells < other.cells for other in spaces)
            lanes.append(ChartLane(space.name, is_part, own, joined))
    return tuple(lanes)
