"""The demo's rooms at Woodlands. Only Oak Room is known to be real; the others are invented."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.demo.files import demo_file
from lle_desk.reference import WOODLANDS
from lle_desk.rooms.imports import add_demo_rooms, demo_rooms
from lle_desk.rooms.models import Site
from lle_desk.rooms.queries import space_facts
from lle_desk.rooms.rules import SpaceFacts


def woodlands_id(session: Session) -> int:
    """Return the site's number; reference data has it."""
    return session.scalars(select(Site.id).where(Site.code == WOODLANDS)).one()


def add_rooms(session: Session) -> dict[str, int]:
    """Add the rooms that are not there yet and return all by name."""
    return add_demo_rooms(session, woodlands_id(session), demo_rooms(demo_file("rooms.csv")))


def woodlands_spaces(session: Session) -> list[SpaceFacts]:
    """Return what can be booked at Woodlands."""
    return space_facts(session, woodlands_id(session))
