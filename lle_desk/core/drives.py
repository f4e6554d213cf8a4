"""Whether a file lies on a drive of this PC."""

import os
import sys
from pathlib import Path

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "davfs"})


def is_local(file: Path) -> bool:
    """Return whether `file`'s drive is this PC's own; False also where that cannot be told."""
    folder = file.resolve().parent
    if sys.platform == "win32":
        return _is_local_windows(folder)
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return sys.platform == "darwin" and not str(folder).startswith("/Volumes/")
    best, kind = "", ""
    for line in mounts.splitlines():
        _device, place, filesystem, *_rest = line.split(" ")
        place = place.replace("\\040", " ")
        inside = str(folder) == place or str(folder).startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(best):
            best, kind = place, filesystem
    return kind not in NETWORK


def _is_local_windows(folder: Path) -> bool:
    import ctypes

    drive = os.path.splitdrive(folder)[0]
    if drive.startswith("\\\\"):
        return False
    remote = 4  # DRIVE_REMOTE of GetDriveTypeW
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  (exists on Windows only)
    return bool(kernel.GetDriveTypeW(drive + "\\") != remote)
