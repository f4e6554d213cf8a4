"""Makes a database ready for work: schema, guards, and the office's reference data."""

from lle_desk.core.db import By, Database
from lle_desk.core.migrate import Upgrade, upgrade
from lle_desk.reference import install_reference_data
from lle_desk.tables import metadata

SETUP = By("lle-desk", "setup", "set-up")


def make_ready(url: str) -> Upgrade:
    """Make or upgrade the schema and add what reference data is missing.

    Raises:
        DatabaseUnusable: the database is newer than this program or not ours.
        DatabaseOutOfReach: the server or the file's drive is not there.
    """
    done = upgrade(url, list(metadata.sorted_tables))
    database = Database(url, SETUP.desk)
    try:
        database.write(SETUP, install_reference_data)
    finally:
        database.close()
    return done
