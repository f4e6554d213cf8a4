"""Sign-in sheets that slices above have for a day. Light: every start loads it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from lle_desk.rooms.papers import Register

Finding: TypeAlias = "Callable[[Session, int, date], Sequence[Register]]"
_known: "dict[str, Callable[[], Finding]]" = {}


def registers_from(source: str, load: "Callable[[], Finding]") -> None:
    """Let the day pack print the registers of a slice above; it registers itself here.

    `load()` returns `find(session, site_id, day)`: the registers of the sessions in rooms of the
    site on that day.
    """
    _known[source] = load


def registers_of_day(session: Session, site_id: int, day: date) -> "tuple[Register, ...]":
    """Return all registers of a day at a site, by time."""
    found = [
        register for _, load in sorted(_known.items()) for register in load()(session, site_id, day)
    ]
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.title)))
