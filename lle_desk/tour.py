"""Opens every tab on demo data without a screen and writes its picture, and one of each paper.

So anyone can look at the program on a machine that has no display.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError

GUIDE = By("guide", "tour", "tour")
SIZES = {"": (1600, 960), "-small": (1280, 720)}
PATIENCE_S = 20.0
ROUND_S = 0.005
QUIET_ROUNDS = 3  # one to show what came, one for what that starts, one to be sure
DOTS_PER_INCH = 96


def take_tour(folder: Path, url: str | None = None) -> Iterator[Path]:
    """Write the pictures into `folder` and yield each file as it is there.

    `url` names a database that is set up; without it one with invented data is made and thrown
    away.

    Raises:
        OfficerError: the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OfficerError(f"{folder} cannot be made: {error.strerror}.") from error
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with _database(url) as database, _own_settings():
        yield from _screens(folder, database)
        yield from _papers(folder, database)


@contextmanager
def _database(url: str | None) -> Iterator[Database]:
    if url is not None:
        with closing(Database(url, GUIDE.desk)) as database:
            yield database
        return
    from datetime import date

    from lle_desk.demo import make_demo
    from lle_desk.prepare import make_ready

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as there:
        made = f"sqlite:///{Path(there).as_posix()}/tour.db"
        make_ready(made)
        with closing(Database(made, GUIDE.desk)) as database:
            make_demo(database, GUIDE, years=0, today=date.today())  # noqa: DTZ011
            yield database


@contextmanager
def _own_settings() -> Iterator[None]:
    """Keep the tour from changing where the officer's own window opens next time."""
    before = os.environ.get("LLE_DESK_HOME")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as there:
        os.environ["LLE_DESK_HOME"] = there
        try:
            yield
        finally:
            if before is None:
                del os.environ["LLE_DESK_HOME"]
            else:
                os.environ["LLE_DESK_HOME"] = before


def _screens(folder: Path, database: Database) -> Iterator[Path]:
    from PySide6.QtCore import QLoggingCategory

    from lle_desk.app import make_application, make_window, tab_specs
    from lle_desk.qt.tab import NO_PICTURE
    from lle_desk.qt.theme import Scheme, theme

    app = make_application()
    QLoggingCategory.setFilterRules("default.warning=false")  # a missing screen says what it lacks
    theme().install(Scheme.LIGHT)
    window = make_window(database, GUIDE)
    window.show()
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme().set_scheme(scheme)
        for suffix, size in SIZES.items():
            window.resize(*size)
            for place, name in enumerate(spec.name for spec in tab_specs()):
                window.show_tab(place)
                _settle(app, window)
                for stop, act in _stops(window, database, name, place):
                    act()
                    _settle(app, window)
                    if stop == NO_PICTURE:
                        continue
                    file = folder / f"{name.lower()}{stop}-{scheme.value}{suffix}.png"
                    window.grab().save(str(file))
                    yield file
    window.close()
    window.desk.close()


def _stops(window: Any, database: Database, name: str, place: int) -> list[tuple[str, Any]]:
    """Return what to do in a tab before each of its pictures, and how each file is called.

    A tab may offer its own `tour_stops`; the others are shown as they open, then with a record.
    What needs a look at the database first is chosen here.
    """
    from lle_desk.customers.models import Customer
    from lle_desk.invoicing.models import Invoice

    page = window.page(place)
    own = getattr(page, "tour_stops", None)
    stops = list(own()) if own is not None else []
    if name == "Courses":
        stops += _booking(page, database)
    customer = database.read(_newest, Customer, Customer.urn.is_not(None))
    if name == "Customers" and customer is not None:
        stops = [("", partial(page.open_record, "customer", customer))]
    invoice = database.read(_newest, Invoice, Invoice.series == "INV")
    if name == "Invoices" and invoice is not None:
        stops = [
            ("", page.show_worksheet),
            ("-papers", partial(page.open_record, "invoice", invoice)),
        ]
    return stops or [("", _stay)]


def _booking(page: Any, database: Database) -> list[tuple[str, Any]]:
    """Return how two places are booked for a school that rings, as far as the last question."""
    from lle_desk.courses.models import CourseBooking, Event
    from lle_desk.courses.rules import EventState
    from lle_desk.customers.models import Customer
    from lle_desk.qt.tab import NO_PICTURE

    has_room = Event.capacity > Event.places_held + 2
    event = database.read(_newest, Event, Event.state == EventState.OPEN, has_room)
    rang = select(CourseBooking.customer_id)
    school = database.read(_newest, Customer, Customer.urn.is_not(None), Customer.id.in_(rang))

    def two_names_to_come() -> None:
        for _ in range(2):
            page.booking.form.delegates.add_unnamed()

    return [
        (NO_PICTURE, partial(page.take_booking, event or 0, school or 0)),
        ("-booking", two_names_to_come),
    ]


def _stay() -> None:
    """Show the tab as it opened."""


def _settle(app: Any, window: Any) -> None:
    """Let everything load and paint."""
    give_up_at = time.monotonic() + PATIENCE_S
    quiet = 0
    while quiet < QUIET_ROUNDS and time.monotonic() < give_up_at:
        app.processEvents()
        quiet = 0 if window.desk.is_busy() or _is_pausing(window) else quiet + 1
        time.sleep(ROUND_S)


def _is_pausing(window: Any) -> bool:
    """Return whether a part of the window waits a moment, as after typing, before it loads."""
    from PySide6.QtCore import QTimer

    timers: list[QTimer] = window.findChildren(QTimer)
    return any(timer.isActive() and timer.isSingleShot() for timer in timers)


def _papers(folder: Path, database: Database) -> Iterator[Path]:
    from datetime import date

    from lle_desk.courses.documents import confirmation_pdf
    from lle_desk.courses.models import CourseBooking
    from lle_desk.courses.queries import confirmation_of
    from lle_desk.invoicing.documents import invoice_pdf
    from lle_desk.invoicing.models import Invoice
    from lle_desk.invoicing.queries import paper_of

    booking = database.read(_newest, CourseBooking)
    if booking is not None:
        confirmation = database.read(confirmation_of, booking, date.today())  # noqa: DTZ011
        yield from _write(folder, "confirmation", confirmation_pdf(confirmation))
    invoice = database.read(_newest, Invoice, Invoice.series == "INV")
    if invoice is not None:
        paper = database.read(paper_of, invoice)
        yield from _write(folder, "invoice", invoice_pdf(paper))


def _newest(session: Session, model: type[Any], *which: Any) -> int | None:
    return session.scalar(select(func.max(model.id)).where(*which))


def _write(folder: Path, name: str, pdf: bytes) -> Iterator[Path]:
    import pypdfium2

    file = folder / f"{name}.pdf"
    file.write_bytes(pdf)
    yield file
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number, page in enumerate(document, 1):
            picture = folder / f"{name}-{number}.png"
            page.render(scale=DOTS_PER_INCH / 72).to_pil().save(picture)
            yield picture
