"""Every room by all the names it goes by, for words of a foreign file."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.words import folded
from lle_desk.rooms.models import Site, Space


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """A room that is in use, and its site."""

    id: int
    site_id: int
    site_code: str
    site_name: str
    code: str
    name: str
    short_name: str

    @property
    def words(self) -> str:
        """Return its name, and where it is."""
        return f"{self.name}, {self.site_name.partition(',')[0]}"


def room_choices(session: Session) -> tuple[RoomChoice, ...]:
    """Return all rooms in use, those of Woodlands first, in the order of the plan."""
    found = (
        select(
            Space.id,
            Space.site_id,
            Site.code,
            Site.name,
            Space.code,
            Space.name,
            Space.short_name,
        )
        .join(Site, Site.id == Space.site_id)
        .where(Space.is_active)
        .order_by((Site.code != "WDL"), Site.name, Space.sort_order, Space.name, Space.id)
    )
    return tuple(RoomChoice(*row) for row in session.execute(found))


class RoomFinder:
    """Finds the room that words of a file mean: by site and room, else by the room alone.

    Its number counts before its name, and that before its short name. Words that mean two rooms
    mean none.
    """

    def __init__(self, choices: Sequence[RoomChoice], site_id: int | None = None) -> None:
        self._known: tuple[dict[tuple[str, str], set[int]], ...] = ({}, {}, {})
        for one in choices:
            sites = [folded(one.site_code), folded(one.site_name), ""]
            sites += ["*"] if one.site_id == site_id else []
            names = (one.code, one.name, one.short_name)
            for known, name in zip(self._known, names, strict=True):
                for site in sites if folded(name) else ():
                    known.setdefault((site, folded(name)), set()).add(one.id)

    def find(self, site: str, room: str) -> int | None:
        """Return the number of the room, None when it is not known or may be two."""
        places = [folded(site)] if site else ["*", ""]  # here, else anywhere
        for place in places:
            for known in self._known:
                found = known.get((place, folded(room)), set())
                if len(found) == 1:
                    return next(iter(found))
        return None
