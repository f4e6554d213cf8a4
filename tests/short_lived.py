"""One folder for all that a run of the tests writes: in memory where there is room.

A run makes over a thousand databases and drops them. On a disk each costs more than the last,
since for each new file ext4 looks through the files deleted a moment ago.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MEMORY, MEMORY_TOLD = Path("/dev/shm"), Path("/proc/meminfo")
NEEDED_BYTES = 2 << 30  # several times what two test processes were seen to use
PREFIX, IN_USE = "lle-tests-", "in-use"


@contextmanager
def short_lived() -> Iterator[None]:
    """Let temporary files of this process, and of those it starts, go into a folder of their own.

    A folder whose run was killed is deleted by the next run.
    """
    if os.name != "posix":
        yield  # files in use cannot be deleted there; and there is no such memory
        return
    import fcntl

    ordinary = Path(tempfile.gettempdir())
    parent = MEMORY if has_room(MEMORY) else ordinary
    for place in {parent, ordinary}:
        _delete_left_behind(place)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    folder.chmod(0o711)  # the account of PostgreSQL passes through
    before = os.environ.get("TMPDIR")
    with (folder / "starting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (folder / "starting").rename(folder / IN_USE)  # never seen there without its lock
        _put_temporary_files_in(str(folder))
        try:
            yield
        finally:
            _put_temporary_files_in(before)
            shutil.rmtree(folder, ignore_errors=True)


def has_room(memory: Path) -> bool:
    """Return whether the tests fit there, and the machine can spare it, and programs may run."""
    try:
        place = os.statvfs(memory)
        told = dict(line.split(":") for line in MEMORY_TOLD.read_text().splitlines())
        spare = int(told["MemAvailable"].removesuffix("kB")) << 10
    except (OSError, LookupError, ValueError):
        return False
    runs = not place.f_flag & os.ST_NOEXEC
    fits = min(place.f_bavail * place.f_frsize, spare) >= NEEDED_BYTES
    return runs and fits and os.access(memory, os.W_OK | os.X_OK)


def _put_temporary_files_in(folder: str | None) -> None:
    if folder is None:
        os.environ.pop("TMPDIR", None)
    else:
        os.environ["TMPDIR"] = folder
    tempfile.tempdir = None  # so that it is looked up again


def _delete_left_behind(parent: Path) -> None:
    """Delete the folders of runs that are no more: nobody holds their lock."""
    import fcntl

    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError), (folder / IN_USE).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
