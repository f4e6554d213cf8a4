"""Where the program's own files are, in each of its three homes, and where it may write."""

import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def resources() -> Path:
    """Return the folder of fonts, icons and reference data."""
    return _shipped("_resources", "resources")


@cache
def database_files() -> Path:
    """Return the folder of migrations and plain SQL."""
    return _shipped("_db", "db")


def home() -> Path:
    """Return the folder for settings, log and the default database, made if missing.

    `LLE_DESK_HOME` moves it; else it is where the system keeps a user's application data.
    """
    named = os.environ.get("LLE_DESK_HOME")
    if named:
        folder = Path(named).expanduser()
    else:
        from platformdirs import user_data_path

        folder = user_data_path("lle-desk", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def default_database_url() -> str:
    """Return the address of the database on this PC, used when none is named."""
    return f"sqlite:///{(home() / 'desk.db').as_posix()}"


def _shipped(in_package: str, in_checkout: str) -> Path:
    """Return the folder inside the wheel or bundle, else beside the package in a checkout.

    Raises:
        FileNotFoundError: the program was installed without it.
    """
    for folder in (_PACKAGE / in_package, _PACKAGE.parent / in_checkout):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"LLE Desk was installed without its folder {in_checkout!r}.")
