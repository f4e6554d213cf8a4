"""The real files, by the commands an administrator types, on both databases.

1,765 schools of the national register with their links, and a university's rooms and bookings of
one day; `tests/real_files.py` says where they are.
"""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from lle_desk.cli import main
from lle_desk.core.db import Database
from tests.real_files import BOOKINGS, LINKS, ROOMS, SCHOOLS, needs_real_files

pytestmark = needs_real_files


class Administrator:
    """Types commands about one database and reads what they say."""

    def __init__(self, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._url = url
        self._capsys = capsys

    def imports(self, what: str, file: Path, *options: str) -> tuple[int, str, list[str]]:
        """Return the exit status, the last line, and the problems."""
        status = main(["--database", self._url, "import", what, str(file), *options])
        said = self._capsys.readouterr()
        return status, said.out.splitlines()[-1], said.err.splitlines()

    def checks(self) -> tuple[int, str]:
        """Return the exit status and the last line of `lle-desk check`."""
        status = main(["--database", self._url, "check"])
        return status, self._capsys.readouterr().out.splitlines()[-1]


@pytest.fixture
def administrator(database_url: str, capsys: pytest.CaptureFixture[str]) -> Administrator:
    return Administrator(database_url, capsys)


def count(database: Database, table: str) -> int:
    return int(database.read(lambda session: session.scalar(text(f"SELECT count(*) FROM {table}"))))


def test_the_registers_schools_and_links_go_in_once(
    administrator: Administrator, database: Database
) -> None:
    words = "1,765 schools: {} new, 0 changed, {} as they were, 0 lines refused"
    dry = administrator.imports("schools", SCHOOLS, "--dry-run")
    assert dry == (0, "Would take in " + words.format("1,765", "0"), [])
    assert count(database, "customer") == 0
    assert administrator.imports("schools", SCHOOLS) == (0, words.format("1,765", "0"), [])
    assert count(database, "customer") == 1_765
    assert administrator.imports("schools", SCHOOLS) == (0, words.format("0", "1,765"), [])

    words = "725 school links: {} new, 0 changed, {} as they were, 10 lines refused"
    status, said, problems = administrator.imports("school-links", LINKS)
    assert (status, said) == (1, words.format("715", "0"))
    assert len(problems) == 10
    assert all("does not say which school followed which" in line for line in problems)
    status, said, again = administrator.imports("school-links", LINKS)
    assert (status, said, again) == (1, words.format("0", "715"), problems)
    assert administrator.checks() == (0, "Every rule is kept.")


def test_a_universitys_day_goes_in_but_for_the_one_pair_that_overlaps(
    administrator: Administrator, database: Database
) -> None:
    status, _said, problems = administrator.imports("room-bookings", BOOKINGS, "--dry-run")
    assert (status, len(problems)) == (2, 680), "without the rooms nothing can go in"
    words = "261 rooms: {} new, 0 changed, {} as they were, 0 lines refused"
    dry = administrator.imports("rooms", ROOMS, "--dry-run")
    assert dry == (0, "Would take in " + words.format("261", "0"), [])
    assert administrator.imports("rooms", ROOMS) == (0, words.format("261", "0"), [])
    assert administrator.imports("rooms", ROOMS) == (0, words.format("0", "261"), [])

    words = "680 room bookings: {} new, 0 changed, {} as they were, 1 line refused"
    for options, before in ((["--dry-run"], "Would take in "), ([], "")):
        status, said, problems = administrator.imports("room-bookings", BOOKINGS, *options)
        assert (status, said) == (1, before + words.format("679", "0"))
        [line] = problems
        assert re.match(r"line 355: School of Pharmacy M3 is wanted .* 18:00–22:00", line)
        assert re.search(r"taken 15:00–19:00 by .* \(booking 1683746, line 68\)\.$", line)
    assert count(database, "room_use") == 679
    assert count(database, "claim") == 679
    status, said, problems = administrator.imports("room-bookings", BOOKINGS)
    assert (status, said, len(problems)) == (1, words.format("0", "679"), 1)
    assert administrator.checks() == (0, "Every rule is kept.")
