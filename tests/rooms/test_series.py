"""Several rooms and days in one booking, and bookings that repeat: the actions."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions import CloseSpace, EditBooking, HoldRoom, close_space, hold_room
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.actions.series import hold_series, preview_series
from lle_desk.rooms.actions.series_changes import cancel_series, edit_series
from lle_desk.rooms.actions.series_requests import CancelSeries, EditSeries, HoldRooms, HoldSeries
from lle_desk.rooms.actions.several import hold_rooms
from lle_desk.rooms.models import RoomBooking, RoomUse
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.queries.series import SeriesCard, series_of_booking
from lle_desk.rooms.rules import minutes_of
from lle_desk.rooms.rules.places import DateChoice, DatesRefused, PlacesRefused
from lle_desk.rooms.rules.repeats import RepeatRule, Repeats, Scope
from tests.rooms.woodlands import Woodlands, at, card, wish

TUESDAY = date(2150, 3, 3)  # never past, whenever the tests run


def on(day: date, clock: str = "09:30") -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))


def weekly(space_id: int | None, times: int = 4, start: date = TUESDAY, **more: Any) -> HoldSeries:
    line = wish(space_id, starts_at=on(start), ends_at=on(start, "12:00"), **more)
    rule = RepeatRule(Repeats.WEEK, start, times=times)
    return HoldSeries(client_uuid=new_uuid(), rule=rule, lines=(line,))


def taken(space_id: int, day: date, title: str = "Spanish") -> HoldRoom:
    return wish(space_id, starts_at=on(day), ends_at=on(day, "12:00"), title=title)


def booking_of(database: Database, use_id: int) -> int:
    return card(database, use_id).booking_id


def series(database: Database, use_id: int) -> SeriesCard:
    found = database.read(series_of_booking, booking_of(database, use_id))
    assert found is not None
    return found


def count(database: Database, model: type) -> int:
    return database.read(_count, model)


def _count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def edit_of(card: UseCard, **changes: object) -> EditBooking:
    """Return what the form asks for when an officer changes `changes`."""
    asked = EditBooking(
        booking_id=card.booking_id,
        seen_booking_version=card.booking_version,
        use_id=card.use_id,
        seen_use_version=card.use_version,
        space_id=card.space.id if card.space else None,
        starts_at=card.starts_at,
        ends_at=card.ends_at,
        before_minutes=minutes_of(card.reserved_from, card.starts_at),
        after_minutes=minutes_of(card.ends_at, card.reserved_to),
        heads=card.heads,
        layout=card.layout,
        title=card.title,
        category=card.category,
    )
    return replace(asked, **changes)  # type: ignore[arg-type]


def places(database: Database, use_id: int) -> list[str]:
    return [f"{day.on:%d/%m} {day.words}" for day in series(database, use_id).days]


# Several rooms and days


def test_several_rooms_and_days_are_one_booking_with_one_number(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    lines = (
        wish(woodlands.elm),
        wish(woodlands.oak_room, title="", heads=20),
        wish(woodlands.elm, starts_at=at("09:30", 5), ends_at=at("12:00", 5)),
    )
    use = database.write(by, hold_rooms, HoldRooms(lines=lines))
    first = card(database, use)
    assert (first.other_uses, first.number) == (2, 1)
    assert count(database, RoomBooking) == 1
    again = database.write(by, hold_rooms, HoldRooms(lines=lines))
    assert (again, count(database, RoomUse)) == (use, 3)


def test_when_lines_do_not_fit_each_is_named_and_nothing_is_booked(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    database.write(by, hold_room, wish(woodlands.elm))
    lines = (
        wish(woodlands.ash),
        wish(woodlands.elm),
        wish(woodlands.oak_1, starts_at=at("10:00", 5), ends_at=at("11:00", 5)),
        wish(woodlands.oak_room, starts_at=at("10:30", 5), ends_at=at("12:00", 5)),
    )
    with pytest.raises(PlacesRefused) as refused:
        database.write(by, hold_rooms, HoldRooms(lines=lines))
    assert str(refused.value) == (
        "2 of 4 do not fit, so nothing is booked.\n"
        "Tue 4 Mar 09:30–12:00: Elm is taken 09:30–12:00 by “Phonics in Key Stage 1”, WR-00001.\n"
        "Wed 5 Mar 10:30–12:00: Oak 1 is in this booking already at 10:00–11:00. Choose another"
        " room or time."
    )
    elm = refused.value.verdicts[1]
    assert [room.name for room in elm.rooms] == ["Oak 2", "Oak 1", "Oak Room"]
    assert count(database, RoomUse) == 1


def test_rooms_are_added_to_a_booking_that_is_there(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    booking = booking_of(database, use)
    more = HoldRooms(lines=(wish(woodlands.ash, room_booking_id=booking),))
    added = database.write(by, hold_rooms, more)
    assert card(database, added).number == card(database, use).number
    assert card(database, use).other_uses == 1


def test_more_than_sixty_lines_are_refused(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    lines = tuple(wish(None) for _ in range(61))
    with pytest.raises(OfficerError, match="at most 60 rooms and days, not 61"):
        database.write(by, hold_rooms, HoldRooms(lines=lines))


def test_every_tuesday_makes_a_booking_a_week_with_a_number_each(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_series, weekly(woodlands.elm))
    found = series(database, use)
    assert found.words == "1 of 4, every Tuesday until 24 Mar"
    assert [day.number for day in found.days] == [1, 2, 3, 4]
    assert [day.on.day for day in found.days] == [3, 10, 17, 24]
    assert {day.room for day in found.days} == {"Elm"}


def test_booked_twice_with_the_same_form_it_is_there_once(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    ask = weekly(woodlands.elm)
    assert database.write(by, hold_series, ask) == database.write(by, hold_series, ask)
    assert count(database, RoomBooking) == 4


def test_a_taken_date_is_refused_with_who_has_it_and_what_could_be_had(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    database.write(by, hold_room, taken(woodlands.elm, TUESDAY + timedelta(days=14)))
    with pytest.raises(DatesRefused, match="1 date does not fit") as refused:
        database.write(by, hold_series, weekly(woodlands.elm, heads=24))
    [row] = [row for row in refused.value.rows if row.is_open]
    assert row.on == date(2150, 3, 17)
    assert row.verdict.problem == "Elm is taken 09:30–12:00 by “Spanish”, WR-00001."
    assert [room.name for room in row.verdict.rooms] == ["Ash"]
    assert row.verdict.times == (on(date(2150, 3, 17), "12:00"),)
    assert count(database, RoomBooking) == 1


def test_the_officer_chooses_per_date_another_room_another_time_or_none(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    days = [TUESDAY + timedelta(days=7 * week) for week in (1, 2, 3)]
    for day in days:
        database.write(by, hold_room, taken(woodlands.elm, day))
    choices = (
        DateChoice(on=days[0], space_id=woodlands.ash),
        DateChoice(on=days[1], starts_at=on(days[1], "13:00"), ends_at=on(days[1], "15:30")),
        DateChoice(on=days[2], skip="half-term"),
    )
    ask = replace(weekly(woodlands.elm), choices=choices)
    use = database.write(by, hold_series, ask)
    assert places(database, use) == [
        "03/03 Elm",
        "10/03 Ash",
        "17/03 Elm",
        "24/03 left out: half-term",
    ]
    third = series(database, use).days[2]
    assert third.starts_at == on(days[1], "13:00")


def test_bank_holidays_and_closures_are_left_out_and_say_why(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    monday = date(2014, 4, 14)  # the next one is Easter Monday
    closed = CloseSpace(
        client_uuid=new_uuid(),
        site_id=woodlands.site,
        space_id=woodlands.elm,
        starts_at=on(date(2014, 4, 28), "00:00"),
        ends_at=on(date(2014, 4, 29), "00:00"),
        reason="new carpet",
    )
    database.write(by, close_space, closed)
    ask = weekly(woodlands.elm, times=3, start=monday)
    use = database.write(by, hold_series, ask)
    left_out = [day.skipped_reason for day in series(database, use).days]
    assert left_out[:2] == ["", "Easter Monday"]
    assert "new carpet" in left_out[2]
    all_wanted = replace(ask, skips_bank_holidays=False, skips_closures=False)
    rows = database.read(preview_series, all_wanted)
    assert [row.skip for row in rows] == ["", "", ""]
    assert "new carpet" in rows[2].verdict.problem


def test_two_rooms_on_each_date_are_one_booking_a_date(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    ask = weekly(woodlands.elm, times=2)
    [line] = ask.lines
    ash = replace(line, client_uuid=new_uuid(), space_id=woodlands.ash)
    use = database.write(by, hold_series, replace(ask, lines=(line, ash)))
    assert (count(database, RoomBooking), count(database, RoomUse)) == (2, 4)
    assert card(database, use).other_uses == 1


def test_ten_thousand_repeats_are_refused_in_one_sentence(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    with pytest.raises(OfficerError, match="at most 366 times, not 10,000"):
        database.write(by, hold_series, weekly(woodlands.elm, times=10_000))
    assert count(database, RoomBooking) == 0


# Changed


def test_this_and_later_keeps_the_earlier_dates(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_series, weekly(woodlands.elm))
    second = series(database, use).days[1].use_id
    assert second is not None
    edit = edit_of(card(database, second), space_id=woodlands.ash, title="Numeracy network")
    assert database.write(by, edit_series, EditSeries(edit=edit, scope=Scope.LATER)) == 3
    assert places(database, use) == ["03/03 Elm", "10/03 Ash", "17/03 Ash", "24/03 Ash"]
    assert card(database, use).title == "Phonics in Key Stage 1"
    assert card(database, second).title == "Numeracy network"


def test_all_changes_only_what_was_changed_on_the_date_that_is_shown(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    second = TUESDAY + timedelta(days=7)
    choice = DateChoice(on=second, space_id=woodlands.ash)
    use = database.write(by, hold_series, replace(weekly(woodlands.elm), choices=(choice,)))
    edit = edit_of(card(database, use), starts_at=on(TUESDAY, "10:00"), heads=12)
    assert database.write(by, edit_series, EditSeries(edit=edit, scope=Scope.ALL)) == 4
    assert places(database, use)[1] == "10/03 Ash"
    for day in series(database, use).days:
        assert day.use_id is not None
        now = card(database, day.use_id)
        assert (now.starts_at, now.ends_at) == (on(day.on, "10:00"), on(day.on, "12:00"))
        assert now.heads == 12


def test_a_daily_booking_moves_on_by_a_day_although_each_stands_in_the_next_ones_place(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    monday = TUESDAY - timedelta(days=1)
    line = wish(woodlands.elm, starts_at=on(monday), ends_at=on(monday, "12:00"))
    rule = RepeatRule(Repeats.DAY, monday, times=4)
    ask = HoldSeries(client_uuid=new_uuid(), rule=rule, lines=(line,))
    use = database.write(by, hold_series, ask)
    for days in (1, -1):
        now = card(database, use)
        moved = timedelta(days=days)
        edit = edit_of(now, starts_at=now.starts_at + moved, ends_at=now.ends_at + moved)
        database.write(by, edit_series, EditSeries(edit=edit, scope=Scope.ALL))
    starts = [day.starts_at for day in series(database, use).days]
    assert starts == [on(monday + timedelta(days=day)) for day in range(4)]


def test_conflicts_of_a_change_are_listed_and_decided_date_by_date(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_series, weekly(woodlands.elm))
    days = [TUESDAY + timedelta(days=7 * week) for week in range(4)]
    database.write(by, hold_room, taken(woodlands.ash, days[1]))
    database.write(by, hold_room, taken(woodlands.ash, days[3]))
    ask = EditSeries(edit=edit_of(card(database, use), space_id=woodlands.ash), scope=Scope.ALL)
    with pytest.raises(DatesRefused, match="2 dates do not fit") as refused:
        database.write(by, edit_series, ask)
    assert [row.on for row in refused.value.rows if row.is_open] == [days[1], days[3]]
    assert places(database, use)[0] == "03/03 Elm"
    chosen = (
        DateChoice(on=days[1], skip="stays as it is"),
        DateChoice(on=days[3], space_id=woodlands.oak_1),
    )
    database.write(by, edit_series, replace(ask, choices=chosen))
    assert places(database, use) == ["03/03 Ash", "10/03 Elm", "17/03 Ash", "24/03 Oak 1"]


def test_the_past_stays_as_it_was(database: Database, by: By, woodlands: Woodlands) -> None:
    begun = date.today() - timedelta(days=2)  # noqa: DTZ011  (the office's day)
    line = wish(
        woodlands.elm,
        starts_at=on(begun),
        ends_at=on(begun, "12:00"),
        over_capacity_reason="open at weekends",
    )
    rule = RepeatRule(Repeats.DAY, begun, times=6)
    ask = HoldSeries(
        client_uuid=new_uuid(),
        rule=rule,
        lines=(line,),
        skips_bank_holidays=False,
        skips_closures=False,
    )
    use = database.write(by, hold_series, ask)
    last = series(database, use).days[5].use_id
    assert last is not None
    edit = edit_of(card(database, last), title="Renamed")
    database.write(by, edit_series, EditSeries(edit=edit, scope=Scope.ALL))
    titles = [card(database, day.use_id or 0).title for day in series(database, use).days]
    assert titles[:2] == ["Phonics in Key Stage 1"] * 2
    assert titles[3:] == ["Renamed"] * 3
    now = card(database, last)
    gone = CancelSeries(
        booking_id=now.booking_id, seen_version=now.booking_version, scope=Scope.ALL
    )
    database.write(by, cancel_series, gone)
    states = [day.status for day in series(database, use).days]
    assert states[:2] == ["confirmed"] * 2
    assert states[3:] == ["cancelled"] * 3


def test_another_desks_change_of_the_shown_date_is_not_overwritten(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_series, weekly(woodlands.elm))
    old = edit_of(card(database, use), title="Mine")
    database.write(by, edit_series, EditSeries(edit=replace(old, title="Theirs"), scope=Scope.ALL))
    with pytest.raises(RecordChanged):
        database.write(by, edit_series, EditSeries(edit=old, scope=Scope.ALL))
    assert card(database, use).title == "Theirs"


def test_this_and_later_are_cancelled_and_their_rooms_are_free(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_series, weekly(woodlands.elm))
    third = series(database, use).days[2]
    now = card(database, third.use_id or 0)
    ask = CancelSeries(
        booking_id=now.booking_id,
        seen_version=now.booking_version,
        scope=Scope.LATER,
        reason="network ends",
    )
    assert database.write(by, cancel_series, ask) == 2
    assert places(database, use)[1:] == ["10/03 Elm", "17/03 cancelled", "24/03 cancelled"]
    database.write(by, hold_room, taken(woodlands.elm, third.on))


def test_a_change_of_all_dates_is_undone_at_once(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_series, weekly(woodlands.elm))
    now = card(database, use)
    moved = timedelta(days=7)
    edit = edit_of(now, starts_at=now.starts_at + moved, ends_at=now.ends_at + moved)
    done = database.write(by, Keeping(edit_series, "Saved"), EditSeries(edit=edit, scope=Scope.ALL))
    assert places(database, use)[0] == "03/03 moved to Tue 10 Mar, Elm"
    assert done.way is not None
    database.write(by, done.way.back)
    assert places(database, use)[0] == "03/03 Elm"


def test_the_dates_of_a_series_are_read_in_few_questions(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_series, weekly(woodlands.elm, times=12))
    found = series(database, use)
    assert found.neighbour(-1) is None
    later = found.neighbour(1)
    assert later is not None
    assert later.on == TUESDAY + timedelta(days=7)
