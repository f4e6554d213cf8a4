"""Whole databases for the benchmarks: ready, with schools, rooms and courses, and with years."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import AddCourse, add_course
from lle_desk.courses.models import Course as CourseRow
from lle_desk.customers.imports import read_schools, save_schools
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import Band
from lle_desk.offers.rules import BandPrice
from lle_desk.officers.models import Service
from lle_desk.prepare import make_ready
from lle_desk.rooms.actions import AddSpace, SpaceLayoutOf, add_space
from lle_desk.rooms.models import Site
from tests.benchmarks.fill import fill
from tests.benchmarks.history import Course, History
from tests.benchmarks.schools import schools_file
from tests.postgres import Server, server

BY = By("ann", "desk-1")
ROOMS, COURSES = 14, 40
SUBJECTS = ("Phonics", "Fractions", "Safeguarding", "Governance", "First aid", "Guided reading")


class Offices:
    """The databases of one run. Each is made when first asked for, and copied after that."""

    def __init__(self, folder: Path, schools: Path, years: tuple[int, ...]) -> None:
        self.folder = folder
        self.schools = schools
        self.years = years
        self._stack = ExitStack()
        self._server: Server | None = None
        self._made: set[str] = set()
        self._copies = 0

    def bare(self, kind: str) -> str:
        """Return the address of a fresh database with schema and reference data."""
        return self._copy(kind, "bare")

    def with_years(self, kind: str, years: int) -> str:
        """Return the address of a fresh office that has worked so many years, or 0."""
        return self._copy(kind, f"years{years}")

    def owners(self, url: str) -> str:
        """Return the address by which anything may be done; on SQLite the same."""
        return url

    def close(self) -> None:
        self._stack.close()

    def _copy(self, kind: str, name: str) -> str:
        template = self._template(kind, name)
        self._copies += 1
        if kind == "sqlite":
            copied = self.folder / f"copy{self._copies}.db"
            shutil.copy(self.folder / f"{name}.db", copied)
            return f"sqlite:///{copied.as_posix()}"
        copied_name = f"lle_copy_{self._copies}"
        self._postgres().create(copied_name, template=template)
        return self._postgres().url(copied_name)

    def _template(self, kind: str, name: str) -> str:
        template = f"lle_{name}"
        if f"{kind} {name}" in self._made:
            return template
        if kind == "sqlite":
            url = f"sqlite:///{(self.folder / f'{name}.db').as_posix()}"
        else:
            self._postgres().create(template)
            url = self._postgres().url(template)
        make_ready(url)
        if name != "bare":
            _open(url, self.schools, int(name.removeprefix("years")))
        self._made.add(f"{kind} {name}")
        return template

    def _postgres(self) -> Server:
        if self._server is None:
            self._server = self._stack.enter_context(server(durable=True))
        return self._server


@contextmanager
def offices(schools: Path | None, years: tuple[int, ...]) -> Iterator[Offices]:
    """Give the databases of one run, in a temporary folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lle-benchmarks-") as name:
        folder = Path(name)
        made = Offices(folder, schools or schools_file(folder), years)
        try:
            yield made
        finally:
            made.close()


def _open(url: str, schools: Path, years: int) -> None:
    """Open the office: its customers, rooms and courses, then so many years of work."""
    database = Database(url)
    try:
        database.write(BY, save_schools, read_schools(schools), date(2014, 1, 1))
        spaces = database.write(BY, _add_rooms)
        courses = database.write(BY, _add_courses)
        customers = database.read(_open_customers)
    finally:
        database.close()
    if years:
        fill(url, History(years, customers, spaces, courses))


def _add_rooms(session: Session) -> tuple[int, ...]:
    site = session.scalars(select(Site.id).where(Site.code == "WDL")).one()
    return tuple(
        add_space(
            session,
            AddSpace(
                client_uuid=new_uuid(),
                site_id=site,
                name=f"Room {n}",
                short_name=f"R{n}",
                layouts=(SpaceLayoutOf("classroom", 20 + n), SpaceLayoutOf("theatre", 40 + n)),
                sort_order=n,
                is_demo=True,
            ),
        )
        for n in range(1, ROOMS + 1)
    )


def _add_courses(session: Session) -> tuple[Course, ...]:
    service = session.scalars(select(Service.id).where(Service.code == "LPDS")).one()
    for n in range(COURSES):
        prices = tuple(BandPrice(str(band), Pence(14_000)) for band in Band)
        title = f"{SUBJECTS[n % len(SUBJECTS)]}, part {n // len(SUBJECTS) + 1}"
        add_course(
            session,
            AddCourse(new_uuid(), f"C{n:03d}", title, service, prices, is_demo=True),
        )
    found = session.execute(select(CourseRow.id, CourseRow.offer_id, CourseRow.title))
    return tuple(Course(*row) for row in found)


def _open_customers(session: Session) -> tuple[int, ...]:
    found = select(Customer.id).where(Customer.closed_on.is_(None)).order_by(Customer.id)
    return tuple(session.scalars(found))
