import csv
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.imports import FileRefused, ImportSummary
from lle_desk.core.paths import resources
from lle_desk.rooms.imports import (
    add_demo_rooms,
    demo_rooms,
    preview_room_bookings,
    preview_rooms,
    read_room_bookings,
    read_rooms,
    save_room_bookings,
    save_rooms,
)
from lle_desk.rooms.imports.booking_lines import wall_clock
from lle_desk.rooms.models import Claim, RoomBooking, RoomUse, Site, Space
from lle_desk.rooms.queries import day_list, plan_of, sites, space_facts
from tests.real_files import BOOKINGS, ROOMS, needs_real_files


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rooms_file(folder: Path, *lines: str) -> Path:
    return write(folder / "rooms.csv", "site,site name,room,room name,kind,capacity", *lines)


def bookings_file(folder: Path, *lines: str) -> Path:
    heading = "booking,site,room,room name,start,end,title,contact"
    return write(folder / "bookings.csv", heading, *lines)


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def campus(database: Database, by: By, tmp_path: Path) -> Path:
    """A folder for files, and a database with two rooms at one site."""
    file = rooms_file(
        tmp_path,
        "212,Cruciform,B306,Cruciform B306,Classroom,40",
        "212,Cruciform,LT1,LT1,Lecture Theatre,90",
    )
    database.write(by, save_rooms, read_rooms(file))
    return tmp_path


@needs_real_files
def test_all_rooms_and_all_bookings_but_one_of_the_university_go_in(
    database: Database, by: By
) -> None:
    rooms = database.write(by, save_rooms, read_rooms(ROOMS))
    assert rooms.summary == ImportSummary(new=261)
    file = read_room_bookings(BOOKINGS)
    would = database.read(preview_room_bookings, file)
    done = database.write(by, save_room_bookings, file)
    assert done == would
    assert done.summary == ImportSummary(new=679, refused=1)
    [problem] = done.problems
    assert problem.line == 355
    assert "Wed 5 Jul 2017, 18:00–22:00, for “Rm. Closed” (booking 1022229)" in problem.sentence
    # The title of who has it names a person: it stands in the file, not here.
    assert "15:00–19:00 by “External booking: Interview" in problem.sentence
    assert "(booking 1683746, line 68)" in problem.sentence
    assert database.read(count, RoomUse) == database.read(count, Claim) == 679
    assert database.read(count, RoomBooking) == len({line.booking for line in file.lines}) - 1


@needs_real_files
def test_the_universitys_files_read_again_change_nothing(database: Database, by: By) -> None:
    database.write(by, save_rooms, read_rooms(ROOMS))
    database.write(by, save_room_bookings, read_room_bookings(BOOKINGS))
    rooms = database.write(by, save_rooms, read_rooms(ROOMS))
    bookings = database.write(by, save_room_bookings, read_room_bookings(BOOKINGS))
    assert rooms.summary == ImportSummary(unchanged=261)
    assert bookings.summary == ImportSummary(unchanged=679, refused=1)
    assert "by “External booking: Interview" in bookings.problems[0].sentence
    assert "”, WR-000" in bookings.problems[0].sentence
    assert database.read(count, RoomUse) == 679


@needs_real_files
def test_the_universitys_times_are_what_the_clock_there_showed(database: Database, by: By) -> None:
    database.write(by, save_rooms, read_rooms(ROOMS))
    database.write(by, save_room_bookings, read_room_bookings(BOOKINGS))
    with BOOKINGS.open(encoding="utf-8") as lines:
        told = {(row["start"][:16], row["title"].strip()) for row in csv.DictReader(lines)}
    shown = database.read(day_list, date(2017, 7, 5))
    assert {(f"{row.starts_at:%Y-%m-%dT%H:%M}", row.title) for row in shown} == told - (
        {("2017-07-05T18:00", "Rm. Closed")}
        - {(f"{row.starts_at:%Y-%m-%dT%H:%M}", row.title) for row in shown}
    )
    assert len(database.read(sites)) == 42


def test_rooms_get_a_layout_from_their_kind(campus: Path, database: Database) -> None:
    facts = {space.name: space for space in database.read(space_facts)}
    assert facts["Cruciform B306"].capacity("classroom") == 40
    assert facts["LT1"].capacity("theatre") == 90
    assert all(len(space.cells) == 1 for space in facts.values())


def test_a_changed_room_is_changed_in_place(campus: Path, database: Database, by: By) -> None:
    file = read_rooms(
        rooms_file(
            campus,
            "212,Cruciform,B306,Cruciform B306,Classroom,44",
            "212,Cruciform,LT1,LT1,Lecture Theatre,90",
            "212,Cruciform,LT2,LT2,Lecture Theatre,70",
        )
    )
    assert database.read(preview_rooms, file).summary == ImportSummary(1, 1, 1, 0)
    assert database.write(by, save_rooms, file).summary == ImportSummary(1, 1, 1, 0)
    assert database.read(count, Space) == 3
    assert database.read(count, Site) == 2


