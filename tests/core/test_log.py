"""The log of a bug: where it happened, and nothing that was typed."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from lle_desk.core.log import LOG, catch_bugs, log_file, start_log, trace_without_data

TYPED = "Delegate One, 01632 960018, no nuts"


@pytest.fixture
def hooks() -> Iterator[None]:
    """Put the interpreter's own hooks and the logger back afterwards."""
    kept = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = kept
    for handler in list(LOG.handlers):
        LOG.removeHandler(handler)
        handler.close()


def fail_with(words: str) -> None:
    try:
        int(words)
    except ValueError as error:
        raise RuntimeError(f"bad {words}") from error


def failed() -> BaseException:
    with pytest.raises(RuntimeError) as caught:
        fail_with(TYPED)
    return caught.value


def test_a_trace_says_where_and_not_what_was_typed() -> None:
    told = trace_without_data(failed())
    assert "01632" not in told
    assert "in fail_with" in told
    assert "builtins.ValueError" in told
    assert told.endswith("builtins.RuntimeError")


def test_a_trace_names_no_folder_of_a_person() -> None:
    assert str(Path(__file__).parent.parent.parent) not in trace_without_data(failed())


def test_the_name_of_a_missing_thing_is_told() -> None:
    with pytest.raises(AttributeError) as caught:
        object().heads  # type: ignore[attr-defined]  # noqa: B018
    assert "heads" in trace_without_data(caught.value)


@pytest.mark.usefixtures("hooks")
def test_bugs_of_every_thread_are_logged_and_told() -> None:
    start_log()
    told: list[str] = []
    catch_bugs(told.append)
    worker = threading.Thread(target=fail_with, args=(TYPED,))
    worker.start()
    worker.join()
    error = failed()
    sys.excepthook(type(error), error, error.__traceback__)
    assert len(told) == 2
    text = log_file().read_text(encoding="utf-8")
    assert text.count("A bug:") == 2
    assert "01632" not in text
