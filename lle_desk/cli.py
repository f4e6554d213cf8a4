"""The command line. Without a command it opens the window."""

import argparse
from collections.abc import Sequence

from lle_desk.core.paths import default_database_url


def main(argv: Sequence[str]) -> int:
    """Do what the arguments say and return the exit code."""
    parser = argparse.ArgumentParser(prog="lle-desk", description="LLE Desk")
    parser.add_argument(
        "--database", default=default_database_url(), help="address of the database"
    )
    asked = parser.parse_args(argv)
    from lle_desk import app

    return app.run(asked.database)
