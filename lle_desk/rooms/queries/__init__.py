"""What the Rooms tab and the courses ask. Frozen rows that may cross threads."""

from lle_desk.rooms.queries.cards import (
    UseCard,
    use_card,
    use_version,
    uses_of_booking,
)
from lle_desk.rooms.queries.free import (
    LONGEST,
    FreeRooms,
    FreeRoomsQuestion,
    OtherDay,
    RoomOverDays,
    free_over_days,
    free_spaces,
)
from lle_desk.rooms.queries.house import diary_of, opening_hours
from lle_desk.rooms.queries.pack import day_pack
from lle_desk.rooms.queries.plan import (
    DayRow,
    Plan,
    PlanUse,
    day_list,
    plan_of,
)
from lle_desk.rooms.queries.set_up import set_up_sheet
from lle_desk.rooms.queries.spaces import SiteRow, sites, space_facts
from lle_desk.rooms.queries.week import week_plan

__all__ = [
    "LONGEST",
    "DayRow",
    "FreeRooms",
    "FreeRoomsQuestion",
    "OtherDay",
    "Plan",
    "PlanUse",
    "RoomOverDays",
    "SiteRow",
    "UseCard",
    "day_list",
    "day_pack",
    "diary_of",
    "free_over_days",
    "free_spaces",
    "opening_hours",
    "plan_of",
    "set_up_sheet",
    "sites",
    "space_facts",
    "use_card",
    "use_version",
    "uses_of_booking",
    "week_plan",
]
