"""The sites and what can be booked there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lle_desk.rooms.models import Site, Space, SpaceCell, SpaceLayout
from lle_desk.rooms.rules import LayoutFacts, SpaceFacts

_EMPTY: frozenset[int] = frozenset()


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
    cells: dict[int, set[int]] = {}
    for space_id, cell in session.execute(
        _of(
            select(SpaceCell.space_id, SpaceCell.resource_id).join(
                Space, Space.id == SpaceCell.space_id
            ),
            site_id,
            space_ids,
        )
    ):
        cells.setdefault(space_id, set()).add(cell)
    found = _of(
        select(
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
        ).join(SpaceLayout, SpaceLayout.space_id == Space.id, isouter=True),
        site_id,
        space_ids,
    ).order_by(Space.sort_order, Space.name, Space.id, SpaceLayout.capacity.desc())
    made: dict[int, tuple[tuple[Any, ...], list[LayoutFacts]]] = {}
    for row in session.execute(found):
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


def _of(
    found: Select[*tuple[Any, ...]], site_id: int | None, space_ids: Sequence[int] | None
) -> Select[*tuple[Any, ...]]:
    if space_ids is not None:
        return found.where(Space.id.in_(space_ids))
    if site_id is not None:
        found = found.where(Space.site_id == site_id)
    return found.where(Space.is_active)
