"""Rooms of a file into sites, cells, spaces and layouts; only what is new or changed."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.imports import ImportSummary, Problem, Progress
from lle_desk.core.records import new_uuid
from lle_desk.rooms.imports.outcome import RoomsOutcome
from lle_desk.rooms.imports.room_lines import RoomLine, RoomsFile
from lle_desk.rooms.models import Resource, Site, Space, SpaceCell, SpaceLayout
from lle_desk.rooms.rules import Layout

_SHORT = 20


@dataclass(frozen=True, slots=True)
class _Known:
    """A room of an earlier import."""

    space_id: int
    name: str
    kind: str
    capacities: dict[str, int]

    def is_as_told(self, told: RoomLine) -> bool:
        return (self.name, self.kind, self.capacities.get(told.layout)) == (
            told.room_name,
            told.kind,
            told.capacity,
        )


@dataclass(slots=True)
class _Plan:
    new: list[RoomLine] = field(default_factory=list)
    changed: list[tuple[_Known, RoomLine]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    def outcome(self, file: RoomsFile) -> RoomsOutcome:
        refused = len(self.problems) + len(file.problems)
        summary = ImportSummary(len(self.new), len(self.changed), self.unchanged, refused)
        return RoomsOutcome(summary, tuple(self.problems))


def preview_rooms(session: Session, file: RoomsFile) -> RoomsOutcome:
    """Return what `save_rooms` would do now, doing nothing."""
    return _plan(session, file).outcome(file)


def save_rooms(session: Session, file: RoomsFile, progress: Progress | None = None) -> RoomsOutcome:
    """Make or change the rooms of a file, and the sites they are at.

    A room is known by the codes of site and room. What officers added to it (other layouts,
    margins, order) stays.

    Raises:
        ImportStopped: the progress was stopped; the transaction keeps nothing.
    """
    progress = progress or Progress()
    plan = _plan(session, file)
    steps = len(plan.new) + len(plan.changed)
    sites = _sites(session, plan.new)
    pairs = [(told, _new_space(told, sites[told.site])) for told in plan.new]
    cells = [_cell(told) for told in plan.new]
    session.add_all([space for _, space in pairs])
    session.add_all(cells)
    session.flush()
    for (told, space), cell in zip(pairs, cells, strict=True):
        session.add(SpaceCell(space_id=space.id, resource_id=cell.id))
        session.add(_layout(space.id, told))
    session.flush()
    progress.step(len(plan.new), steps)
    for known, told in plan.changed:
        _change(session, known, told)
    session.flush()
    progress.step(steps, steps)
    return plan.outcome(file)


def _plan(session: Session, file: RoomsFile) -> _Plan:
    plan = _Plan()
    known = _known(session)
    codes = {(site, space.name): code for (site, code), space in known.items()}
    for told in file.rooms:
        old = known.get(told.key)
        if codes.get((told.site, told.room_name), told.room) != told.room:
            plan.problems.append(
                Problem(told.line, f"there is another room called {told.room_name} at this site.")
            )
        elif old is None:
            plan.new.append(told)
        elif old.is_as_told(told):
            plan.unchanged += 1
        else:
            plan.changed.append((old, told))
    return plan


def _known(session: Session) -> dict[tuple[str, str], _Known]:
    found = (
        select(
            Site.code,
            Space.code,
            Space.id,
            Space.name,
            Space.kind,
            SpaceLayout.layout,
            SpaceLayout.capacity,
        )
        .join(Space, Space.site_id == Site.id)
        .join(SpaceLayout, SpaceLayout.space_id == Space.id, isouter=True)
    )
    known: dict[tuple[str, str], _Known] = {}
    for site, code, space_id, name, kind, layout, capacity in session.execute(found):
        room = known.setdefault((site, code or f"#{space_id}"), _Known(space_id, name, kind, {}))
        if layout is not None:
            room.capacities[layout] = capacity
    return known


def _sites(session: Session, rooms: list[RoomLine]) -> dict[str, int]:
    """Return the numbers of the sites by code, making those that are new."""
    found = {code: site_id for code, site_id in session.execute(select(Site.code, Site.id))}  # noqa: C416
    made: dict[str, Site] = {}
    for told in rooms:
        if told.site not in found and told.site not in made:
            made[told.site] = Site(client_uuid=new_uuid(), code=told.site, name=told.site_name)
    session.add_all(made.values())
    session.flush()
    return found | {code: site.id for code, site in made.items()}


def _new_space(told: RoomLine, site_id: int) -> Space:
    return Space(
        client_uuid=new_uuid(),
        site_id=site_id,
        code=told.room,
        name=told.room_name,
        short_name=told.room[:_SHORT].strip(),
        kind=told.kind,
        fixed_pcs=told.capacity if told.layout is Layout.ICT else 0,
        sort_order=told.line,
    )


def _cell(told: RoomLine) -> Resource:
    return Resource(client_uuid=new_uuid(), kind="cell", name=told.room_name)


def _layout(space_id: int, told: RoomLine) -> SpaceLayout:
    return SpaceLayout(
        client_uuid=new_uuid(), space_id=space_id, layout=told.layout, capacity=told.capacity
    )


def _change(session: Session, known: _Known, told: RoomLine) -> None:
    space = session.get_one(Space, known.space_id)
    space.name, space.kind = told.room_name, told.kind
    if told.layout not in known.capacities:
        session.add(_layout(space.id, told))
        return
    found = select(SpaceLayout).where(
        SpaceLayout.space_id == space.id, SpaceLayout.layout == str(told.layout)
    )
    session.scalars(found).one().capacity = told.capacity
