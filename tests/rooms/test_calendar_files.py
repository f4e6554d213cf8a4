from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from lle_desk.__main__ import main
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import (
    CancelBooking,
    ReleaseRoom,
    cancel_booking,
    hold_room,
    move_use,
    release_room,
)
from lle_desk.rooms.exports import calendar_bytes, write_calendar
from lle_desk.rooms.papers import CalendarEntry, CalendarFile
from lle_desk.rooms.queries.calendar import (
    booking_calendar,
    booking_contact_calendar,
    booking_number_calendar,
    officer_calendar,
    room_calendar,
    room_named,
)
from lle_desk.rooms.ui.tab import RoomsTab
from tests.courses.people import a_person, a_school
from tests.paper.hostile import HOSTILE
from tests.rooms.woodlands import Woodlands, at, card, move_of, wish

LONDON = ZoneInfo("Europe/London")
ENTRY = CalendarEntry(
    uid="0b0c@lle-desk",
    sequence=3,
    title="Phonics; a, b\\c",
    starts_at=datetime(2014, 3, 28, 9),
    ends_at=datetime(2014, 3, 28, 12),
    place="Elm, Woodlands",
    words="Line one\nline two, with 😀 and Tŷ Gŵyr",
    is_cancelled=False,
    is_provisional=False,
)
FILE = CalendarFile("Elm", (ENTRY,), "bookings@lle.example", datetime(2014, 3, 1, 8))


def read_back(data: bytes) -> list[Any]:
    """Return the meetings as a calendar program reads them."""
    return list(icalendar.Calendar.from_ical(data).events)


def test_what_is_written_is_read_back() -> None:
    [event] = read_back(calendar_bytes(FILE))
    assert str(event["SUMMARY"]) == ENTRY.title
    assert str(event["DESCRIPTION"]) == ENTRY.words
    assert str(event["LOCATION"]) == ENTRY.place
    assert (event.uid, event.sequence) == ("0b0c@lle-desk", 3)
    assert event.start == datetime(2014, 3, 28, 9, tzinfo=LONDON)
    assert event["STATUS"] == "CONFIRMED"
    assert str(event["ORGANIZER"]) == "mailto:bookings@lle.example"


def test_summer_and_winter_time_are_each_their_own() -> None:
    winter, summer = datetime(2014, 3, 29, 9), datetime(2014, 3, 31, 9)
    hour = timedelta(hours=1)
    days = tuple(
        replace(ENTRY, uid=f"{n}@lle-desk", starts_at=start, ends_at=start + hour)
        for n, start in enumerate([winter, summer])
    )
    data = calendar_bytes(replace(FILE, entries=days))
    assert b"BEGIN:VTIMEZONE" in data
    assert data.count(b"DTSTART;TZID=Europe/London:2014") == 2
    starts = [event["DTSTART"].dt for event in read_back(data)]
    assert [start.utcoffset() for start in starts] == [timedelta(0), hour]
    zone = icalendar.Calendar.from_ical(data).timezones[0].to_tz(lookup_tzid=False)
    assert [moment.replace(tzinfo=zone).utcoffset() for moment in (winter, summer)] == [
        timedelta(0),
        hour,
    ]


def test_lines_are_folded_and_end_as_they_must() -> None:
    title = ("Tŷ 😀 " * 200).strip()
    data = calendar_bytes(replace(FILE, entries=(replace(ENTRY, title=title),)))
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)  # octets, and no letter is cut in two:
    assert "".join(line.decode() for line in lines).isprintable()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert f"SUMMARY:{title}" in data.decode().replace("\r\n ", "")
    assert str(read_back(data)[0]["SUMMARY"]) == title


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_makes_another_meeting(typed: str) -> None:
    forged = f"{typed}\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged"
    hostile = replace(ENTRY, title=forged, words=forged, place=forged)
    data = calendar_bytes(replace(FILE, name=forged, entries=(hostile,)))
    assert len(read_back(data)) == 1
    assert data.count(b"\r\nBEGIN:VEVENT") == 1


