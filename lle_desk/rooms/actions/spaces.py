"""Setting up rooms and closures."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions.holding import known_layout, written
from lle_desk.rooms.actions.moving import check_times
from lle_desk.rooms.actions.requests import AddSpace, CloseSpace
from lle_desk.rooms.models import Closure, Resource, Space, SpaceCell, SpaceLayout
from lle_desk.rooms.queries.house import LONGEST_CLOSURE


def add_space(session: Session, ask: AddSpace) -> int:
    """Add a room, or a space joined of several, and return its id.

    A room is a cell of its own. Joined spaces have their own capacity in each layout.

    Raises:
        OfficerError: a field is missing, the name is taken, or what it joins is not there.
    """
    done = known_id(session, Space, ask.client_uuid)
    if done is not None:
        return done
    space = Space(
        client_uuid=ask.client_uuid,
        site_id=ask.site_id,
        code=written(ask.code, "The code", 20, "code"),
        name=written(ask.name, "The name", 120, "name", needed=True),
        short_name=written(ask.short_name, "The short name", 20, "short_name", needed=True),
        kind=written(ask.kind, "The kind of room", 60, "kind", needed=True),
        set_up_minutes=ask.set_up_minutes,
        clear_down_minutes=ask.clear_down_minutes,
        fixed_pcs=ask.fixed_pcs,
        sort_order=ask.sort_order,
        is_demo=ask.is_demo,
    )
    session.add(space)
    session.flush()
    for cell in _cells(session, ask, space.name):
        session.add(SpaceCell(space_id=space.id, resource_id=cell))
    for held in ask.layouts:
        session.add(
            SpaceLayout(
                client_uuid=new_uuid(),
                space_id=space.id,
                layout=known_layout(held.layout),
                capacity=held.capacity,
                set_up_minutes=held.set_up_minutes,
                clear_down_minutes=held.clear_down_minutes,
            )
        )
    session.flush()
    return space.id


def close_space(session: Session, ask: CloseSpace) -> int:
    """Close a space, or with None the whole site, and return the closure's id.

    What is booked there already stays: it is for the room manager to move.

    Raises:
        OfficerError: the reason is missing, or the end is not after the start.
    """
    done = known_id(session, Closure, ask.client_uuid)
    if done is not None:
        return done
    check_times(ask.starts_at, ask.ends_at, LONGEST_CLOSURE)
    closure = Closure(
        client_uuid=ask.client_uuid,
        site_id=ask.site_id,
        space_id=ask.space_id,
        starts_at=ask.starts_at,
        ends_at=ask.ends_at,
        reason=written(ask.reason, "The reason", 200, "reason", needed=True),
    )
    session.add(closure)
    session.flush()
    return closure.id


def _cells(session: Session, ask: AddSpace, name: str) -> list[int]:
    """Return the cells of the new space: a new one, or all of what it joins."""
    if not ask.joins:
        cell = Resource(client_uuid=new_uuid(), kind="cell", name=name)
        session.add(cell)
        session.flush()
        return [cell.id]
    found = select(SpaceCell.resource_id).where(SpaceCell.space_id.in_(ask.joins)).distinct()
    cells = sorted(session.scalars(found))
    if len(cells) < 2:
        raise OfficerError("A joined room is made of two rooms or more.", "joins")
    return cells
