"""`lle-desk allocate`: what it prints, what it saves, and its exit status."""

import pytest

from lle_desk.cli import main
from lle_desk.core.db import By, Database
from lle_desk.rooms.actions import hold_room
from lle_desk.rooms.queries import use_card
from tests.rooms.woodlands import Woodlands, wish

DAY = ("--from", "2014-03-04", "--to", "2014-03-04")


@pytest.fixture
def parked(database: Database, by: By, woodlands: Woodlands) -> int:
    """A booking without a room."""
    return database.write(by, hold_room, wish(None, heads=30))


def room_of(database: Database, use_id: int) -> str:
    card = database.read(use_card, use_id)
    assert card is not None
    return card.space.name if card.space else ""


def test_it_says_what_moves_with_the_proof_and_saves_it(
    database: Database, parked: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", database.url, "allocate", *DAY]) == 0
    said = capfd.readouterr()
    assert said.err == ""
    lines = said.out.splitlines()
    assert lines[0] == (
        "Tue 4 Mar 2014 09:30–12:00  WR-00001 “Phonics in Key Stage 1”: no room → Elm."
        " It had no room."
    )
    assert lines[1:6] == [
        "        0  without a room",
        "        0  changes beyond what closures force",
        "        0  rooms of courses of several days",
        "        0  empty seats",
        "Proved: no allocation is better.",
    ]
    assert lines[6].startswith("1 of 1 have a room; 1 changed;")
    assert room_of(database, parked) == "Elm"


def test_a_dry_run_says_the_same_and_saves_nothing(
    database: Database, parked: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", database.url, "allocate", *DAY, "--dry-run"]) == 0
    assert "1 would change;" in capfd.readouterr().out
    assert room_of(database, parked) == ""


def test_what_cannot_be_placed_is_said_on_standard_error(
    database: Database, by: By, parked: int, capfd: pytest.CaptureFixture[str]
) -> None:
    database.write(by, hold_room, wish(None, heads=99))
    assert main(["--database", database.url, "allocate", *DAY, "--site", "WDL"]) == 1
    said = capfd.readouterr()
    assert said.err == (
        "Tue 4 Mar 2014 09:30–12:00  WR-00002 “Phonics in Key Stage 1”: no room."
        " No room takes 99 in classroom layout; the largest takes 32.\n"
    )
    assert "1 of 2 have a room" in said.out
    assert room_of(database, parked) == "Elm"


def test_a_room_out_of_use_is_closed_and_emptied(
    database: Database, by: By, woodlands: Woodlands, capfd: pytest.CaptureFixture[str]
) -> None:
    there = database.write(by, hold_room, wish(woodlands.elm, heads=25))
    asked = ("allocate", *DAY, "--out-of-use", "Elm", "--reason", "A leak")
    assert main(["--database", database.url, *asked]) == 0
    assert "Elm → Ash. Elm is closed Tue 4 Mar 00:00 – Wed 5 Mar 00:00: A leak." in (
        capfd.readouterr().out
    )
    assert room_of(database, there) == "Ash"
    parked = database.write(by, hold_room, wish(None, heads=25))
    assert main(["--database", database.url, "allocate", *DAY]) == 1
    assert room_of(database, parked) == ""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--from", "2014-03-04", "--to", "2014-03-03"), "first and a last day"),
        ((*DAY, "--out-of-use", "Elm"), "Say why the room is out of use"),
        ((*DAY, "--out-of-use", "Oaks", "--reason", "A leak"), "No room here is called Oaks."),
        (
            ("--from", "2014-03-04", "--to", "2014-03-03", "--out-of-use", "Elm", "--reason", "x"),
            "",
        ),
        ((*DAY, "--site", "NOWHERE"), "No site with rooms is called NOWHERE. There are: WDL."),
    ],
)
def test_a_wrong_question_does_nothing(
    database: Database,
    woodlands: Woodlands,
    more: tuple[str, ...],
    words: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["--database", database.url, "allocate", *more]) == 2
    assert words in capfd.readouterr().err


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_what_is_no_day_is_said_at_once(
    database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--database", database.url, "allocate", "--from", "4 March", "--to", "2014-03-04"])
    assert left.value.code == 2
    assert "4 March is not a day such as 2014-03-04" in capfd.readouterr().err
