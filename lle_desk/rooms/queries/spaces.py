"""The sites and what can be booked there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from lle_desk.rooms.models import Site, Space, SpaceCell, SpaceLayout
from lle_desk.rooms.rules import LayoutFacts, SpaceFacts

_EMPTY: frozenset[int] = frozenset()

# Every save of a room asks these, so they are put together once: that takes longer than asking.
_WHICH = {
    "these": Space.id.in_(bindparam("ids", expanding=True)),
    "site": and_(Space.site_id == bindparam("site"), Space.is_active),
    "all": Space.is_active,
}
_CELLS = {
    asked: select(SpaceCell.space_id, SpaceCell.resource_id)
    .join(Space, Space.id == SpaceCell.space_id)
    .where(which)
    for asked, which in _WHICH.items()
}
_SPACES: dict[str, Select[*tuple[Any, ...]]] = {
    asked: select(
        Space.id,
        Space.site_id,
        Space.code,
        Space.name,
        Space.short_name,
        Space.kind,
        Space.set_up_minutes,
        Space.clear_down_minutes,
        Space.fixed_pcs,
        Space.sort_order,
        SpaceLayout.layout,
        SpaceLayout.capacity,
        SpaceLayout.set_up_minutes,
        SpaceLayout.clear_down_minutes,
    )
    .join(SpaceLayout, SpaceLayout.space_id == Space.id, isouter=True)
    .where(which)
    .order_by(Space.sort_order, Space.name, Space.id, SpaceLayout.capacity.desc())
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
