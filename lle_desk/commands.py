"""What each command of the command line does: `command(url, asked) -> exit status`."""

import argparse
import csv
import getpass
import platform
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, time, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lle_desk.core.days import financial_year_typed
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.imports import Progress

if TYPE_CHECKING:
    from lle_desk.rooms.rules.allocation import AllocationQuestion

IMPORTS = {
    "schools": "the national schools' register",
    "school-links": "the register's predecessors and successors",
    "rooms": "rooms, with their site and how many they hold",
    "room-bookings": "who has which room when",
}
REPORTS = {
    "footfall": "bookings and people at Woodlands, by category",
    "courses": "places booked and attended, and events planned",
}
DONE, SOME_REFUSED = 0, 1
MOST_DIGITS = 12  # of a booking's number


class Percent(Progress):
    """Says on standard error how far a long command is, where somebody looks at it."""

    def __init__(self) -> None:
        super().__init__()
        self._told = -1

    def step(self, done: int, of: int) -> None:
        super().step(done, of)
        percent = done * 100 // max(of, 1)
        if percent != self._told and sys.stderr.isatty():
            self._told = percent
            print(f"\r{percent} %", end="" if percent < 100 else "\n", file=sys.stderr, flush=True)


def init(url: str, _asked: argparse.Namespace) -> int:
    """Make or upgrade the database."""
    from lle_desk.prepare import make_ready

    done = make_ready(url)
    if done.before == done.after:
        print("The database is up to date.")
    else:
        print(f"The database is ready (version {done.after}).")
    if done.backup:
        print(f"A copy of what was there before: {done.backup}")
    return DONE


def demo(url: str, asked: argparse.Namespace) -> int:
    """Make the database if it is not there, and fill it with invented data."""
    from lle_desk.demo import make_demo
    from lle_desk.prepare import make_ready

    if not 0 <= asked.years <= 10:
        raise OfficerError("--years takes a whole number from 0 to 10.")
    make_ready(url)
    with closing(_open(url)) as database:
        made = make_demo(
            database,
            _by(),
            years=asked.years,
            today=date.today(),  # noqa: DTZ011  (the office's day)
            progress=Percent(),
        )
    print(made.words)
    return DONE


def check(url: str, asked: argparse.Namespace) -> int:
    """Look at every rule and say which are broken."""
    from lle_desk.core.anchors import read_anchor
    from lle_desk.core.checks import check_database
    from lle_desk.core.db import everyday_faults
    from lle_desk.core.migrate import State, require_usable, state

    broken = 0
    printed = [mark for mark in map(read_anchor, asked.record) if mark is not None]
    if len(printed) < len(asked.record):
        raise OfficerError("--record is what a paper's foot says, such as 10482-7f3a9c21d0e4.")
    with closing(Database(url)) as database, everyday_faults():
        if state(database.engine) is not State.CURRENT:
            require_usable(database.engine)  # it says which; altered guards are for the check
        for found in check_database(database.engine, printed):
            print(f"{'kept  ' if found.is_kept else 'BROKEN'}  {found.rule}")
            if found.fault:
                broken += 1
                print(f"{found.rule}: {found.fault}", file=sys.stderr)
    print("Every rule is kept." if not broken else f"{broken} rules are broken.")
    return DONE if not broken else SOME_REFUSED


def backup(url: str, asked: argparse.Namespace) -> int:
    """Write a copy of the database."""
    from lle_desk.core import backup as copies
    from lle_desk.core.db import everyday_faults

    with closing(_open(url)) as database, everyday_faults():
        copies.backup(database.engine, asked.file)
    print(f"A whole copy is in {asked.file}.")
    return DONE


def restore(url: str, asked: argparse.Namespace) -> int:
    """Put a copy in the place of the database."""
    from lle_desk.core import backup as copies
    from lle_desk.core.db import everyday_faults

    with closing(Database(url)) as database, everyday_faults():
        kept = copies.restore(database.engine, asked.file)
    if kept:
        print(f"What was there before is in {kept}.")
    print(f"{asked.file} is in place. Look through it with: lle-desk check")
    return DONE


