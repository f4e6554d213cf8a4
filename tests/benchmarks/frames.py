"""A frame of the room plan against raw painting of as much, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator

from tests.benchmarks.harness import Row
from tests.benchmarks.offices import Offices


def run(_offices: Offices, _kinds: tuple[str, ...]) -> Iterator[Row]:
    """Print what `plan_frame` measures; it has no limit of its own yet, so there are no rows."""
    subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.plan_frame"],
        env={"QT_QPA_PLATFORM": "offscreen"} | os.environ,
        check=True,
    )
    yield from ()
