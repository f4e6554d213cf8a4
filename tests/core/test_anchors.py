"""A mark of the audit chain on paper: kept, never changed, and found again, or not."""

import pytest
from sqlalchemy import text

from lle_desk.__main__ import main
from lle_desk.core.anchors import AnchorMark, anchor_of, read_anchor, write_anchor
from lle_desk.core.checks import check_database
from lle_desk.core.db import By, Database
from tests.core.office import add_customer, assert_refused_by, run


def written(database: Database, by: By) -> AnchorMark:
    """Return a mark that a paper carries, of a chain that goes on after it."""
    add_customer(database)
    mark = database.write(by, write_anchor, "INV-000001")
    add_customer(database, "Another School")
    return mark


def faults(database: Database, *printed: AnchorMark) -> list[str]:
    return [one.fault for one in check_database(database.engine, printed) if not one.is_kept]


def test_a_mark_is_found_again_in_the_chain(administrators_database: Database, by: By) -> None:
    mark = written(administrators_database, by)
    assert read_anchor(f" {mark.words.upper()} ") == mark
    assert administrators_database.read(anchor_of, "INV-000001") == mark
    assert administrators_database.read(anchor_of, "INV-000002") is None
    assert faults(administrators_database, mark) == []


@pytest.mark.parametrize("typed", ["", "10482", "10482-", "x-7f3a9c21d0e4", "1-7g"])
def test_what_is_no_mark_is_not_read_as_one(typed: str) -> None:
    assert read_anchor(typed) is None


@pytest.mark.parametrize(
    "statement", ["UPDATE anchor SET position = 1", "DELETE FROM anchor WHERE id > 0"]
)
def test_a_mark_is_kept_as_it_was(
    administrators_database: Database, by: By, statement: str
) -> None:
    written(administrators_database, by)
    with assert_refused_by("anchor_kept"):
        run(administrators_database, statement)


def test_nothing_but_the_last_link_is_a_mark(administrators_database: Database, by: By) -> None:
    written(administrators_database, by)
    with assert_refused_by("anchor_of_chain"):
        run(
            administrators_database,
            "INSERT INTO anchor (position, hash, written_on, made_at)"
            " SELECT position, hash, 'forged', '2014-03-04 09:00:00' FROM audit WHERE position = 1",
        )


def test_a_chain_made_anew_does_not_bear_what_was_printed(
    administrators_database: Database, by: By
) -> None:
    mark = written(administrators_database, by)
    forged = AnchorMark(mark.position, "0" * 12)
    [fault] = faults(administrators_database, forged)
    assert f"Line {mark.position} is not the one that was printed" in fault


def test_a_mark_outside_the_chain_is_found_by_every_check(
    administrators_database: Database, by: By
) -> None:
    written(administrators_database, by)
    with administrators_database.engine.connect().execution_options(desk_write=True) as connection:
        if administrators_database.dialect == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER anchor_kept_u")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        connection.execute(text("UPDATE anchor SET position = position + 1"))
        connection.commit()
        connection.invalidate()
    broken = [
        check.rule for check in check_database(administrators_database.engine) if not check.is_kept
    ]
    assert "What papers carry of the audit trail is still in it" in broken


def test_the_command_compares_what_is_typed_off_a_paper(
    administrators_database: Database,
    administrators_url: str,
    by: By,
    capsys: pytest.CaptureFixture[str],
) -> None:
    mark = written(administrators_database, by)
    assert main(["--database", administrators_url, "check", "--record", mark.words]) == 0
    assert f"kept    The audit trail is the one that was printed as {mark.words}" in (
        capsys.readouterr().out
    )
    forged = f"{mark.position}-000000000000"
    assert main(["--database", administrators_url, "check", "--record", forged]) == 1
    assert "made anew from there or before" in capsys.readouterr().err
    assert main(["--database", administrators_url, "check", "--record", "seven"]) == 2
