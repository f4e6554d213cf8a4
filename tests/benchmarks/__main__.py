"""Measures the program against the bare libraries it stands on, both in one run, as ratios.

    python -m tests.benchmarks                          everything
    python -m tests.benchmarks booking searching        only these
    python -m tests.benchmarks years --years 1,10 --database postgresql

Ours and what it is compared with take turns, so that the machine's mood falls on both; what
counts is the ratio of the medians. None of this is a test: a busy machine fails nothing.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.harness import table
from tests.benchmarks.offices import offices

TITLES = {
    "start": "The window and its first rows, against an empty window",
    "booking": "Booking a room, checked, audited and committed, against the bare driver",
    "searching": "Find as you type, against the bare indexed query",
    "letters": "A thousand confirmations in one PDF, against a hundred pages a second",
    "importing": "Taking in 1,765 schools, against csv and the bare driver",
    "years": "Many years of data, against one",
    "footfall": "A year's footfall, against its raw rows",
    "frames": "A frame of the room plan, against raw painting",
    "free_rooms": "Which rooms are free, against the raw query",
    "plan_week": "A week of the plan from query to painted, against raw rows and raw painting",
    "allocating": "A year of bookings given rooms, against the bare solver",
    "places": "Booking a place, priced, audited and committed, against the bare driver",
    "one_screen": "A customer's one screen and searches at many years, against one and 50 ms",
    "delegates": "The list of all delegates: its frames, and its first rows at many years",
    "last_places": "Eleven desks that want the last places of full events for a minute",
    "eleven": "Eleven desks booking at random for a minute, against a quarter of a second",
}
KINDS = ("sqlite", "postgresql")


def main(argv: Sequence[str]) -> int:
    """Run the benchmarks that are asked for; return 1 when one misses its limit."""
    asked = _parser().parse_args(argv)
    kinds = KINDS if asked.database == "both" else (asked.database,)
    all_kept = True
    with offices(asked.schools, asked.years) as made:
        for name in asked.names or TITLES:
            module = importlib.import_module(f"tests.benchmarks.{name}")
            rows = list(module.run(made, kinds))
            if rows:
                print(table(TITLES[name], rows), flush=True)
            all_kept &= all(row.kept for row in rows)
    return 0 if all_kept else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(TITLES)}")
    parser.add_argument("--years", type=_years, default=(1, 10), metavar="1,10")
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument(
        "--schools", type=Path, metavar="FILE", help="the register; else the sample, multiplied"
    )
    return parser


def _years(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
