"""Find-as-you-type among all delegates and customers, against the bare indexed query."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.core.search import AFTER_ALL, KINDS, find_records
from tests.benchmarks.driver import Driver
from tests.benchmarks.harness import Row, Work, compared, timed
from tests.benchmarks.offices import Offices

LIMIT = 3.0
ROUNDS = 40
# What officers have typed when they look: rare and very common beginnings, one word and more.
TYPED = (
    "ja", "sa", "st", "pr", "school", "jane", "sarah a", "jane oak", "oakwick", "dunham m",
    "whiston", "pr7", "pr7 1", "l35 2xy", "200417", "wr 031", "b 2417", "phon",
)  # fmt: skip
EACH = 8  # of each kind, as the find box shows them
IN_A_KIND = (
    "SELECT * FROM (SELECT e.kind, e.record_id, e.title, e.subtitle"
    " FROM (SELECT w.word, w.entry_id FROM search_word AS w"
    " WHERE w.kind = ? AND w.word >= ? AND w.word < ?{also}"
    f" ORDER BY w.word, w.entry_id LIMIT {EACH}) AS first"
    " JOIN search_entry AS e ON e.id = first.entry_id) AS of{kind}"
)
ALSO = " AND (SELECT ' ' || x.words LIKE ? FROM search_entry AS x WHERE x.id = w.entry_id)"


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield one row for each kind of database, and one for the slowest of what is typed."""
    for kind in kinds:
        url = offices.with_years(kind, max(offices.years))
        database, driver = Database(url), Driver(url)
        rows = [
            compared(
                f"find “{typed}”, {kind}",
                timed(ours(database, typed)),
                timed(raw(driver, typed)),
                LIMIT,
                ROUNDS,
            )
            for typed in TYPED
        ]
        yield from rows
        driver.close()
        database.close()


def ours(database: Database, typed: str) -> Work:
    def find() -> int:
        return len(database.read(_found, typed))

    return find


def raw(driver: Driver, typed: str) -> Work:
    """Return what asks the index for the longest word typed, and the entries for the others."""
    longest, *others = sorted(typed.split(), key=len, reverse=True)
    also = ALSO * len(others)
    statement = " UNION ALL ".join(IN_A_KIND.format(kind=kind, also=also) for kind in KINDS)
    likes = [f"% {word}%" for word in others]
    values = [v for kind in KINDS for v in (kind, longest, longest + AFTER_ALL, *likes)]
    return lambda: driver.run(statement, values)


def _found(session: Session, typed: str) -> list[object]:
    return list(find_records(session, typed, most=EACH))
