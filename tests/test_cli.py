"""The commands, as an administrator types them, on both databases."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from lle_desk.cli import main
from lle_desk.core.db import Database
from lle_desk.core.paths import resources

SCHOOLS = resources() / "reference" / "schools_sample.csv"
LINKS = resources() / "reference" / "school_links_sample.csv"


def typed(url: str, *words: object) -> int:
    return main(["--database", url, *map(str, words)])


def count(database: Database, table: str) -> int:
    return int(database.read(lambda session: session.scalar(text(f"SELECT count(*) FROM {table}"))))


def test_help_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for word in ("init", "demo", "import", "check", "backup", "restore", "tour", "exit status"):
        assert word in said


def test_init_makes_a_database_and_a_second_one_changes_nothing(
    bare_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(bare_url, "init") == 0
    assert "is ready" in capsys.readouterr().out
    assert typed(bare_url, "init") == 0
    assert "up to date" in capsys.readouterr().out


def test_a_database_that_is_not_set_up_says_how(
    bare_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["check"], ["import", "schools", str(SCHOOLS)], ["backup", "copy.backup"]):
        assert typed(bare_url, *words) == 2
        assert "lle-desk init" in capsys.readouterr().err
    file = bare_url.removeprefix("sqlite:///")
    assert not Path(file).exists(), "looking at a file that is not there made one"


def test_schools_go_in_once(
    administrators_url: str, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(administrators_url, "import", "schools", SCHOOLS, "--dry-run") == 0
    assert capsys.readouterr().out.startswith("Would take in ")
    assert count(database, "customer") == 0
    assert typed(administrators_url, "import", "schools", SCHOOLS) == 0
    imported = count(database, "customer")
    assert imported > 20
    assert typed(administrators_url, "import", "schools", SCHOOLS) == 0
    assert count(database, "customer") == imported
    assert " 0 new, 0 changed" in capsys.readouterr().out.splitlines()[-1]
    assert typed(administrators_url, "import", "school-links", LINKS) == 0
    assert typed(administrators_url, "check") == 0


def test_problems_stand_on_standard_error_by_line(
    administrators_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "schools.csv"
    lines = SCHOOLS.read_bytes().splitlines(keepends=True)
    broken.write_bytes(b"".join([*lines[:5], b'"1","2"\r\n', *lines[5:8], lines[3]]))
    assert typed(administrators_url, "import", "schools", broken) == 1
    told = capsys.readouterr()
    assert "line 6:" in told.err
    assert "line 10:" in told.err
    assert "2 lines refused" in told.out.splitlines()[-1]


def test_a_file_that_is_no_register_does_nothing(
    administrators_url: str, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    assert typed(administrators_url, "import", "schools", wrong) == 2
    assert typed(administrators_url, "import", "schools", tmp_path / "missing.csv") == 2
    assert "missing.csv" in capsys.readouterr().err
    assert count(database, "customer") == 0


def test_rooms_and_their_bookings_go_in_by_other_names_of_columns(
    administrators_url: str, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms = tmp_path / "rooms.csv"
    rooms.write_text(
        "Building,site name,room,Called,kind,capacity\nWDL,Woodlands,1,Oak Room,room,20\n"
    )
    mapping = tmp_path / "map.toml"
    mapping.write_text('[columns]\nsite = "Building"\nroom_name = "Called"\n')
    assert typed(administrators_url, "import", "rooms", rooms, "--map", mapping) == 0
    bookings = tmp_path / "bookings.csv"
    day = "2017-07-05T{}:00+01:00"
    table: list[list[object]] = [
        ["booking", "site", "room", "room name", "start", "end", "title", "contact"],
        [1, "WDL", "1", "Oak Room", day.format("10:00"), day.format("12:00"), "First", ""],
        [2, "WDL", "1", "Oak Room", day.format("11:00"), day.format("13:00"), "Second", ""],
        [3, "WDL", "1", "Oak Room", day.format("12:00"), day.format("13:00"), "Third", ""],
    ]
    with bookings.open("w", newline="") as file:
        csv.writer(file).writerows(table)
    assert typed(administrators_url, "import", "room-bookings", bookings) == 1
    told = capsys.readouterr()
    assert "line 3:" in told.err
    assert "First" in told.err
    assert count(database, "claim") == 2


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_a_copy_goes_out_and_comes_back(
    administrators_url: str, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.backup"
    assert typed(administrators_url, "backup", copy) == 0
    assert typed(administrators_url, "backup", copy) == 2
    typed(administrators_url, "import", "schools", SCHOOLS)
    database.close()
    assert typed(administrators_url, "restore", copy) == 0
    assert count(database, "customer") == 0
    assert "What was there before" in capsys.readouterr().out


def test_a_broken_rule_makes_check_fail(
    administrators_database: Database, administrators_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with administrators_database.engine.begin() as connection:
        connection.execute(text("UPDATE meta SET guards_fingerprint = 'other'"))
    assert typed(administrators_url, "check") == 1
    assert "BROKEN" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["init", "check", "backup", "restore", "demo", "import"])
def test_a_server_that_is_not_there_is_one_sentence(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.backup"
    words: dict[str, list[object]] = {
        "import": ["schools", SCHOOLS],
        "restore": [copy],
        "backup": [tmp_path / "new"],
    }
    copy.write_text("a copy")
    assert typed("postgresql://ann@127.0.0.1:1/lle", command, *words.get(command, [])) == 2
    assert capsys.readouterr().err == (
        "The database cannot be reached. Check the network, then try again.\n"
    )


@pytest.mark.parametrize("command", ["init", "check"])
def test_a_file_that_is_no_database_is_one_sentence(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear head teacher, " * 300)
    assert typed(f"sqlite:///{file.as_posix()}", command) == 2
    assert capsys.readouterr().err == (
        "This file is not a database of LLE Desk, or it is damaged. Restore the last copy.\n"
    )
    assert file.read_text().startswith("Dear head teacher")


def test_what_is_newer_than_the_program_or_older_is_said_by_check(
    administrators_database: Database, administrators_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for version, words in (("9999", "a newer LLE Desk"), ("0002", "An administrator runs")):
        with administrators_database.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
        assert typed(administrators_url, "check") == 2
        assert words in capsys.readouterr().err


@pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)
def test_an_officer_does_not_upgrade_the_offices_database(
    administrators_database: Database,
    administrators_url: str,
    database_url: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with administrators_database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    assert typed(database_url, "init") == 2
    assert capsys.readouterr().err.startswith("Only an administrator of the database")
    elsewhere = make_url(database_url).set(database="nowhere").render_as_string()
    assert typed(elsewhere, "check") == 2
    assert "does not exist" in capsys.readouterr().err
