"""Starts LLE Desk: `lle-desk` or `python -m lle_desk`."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; without a command, open the window. Return the exit code."""
    from lle_desk.cli import main as do

    return do(list(sys.argv[1:] if argv is None else argv))


if __name__ == "__main__":
    sys.exit(main())
