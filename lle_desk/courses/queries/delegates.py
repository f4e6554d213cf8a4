"""The list of all delegates: read year by year as numbers and kept up to date.

`delegate_list` brings what is in memory up to date and returns what is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.queries import given_back
from lle_desk.charges.rules import Source
from lle_desk.core.changes import newest_position
from lle_desk.core.models import Audit
from lle_desk.core.search import AFTER_ALL
from lle_desk.core.words import words_typed
from lle_desk.courses.models import Course, Event, Place
from lle_desk.courses.queries.delegate_columns import (
    BILLED,
    COVERED,
    HELD_BACK,
    HOLDS,
    STATES,
    TO_BILL,
    DelegateAsk,
    DelegateView,
    Held,
    Known,
    WordHits,
    merged,
    parsed,
    ranks,
    view,
)
from lle_desk.customers.models import Customer

if TYPE_CHECKING:
    from lle_desk.courses.queries.delegate_columns import Numbers

NO_DAY = 0  # the "year" of events without a day
NAMES = -1  # stands among the years to read for the order of all names
MOST_CHANGES = 3_000  # more is read again from the start
AT_ONCE = 500  # ids in one statement
SEPTEMBER = 9
CHARGE_ID, CHARGE_HOW = 8, 7  # where they stand in a line that was read

_CODES = " ".join(f"WHEN '{state}' THEN {at}" for at, state in enumerate(STATES))
_LINES = f"""
SELECT string_agg(concat_ws(' ', p.id, p.event_id, b.customer_id, coalesce(p.person_id, 0),
    CASE p.state {_CODES} END,
    replace(substr(cast(b.taken_at AS text), 1, 10), '-', ''),
    coalesce(c.net, 0),
    CASE WHEN c.id IS NULL THEN 0 WHEN c.net = 0 THEN {COVERED} WHEN c.state = 'billed'
        THEN {BILLED} WHEN c.state = 'held back' THEN {HELD_BACK} ELSE {TO_BILL} END,
    coalesce(c.id, 0)), ' ')
FROM event AS e
JOIN place AS p ON p.event_id = e.id
JOIN course_booking AS b ON b.id = p.course_booking_id
LEFT JOIN charge AS c ON c.source = 'place' AND c.source_id = p.id AND c.state <> 'void'
"""
_OF_YEAR = text(f"{_LINES} WHERE e.first_on BETWEEN :first AND :last GROUP BY e.id")
_WITHOUT_DAY = text(f"{_LINES} WHERE e.first_on IS NULL GROUP BY e.id")
_EVENTS = text("""
SELECT string_agg(concat_ws(' ', e.id,
    coalesce(replace(cast(e.first_on AS text), '-', ''), '0'), c.service_id,
    CASE WHEN EXISTS (SELECT 1 FROM event_session AS s
        WHERE s.event_id = e.id AND s.outside_venue <> '') THEN 1 ELSE 0 END,
    e.course_id), ' ')