def tour(url: str, asked: argparse.Namespace) -> int:
    """Write pictures of every tab and document."""
    from lle_desk.tour import take_tour

    for file in take_tour(asked.folder, url if asked.database else None):
        print(file)
    return DONE


def take_in(url: str, asked: argparse.Namespace) -> int:
    """Read a file, say its problems by line, and save the good lines, or only say what would be."""
    from lle_desk.core.imports import read_mapping

    mapping = read_mapping(asked.map) if asked.map else None
    read, preview, save = _import_of(asked.what)
    read_sheet = _foreign_sheet(asked.what, asked.file, mapping)
    file = None if read_sheet else read(asked.file, mapping)
    with closing(_open(url)) as database:
        if read_sheet:
            file = database.read(read_sheet)
        if asked.dry_run:
            outcome = database.read(preview, file)
        else:
            outcome = database.write(_by(), save, file)
    summary, problems = outcome
    for problem in problems:
        print(problem, file=sys.stderr)
    would = "Would take in " if asked.dry_run else ""
    print(f"{would}{summary.words(asked.what.replace('-', ' '))}")
    status: int = summary.exit_status
    return status


def _foreign_sheet(
    what: str, path: Path, mapping: dict[str, str] | None
) -> Callable[[Any], Any] | None:
    """Return what reads a spreadsheet with headings of its own, None for a file with ours."""
    from lle_desk.rooms.imports import taking_in

    if what != "room-bookings" or taking_in.is_our_own(path, mapping):
        return None
    sheet, headings, match = taking_in.booking_sheet(path, mapping)
    return lambda session: taking_in.read_with_facts(
        session, sheet, headings, match, is_mapped=mapping is not None
    )


def report(url: str, asked: argparse.Namespace) -> int:
    """Work out a report and write it as CSV."""
    from lle_desk.reports import exports

    year = financial_year_typed(asked.year)
    if year is None:
        raise OfficerError("--year is a financial year such as 2013-14.")
    first, last = year
    with closing(_open(url)) as database:
        rows = database.read(exports.REPORTS[asked.what], first, last)
    if asked.csv is None:
        csv.writer(sys.stdout, lineterminator="\n").writerows(rows)
        return DONE
    try:
        with asked.csv.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    except OSError as error:
        raise OfficerError(f"{asked.csv} cannot be written: {error.strerror}.") from error
    print(f"{asked.csv}: {len(rows) - 1} rows.")
    return DONE


def calendar(url: str, asked: argparse.Namespace) -> int:
    """Write a calendar file of a room, a booking or an officer."""
    from lle_desk.rooms.exports import write_calendar
    from lle_desk.rooms.queries import calendar as calendars

    with closing(_open(url)) as database:
        if asked.booking:
            number = asked.booking.upper().removeprefix("WR-")
            if not number.isdecimal() or len(number) > MOST_DIGITS:
                raise OfficerError("--booking is a number such as WR-02418.")
            file = database.read(calendars.booking_number_calendar, int(number))
        else:
            if asked.from_day is None or asked.to_day is None:
                raise OfficerError("Say which days: --from 2014-03-01 --to 2014-03-31.")
            days = (asked.from_day, asked.to_day)
            if asked.officer:
                file = database.read(calendars.officer_calendar, asked.officer, *days)
            else:
                space_id = database.read(calendars.room_named, asked.room)
                file = database.read(calendars.room_calendar, space_id, *days)
    count = write_calendar(asked.file, file)
    print(f"{asked.file}: {count} meeting{'' if count == 1 else 's'}.")
    return DONE


