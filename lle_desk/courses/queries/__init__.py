"""What the Courses tab, the booking form and the papers show. Plain rows that cross threads."""

from lle_desk.courses.queries.asked_price import asked_price, closed_words
from lle_desk.courses.queries.bookable import BookableEvent, bookable_event, bookable_events
from lle_desk.courses.queries.cancelling import (
    CancellationCost,
    cancellation_cost,
)
from lle_desk.courses.queries.cards import (
    BookingCard,
    CourseCard,
    CourseHit,
    EventCard,
    PlaceRow,
    ServiceHit,
    booking_card,
    booking_of_place,
    course_card,
    event_card,
    event_of_room_use,
    event_of_session,
    find_courses,
    services,
)
from lle_desk.courses.queries.choices import TAKEN, DelegateChoice, as_typed, delegate_choices
from lle_desk.courses.queries.events import (
    EventCounts,
    EventFilter,
    EventRow,
    SessionRow,
    day_of_event,
    event_counts,
    event_list,
    event_row,
    nearest_day,
    sessions_of,
)
from lle_desk.courses.queries.letters import DraftLetter, confirmation_of, draft_confirmation
from lle_desk.courses.queries.of_customer import (
    Absences,
    ComingBooking,
    absences,
    coming_bookings,
)
from lle_desk.courses.queries.prices import NoPrice, PlaceLine, PlacePrice, place_price, priced
from lle_desk.courses.queries.waiting import PartyRow, WaitingList, waiting_list

__all__ = [
    "TAKEN",
    "Absences",
    "BookableEvent",
    "BookingCard",
    "CancellationCost",
    "ComingBooking",
    "CourseCard",
    "CourseHit",
    "DelegateChoice",
    "DraftLetter",
    "EventCard",
    "EventCounts",
    "EventFilter",
    "EventRow",
    "NoPrice",
    "PartyRow",
    "PlaceLine",
    "PlacePrice",
    "PlaceRow",
    "ServiceHit",
    "SessionRow",
    "WaitingList",
    "absences",
    "as_typed",
    "asked_price",
    "bookable_event",
    "bookable_events",
    "booking_card",
    "booking_of_place",
    "cancellation_cost",
    "closed_words",
    "coming_bookings",
    "confirmation_of",
    "course_card",
    "day_of_event",
    "delegate_choices",
    "draft_confirmation",
    "event_card",
    "event_counts",
    "event_list",
    "event_of_room_use",
    "event_of_session",
    "event_row",
    "find_courses",
    "nearest_day",
    "place_price",
    "priced",
    "services",
    "sessions_of",
    "waiting_list",
]
