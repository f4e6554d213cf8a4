"""The sites and what can be booked there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from lle_desk.core.ready import table_of
from lle_desk.rooms.models import Site, Space, SpaceCell, SpaceLayout
from lle_desk.rooms.rules import LayoutFacts, SpaceFacts

_EMPTY: frozenset[int] = frozenset()
_SPACE, _CELL, _LAYOUT = table_of(Space), table_of(SpaceCell), table_of(SpaceLayout)

# Every save of a room asks these, so they are put together once: that takes longer than asking.
_WHICH = {
    "these": _SPACE.c.id.in_(bindparam("ids", expanding=True)),
    "site": and_(_SPACE.c.site_id == bindparam("site"), _SPACE.c.is_active),
    "all": _SPACE.c.is_active,
}
_CELLS = {
    asked: select(_CELL.c.space_id, _CELL.c.resource_id)
    .join(_SPACE, _SPACE.c.id == _CELL.c.space_id)
    .where(which)
    for asked, which in _WHICH.items()
}
_SPACES: dict[str, Select[*tuple[Any, ...]]] = {
    asked: select(
        _SPACE.c.id,
        _SPACE.c.site_id,
        _SPACE.c.code,
        _SPACE.c.name,
        _SPACE.c.short_name,
        _SPACE.c.kind,
        _SPACE.c.set_up_minutes,
        _SPACE.c.clear_down_minutes,
        _SPACE.c.fixed_pcs,
        _SPACE.c.sort_order,
        _LAYOUT.c.layout,
        _LAYOUT.c.capacity,
        _LAYOUT.c.set_up_minutes,
        _LAYOUT.c.clear_down_minutes,
    )
    .join(_LAYOUT, _LAYOUT.c.space_id == _SPACE.c.id, isouter=True)
    .where(which)
    .order_by(_SPACE.c.sort_order, _SPACE.c.name, _SPACE.c.id, _LAYOUT.c.capacity.desc())
    for asked, which in _WHICH.items()
}


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site with the number of its spaces."""

    id: int
    code: str
    name: str
    spaces: int


def sites(session: Session) -> list[SiteRow]:
    """Return the sites that have spaces, the one with code WDL first, then by name."""
    found = (
        select(Site.id, Site.code, Site.name, func.count(Space.id))
        .join(Space, Space.site_id == Site.id)
        .where(Space.is_active)
        .group_by(Site.id, Site.code, Site.name)
        .order_by((Site.code != "WDL"), Site.name)
    )
    return [SiteRow(*row) for row in session.execute(found)]


def space_facts(
    session: Session, site_id: int | None = None, space_ids: Sequence[int] | None = None
) -> list[SpaceFacts]:
    """Return the spaces in use of a site (None: of all), or these, in the order of the plan."""
    asked = "these" if space_ids is not None else "all" if site_id is None else "site"
    values: dict[str, object] = {"ids": space_ids} if asked == "these" else {"site": site_id}
    if asked == "all":
        values = {}
    cells: dict[int, set[int]] = {}
    for space_id, cell in session.execute(_CELLS[asked], values):
        cells.setdefault(space_id, set()).add(cell)
    made: dict[int, tuple[tuple[Any, ...], list[LayoutFacts]]] = {}
    for row in session.execute(_SPACES[asked], values):
        layouts = made.setdefault(row[0], (tuple(row[:10]), []))[1]
        if row[10] is not None:
            layouts.append(LayoutFacts(*row[10:]))
    return [
        _facts(first, frozenset(cells.get(space_id, _EMPTY)), tuple(layouts))
        for space_id, (first, layouts) in made.items()
    ]


def _facts(
    row: tuple[Any, ...], cells: frozenset[int], layouts: tuple[LayoutFacts, ...]
) -> SpaceFacts:
    values: tuple[Any, ...] = (*row[:6], cells, layouts, *row[6:])
    return SpaceFacts(*values)
