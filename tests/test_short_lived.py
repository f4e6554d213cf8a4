"""Where the tests write, and that nothing of it stays."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.short_lived import has_room, short_lived

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows keeps files that are in use")
WRITES_AND_WAITS = """
import tempfile, time
from tests.short_lived import short_lived
with short_lived():
    print(tempfile.mkdtemp(), flush=True)
    time.sleep(60)
"""


def test_what_a_run_writes_is_gone_afterwards() -> None:
    before = tempfile.gettempdir()
    with short_lived():
        folder = Path(tempfile.mkdtemp())
        assert folder.parent != Path(before)
    assert not folder.parent.exists()
    assert tempfile.gettempdir() == before


def test_what_a_killed_run_wrote_is_gone_after_the_next() -> None:
    words = [sys.executable, "-c", WRITES_AND_WAITS]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        folder = Path(killed.stdout.readline().strip())
        with short_lived():
            assert folder.exists(), "that run was still under way"
        killed.send_signal(signal.SIGKILL)
    assert folder.exists()
    with short_lived():
        assert not folder.parent.exists()


def test_memory_is_only_taken_where_there_is_some(tmp_path: Path) -> None:
    assert not has_room(tmp_path / "no such folder")
