"""Starts LLE Desk: `lle-desk` or `python -m lle_desk`."""

import builtins
import gc
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; without a command, open the window. Return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    database = _database_of_window(words)
    if database is None:
        from lle_desk import cli

        return cli.main(words)
    return _open_window(database)


def _open_window(named: str) -> int:
    """Show the frame, load the rest, and run the window. "" is this PC's own database."""
    from lle_desk.core.paths import default_database_url

    url = named or default_database_url()
    _show_first_window(url)
    from lle_desk import app

    return app.run(url, with_demo=not named)


def _show_first_window(database: str) -> None:
    """Show the frame, and let what is still to be loaded load as quickly as it can.

    Qt puts a hook before each import that this program has no use for, and Python would look for
    garbage again and again among what is loaded to stay: together they cost a sixth of the start.
    """
    plain = builtins.__import__
    from lle_desk.first_window import show_first_window

    show_first_window(database)
    builtins.__import__ = plain
    gc.disable()


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
