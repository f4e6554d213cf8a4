"""The log, and what happens to a bug: written down, told to the officer, never swallowed."""

import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from lle_desk.core.paths import home

LOG = logging.getLogger("lle_desk")
# The texts of these name things in the program; any other text may quote what was typed.
TELLING = (AttributeError, NameError, ImportError)
_held_open: list[object] = []  # faulthandler writes to a file that must stay open


def log_file() -> Path:
    """Return where the log is."""
    folder = home() / "log"
    folder.mkdir(exist_ok=True)
    return folder / "lle-desk.log"


def start_log() -> Path:
    """Write warnings and bugs to a file of its own, five times half a megabyte at most."""
    path = log_file()
    handler = RotatingFileHandler(
        path, maxBytes=500_000, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.setLevel(logging.INFO)
    LOG.addHandler(handler)
    crashes = path.with_name("crashes.log").open("a", encoding="utf-8")
    _held_open.append(crashes)
    faulthandler.enable(crashes)
    return path


def catch_bugs(tell: Callable[[str], None]) -> None:
    """Log every exception nobody caught and give its trace to `tell`, on any thread."""

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        told = trace_without_data(error)
        LOG.error("A bug:\n%s", told)
        tell(told)

    def caught_on_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            caught(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = caught
    threading.excepthook = caught_on_thread


def trace_without_data(error: BaseException) -> str:
    """Return where the program was and the kinds of error, without any text that was typed.

    An error's own text may quote a name or a telephone number, so it is left out, unless it
    can only name something in the program.
    """
    lines: list[str] = []
    for one in _causes(error):
        frames = traceback.extract_tb(one.__traceback__)
        for frame in frames:
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}")
        text = f": {one}" if isinstance(one, TELLING) else ""
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}{text}")
    return "\n".join(lines)


def _causes(error: BaseException) -> list[BaseException]:
    """Return the error with what caused it, the first cause first."""
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain:
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return chain[::-1]


def _short(file_name: str) -> str:
    """Return the end of a path: the person's own folders do not belong in a report."""
    return "/".join(Path(file_name).parts[-3:])