def test_a_change_keeps_the_meeting_and_raises_its_number(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    number = card(database, use).booking_id
    [before] = database.read(booking_calendar, number).entries
    database.write(by, move_use, move_of(database, use, woodlands.ash, "10:00", "12:30"))
    [after] = database.read(booking_calendar, number).entries
    assert after.uid == before.uid
    assert after.sequence > before.sequence
    assert (after.place, after.starts_at) == ("Ash, Woodlands, Chorley", at("10:00"))


def test_a_cancelled_booking_is_withdrawn(database: Database, by: By, woodlands: Woodlands) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    seen = card(database, use)
    ask = CancelBooking(
        booking_id=seen.booking_id, seen_version=seen.booking_version, reason="They are ill"
    )
    database.write(by, cancel_booking, ask)
    data = calendar_bytes(database.read(booking_calendar, seen.booking_id))
    assert b"METHOD:CANCEL" in data
    assert read_back(data)[0]["STATUS"] == "CANCELLED"


def test_what_is_taken_out_of_a_booking_is_withdrawn_and_the_rest_stays(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    first = database.write(by, hold_room, wish(woodlands.elm))
    number = card(database, first).booking_id
    wednesday: dict[str, Any] = {"starts_at": at("09:30", 5), "ends_at": at("12:00", 5)}
    ask = wish(woodlands.ash, room_booking_id=number, **wednesday)
    second = database.write(by, hold_room, ask)
    before = read_back(calendar_bytes(database.read(booking_calendar, number)))
    out = ReleaseRoom(use_id=second, seen_version=card(database, second).use_version)
    database.write(by, release_room, out)
    data = calendar_bytes(database.read(booking_calendar, number))
    after = read_back(data)
    assert b"METHOD:PUBLISH" in data
    assert [event["STATUS"] for event in after] == ["CONFIRMED", "CANCELLED"]
    assert [event.uid for event in after] == [event.uid for event in before]
    assert after[1].sequence > before[1].sequence
    assert after[1]["DTSTAMP"].dt >= before[1]["DTSTAMP"].dt


def test_a_room_has_what_is_in_rooms_joined_with_it(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    database.write(by, hold_room, wish(woodlands.oak_room, title="Whole"))
    database.write(by, hold_room, wish(woodlands.elm, title="Elsewhere", status="enquiry"))
    day = date(2014, 3, 4)
    half = database.read(room_calendar, woodlands.oak_1, day, day)
    assert [entry.title for entry in half.entries] == ["Whole"]
    later = database.read(room_calendar, woodlands.oak_1, date(2014, 3, 5), date(2014, 3, 6))
    assert later.entries == ()
    elm = database.read(room_calendar, woodlands.elm, day, day)
    assert read_back(calendar_bytes(elm))[0]["STATUS"] == "TENTATIVE"
    mine = database.read(officer_calendar, "ann", day, day)
    assert len(mine.entries) == 2


def test_notes_for_the_customer_stand_in_their_own_file_only(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    ask = wish(woodlands.elm, notes_customer="Side door", notes_office="Difficult")
    use = database.write(by, hold_room, ask)
    own = database.read(booking_calendar, card(database, use).booking_id)
    room = database.read(room_calendar, woodlands.elm, date(2014, 3, 4), date(2014, 3, 4))
    assert "Side door" in own.entries[0].words
    assert "Side door" not in room.entries[0].words
    assert "Difficult" not in own.entries[0].words


def test_what_is_not_there_is_said(database: Database, woodlands: Woodlands) -> None:
    with pytest.raises(OfficerError, match="There is no room “Birch”"):
        database.read(room_named, "Birch")
    with pytest.raises(OfficerError, match="There is no booking WR-00099"):
        database.read(booking_number_calendar, 99)
    with pytest.raises(OfficerError, match="nothing was written"):
        write_calendar(Path("nowhere.ics"), replace(FILE, entries=()))


def test_the_command_writes_a_room_and_a_booking(
    database: Database,
    by: By,
    woodlands: Woodlands,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    file = tmp_path / "elm.ics"
    days = ["--from", "2014-03-01", "--to", "2014-03-31"]
    assert main(["--database", database_url, "calendar", "--room", "elm", *days, str(file)]) == 0
    assert len(read_back(file.read_bytes())) == 1
    number = f"WR-{card(database, use).number:05d}"
    assert main(["--database", database_url, "calendar", "--booking", number, str(file)]) == 0
    assert f"{file}: 1 meeting." in capsys.readouterr().out
    assert main(["--database", database_url, "calendar", "--room", "birch", *days, str(file)]) == 2
    assert "There is no room “birch”." in capsys.readouterr().err


def test_the_room_of_the_selected_booking_is_saved_from_the_print_menu(
    desk: Desk,
    database: Database,
    by: By,
    woodlands: Woodlands,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.bar.stepper.set_day(date(2014, 3, 4))
    with qtbot.waitSignal(tab.plan_shown):
        tab.show()
    file = tmp_path / "elm.ics"
    asked: list[str] = []

    def choose(*words: str) -> tuple[str, str]:
        asked.append(str(words[2]))
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    tab.grid.select(use)
    tab.bar.calendar_wanted.emit()
    qtbot.waitUntil(file.exists)
    assert asked == ["Elm.ics"]
    qtbot.waitUntil(lambda: len(file.read_bytes()) > 0 and not desk.is_busy())
    assert len(read_back(file.read_bytes())) == 1


def test_the_bookings_of_a_contact_are_saved_from_one_of_them(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    school = a_school(database)
    contact = a_person(database, school, "Demo", "Contact")
    with_contact: dict[str, Any] = {"customer_id": school, "contact_id": contact}
    use = database.write(by, hold_room, wish(woodlands.elm, **with_contact))
    database.write(by, hold_room, wish(woodlands.ash, title="Spanish", **with_contact))
    alone = database.write(by, hold_room, wish(woodlands.oak_1, title="Maths"))
    days = date(2014, 3, 1), date(2014, 3, 31)
    file = database.read(booking_contact_calendar, card(database, use).booking_id, *days)
    assert len(file.entries) == 2
    with pytest.raises(OfficerError, match="names no contact"):
        database.read(booking_contact_calendar, card(database, alone).booking_id, *days)
