"""Rooms and room bookings out of other programs' files, and the rooms of the demonstration."""

from lle_desk.rooms.imports.booking_lines import read_room_bookings
from lle_desk.rooms.imports.demo import add_demo_rooms, demo_rooms
from lle_desk.rooms.imports.room_lines import read_rooms
from lle_desk.rooms.imports.save_bookings import preview_room_bookings, save_room_bookings
from lle_desk.rooms.imports.save_rooms import preview_rooms, save_rooms

__all__ = [
    "add_demo_rooms",
    "demo_rooms",
    "preview_room_bookings",
    "preview_rooms",
    "read_room_bookings",
    "read_rooms",
    "save_room_bookings",
    "save_rooms",
]
