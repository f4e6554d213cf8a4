"""What officers do to rooms and their bookings. Each action is one short transaction."""

from lle_desk.core.refusals import explain
from lle_desk.rooms.actions import kept_extras as _kept_extras  # noqa: F401  (registers itself)
from lle_desk.rooms.actions.bookings import (
    cancel_booking,
    confirm_booking,
    count_heads,
    edit_booking,
    restore_booking,
)
from lle_desk.rooms.actions.charging import follow_charges
from lle_desk.rooms.actions.extras import (
    AddCateringItem,
    AddEquipment,
    SaveCatering,
    SaveEquipment,
    SetSpaceRate,
    SetStock,
    add_catering_item,
    add_equipment,
    save_catering,
    save_equipment,
    set_space_rate,
    set_stock,
)
from lle_desk.rooms.actions.holding import hold_room, move_use, release_room, release_rooms
from lle_desk.rooms.actions.moving import follow_moves
from lle_desk.rooms.actions.requests import (
    AddSpace,
    CancelBooking,
    CloseSpace,
    ConfirmBooking,
    CountHeads,
    EditBooking,
    HoldRoom,
    MoveUse,
    ReleaseRoom,
    RestoreBooking,
    SpaceLayoutOf,
)
from lle_desk.rooms.actions.spaces import add_space, close_space

explain(
    {
        "claim_no_overlap": (
            "Another desk took this room for that time a moment ago. Look again and choose"
            " another room or time.",
            "space",
        ),
        "claim_follows_use": "A room is held by its booking only. Change the booking.",
        "space_has_cells": (
            "This room is not set up yet: it has no cells. Choose another.",
            "space",
        ),
        "space_cells_fixed": "This room has bookings, so what it is made of can no longer change.",
        "room_closed": (
            "This room is closed then. Choose another room or time, or let this customer in"
            " although it is closed (Lists, Closures and hours).",
            "space",
        ),
        "room_use_kept": "A booking is never deleted. Cancel it instead.",
        "ck_room_use_ends_at_after_starts_at": ("The end must come after the start.", "ends_at"),
        "ck_room_use_starts_at_longest": (
            "One booking of a room lasts at most 31 days. Make it several.",
            "ends_at",
        ),
        "ck_room_use_reserved_from_longest": (
            "One booking of a room lasts at most 31 days. Make it several.",
            "ends_at",
        ),
        "ck_room_use_heads_counted": ("Say how many people come: 1 or more.", "heads"),
        "series_date_limit": (
            "A booking repeats at most 366 times. Make it shorter.",
            "repeat_times",
        ),
        "series_date_in_rule": "That date lies outside the dates of this repeating booking.",
        "series_date_fixed": "A date of a repeating booking keeps its booking. Change that.",
        "series_date_kept": "A date of a repeating booking is never deleted. Cancel it instead.",
        "booking_series_fixed": "The rule of a repeating booking stays. Change its dates instead.",
        "booking_series_kept": "A repeating booking is never deleted. Cancel its dates instead.",
        "uq_space_site_id_name": ("There is a room of that name here already.", "name"),
        "uq_site_code": ("There is a site with that code already.", "code"),
    }
)

__all__ = [
    "AddCateringItem",
    "AddEquipment",
    "AddSpace",
    "CancelBooking",
    "CloseSpace",
    "ConfirmBooking",
    "CountHeads",
    "EditBooking",
    "HoldRoom",
    "MoveUse",
    "ReleaseRoom",
    "RestoreBooking",
    "SaveCatering",
    "SaveEquipment",
    "SetSpaceRate",
    "SetStock",
    "SpaceLayoutOf",
    "add_catering_item",
    "add_equipment",
    "add_space",
    "cancel_booking",
    "close_space",
    "confirm_booking",
    "count_heads",
    "edit_booking",
    "follow_charges",
    "follow_moves",
    "hold_room",
    "move_use",
    "release_room",
    "release_rooms",
    "restore_booking",
    "save_catering",
    "save_equipment",
    "set_space_rate",
    "set_stock",
]
