"""The command line: the same actions without a window, for administrators and scripts.

Results go to standard output, problems to standard error, and the exit status says how it went:
0 all done, 1 some of it refused, 2 nothing done.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from lle_desk import commands
from lle_desk.core.errors import OfficerError
from lle_desk.core.migrate import VERSION
from lle_desk.core.paths import default_database_url

NOTHING_DONE = 2

ABOUT = """\
LLE Desk: bookings, rooms and invoices of Lancashire Learning Excellence.
Without a command it opens the window.

  lle-desk                                            this PC's own database
  lle-desk --database postgresql://ann@server/lle     the office's database
  lle-desk --database sqlite:///training.db demo      a database to train on
"""

EPILOG = """\
exit status: 0 all done, 1 some refused (said line by line on standard error), 2 nothing done.
LLE_DESK_HOME moves settings, the log and this PC's own database to another folder. A PostgreSQL
password is never typed here: put it into libpq's password file (PGPASSFILE).
"""

MAP_HELP = """\
A --map file names their columns where they differ from ours, one line each:
  [columns]
  room_name = "Room"

Room bookings may come as an Excel workbook (.xlsx), or as a CSV file with headings of its own: what
was matched in the window (Rooms, Lists, Take in a spreadsheet) is remembered.
"""

ALLOCATE_HELP = """As many as
possible get a room; then as little as possible changes from today's rooms; then the
days of a course are together; then fewest seats stay empty. What is pinned stays.

  lle-desk allocate --from 2014-03-03 --to 2014-03-07 --dry-run
  lle-desk allocate --from 2014-03-04 --to 2014-03-05 --out-of-use Elm --reason "A leak"

Exit status: 0 all have a room, 1 some could not be placed, 2 nothing done.
"""

Run = Callable[[str, argparse.Namespace], int]


def main(argv: Sequence[str]) -> int:
    """Do what the arguments say and return the exit status."""
    asked = make_parser().parse_args(argv)
    url = asked.database or default_database_url()
    try:
        if asked.command is None:
            from lle_desk import app

            return app.run(url, with_demo=asked.database is None)
        run: Run = asked.run
        return run(url, asked)
    except OfficerError as error:
        print(error, file=sys.stderr)
        return NOTHING_DONE


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of everything that may be typed."""
    parser = argparse.ArgumentParser(
        prog="lle-desk",
        description=ABOUT,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        help="sqlite:///FILE or postgresql://LOGIN@HOST/NAME; without it, this PC's own",
    )
    parser.add_argument("--version", action="version", version=f"LLE Desk {VERSION}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_database_commands(subparsers)
    _add_imports(subparsers)
    _add_allocate(subparsers)
    _add_calendar(subparsers)
    _add_reports(subparsers)
    return parser


def _command(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Run,
    words: str,
    more: str = "",
) -> argparse.ArgumentParser:
    added = subparsers.add_parser(
        name,
        help=words,
        description=f"{words[0].upper()}{words[1:]}. {more}".strip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    added.set_defaults(run=run)
    return added


def _add_database_commands(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    _command(
        subparsers,
        "init",
        commands.init,
        "make an empty database, or bring an older one up to date",
        "Before an older one is touched, a copy is kept.",
    )
    demo = _command(
        subparsers,
        "demo",
        commands.demo,
        "fill an empty database with invented data",
        "The schools are real, their people and bookings are not.",
    )
    demo.add_argument(
        "--years",
        type=int,
        default=0,
        metavar="N",
        help="as well, N whole years up to March 2014 at full size",
    )
    check = _command(
        subparsers, "check", commands.check, "look whether the database keeps every rule"
    )
    check.add_argument(
        "--record",
        action="append",
        default=[],
        metavar="10482-7f3a9c21d0e4",
        help="what stands in the foot of an invoice or letter: is it still in the audit trail?",
    )
    _add_copies(subparsers)


def _add_copies(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add what takes something out of the database as a file, and what puts it back."""
    backup = _command(
        subparsers,
        "backup",
        commands.backup,
        "write a copy of the whole database, while others work",
    )
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = _command(
        subparsers,
        "restore",
        commands.restore,
        "put a copy in the place of the database",
        "What was there before is kept beside it. PostgreSQL: into a new, empty database.",
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    tour = _command(
        subparsers,
        "tour",
        commands.tour,
        "write a picture of every tab and of each document",
        "On invented data of its own, unless --database names a database.",
    )
    tour.add_argument("folder", type=Path, metavar="FOLDER")


def _add_imports(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "import",
        help="take in schools, their links, rooms or room bookings from a CSV file",
        description="Take in a CSV file. Taking the same file in again changes nothing.",
    )
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    for name, words in commands.IMPORTS.items():
        kind = _command(kinds, name, commands.take_in, f"take in {words}", MAP_HELP)
        kind.set_defaults(what=name)
        kind.add_argument("file", type=Path, metavar="FILE")
        kind.add_argument("--dry-run", action="store_true", help="say what would happen, only")
        kind.add_argument("--map", type=Path, metavar="MAP.toml", help="their column names")


def _add_calendar(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(
        subparsers,
        "calendar",
        commands.calendar,
        "write a calendar file (.ics) of a room, a booking or an officer",
        "Written again after a change, it moves the same meetings in a calendar program.",
    )
    of = parser.add_mutually_exclusive_group(required=True)
    of.add_argument("--room", metavar="NAME", help="what is in a room on those days")
    of.add_argument("--booking", metavar="WR-02418", help="all dates of a booking")
    of.add_argument("--officer", metavar="LOGIN", help="what an officer took, on those days")
    for name, words in (("--from", "the first day"), ("--to", "the last day, counted")):
        parser.add_argument(
            name, dest=name.strip("-") + "_day", type=_day, metavar="2014-03-04", help=words
        )
    parser.add_argument("file", type=Path, metavar="FILE")


def _add_allocate(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(
        subparsers,
        "allocate",
        commands.allocate,
        "give rooms to what has none, at least change, and say the proof",
        ALLOCATE_HELP,
    )
    for name, words in (("--from", "the first day"), ("--to", "the last day, counted")):
        parser.add_argument(
            name,
            dest=name.strip("-") + "_day",
            type=_day,
            required=True,
            metavar="2014-03-04",
            help=words,
        )
    parser.add_argument("--site", metavar="CODE", help="which site; without it, Woodlands")
    parser.add_argument("--dry-run", action="store_true", help="say what would move, only")
    parser.add_argument(
        "--out-of-use",
        metavar="ROOM",
        help="close this room on those days, and give what is in it other rooms",
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why it is closed")
    parser.add_argument(
        "--seconds", type=float, default=600.0, metavar="N", help="search for so long at most"
    )


def _day(typed: str) -> date:
    """Return the day typed as 2014-03-04.

    Raises:
        ArgumentTypeError: it is not a day.
    """
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed} is not a day such as 2014-03-04") from None


def _add_reports(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "report",
        help="work out a report's figures from the records",
        description="Work out a report's figures from the records and write them as CSV.",
    )
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    for name, words in commands.REPORTS.items():
        kind = _command(kinds, name, commands.report, words)
        kind.set_defaults(what=name)
        kind.add_argument(
            "--year", required=True, metavar="2013-14", help="a financial year, from 1 April"
        )
        kind.add_argument("--csv", type=Path, metavar="FILE", help="without it, to the screen")
