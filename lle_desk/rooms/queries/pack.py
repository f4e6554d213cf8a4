"""The day pack: all that is printed for a day, from one look at the plan."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from lle_desk.rooms.papers import (
    DayPack,
    DoorSign,
    Serving,
    SetUpSheet,
    SignRow,
    WelcomeRow,
)
from lle_desk.rooms.queries.extras import catering_of_day
from lle_desk.rooms.queries.registers import registers_of_day
from lle_desk.rooms.queries.set_up import set_up_sheet
from lle_desk.rooms.rules import number_words


def day_pack(session: Session, site_id: int, day: date, now: datetime) -> DayPack:
    """Return the papers of a site for a day, made at `now`."""
    set_up = set_up_sheet(session, site_id, day, now)
    return DayPack(
        set_up=set_up,
        catering=_catering(session, site_id, day),
        registers=registers_of_day(session, site_id, day),
        signs=_signs(set_up),
        welcome=_welcome(set_up),
    )


def _catering(session: Session, site_id: int, day: date) -> tuple[Serving, ...]:
    return tuple(
        Serving(
            served_at=row.served_at,
            what=row.item,
            quantity=row.quantity,
            room=row.room or "No room yet",
            number=number_words(row.number),
            title=row.title,
            diets=row.diets.words,
            note=row.note,
        )
        for row in catering_of_day(session, site_id, day)
    )


def _signs(sheet: SetUpSheet) -> tuple[DoorSign, ...]:
    """Return a sign for each door: a half of a joined room says what is on in the whole."""
    whole = {lane.room: lane.rows for lane in sheet.lanes}
    signs = []
    for lane in sheet.lanes:
        rows = [SignRow(row.starts_at, row.ends_at, row.title) for row in lane.rows]
        for starts, ends, room in lane.joined:
            rows.extend(
                SignRow(row.starts_at, row.ends_at, row.title, f"in {room}")
                for row in whole.get(room, ())
                if (row.set_up_from, row.free_at) == (starts, ends)
            )
        signs.append(DoorSign(lane.room, _by_time(rows)))
    return tuple(signs)


def _by_time(rows: Sequence[SignRow]) -> tuple[SignRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.starts_at, row.ends_at, row.title)))


def _welcome(sheet: SetUpSheet) -> tuple[WelcomeRow, ...]:
    rows = [WelcomeRow(row.starts_at, row.ends_at, row.title, row.room) for row in sheet.rows]
    return tuple(sorted(rows, key=lambda row: (row.starts_at, row.title, row.room)))
