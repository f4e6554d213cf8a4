"""The list of all delegates: frames against an empty table's, and questions against the driver.

The frames are measured in a process of their own. Where the list is asked again, what it is
compared with is a tenth of a second, and the raw driver that sorts the same places and tells the
same of them: the first rows, how many there are, how many came, and what they bring.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from sqlalchemy import text
from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.courses.queries.delegate_columns import DelegateAsk, Held
from lle_desk.courses.queries.delegate_rows import delegate_rows
from lle_desk.courses.queries.delegates import delegate_list
from tests.benchmarks.harness import Row, compared, timed
from tests.benchmarks.offices import Offices

FIRST = 64  # rows whose words are read for the first screen
LONGEST_S = 0.1
ROUNDS = 10
ASKED = {
    "by school": DelegateAsk(sort="school", descending=False),
    "by delegate": DelegateAsk(sort="delegate", descending=False),
    "by price": DelegateAsk(sort="price"),
    "“jane phon”": DelegateAsk(words="jane phon"),  # its last letter, as typed
}
RAW = {
    "by school": "lower(c.name), e.first_on DESC",
    "by delegate": "lower(n.family_name), lower(n.given_name), e.first_on DESC",
    "by price": "h.net DESC, e.first_on DESC",
    "“jane phon”": "e.first_on DESC, p.id",
}
FOUND = (
    "SELECT p.id, n.given_name, n.family_name, c.name, k.title, e.first_on, p.state, h.net,"
    " count(*) OVER (), sum(h.net) OVER (),"
    " sum(CASE p.state WHEN 'attended' THEN 1 ELSE 0 END) OVER ()"
    " FROM place AS p JOIN course_booking AS b ON b.id = p.course_booking_id"
    " JOIN customer AS c ON c.id = b.customer_id JOIN event AS e ON e.id = p.event_id"
    " JOIN course AS k ON k.id = e.course_id LEFT JOIN person AS n ON n.id = p.person_id"
    " LEFT JOIN charge AS h ON h.source = 'place' AND h.source_id = p.id"
)
JANE = " WHERE lower(n.given_name) LIKE 'jane%' AND lower(k.title) LIKE 'phon%'"


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Print the frames, and yield the times until the first rows stand."""
    for kind in kinds:
        for years in offices.years:
            url = offices.with_years(kind, years)
            words = f"{years} {'year' if years == 1 else 'years'}, {kind}"
            subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.delegates_frames", url, words],
                env={"QT_QPA_PLATFORM": "offscreen"} | os.environ,
                check=True,
            )
            yield from _questions(Database(url), words)


def _questions(database: Database, words: str) -> Iterator[Row]:
    held = _all_held(database)
    for what, ask in ASKED.items():
        typed_before = database.read(delegate_list, held, replace(ask, words=ask.words[:-1])).held
        raw = FOUND + (JANE if ask.words else "") + f" ORDER BY {RAW[what]} LIMIT {FIRST}"
        row = compared(
            f"first rows {what}, {words}, against the raw driver",
            timed(partial(database.read, _first_rows, typed_before, ask)),
            timed(partial(database.read, _raw, raw)),
            limit=1.2,
            rounds=ROUNDS,
        )
        yield row
        yield Row(f"first rows {what}, {words}, against 100 ms", row.ours, LONGEST_S, 1.0)
    database.close()


def _all_held(database: Database) -> Held:
    held = Held()
    while True:
        found = database.read(delegate_list, held, DelegateAsk())
        held = found.held
        if not found.to_read:
            return held


def _first_rows(session: Session, held: Held, ask: DelegateAsk) -> object:
    found = delegate_list(session, held, ask)
    return delegate_rows(session, found.shown.ids[:FIRST].tolist())


def _raw(session: Session, statement: str) -> object:
    return session.execute(text(statement)).all()
