"""The rooms that these tests report on."""

import pytest

from lle_desk.core.db import By, Database
from lle_desk.demo.woodlands import add_rooms
from tests.reports.office import fill


@pytest.fixture
def rooms(database: Database, by: By) -> dict[str, int]:
    """The demonstration's rooms and what was booked in them; their numbers by name."""
    rooms = database.write(by, add_rooms)
    database.write(by, fill, rooms)
    return rooms
