"""The system libraries that Qt needs on Linux, and how they get there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from words import Stopped, say

ANYWHERE = [
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libx11-6",
    "libxkbcommon0",
    "libfontconfig1",
    "libdbus-1-3",
    "libgssapi-krb5-2",
    "libcups2",
]
ON_SCREEN = [
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
]

# Prints what the loader missed, and nothing when all is there. {} is the plugin that draws.
_PROBE = """
import ctypes, pathlib
try:
    from PySide6 import QtCore, QtGui, QtPrintSupport, QtSvg, QtWidgets
    plugins = pathlib.Path(QtCore.__file__).parent / "Qt" / "plugins" / "platforms"
    ctypes.CDLL(str(plugins / "{}"))
except (ImportError, OSError) as error:
    print(error)
"""


def provide(python: Path, on_screen: bool = False) -> None:
    """See that Qt loads in `python`; install what is missing where that is allowed.

    `on_screen` asks for what a window needs, else for what pictures and tests need.

    Raises:
        Stopped: something is missing and only an administrator can install it.
    """
    if not sys.platform.startswith("linux"):
        return
    probe = _PROBE.format("libqxcb.so" if on_screen else "libqoffscreen.so")
    missing = _missing(python, probe)
    if not missing:
        return
    install_system_packages(
        [*ANYWHERE, *(ON_SCREEN if on_screen else [])], f"Qt cannot start ({missing})"
    )
    missing = _missing(python, probe)
    if missing:
        raise Stopped(f"Qt still cannot start: {missing}")


def install_system_packages(packages: Sequence[str], why: str) -> None:
    """Install Debian or Ubuntu packages as root, saying so; else say who must.

    Raises:
        Stopped: this is not root, or not such a system, or it failed.
    """
    if shutil.which("apt-get") is None:
        raise Stopped(
            f"{why}. Install what Debian calls {' '.join(packages)} with your system's package "
            "manager, then start this again."
        )
    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0:
        raise Stopped(
            f"{why}. Run this once, then start this again: sudo apt-get update && sudo {command}"
        )
    say(f"{why}, so these system packages are installed now: {' '.join(packages)}")
    _apt("apt-get update")
    outcome = _apt(command)
    if outcome.returncode:
        last = (outcome.stderr.strip() or outcome.stdout.strip()).splitlines()[-1:]
        raise Stopped(f"The system packages could not be installed ({command}): {' '.join(last)}")


def _apt(command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command.split(),
        capture_output=True,
        text=True,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        check=False,
    )


def _missing(python: Path, probe: str) -> str:
    outcome = subprocess.run(
        [str(python), "-c", probe], capture_output=True, text=True, check=False
    )
    said = (outcome.stdout.strip() or outcome.stderr.strip()).splitlines()
    return said[-1] if said else ""
