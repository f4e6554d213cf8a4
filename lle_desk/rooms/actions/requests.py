"""What the forms of the Rooms tab ask for. Frozen values that travel to the action."""

from dataclasses import dataclass
from datetime import date, datetime

from lle_desk.rooms.rules import Category, Layout, Status
from lle_desk.rooms.rules.extras import EquipmentWanted


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRoom:
    """A use of a room to be booked; space None parks it, to be given a room later.

    `client_uuid` is the use's: the same again makes nothing new. Minutes None: as the space
    and the layout say. `room_booking_id` adds the use to a booking that is there; title,
    category, status, customer, notes and order number are then that booking's.
    `source` says who made it: "" an officer, "course" a course session. `equipment` is lent with
    the room, or nothing is booked.
    """

    client_uuid: str
    space_id: int | None
    starts_at: datetime
    ends_at: datetime
    heads: int
    title: str
    layout: str = Layout.CLASSROOM
    category: str = Category.SCHOOLS
    status: str = Status.CONFIRMED
    short_title: str = ""
    customer_id: int | None = None
    contact_id: int | None = None
    notes_customer: str = ""
    notes_office: str = ""
    order_number: str = ""
    before_minutes: int | None = None
    after_minutes: int | None = None
    over_capacity_reason: str = ""
    option_on: date | None = None
    source: str = ""
    room_booking_id: int | None = None
    is_estimate: bool = False
    equipment: tuple[EquipmentWanted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveUse:
    """Another room or time for a use; space None parks it. Minutes None: as they are.

    `seen_version` is the version the screen showed.
    """

    use_id: int
    seen_version: int
    space_id: int | None
    starts_at: datetime
    ends_at: datetime
    over_capacity_reason: str = ""
    before_minutes: int | None = None
    after_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapUses:
    """Two uses that change places: where each is to be."""

    first: MoveUse
    second: MoveUse


@dataclass(frozen=True, slots=True, kw_only=True)
class PinUse:
    """A use that stays in its room, or no longer has to: allocation moves only what is free."""

    use_id: int
    seen_version: int
    is_pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRoom:
    """A use that is no longer needed.

    Of what it was hired for its terms ask as `CancelBooking` does of a whole booking.
    """

    use_id: int
    seen_version: int
    reason: str = ""
    notice_on: date | None = None
    by_us: bool = False
    waived_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmBooking:
    """A booking to be confirmed; from then on it holds its rooms."""

    booking_id: int
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelBooking:
    """A booking to be cancelled, with the reason the officer gave.

    `notice_on` is the day the written notice reached us, None is today. Nothing is charged when
    it is cancelled `by_us`, or `waived_because` of something.
    """

    booking_id: int
    seen_version: int
    reason: str = ""
    notice_on: date | None = None
    by_us: bool = False
    waived_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreBooking:
    """A cancelled booking that is to be as it was: the way back from a slip."""

    booking_id: int
    seen_version: int
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditBooking:
    """All that the inspector edits of one use and its booking, as it is to be.

    Minutes None: as the space and the layout say.
    """

    booking_id: int
    seen_booking_version: int
    use_id: int
    seen_use_version: int
    space_id: int | None
    starts_at: datetime
    ends_at: datetime
    before_minutes: int | None
    after_minutes: int | None
    heads: int
    layout: str
    title: str
    category: str
    short_title: str = ""
    customer_id: int | None = None
    contact_id: int | None = None
    notes_customer: str = ""
    notes_office: str = ""
    order_number: str = ""
    over_capacity_reason: str = ""
    option_on: date | None = None
    actual_heads: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountHeads:
    """How many people were in the room; None: not counted after all."""

    use_id: int
    seen_version: int
    heads: int | None


@dataclass(frozen=True, slots=True)
class SpaceLayoutOf:
    """How many a new space holds in one layout; minutes None: as the space."""

    layout: str
    capacity: int
    set_up_minutes: int | None = None
    clear_down_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSpace:
    """A room, or several joined: `joins` are spaces whose cells it is made of."""

    client_uuid: str
    site_id: int
    name: str
    short_name: str
    kind: str = "room"
    code: str = ""
    joins: tuple[int, ...] = ()
    layouts: tuple[SpaceLayoutOf, ...] = ()
    set_up_minutes: int = 0
    clear_down_minutes: int = 0
    fixed_pcs: int = 0
    sort_order: int = 0
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSpace:
    """A time when a space, or with None the whole site, cannot be used, and why."""

    client_uuid: str
    site_id: int
    space_id: int | None
    starts_at: datetime
    ends_at: datetime
    reason: str
