"""The lists and tools of the Rooms tab that take the plan's place while they are open.

Each is a module of its own, loaded when it is first opened; a line in `PAGES` plugs it in.
"""

import importlib
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal

from lle_desk.qt.desk import Desk
from lle_desk.qt.leaving import LeavesOnEsc
from lle_desk.rooms.rules.extras import EquipmentWanted


@dataclass(frozen=True, slots=True)
class RoomWish:
    """What was looked for and found: the form of a new booking begins with all of it.

    `more` are further starts of the same length in the same room; `equipment` goes with each.
    """

    space_id: int | None
    starts_at: datetime
    ends_at: datetime
    heads: int
    layout: str
    more: tuple[datetime, ...] = ()
    equipment: tuple[EquipmentWanted, ...] = ()


class RoomsPage(LeavesOnEsc):
    """What stands in the plan's place: a list or a tool, with the inspector still beside it.

    Signals:
        closed: Esc or its Back button: the plan comes back.
        use_chosen: int: a room_use to show in the inspector.
        use_opened: int: a room_use to show on the plan.
        booking_wanted: object: the RoomWish a booking is to begin with.
    """

    closed = Signal()
    use_chosen = Signal(int)
    use_opened = Signal(int)
    booking_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def leave(self) -> None:
        """Go back to the plan."""
        self.closed.emit()

    def open_at(self, site_id: int, day: date) -> None:
        """Show the page for a site and the day the plan stands at; called at each opening."""
        raise NotImplementedError

    def follow(self, site_id: int, day: date) -> None:
        """Another site or day was chosen above the page; it need not care."""

    def open_booking(self, booking_id: int) -> None:
        """Show the page for one booking; only pages of a booking can."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One entry of the bar's menu. The letter after & in `entry` chooses it."""

    key: str
    entry: str
    icon: str
    module: str
    class_name: str

    def make(self, desk: Desk) -> RoomsPage:
        """Load the module and make the page."""
        made = vars(importlib.import_module(self.module))[self.class_name](desk)
        if not isinstance(made, RoomsPage):
            raise TypeError(f"{self.class_name} is no RoomsPage")
        return made


PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        "requests",
        "&Requests for the room manager",
        "user-check",
        "lle_desk.rooms.ui.requests_page",
        "RequestsPage",
    ),
    PageSpec(
        "options",
        "&Options running out",
        "hourglass",
        "lle_desk.rooms.ui.options_page",
        "OptionsPage",
    ),
    PageSpec("find", "&Find a room", "search", "lle_desk.rooms.ui.find_room", "FindRoomPage"),
    PageSpec(
        "closures", "&Closures and hours", "clock", "lle_desk.rooms.ui.closures", "ClosuresPage"
    ),
    PageSpec("heads", "Count &heads", "users", "lle_desk.rooms.ui.count_heads", "CountHeadsPage"),
    PageSpec(
        "give-rooms",
        "&Give rooms …",
        "layout-grid",
        "lle_desk.rooms.ui.give_rooms",
        "GiveRoomsPage",
    ),
    PageSpec(
        "sold", "&Prices, menu and equipment", "tag", "lle_desk.rooms.ui.sold_page", "SoldPage"
    ),
    PageSpec(
        "take-in",
        "&Take in a spreadsheet …",
        "file-spreadsheet",
        "lle_desk.rooms.ui.take_in",
        "TakeInPage",
    ),
)

# Papers, opened from the menu of printing.
PRINTS: tuple[PageSpec, ...] = (
    PageSpec("pack", "&Day pack …", "file-text", "lle_desk.rooms.ui.pack_page", "PackPage"),
    PageSpec(
        "week", "The &week on paper …", "calendar-week", "lle_desk.rooms.ui.week_page", "WeekPage"
    ),
)

# What is opened from elsewhere than a menu.
LETTER = PageSpec("letter", "Letter", "mail", "lle_desk.rooms.ui.letter_page", "LetterPage")
