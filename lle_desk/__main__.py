"""Starts LLE Desk: `lle-desk` or `python -m lle_desk`."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; without a command, open the window. Return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    database = _database_of_window(words)
    if database is not None:
        from lle_desk.first_window import show_first_window

        show_first_window(database)
    from lle_desk.cli import main as do

    return do(words)


def _database_of_window(words: Sequence[str]) -> str | None:
    """Return the address a window is asked for, "" for this PC's own; None for all else."""
    match list(words):
        case []:
            return ""
        case ["--database", url] if url.startswith(("sqlite:", "postgresql")):
            return url
    return None


if __name__ == "__main__":
    sys.exit(main())
