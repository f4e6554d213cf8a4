"""What starting costs, and what an officer sees when it cannot start."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lle_desk.app import BugReporter, make_application, open_database, signed_in
from lle_desk.core.db import By
from lle_desk.first_window import FirstWindow, give_way
from lle_desk.qt.buttons import Button
from lle_desk.qt.trouble import TroubleDialog
from tests.qt.walk import assert_named, assert_plain, shown_texts

HEAVY = {
    "alembic",
    "highspy",
    "holidays",
    "icalendar",
    "openpyxl",
    "psycopg",
    "pypdfium2",
    "rapidfuzz",
    "reportlab",
    "xlsxwriter",
    "PySide6.QtPrintSupport",
}
FIRST_WINDOW = """
import sys
from lle_desk import app
from lle_desk.core.db import By, Database
qt = app.make_application()
app.theme().install()
database = app.open_database(sys.argv[1], By("ann", "desk-1"))
window = app.make_window(database, By("ann", "desk-1"))
window.show()
qt.processEvents()
print(*sys.modules)
window.desk.close()
database.close()
"""


LIST_OF_CUSTOMERS = """
import sys
from lle_desk import app
from lle_desk.core.db import By, Database
from lle_desk.qt.desk import Desk
qt = app.make_application()
database = app.open_database(sys.argv[1], By("ann", "desk-1"))
desk = Desk(database, By("ann", "desk-1"))
[tab] = [one.make(desk) for one in app.tab_specs() if one.name == "Customers"]
print(*sys.modules)
desk.close()
database.close()
"""


def loaded_by(script: str, database_url: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", script, database_url],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    ).stdout.split()


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_the_list_of_customers_waits_for_no_other_slice(database_url: str) -> None:
    """What courses and invoices tell of a customer is loaded with the first customer's screen."""
    loaded = loaded_by(LIST_OF_CUSTOMERS, database_url)
    assert "lle_desk.customers.ui.tab" in loaded
    assert {"lle_desk.courses.queries", "lle_desk.invoicing.queries"} & set(loaded) == set()


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_the_first_window_loads_nothing_heavy(database_url: str) -> None:
    """Printing is imported when something is printed, migrations when one is run."""
    loaded = loaded_by(FIRST_WINDOW, database_url)
    assert "PySide6.QtWidgets" in loaded
    assert HEAVY & set(loaded) == set()


def test_sqlalchemy_is_there_before_qt() -> None:
    """Qt's import hook slows every import after it."""
    script = "import sys, lle_desk.app; print(*sys.modules)"
    order = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    ).stdout.split()
    assert order.index("sqlalchemy") < order.index("PySide6")


def test_the_first_window_waits_for_nothing_but_qt() -> None:
    """An officer sees the frame before SQLAlchemy and the screens are loaded."""
    script = """
import sys
from lle_desk.first_window import show_first_window
show_first_window("sqlite:///x.db")
print(*sys.modules)
"""
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    ).stdout.split()
    own = {name for name in loaded if name.startswith("lle_desk.")}
    assert "sqlalchemy" not in loaded
    assert own == {
        "lle_desk.core",
        "lle_desk.core.paths",
        "lle_desk.first_window",
        "lle_desk.qt",
        "lle_desk.qt.settings",
        "lle_desk.qt.tokens",
    }


def test_the_first_window_gives_way(qtbot: QtBot) -> None:
    window = FirstWindow("ann")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.is_painted)
    give_way([window])
    qtbot.waitUntil(lambda: not window.isVisible())


def test_an_empty_file_is_set_up_at_once(qapp: QApplication, tmp_path: Path) -> None:
    by = By("ann", "desk-1")
    database = open_database(f"sqlite:///{(tmp_path / 'new.db').as_posix()}", by)
    assert database is not None
    database.close()


def test_a_database_that_cannot_be_opened_is_said_in_a_sentence(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The officer sees why, may try again, and gives up; nothing is made in the missing folder."""
    shown: list[list[str]] = []
    answers = iter(["&Try again", "Close LLE Desk"])

    def press(dialog: TroubleDialog) -> int:
        shown.append(shown_texts(dialog))
        assert_plain(dialog)
        assert_named(dialog)
        wanted = next(answers)
        for button in dialog.findChildren(Button):
            if button.text() == wanted:
                button.click()
        return 0

    monkeypatch.setattr(TroubleDialog, "exec", press)
    missing = tmp_path / "no such folder" / "desk.db"
    assert open_database(f"sqlite:///{missing.as_posix()}", By("ann", "desk-1")) is None
    assert len(shown) == 2
    assert "The database cannot be opened" in shown[0]
    assert not missing.parent.exists()


def test_a_bug_is_told_once_however_often_it_happens() -> None:
    told: list[str] = []
    reporter = BugReporter(told.append)
    for trace in ("here", "here", "there"):
        reporter.tell(trace)
    assert told == ["here", "there"]


def test_the_dialog_of_a_bug_copies_its_details(qtbot: QtBot) -> None:
    dialog = TroubleDialog(
        "Something went wrong in LLE Desk",
        ["What you saved before is safe."],
        details="lle_desk/rooms/rules.py:7 in find_clashes",
        log=Path("lle-desk.log"),
    )
    qtbot.addWidget(dialog)
    dialog.copy_details()
    assert QApplication.clipboard().text() == "lle_desk/rooms/rules.py:7 in find_clashes"
    assert_plain(dialog)
    assert_named(dialog)


def test_the_login_is_the_databases_where_it_has_one() -> None:
    assert signed_in("postgresql+psycopg://bob@host/desk").officer == "bob"
    assert signed_in("sqlite:///desk.db").officer


def test_there_is_one_application(qapp: QApplication) -> None:
    assert make_application() is qapp
    assert qapp.applicationName() == "LLE Desk"
