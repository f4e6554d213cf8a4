"""What slices above want rooms for and the diary does not know. Light: every start loads it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from lle_desk.rooms.rules.allocation import UseToPlace

Wanting: TypeAlias = "Callable[[Session, date, date], Sequence[UseToPlace]]"
Giving: TypeAlias = "Callable[[Session, UseToPlace, int], object]"
_known: "dict[str, Callable[[], tuple[Wanting, Giving]]]" = {}


def rooms_wanted(source: str, load: "Callable[[], tuple[Wanting, Giving]]") -> None:
    """Let allocations give rooms to what a slice above knows of; it registers itself here.

    `load()` returns two functions. `find(session, first, last)` returns the uses that want a
    room on those days, with `wanted_by` = `source`; `give(session, use, space_id)` holds the
    room, in the allocation's transaction, and raises RecordChanged when the use is not as it was.
    """
    _known[source] = load


def wanted_rooms(session: Session, first: date, last: date) -> "Iterable[UseToPlace]":
    """Return everything that slices above want rooms for on those days."""
    for _, load in sorted(_known.items()):
        yield from load()[0](session, first, last)


def give_wanted(session: Session, use: "UseToPlace", space_id: int) -> None:
    """Let the slice that wants the room hold it.

    Raises:
        OfficerError: the room is taken, or the use has changed.
    """
    _known[use.wanted_by]()[1](session, use, space_id)