FROM event AS e JOIN course AS c ON c.id = e.course_id GROUP BY e.first_on
""")
_PEOPLE = text(
    "SELECT string_agg(cast(id AS text), ' ') FROM (SELECT id FROM person"
    " ORDER BY lower(family_name), lower(given_name), id) AS sorted"
)
_WORD = text(
    "SELECT string_agg(cast(e.record_id AS text), ' ')"
    " FROM search_word AS w JOIN search_entry AS e ON e.id = w.entry_id"
    " WHERE w.kind = :kind AND w.word >= :low AND w.word < :high"
)
_NAMED = frozenset({"event", "event_session", "course", "customer", "person"})


@dataclass(frozen=True, slots=True, eq=False)
class DelegateList:
    """What is in memory now, what of it was asked for, and which years are still to be read."""

    held: Held
    shown: DelegateView
    to_read: tuple[int, ...]


def delegate_list(session: Session, held: Held, ask: DelegateAsk) -> DelegateList:
    """Return the places asked for; at most one year is read at a time, the newest first.

    Ask again with the `held` that is returned until nothing is left to read. The order of all
    names is read last, unless it is asked for.
    """
    is_first = held.known is None
    held = _caught_up(session, held)
    missing = _missing(session, held, ask)
    if missing:
        held = _with_year(session, held, missing[0])
    known = held.known
    assert known is not None
    if known.person_rank is None and (ask.sort == "delegate" or not (missing or is_first)):
        held = replace(held, known=replace(known, person_rank=_people(session)))
    typed = dict.fromkeys(words_typed(ask.words))
    held = replace(held, hits={word: held.hits.get(word) or _hits(session, word) for word in typed})
    more = missing[1:] or ([NAMES] if held.known and held.known.person_rank is None else [])
    return DelegateList(held, view(held, ask), tuple(more))


def school_years(session: Session) -> list[int]:
    """Return in which Septembers the school years with events began, the newest first."""
    # Asked for apart, each is one look at an end of the index; together SQLite reads all of it.
    first = session.scalar(select(func.min(Event.first_on)))
    last = session.scalar(select(func.max(Event.first_on)))
    if first is None or last is None:
        return []
    return list(range(_year_of(last), _year_of(first) - 1, -1))


# Reading


def _missing(session: Session, held: Held, ask: DelegateAsk) -> list[int]:
    first, last = ask.first // 10_000, ask.last // 10_000
    first -= ask.first % 10_000 < SEPTEMBER * 100
    last -= ask.last % 10_000 < SEPTEMBER * 100
    years = [year for year in school_years(session) if first <= year <= last]
    if not ask.first:
        years.append(NO_DAY)
    return [year for year in years if year not in held.years]


def _with_year(session: Session, held: Held, year: int) -> Held:
    if year == NO_DAY:
        found = session.execute(_WITHOUT_DAY)
    else:
        span = {"first": f"{year}-09-01", "last": f"{year + 1}-08-31"}
        found = session.execute(_OF_YEAR, _days(session, span))
    fresh = _places(session, [row[0] for row in found])
    return replace(merged(held, fresh), years=held.years | {year})


def _days(session: Session, span: dict[str, str]) -> dict[str, object]:
    """Return the days as the driver takes them in plain SQL: SQLite keeps them as text."""
    if session.get_bind().dialect.name == "sqlite":
        return dict(span)
    return {key: date.fromisoformat(day) for key, day in span.items()}


def _places(session: Session, texts: Sequence[str]) -> "Numbers":
    """Return a column for each place, with the sum of what it is charged."""
    import numpy as np

    lines = parsed(texts, CHARGE_ID + 1)
    back = _given_back(session, lines)
    if len(back):
        gone = np.isin(lines[CHARGE_ID], back)
        lines[6:8, gone] = 0
    lines = lines[:, np.argsort(lines[0], kind="stable")]
    starts = np.flatnonzero(np.diff(lines[0], prepend=-1))
    table = lines[:8, starts].copy()
    if len(starts):
        table[6] = np.add.reduceat(lines[6], starts)
        table[7] = np.maximum.reduceat(lines[7], starts)
    return table


def _given_back(session: Session, lines: "Numbers") -> list[int]:
    """Return the charges that credit notes have left nothing of.

    Only of places that are held no longer, or were charged more than once, are they looked for:
    what a booking gives back it gives back then.
    """
    import numpy as np

    places, counts = np.unique(lines[0], return_counts=True)
    several = np.isin(lines[0], places[counts > 1])
    suspects = lines[CHARGE_ID][
        (lines[CHARGE_HOW] == BILLED) & (several | ~np.isin(lines[4], HOLDS))
    ].tolist()
    found: list[int] = []
    for at in range(0, len(suspects), AT_ONCE):
        found += given_back(session, suspects[at : at + AT_ONCE])
    return found


def _known(session: Session) -> Known:
    import numpy as np

    lines = parsed([row[0] for row in session.execute(_EVENTS)], 5)
    titles = ranks(session.scalars(select(Course.id).order_by(Course.title, Course.id)).all())
    order = np.lexsort((lines[0], lines[1]))
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    lines[4] = titles[lines[4]] if len(titles) else lines[4]
    names = session.scalars(select(Customer.id).order_by(func.lower(Customer.name), Customer.id))
    return Known(np.vstack([lines, places]), ranks(lines[0]), ranks(names.all()))


def _people(session: Session) -> "Numbers":
    order: Numbers = parsed([session.scalar(_PEOPLE) or ""], 1)[0]
    return ranks(order)


def _hits(session: Session, word: str) -> WordHits:
    def found(kind: str) -> "Numbers":
        span = {"kind": kind, "low": word, "high": word + AFTER_ALL}
        hits: Numbers = parsed([session.scalar(_WORD, span) or ""], 1)[0]
        return hits

    return WordHits(found("person"), found("customer"), found("event"))


# Keeping up with other desks


def _caught_up(session: Session, held: Held) -> Held:
    """Return what is held as it is now; the places that other desks touched are read again."""
    position = newest_position(session)
    if held.known is None:
        return Held(position, known=_known(session), table=_places(session, []))
    if position == held.position:
        return held
    changes = session.execute(
        select(Audit.table_name, Audit.record_id)
        .where(Audit.position > held.position, Audit.position <= position)
        .limit(MOST_CHANGES + 1)
    ).all()
    if len(changes) > MOST_CHANGES:
        return Held(position, known=_known(session), table=_places(session, []))
    touched: dict[str, list[int]] = {}
    for table, record in changes:
        touched.setdefault(table, []).append(record)
    if touched.keys() & _NAMED:
        held = replace(held, known=_known(session), hits={})
    ids = sorted(_places_touched(session, touched))
    for at in range(0, len(ids), AT_ONCE):
        held = _read_again(session, held, ids[at : at + AT_ONCE])
    return replace(held, position=position)


def _read_again(session: Session, held: Held, ids: Sequence[int]) -> Held:
    listed = ", ".join(str(int(one)) for one in ids)
    found = session.execute(text(f"{_LINES} WHERE p.id IN ({listed}) GROUP BY e.id"))
    return merged(held, _places(session, [row[0] for row in found]), gone=ids)


def _places_touched(session: Session, touched: dict[str, list[int]]) -> set[int]:
    ids = set(touched.get("place", []))
    bookings, events = touched.get("course_booking", []), touched.get("event", [])
    of_both = Place.course_booking_id.in_(bookings) | Place.event_id.in_(events)
    if bookings or events:
        ids.update(session.scalars(select(Place.id).where(of_both)))
    charges = touched.get("charge", [])
    if charges:
        of_place = (Charge.source == str(Source.PLACE)) & Charge.id.in_(charges)
        ids.update(session.scalars(select(Charge.source_id).where(of_place)))
    return ids


def _year_of(day: date) -> int:
    return day.year - (day.month < SEPTEMBER)
