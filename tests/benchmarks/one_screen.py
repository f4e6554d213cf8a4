"""A customer's one screen and any search at many years, against one year and a twentieth second.

The screen is all that it asks: the card, agreements, balance, what is coming, who did not come.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from lle_desk.agreements.queries import AgreementFilter, agreement_list
from lle_desk.core.db import Database
from lle_desk.core.search import find_records
from lle_desk.courses.queries import absences, coming_bookings, delegate_choices
from lle_desk.customers.queries import customer_card
from lle_desk.invoicing.queries import customer_balance
from tests.benchmarks.harness import Row, Work, compared, timed
from tests.benchmarks.history import LAST_DAY
from tests.benchmarks.offices import Offices
from tests.benchmarks.searching import EACH, TYPED

LIMIT = 1.2
LONGEST_S = 0.05
ROUNDS = 40
DAY = LAST_DAY - timedelta(days=20)
Asked = Callable[[Database, int], object]


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield for each question its time against a twentieth second, and against one year's."""
    few, many = min(offices.years), max(offices.years)
    for kind in kinds:
        little, much = (Database(offices.with_years(kind, years)) for years in (few, many))
        customer = much.read(_customer)
        works: list[tuple[str, Asked]] = [
            ("the one screen", _screen),
            ("delegates of a school", _delegates),
            *((f"find “{typed}”", _finding(typed)) for typed in TYPED),
        ]
        for what, asked in works:
            here, there = _work(asked, much, customer), _work(asked, little, customer)
            title = f"{what}, {many} years against {few}, {kind}"
            row = compared(title, timed(here), timed(there), LIMIT, ROUNDS, warm=5)
            yield row
            yield Row(f"{what}, {many} years, against 50 ms, {kind}", row.ours, LONGEST_S, 1.0)
        little.close()
        much.close()


def _work(asked: Asked, database: Database, customer: int) -> Work:
    return lambda: asked(database, customer)


def _screen(database: Database, customer: int) -> object:
    wanted = AgreementFilter(customer_id=customer, running_on=DAY)
    return (
        database.read(customer_card, customer, DAY),
        database.read(agreement_list, wanted),
        database.read(customer_balance, customer),
        database.read(coming_bookings, customer, DAY),
        database.read(absences, customer, DAY),
    )


def _delegates(database: Database, customer: int) -> object:
    return database.read(delegate_choices, "ja", customer)


def _finding(typed: str) -> Asked:
    def find(database: Database, _customer: int) -> object:
        return database.read(_found, typed)

    return find


def _found(session: Session, typed: str) -> list[object]:
    return list(find_records(session, typed, most=EACH))


def _customer(session: Session) -> int:
    found = "SELECT id FROM customer WHERE closed_on IS NULL ORDER BY id LIMIT 1 OFFSET 5"
    return int(session.execute(text(found)).scalar_one())
