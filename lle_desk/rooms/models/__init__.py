"""The tables of rooms: the diary, and what belongs to a booking."""

from lle_desk.rooms.models.asking import RoomAnswer, RoomRequest
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
from lle_desk.rooms.models.extras import (
    DIETS,
    CateringItem,
    CateringLine,
    Equipment,
    EquipmentLine,
    RoomBookingTerm,
    SpaceRate,
)
from lle_desk.rooms.models.letters import LetterSent
from lle_desk.rooms.models.opening import ClosureAllowance, OpeningHours
from lle_desk.rooms.models.series import BookingSeries, SeriesDate

__all__ = [
    "DIETS",
    "RESOURCE_KINDS",
    "BookingSeries",
    "CateringItem",
    "CateringLine",
    "Claim",
    "Closure",
    "ClosureAllowance",
    "Equipment",
    "EquipmentLine",
    "LetterSent",
    "OpeningHours",
    "Resource",
    "RoomAnswer",
    "RoomBooking",
    "RoomBookingTerm",
    "RoomRequest",
    "RoomUse",
    "SeriesDate",
    "Site",
    "Space",
    "SpaceCell",
    "SpaceLayout",
    "SpaceRate",
]
