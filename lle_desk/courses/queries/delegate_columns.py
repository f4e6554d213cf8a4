"""All places of many years as columns of numbers in memory, kept, narrowed and sorted at once.

A quarter of a million places are 8 MB so. The words of the few rows that are seen are read when
they are wanted; see `delegate_rows.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from lle_desk.courses.rules import HOLDING, PlaceState

if TYPE_CHECKING:  # loaded with the first list, not with the program
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]

LAST_DAY = 99991231  # no event is later
PLACE, EVENT, CUSTOMER, PERSON, STATE, TAKEN, NET, HOW = range(8)  # the rows of `Held.table`
EVENT_ID, DAY, SERVICE, OUTSIDE, TITLE, ORDER = range(6)  # the rows of `Known.events`
STATES = (  # the order that they are sorted in
    PlaceState.BOOKED,
    PlaceState.WAITING,
    PlaceState.ATTENDED,
    PlaceState.ABSENT,
    PlaceState.CANCELLED,
)
ATTENDED = STATES.index(PlaceState.ATTENDED)
HOLDS = tuple(at for at, state in enumerate(STATES) if state in HOLDING)
NO_CHARGE, COVERED, BILLED, HELD_BACK, TO_BILL = range(5)
SORTS = ("delegate", "school", "course", "day", "state", "price", "how", "taken")


@dataclass(frozen=True, slots=True)
class DelegateAsk:
    """Which places to list and how they are sorted.

    `first` and `last` are days as 20140303, both counted; 0 to LAST_DAY keeps events without a
    day too. `words` must each begin a word of delegate, school or course. None and "" keep all.
    """

    first: int = 0
    last: int = LAST_DAY
    words: str = ""
    service_id: int | None = None
    state: str = ""
    outside: bool | None = None
    event_id: int | None = None
    sort: str = "day"
    descending: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the places refer to: events as columns, and where names stand in their order."""

    events: "Numbers"  # 6 rows, a column an event
    event_at: "Numbers"  # by id: its column
    customer_rank: "Numbers"  # by id
    person_rank: "Numbers | None" = None  # by id; read when first sorted by


@dataclass(frozen=True, slots=True, eq=False)
class WordHits:
    """What one typed word begins a word of: ids of people, customers and events."""

    people: "Numbers"
    customers: "Numbers"
    events: "Numbers"


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What is in memory: the places of `years`, as they were at `position` of the audit trail.

    `hits` is of the words last asked for: who types on asks for the same ones again.
    """

    position: int = -1
    years: frozenset[int] = frozenset()
    table: "Numbers | None" = None  # 8 rows, a column a place
    known: Known | None = None
    hits: Mapping[str, WordHits] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class DelegateView:
    """The places to show, in their order, with their sums. Money is in pence without VAT."""

    ids: "Numbers"
    attended: int
    held: int
    value: int

    @property
    def count(self) -> int:
        return len(self.ids)


def merged(held: Held, fresh: "Numbers", gone: Sequence[int] = ()) -> Held:
    """Return what is held with these places put in, or in the place of what they were."""
    import numpy as np

    if held.table is None:
        return replace(held, table=fresh)
    out = np.concatenate([fresh[PLACE], np.asarray(gone, dtype=np.int64)])
    kept = held.table[:, ~np.isin(held.table[PLACE], out)]
    return replace(held, table=np.concatenate([kept, fresh], axis=1))


def parsed(texts: Sequence[str], wide: int) -> "Numbers":
    """Return lines of numbers as `wide` rows; each text is read apart, so that others may run."""
    import numpy as np

    parts = [np.fromstring(text, dtype=np.int64, sep=" ") for text in texts]
    flat = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
    return np.ascontiguousarray(flat.reshape(-1, wide).T)


def ranks(ids: "Sequence[int] | Numbers") -> "Numbers":
    """Return by id at which place of `ids` it stands; 0 for what is not among them."""
    import numpy as np

    order = np.asarray(ids, dtype=np.int64)
    by_id = np.zeros(int(order.max(initial=0)) + 1, dtype=np.int64)
    by_id[order] = np.arange(len(order))
    return by_id


def view(held: Held, ask: DelegateAsk) -> DelegateView:
    """Return the places that are asked for, sorted; every word that is in `held.hits` counts."""
    import numpy as np

    table, known = held.table, held.known
    assert table is not None
    assert known is not None
    at = known.event_at[table[EVENT]]
    kept = np.flatnonzero(_kept(table, known, at, ask, held.hits.values()))
    table, at = table[:, kept], at[kept]
    order = np.argsort(_keys(table, known, at, ask))
    holding = np.isin(table[STATE], HOLDS)
    return DelegateView(
        ids=table[PLACE][order],
        attended=int(np.count_nonzero(table[STATE] == ATTENDED)),
        held=int(np.count_nonzero(holding)),
        value=int(table[NET].sum()),
    )


def _kept(
    table: "Numbers", known: Known, at: "Numbers", ask: DelegateAsk, words: Iterable[WordHits]
) -> "Mask":
    days = known.events[DAY][at]
    kept: Mask = (days >= ask.first) & (days <= ask.last)
    if ask.service_id is not None:
        kept &= known.events[SERVICE][at] == ask.service_id
    if ask.outside is not None:
        kept &= known.events[OUTSIDE][at] == int(ask.outside)
    if ask.state:
        kept &= table[STATE] == STATES.index(PlaceState(ask.state))
    if ask.event_id is not None:
        kept &= table[EVENT] == ask.event_id
    for hits in words:
        kept &= (
            _among(table[PERSON], hits.people)
            | _among(table[CUSTOMER], hits.customers)
            | _among(table[EVENT], hits.events)
        )
    return kept


def _among(ids: "Numbers", found: "Numbers") -> "Mask":
    import numpy as np

    has: Mask = np.zeros(int(max(ids.max(initial=0), found.max(initial=0))) + 1, dtype=np.bool_)
    has[found] = True
    chosen: Mask = has[ids]
    return chosen


def _keys(table: "Numbers", known: Known, at: "Numbers", ask: DelegateAsk) -> "Any":
    """Return a number for each place that sorts it: what was asked for, then day, event, place."""
    import numpy as np

    first = _first_key(table, known, at, ask.sort)
    first = first - first.min(initial=0)
    if ask.descending:
        first = first.max(initial=0) - first
    event = known.events[ORDER][at]
    if ask.sort != "day":
        event = event.max(initial=0) - event  # the newest event first among equals
    places = np.argsort(np.argsort(table[PLACE]))
    bits_of = int(places.max(initial=0)).bit_length(), int(event.max(initial=0)).bit_length()
    return (first << (bits_of[0] + bits_of[1])) | (event << bits_of[0]) | places


def _first_key(table: "Numbers", known: Known, at: "Numbers", sort: str) -> "Numbers":
    key: Numbers
    if sort == "delegate" and known.person_rank is not None:
        person = table[PERSON]
        key = known.person_rank[person]
        key[person == 0] = len(known.person_rank)  # names to come stand last
        return key
    column = {"state": STATE, "price": NET, "how": HOW, "taken": TAKEN}.get(sort)
    if sort == "school":
        key = known.customer_rank[table[CUSTOMER]]
    elif column is None:
        key = known.events[TITLE if sort == "course" else DAY][at]
    else:
        key = table[column]
    return key
