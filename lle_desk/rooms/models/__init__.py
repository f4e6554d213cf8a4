"""The tables of rooms: the diary, and what belongs to a booking."""

from lle_desk.rooms.models.diary import (
    RESOURCE_KINDS,
    Claim,
    Closure,
    Resource,
    RoomBooking,
    RoomUse,
    Site,
    Space,
    SpaceCell,
    SpaceLayout,
)

__all__ = [
    "RESOURCE_KINDS",
    "Claim",
    "Closure",
    "Resource",
    "RoomBooking",
    "RoomUse",
    "Site",
    "Space",
    "SpaceCell",
    "SpaceLayout",
]
