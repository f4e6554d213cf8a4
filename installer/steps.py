"""The steps of `run.py`: make .venv, install what is locked, check Qt, start. Standard library."""

import ctypes
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import qt_libraries
from words import Stopped, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "lle-desk.stamp"
TOUR = ROOT / "tour"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")


def main(arguments: Sequence[str]) -> int:
    """Return the exit status of what was started, or 1 after one sentence on what is missing."""
    try:
        install()
        if arguments[:1] == ["test"]:
            return run_checks(arguments[1:])
        return start(arguments)
    except Stopped as stopped:
        say(str(stopped))
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        say(f"Set-up stopped: {error}.")
    return 1


def install() -> None:
    """Bring .venv to what the lock says. When it is there already this only reads three files.

    Raises:
        Stopped: something is missing that this script may not install.
    """
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == _stamp():
        return
    began = time.monotonic()
    _make_venv()
    say("Installing the locked packages ...")
    _install_packages()
    _install_program()
    qt_libraries.provide(PYTHON)
    STAMP.write_text(_stamp())
    say(f"Installed in {time.monotonic() - began:.1f} s.")


def _stamp() -> str:
    """Return what .venv depends on, in short: the lock, the project, this Python, this folder."""
    parts = [
        LOCK.read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        f"{sys.version}{sys.base_prefix}{ROOT}".encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _make_venv() -> None:
    if _venv_fits():
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        qt_libraries.install_system_packages([package], "Python's venv module is missing")
    say(f"Making {VENV} ...")
    outcome = _quietly([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if outcome.returncode:
        raise Stopped(f"Python could not make {VENV}: {_main_line(outcome)}")


def _venv_fits() -> bool:
    """Return whether .venv holds this very version of Python, and pip."""
    ask = "import sys, pip; print(sys.version)"
    try:
        outcome = _quietly([str(PYTHON), "-c", ask])
    except OSError:
        return False
    return outcome.returncode == 0 and outcome.stdout.strip() == sys.version


def _install_packages() -> None:
    """Install by uv, which is quick, else by pip, which knows a company's own settings."""
    if _install_uv():
        uv = [str(SCRIPTS / "uv"), "pip", "sync", "--quiet", "--require-hashes"]
        outcome = _quietly([*uv, "--python", str(PYTHON), str(LOCK)], UV_LINK_MODE="copy")
        if outcome.returncode == 0:
            return
        say(f"uv could not install everything ({_main_line(outcome)}), so pip tries.")
    outcome = _quietly([*_pip(), "--require-hashes", "-r", str(LOCK)])
    if outcome.returncode:
        raise Stopped(
            "The packages could not be installed. Is there a way to the package index from here? "
            f"pip said: {_main_line(outcome)}"
        )


def _install_uv() -> bool:
    """Install the locked uv itself; return whether there is one for this machine."""
    lines = LOCK.read_text().splitlines()
    first = next((i for i, line in enumerate(lines) if line.startswith("uv==")), None)
    if first is None:
        return False
    last = first
    while lines[last].endswith("\\"):
        last += 1
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.lock"
        only_uv.write_text("\n".join(lines[first : last + 1]) + "\n")
        outcome = _quietly(
            [*_pip(), "--only-binary", ":all:", "--require-hashes", "-r", str(only_uv)]
        )
    return outcome.returncode == 0


def _install_program() -> None:
    """Put this folder itself into .venv, with its command `lle-desk`, as it is being edited."""
    uv = SCRIPTS / PYTHON.name.replace("python", "uv")
    by_uv = [str(uv), "pip", "install", "--quiet", "--python", str(PYTHON)]
    itself = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    outcome = _quietly([*(by_uv if uv.exists() else _pip()), *itself])
    if outcome.returncode:
        raise Stopped(f"The program could not be put into {VENV}: {_main_line(outcome)}")


def _pip() -> list[str]:
    return [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def start(arguments: Sequence[str]) -> int:
    """Start the program; its window cannot open without a display, so then it makes pictures."""
    if not arguments and not _has_display():
        say(f"There is no display here, so pictures of every tab are made in {TOUR} instead.")
        arguments = ["tour", str(TOUR)]
    elif not arguments:
        qt_libraries.provide(PYTHON, on_screen=True)
    return _call([str(PYTHON), "-m", "lle_desk", *arguments])


def _has_display() -> bool:
    """Return whether a window could be seen from here."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    if not sys.platform.startswith("linux") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return bool(os.environ.get("DISPLAY")) and _x_answers()


def _x_answers() -> bool:
    """Return whether the X server named in DISPLAY lets us in, or cannot be asked."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return True
    x11.XOpenDisplay.restype = ctypes.c_void_p
    return x11.XOpenDisplay(None) is not None


CHECKS = (
    ("ruff check", ["ruff", "check", "."]),
    ("ruff format", ["ruff", "format", "--check", "."]),
    ("mypy", ["mypy"]),
    ("import contracts", ["lint-imports", "--no-cache", "--no-logo"]),
)


def run_checks(arguments: Sequence[str]) -> int:
    """Run every check from the project's folder, beside the tests; return 1 if any of them failed.

    `arguments` go to pytest: a file, or -k and a word.
    """
    environment = {"PYTHONDONTWRITEBYTECODE": ""}  # the tests start the program over and over
    if not _has_display():
        environment["QT_QPA_PLATFORM"] = "offscreen"
    pytest = [str(PYTHON), "-m", "pytest", "-n", "2", "--dist", "worksteal", "--durations", "10"]
    with ThreadPoolExecutor(max_workers=1) as beside:
        checks = {name: beside.submit(_is_good, name, command) for name, command in CHECKS}
        say("--- tests, on SQLite and PostgreSQL, and beside them: " + ", ".join(checks))
        try:
            status = _run([*pytest, *arguments], environment)
        except KeyboardInterrupt:
            beside.shutdown(wait=False, cancel_futures=True)
            raise
        failed = [name for name, is_good in checks.items() if not is_good.result()]
    failed += ["tests"] if status else []
    say(f"--- FAILED: {', '.join(failed)}" if failed else "--- all good")
    return int(bool(failed))


def _is_good(name: str, command: Sequence[str]) -> bool:
    """Run a check and say at once all that it said: the tests may be writing meanwhile."""
    began = time.monotonic()
    outcome = _quietly([str(SCRIPTS / command[0]), *command[1:]])
    verdict = "FAILED" if outcome.returncode else "good"
    said = (outcome.stdout + outcome.stderr).rstrip()
    say(f"\n{said}\n--- {name}: {verdict}, {time.monotonic() - began:.1f} s")
    return outcome.returncode == 0


def _quietly(command: Sequence[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        errors="replace",
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def _run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    sys.stdout.flush()
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | dict(environment or {}), check=False
    ).returncode


def _call(command: list[str]) -> int:
    """Become `command`, from the folder the officer is in, so that file names mean the same."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def _main_line(outcome: "subprocess.CompletedProcess[str]") -> str:
    """Return the line that says most: Python's own error, else a tool's, else the last."""
    said = [line.strip() for line in (outcome.stderr + outcome.stdout).splitlines() if line.strip()]
    for sign in (r"\w+Error: ", r"(?i)error: ", r""):
        found = [line for line in said if re.match(sign, line)]
        if found:
            return found[-1]
    return f"exit status {outcome.returncode}"
