"""The first window and the first rows in it, against an empty window of the bare libraries.

Every start is a process of its own, as an officer starts the program; the time runs from before
the process to when it writes that the first paint, or the first rows, are on the screen.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.benchmarks.harness import Measured, Row, compared
from tests.benchmarks.offices import Offices

WINDOW_LIMIT, ROWS_LIMIT = 1.5, 1.3
ROUNDS = 9
TABS = {"-": "first start", "Courses": "Courses", "Rooms": "Rooms"}
QUERIES = {"empty_window_query.py": "a bare query", "empty_window_orm.py": "the ORM's"}
LISTED = "Customers"  # its list has rows whatever day it is
SCRIPTS = Path(__file__).with_name("starts")


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield the window, and for each kind of database the first rows."""
    with ExitStack() as stack:
        screen = stack.enter_context(a_screen())
        place = "on a screen" if screen.get("DISPLAY") else "offscreen"
        home = screen | {"LLE_DESK_HOME": str(offices.folder / "home")}
        for kind in kinds:
            url = offices.with_years(kind, min(offices.years))
            for tab in TABS:
                yield compared(
                    f"window {place}, {TABS[tab]}, {kind}",
                    started("program.py", (url, tab), "painted", home),
                    started("empty_window.py", (), "painted", home),
                    WINDOW_LIMIT,
                    ROUNDS,
                )
            for script, told in QUERIES.items():
                yield compared(
                    f"first rows {place}, {LISTED}, against {told}, {kind}",
                    started("program.py", (url, LISTED), "rows", home),
                    started(script, (url,), "rows", home),
                    ROWS_LIMIT,
                    ROUNDS,
                )


def started(
    script: str, words: tuple[str, ...], until: str, environment: dict[str, str]
) -> Measured:
    """Return what starts a script and says how long it took until it wrote that word."""

    def measured() -> float:
        begun = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, str(SCRIPTS / script), *words],
            env=os.environ | environment | {"PYTHONPATH": str(Path.cwd())},
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.strip() == until:
                    spent = time.perf_counter() - begun
                    process.kill()
                    return spent
        raise RuntimeError(f"{script} ended without {until!r}")

    return measured


@contextmanager
def a_screen() -> Iterator[dict[str, str]]:
    """Give the environment of a virtual screen where there is Xvfb, else of no screen."""
    server = shutil.which("Xvfb")
    if server is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    with subprocess.Popen(  # it chooses a number that is free, and writes it when it is ready
        [server, "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        number = process.stdout.readline().strip()
        try:
            if not number:
                raise RuntimeError("Xvfb ended without a screen")
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            process.terminate()
