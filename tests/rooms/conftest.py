"""The rooms that these tests book."""

import pytest

from lle_desk.core.db import By, Database
from tests.rooms.woodlands import Woodlands, build


@pytest.fixture
def woodlands(database: Database, by: By) -> Woodlands:
    """Rooms at Woodlands; all of them are free."""
    return build(database, by)
