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
from lle_desk.rooms.models.opening import ClosureAllowance, OpeningHours
from lle_desk.rooms.models.series import BookingSeries, SeriesDate

__all__ = [
    "RESOURCE_KINDS",
    "BookingSeries",
    "Claim",
    "Closure",
    "ClosureAllowance",
    "OpeningHours",
    "Resource",
    "RoomBooking",
    "RoomUse",
    "SeriesDate",
    "Site",
    "Space",
    "SpaceCell",
    "SpaceLayout",
]
