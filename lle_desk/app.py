"""Puts the pieces together: settings, log, database, Desk, Window."""

import gc
import getpass
import importlib
import importlib.util
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from lle_desk.core.db import By, Database, everyday_faults
from lle_desk.core.errors import OfficerError
from lle_desk.core.log import LOG, catch_bugs, log_file, start_log
from lle_desk.core.search import Found, find_records
from lle_desk.first_window import give_way
from lle_desk.qt.desk import Desk
from lle_desk.qt.garbage import keep_garbage_on_gui_thread
from lle_desk.qt.settings import Settings
from lle_desk.qt.theme import Scheme, theme
from lle_desk.qt.trouble import TroubleDialog
from lle_desk.window import TabSpec, Window, sentence_tab

OF_EACH_KIND = 5
SETTLED_MS = 3000
KINDS = {
    "customer": ("Customers", "building"),
    "person": ("People", "user"),
    "course": ("Courses", "school"),
    "event": ("Events", "calendar-event"),
    "course_booking": ("Places booked", "users"),
    "room_booking": ("Rooms booked", "door"),
    "visit": ("Consultancy", "briefcase"),
    "agreement": ("Agreements", "file-text"),
    "invoice": ("Invoices and credit notes", "file-invoice"),
}


# What a tab needs of slices above it is registered when these are loaded.
FOLLOWS_ROOMS = "lle_desk.courses.actions"  # moves a session along with its room
GIVES_BACK = "lle_desk.invoicing.actions"  # credits what was billed when it is cancelled
TELL_OF_CUSTOMERS = (
    "lle_desk.agreements.ui.place",
    "lle_desk.courses.ui.customer_places",
    "lle_desk.consultancy.ui.customer_place",
    "lle_desk.invoicing.ui.customer_place",
    "lle_desk.customers.ui.complaints",
)
NEEDED_BY = {
    "lle_desk.rooms.ui.tab": (FOLLOWS_ROOMS, GIVES_BACK),
    "lle_desk.courses.ui.tab": (GIVES_BACK,),
    "lle_desk.consultancy.ui.tab": (GIVES_BACK,),
}
SHOW_CUSTOMERS = ("lle_desk.courses.ui.tab", "lle_desk.customers.ui.tab")


@dataclass(frozen=True, slots=True)
class _Slice:
    """Makes a slice's tab, whose module is loaded when the tab is first shown."""

    module: str
    names: tuple[str, str]  # its class is called after the slice or after the tab
    sentence: str
    icon: str

    def __call__(self, desk: Desk) -> QWidget:
        for needed in NEEDED_BY.get(self.module, ()):
            importlib.import_module(needed)
        if self.module in SHOW_CUSTOMERS:
            from lle_desk.customers.ui.places import look_for_places

            look_for_places(*TELL_OF_CUSTOMERS)
        if not _is_there(self.module):
            return sentence_tab(self.sentence, self.icon)(desk)
        found = vars(importlib.import_module(self.module))
        tabs = [found[name] for name in self.names if name in found]
        made = tabs[0](desk)
        if not isinstance(made, QWidget):
            raise TypeError(f"{tabs[0]} is no widget")
        return made


# Name, icon, slice, the records it opens, and what will stand there while the slice has no screen.
TABS: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    (
        "Today",
        "sun",
        "today",
        (),
        "What is on now and next, what is due, and what other desks did will stand here.",
    ),
    (
        "Courses",
        "school",
        "courses",
        (
            "course",
            "event",
            "event_session",
            "event_telling",
            "course_booking",
            "place",
            "session_room",
            "new_booking",
        ),
        "The courses and their events will stand here.",
    ),
    (
        "Rooms",
        "door",
        "rooms",
        ("room_booking", "room_use"),
        "The plan of the rooms will stand here.",
    ),
    (
        "Outdoor",
        "tent",
        "outdoor",
        ("stay",),
        "The chart of beds at the outdoor centres will stand here, by centre, wing and night.",
    ),
    (
        "Invoices",
        "file-invoice",
        "invoicing",
        ("invoice",),
        "What is to be invoiced or recharged, the papers and the payments will stand here.",
    ),
    (
        "Customers",
        "users",
        "customers",
        ("customer", "person"),
        "Schools, academies and other customers will stand here.",
    ),
    (
        "Services",
        "briefcase",
        "consultancy",
        ("visit", "trainer_time", "new_visit", "agreement", "complaint"),
        "Agreements, consultancy, clerked meetings, placements, HR cases, returns, complaints and "
        "KPIs will stand here.",
    ),
    (
        "Reports",
        "chart-bar",
        "reports",
        (),
        "Footfall, occupancy, traded activity and cost recovery will stand here, year against "
        "year, on paper and as a table.",
    ),
)


def tab_specs() -> list[TabSpec]:
    """Return the tabs in their order."""
    return [_spec(*tab) for tab in TABS]


