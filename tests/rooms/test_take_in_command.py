"""The same spreadsheets by the command that an administrator types."""

from pathlib import Path

import pytest

from lle_desk.cli import main
from lle_desk.core.db import Database
from tests.rooms import messy
from tests.rooms.woodlands import Woodlands


def typed(url: str, *words: object) -> int:
    return main(["--database", url, "import", "room-bookings", *map(str, words)])


def test_a_workbook_is_taken_in_by_the_names_of_its_columns(
    database: Database,
    woodlands: Woodlands,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = messy.workbook(tmp_path / "March.xlsx")
    words = "8 room bookings: {} new, 0 changed, {} as they were, 5 lines refused"
    assert typed(database_url, file, "--dry-run") == 1
    assert capsys.readouterr().out.strip() == "Would take in " + words.format(3, 0)
    assert typed(database_url, file) == 1
    said = capsys.readouterr()
    assert said.out.strip() == words.format(3, 0)
    assert "line 9: “30ish” is not a number of people" in said.err
    assert typed(database_url, file) == 1
    assert capsys.readouterr().out.strip() == words.format(0, 3)


def test_a_map_names_columns_that_say_nothing(
    database: Database,
    woodlands: Woodlands,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("A,B,C,D\n3/3/2014,Elm,Chess,10-12\n", encoding="utf-8")
    assert typed(database_url, file) == 2
    assert "Say which column has the room. The headings in line 1 are: A, B, C, D." in (
        capsys.readouterr().err
    )
    named = tmp_path / "map.toml"
    named.write_text('room = "B"\nday = "A"\ntime = "D"\ntitle = "C"\n', encoding="utf-8")
    assert typed(database_url, file, "--map", named) == 0
    named.write_text('room = "Z"\n', encoding="utf-8")
    assert typed(database_url, file, "--map", named) == 2
    assert "odd.csv has no column Z in line 1. It has: A, B, C, D." in capsys.readouterr().err