def test_faulty_lines_of_rooms_are_refused_by_line(tmp_path: Path) -> None:
    file = read_rooms(
        rooms_file(
            tmp_path,
            "1,A,101,Room 101,Classroom,thirty",
            "1,A,102,Room 102,Classroom,30",
            "1,A,102,Room 102 again,Classroom,30",
            "1,A,,Nameless,Classroom,30",
            "1,A,103",
        )
    )
    assert [room.room for room in file.rooms] == ["102"]
    assert [problem.line for problem in file.problems] == [2, 4, 5, 6]
    assert str(file.problems[1]) == (
        "line 4: room 102 (Room 102 again) of site 1 is on line 3 already."
    )


def test_a_file_without_its_columns_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="lacks the column capacity"):
        read_rooms(write(tmp_path / "rooms.csv", "site,site name,room,room name,kind", "1,A,1,A,B"))


def test_other_headings_are_mapped(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", "building,hall,no,name,seats", "1,A,101,Room 101,30")
    mapping = {
        "site": "building",
        "site_name": "hall",
        "room": "no",
        "room_name": "name",
        "capacity": "seats",
    }
    [room] = read_rooms(path, mapping).rooms
    assert (room.room_name, room.kind, room.capacity) == ("Room 101", "room", 30)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2017-07-05T10:00:00+01:00", datetime(2017, 7, 5, 10)),
        ("2017-07-05T09:00:00Z", datetime(2017, 7, 5, 10)),
        ("2017-01-05T10:00:00+00:00", datetime(2017, 1, 5, 10)),
        ("2017-01-05T11:00:00+01:00", datetime(2017, 1, 5, 10)),
        ("2017-07-05 10:00", datetime(2017, 7, 5, 10)),
    ],
)
def test_times_with_an_offset_become_londons_clock(text: str, clock: datetime) -> None:
    assert wall_clock(text) == clock


def test_a_booking_over_another_is_refused_by_line_and_the_others_go_in(
    campus: Path, database: Database, by: By
) -> None:
    file = read_room_bookings(
        bookings_file(
            campus,
            "7,212,B306,x,2017-07-05T10:00:00+01:00,2017-07-05T12:00:00+01:00,Summer School,A",
            "8,212,B306,x,2017-07-05T11:00:00+01:00,2017-07-05T13:00:00+01:00,Estates,B",
            "9,212,B306,x,2017-07-05T12:00:00+01:00,2017-07-05T13:00:00+01:00,Exam,B",
            "7,212,LT1,x,2017-07-05T10:00:00+01:00,2017-07-05T12:00:00+01:00,Summer School,A",
            "9,212,Z9,x,2017-07-05T12:00:00+01:00,2017-07-05T13:00:00+01:00,Exam,B",
            "10,212,LT1,x,2017-07-05T14:00:00+01:00,2017-07-05T13:00:00+01:00,Backwards,B",
            "11,212,LT1,x,noon,2017-07-05T13:00:00+01:00,Noon,B",
        )
    )
    done = database.write(by, save_room_bookings, file)
    assert done.summary == ImportSummary(new=3, refused=4)
    assert [str(problem) for problem in (*file.problems, *done.problems)] == [
        "line 7: it ends at 2017-07-05T13:00:00+01:00, not after 2017-07-05T14:00:00+01:00.",
        "line 8: “noon” and “2017-07-05T13:00:00+01:00” must be times such as"
        " 2017-07-05T10:00:00+01:00.",
        "line 3: Cruciform B306 is wanted Wed 5 Jul 2017, 11:00–13:00, for “Estates” (booking 8),"
        " but it is taken 10:00–12:00 by “Summer School” (booking 7, line 2).",
        "line 6: room Z9 of site 212 is not known. Import the rooms first.",
    ]
    rows = database.read(day_list, date(2017, 7, 5))
    assert [(row.room, row.title, row.number) for row in rows] == [
        ("Cruciform B306", "Summer School", 1),
        ("LT1", "Summer School", 1),
        ("Cruciform B306", "Exam", 2),
    ]


def test_unknown_heads_are_half_the_seats_and_marked_as_an_estimate(
    campus: Path, database: Database, by: By
) -> None:
    line = "7,212,B306,x,2017-07-05T10:00:00,2017-07-05T12:00:00,Summer School,A"
    database.write(by, save_room_bookings, read_room_bookings(bookings_file(campus, line)))
    [site] = database.read(sites)
    [use] = database.read(plan_of, site.id, date(2017, 7, 5), date(2017, 7, 5)).uses
    assert (use.heads, use.is_estimate, use.category) == (20, True, "External")


def test_the_demonstrations_rooms_are_marked_and_added_once(database: Database, by: By) -> None:
    site = database.read(lambda session: session.scalars(select(Site.id)).one())
    rooms = demo_rooms(resources() / "demo" / "rooms.csv")
    first = database.write(by, add_demo_rooms, site, rooms)
    assert database.write(by, add_demo_rooms, site, rooms) == first
    facts = {space.name: space for space in database.read(space_facts, site)}
    assert facts["Oak Room"].cells == facts["Oak 1"].cells | facts["Oak 2"].cells
    assert facts["Oak Room"].capacity("theatre") == 60
    assert database.read(lambda session: session.scalars(select(Space.is_demo)).all()) == [
        True
    ] * len(rooms)
