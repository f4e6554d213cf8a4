"""The end of the audit chain is found quickly, and cannot be pointed elsewhere."""

import pytest

from lle_desk.core.checks import check_database
from lle_desk.core.db import Database
from tests.core.office import run

RENAME = "UPDATE site SET name = name || '!', version = version + 1 WHERE code = 'WDL'"


def wrong(database: Database) -> list[str]:
    return [check.fault for check in check_database(database.engine) if check.fault]


def test_many_rows_of_one_transaction_make_one_whole_chain(
    administrators_database: Database,
) -> None:
    run(administrators_database, *[RENAME] * 30)
    run(administrators_database, RENAME)
    assert wrong(administrators_database) == []


@pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("place", ["(0,1)", "(7,7)", ""])
def test_a_forged_place_of_the_head_changes_nothing(
    database: Database, administrators_database: Database, place: str
) -> None:
    forge = f"SELECT set_config('lle.head', '{place}', true)"
    run(database, RENAME, forge, RENAME, "SET CONSTRAINTS ALL IMMEDIATE", forge, RENAME)
    assert wrong(administrators_database) == []
