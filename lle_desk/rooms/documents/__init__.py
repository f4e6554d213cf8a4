"""Papers of the rooms as PDF. Values in, bytes out: nothing is looked up here."""

from lle_desk.rooms.documents.letter import room_letter_pdf
from lle_desk.rooms.documents.pack import day_pack_pdf
from lle_desk.rooms.documents.set_up import set_up_sheet_pdf
from lle_desk.rooms.documents.week import week_plan_pdf

__all__ = ["day_pack_pdf", "room_letter_pdf", "set_up_sheet_pdf", "week_plan_pdf"]