def allocate(url: str, asked: argparse.Namespace) -> int:
    """Work out who has which room, say what moves and the proof, and save it."""
    import lle_desk.courses.actions  # noqa: F401  (it names the sessions without a room)
    from lle_desk.rooms.actions.allocating import apply_allocation
    from lle_desk.rooms.rules.allocation import allocate as work_out
    from lle_desk.rooms.rules.allocation import report_lines

    with closing(_open(url)) as database:
        plan = work_out(database.read(_question, asked), asked.seconds)
        is_saved = not asked.dry_run and bool(plan.changed or plan.question.closing)
        if is_saved:
            database.write(_by(), apply_allocation, plan)
    for line in report_lines(plan, is_saved=not asked.dry_run):
        print(line)
    for line in plan.complaints:
        print(line, file=sys.stderr)
    return DONE if not plan.complaints else SOME_REFUSED


def _question(session: Any, asked: argparse.Namespace) -> "AllocationQuestion":
    """Return what is asked: all of those days, or what a room out of use drives out."""
    from lle_desk.core.records import new_uuid
    from lle_desk.rooms.queries import space_facts
    from lle_desk.rooms.queries.allocation import allocation_question, replace_question
    from lle_desk.rooms.rules.allocation import PlannedClosure

    site_id = _site(session, asked.site)
    if asked.out_of_use is None:
        return allocation_question(session, site_id, asked.from_day, asked.to_day)
    if not asked.reason.strip():
        raise OfficerError("Say why the room is out of use: --reason TEXT")
    spaces = space_facts(session, site_id)
    named = (one.id for one in spaces if asked.out_of_use in (one.name, one.short_name, one.code))
    space_id = next(named, None)
    if space_id is None:
        known = ", ".join(space.name for space in spaces)
        raise OfficerError(f"No room here is called {asked.out_of_use}. There are: {known}.")
    starts_at = datetime.combine(asked.from_day, time())
    ends_at = datetime.combine(asked.to_day + timedelta(days=1), time())
    reason = asked.reason.strip()
    return replace_question(
        session, PlannedClosure(new_uuid(), space_id, starts_at, ends_at, reason)
    )


def _site(session: Any, code: str | None) -> int:
    """Return the site with that code, without one the first.

    Raises:
        OfficerError: there is none with rooms.
    """
    from lle_desk.rooms.queries import sites

    listed = sites(session)
    found = next((site.id for site in listed if code in (None, site.code)), None)
    if found is None:
        known = ", ".join(site.code for site in listed)
        raise OfficerError(
            f"No site with rooms is called {code}. There are: {known}."
            if known
            else "There are no rooms yet: lle-desk import rooms FILE"
        )
    return found


def _import_of(what: str) -> tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]:
    """Return read, preview and save of one kind of file."""
    if what in ("schools", "school-links"):
        from lle_desk.customers import imports as customers

        today = date.today()  # noqa: DTZ011  (the office's day)
        if what == "schools":
            return (
                customers.read_schools,
                _with_problems(customers.preview_schools, today),
                _with_problems(customers.save_schools, today),
            )
        return (
            customers.read_links,
            _with_problems(customers.preview_links),
            _with_problems(customers.save_links),
        )
    from lle_desk.rooms import imports as rooms

    if what == "rooms":
        return (
            rooms.read_rooms,
            _with_problems(rooms.preview_rooms),
            _with_problems(rooms.save_rooms),
        )
    return (
        rooms.read_room_bookings,
        _with_problems(rooms.preview_room_bookings),
        _with_problems(rooms.save_room_bookings),
    )


def _by() -> By:
    return By(getpass.getuser(), platform.node() or "desk", "command line")


def _open(url: str) -> Database:
    """Return the database, which must be set up.

    Raises:
        OfficerError: it is not, or this program may not work on it.
    """
    from lle_desk.core.db import everyday_faults
    from lle_desk.core.migrate import require_usable

    database = Database(url, "command line")
    try:
        with everyday_faults():
            require_usable(database.engine)
    except OfficerError:
        database.close()
        raise
    return database


def _with_problems(function: Callable[..., Any], *more: object) -> Callable[..., Any]:
    """Return `function` as one that also returns all problems, those found in the file first."""

    @wraps(function)
    def done(session: object, file: Any) -> tuple[Any, list[object]]:
        outcome = function(session, file, *more)
        found = getattr(outcome, "problems", ())
        return getattr(outcome, "summary", outcome), [*file.problems, *found]

    return done