def _is_there(module: str) -> bool:
    """Return whether this version has the module."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # not even its folder
        return False


def _spec(name: str, icon: str, slice_name: str, kinds: tuple[str, ...], sentence: str) -> TabSpec:
    make = _Slice(
        f"lle_desk.{slice_name}.ui.tab", (f"{slice_name.title()}Tab", f"{name}Tab"), sentence, icon
    )
    return TabSpec(name, icon, make, frozenset(kinds))


def make_window(database: Database, by: By) -> Window:
    """Return the window of one officer on an open database. The theme is installed already."""
    desk = Desk(database, by)
    return Window(desk, tab_specs(), find_anything, KINDS)


def find_anything(session: Any, typed: str) -> list[Found]:
    """Return what holds the typed words, a few of each kind: no kind may crowd out the others."""
    return find_records(session, typed, tuple(KINDS), most=OF_EACH_KIND)


def make_application() -> QApplication:
    """Return the one QApplication, named and dressed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("LLE Desk")
    app.setApplicationDisplayName("LLE Desk")
    app.setDesktopFileName("lle-desk")
    return app


def run(database_url: str, *, with_demo: bool = False) -> int:
    """Show the window on this database until it is closed; return the exit code.

    A database that is made just now gets invented data when `with_demo` says so.
    """
    start_log()
    app = make_application()
    by = signed_in(database_url)
    settings = Settings(by.officer)
    percent = settings.number("look/text")
    kept = settings.text("look/scheme", Scheme.SYSTEM.value)
    scheme = Scheme(kept) if kept in list(Scheme) else Scheme.SYSTEM
    theme().install(scheme, percent / 100 if percent else None)
    reporter = BugReporter()
    catch_bugs(reporter.tell)
    qInstallMessageHandler(_log_qt)
    is_new = is_new_file(database_url)
    database = open_database(database_url, by)
    if database is None:
        return 1
    window = make_window(database, by)
    if with_demo and is_new:
        fill_with_demo(window, database)
    window.show()
    give_way()
    gc.disable()  # from now on; what there is so far is looked through once the rows are shown
    QTimer.singleShot(SETTLED_MS, app, partial(keep_garbage_on_gui_thread, app))
    code = app.exec()
    window.desk.close()
    database.close()
    return code


def is_new_file(database_url: str) -> bool:
    """Return whether the address is of a SQLite file that is not there yet."""
    url = sqlalchemy.make_url(database_url)
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def fill_with_demo(window: Window, database: Database) -> None:
    """Add invented data in the background, so that the first look is at a working office."""
    from lle_desk.demo import make_demo

    def fill() -> str:
        today = date.today()  # noqa: DTZ011 (the officer's own day)
        return str(make_demo(database, window.desk.by, years=0, today=today).words)

    window.desk.say("This is a new database on this PC. Invented data is being added to look at.")
    window.desk.work(window, window.desk.say, fill)


def signed_in(database_url: str) -> By:
    """Return who works here: the login on PostgreSQL, else the one of this PC."""
    login = sqlalchemy.make_url(database_url).username or getpass.getuser()
    return By(login, platform.node() or "desk")


def open_database(database_url: str, by: By) -> Database | None:
    """Return the open database, or None when the officer gave up.

    An empty SQLite file is set up at once. What stands in the way is said in a sentence, and
    the officer may try again.
    """
    while True:
        try:
            return _opened(database_url, by)
        except OfficerError as error:
            LOG.warning("The database could not be opened: %s", type(error).__name__)
            if not _asks_again(str(error)):
                return None


def _opened(database_url: str, by: By) -> Database:
    from lle_desk.core.migrate import State, require_usable, state

    database = Database(database_url, by.desk)
    try:
        with everyday_faults():
            if database.dialect == "sqlite" and state(database.engine) is State.EMPTY:
                from lle_desk.prepare import make_ready

                make_ready(database_url)
            require_usable(database.engine)
    except BaseException:
        database.close()
        raise
    return database


def _asks_again(sentence: str) -> bool:
    """Say why the database cannot be used; return whether the officer wants to try again."""
    answers: list[bool] = []
    dialog = TroubleDialog(
        "The database cannot be opened",
        [sentence, "Nothing was changed."],
        log=log_file(),
        steps=[("&Try again", lambda: answers.append(True)), ("Close LLE Desk", lambda: None)],
    )
    dialog.exec()
    return bool(answers)


class BugReporter:
    """Tells the officer of a bug once, however often it happens."""

    def __init__(self, show: Callable[[str], None] | None = None) -> None:
        self._known: set[str] = set()
        self._show = show or show_bug

    def tell(self, trace: str) -> None:
        """Show the dialog for a trace that was not seen before."""
        if trace not in self._known:
            self._known.add(trace)
            self._show(trace)


def show_bug(trace: str) -> None:
    """Show what happened. Called on any thread; only the GUI thread may show a window."""
    from PySide6.QtCore import QThread

    app = QApplication.instance()
    if app is None or QThread.currentThread() is not app.thread():
        return  # it is in the log
    dialog = TroubleDialog(
        "Something went wrong in LLE Desk",
        [
            "What you saved before is safe. What you were doing just now may not be saved: "
            "look before you do it again.",
            "Please copy the details and send them to whoever looks after the program. They "
            "hold no customer's data.",
        ],
        details=trace,
        log=log_file(),
    )
    dialog.exec()


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Keep Qt's own warnings in the log instead of on a console nobody sees."""
    if kind != QtMsgType.QtDebugMsg:
        LOG.warning("Qt: %s", text)
