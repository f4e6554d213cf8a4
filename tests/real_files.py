"""Where the real files are: the register of schools, a university's rooms and its bookings.

They are not part of the project: `LLE_REAL_DATA` names their folder, else it is `shared/data`
beside this checkout. A test that needs them is skipped where they are not.
"""

import os
from pathlib import Path

import pytest

FOLDER = Path(
    os.environ.get("LLE_REAL_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
)
SCHOOLS = FOLDER / "edubasealldata_lancashire_and_neighbours.csv"
LINKS = FOLDER / "links_edubasealldata_lancashire_and_neighbours.csv"
ROOMS = FOLDER / "rooms_university.csv"
BOOKINGS = FOLDER / "room_bookings_university_2017-07-05.csv"

needs_real_files = pytest.mark.skipif(
    not all(file.is_file() for file in (SCHOOLS, LINKS, ROOMS, BOOKINGS)),
    reason="the real files are not here; LLE_REAL_DATA names their folder",
)
