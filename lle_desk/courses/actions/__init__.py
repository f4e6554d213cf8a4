"""What officers do to courses, events and places. Each action is one transaction."""

from lle_desk.courses.actions.booking import (
    BookPlaces,
    Delegate,
    book_places,
)
from lle_desk.courses.actions.cancelling import CancelBooking, cancel_booking
from lle_desk.courses.actions.changing import (
    Substitute,
    TransferPlaces,
    substitute,
    transfer_places,
)
from lle_desk.courses.actions.programme import (
    AddCourse,
    AddEvent,
    EditCourse,
    EditEvent,
    SetEventState,
    add_course,
    add_event,
    edit_course,
    edit_event,
    set_event_state,
)
from lle_desk.courses.actions.reopening import ReopenBooking, reopen_booking
from lle_desk.courses.actions.rooms import (
    SetSessionRoom,
    clear_session_room,
    follow_rooms,
    set_session_room,
)
from lle_desk.courses.actions.sessions import NewSession
from lle_desk.courses.actions.waiting import (
    JoinWaiting,
    MoveParty,
    OfferPlaces,
    Promote,
    StopWaiting,
    join_waiting_list,
    move_party,
    offer_places,
    promote,
    set_priority,
    stop_waiting,
    take_back_offer,
)
from lle_desk.rooms.queries.registers import Finding, registers_from
from lle_desk.rooms.queries.wanting import Giving, Wanting, rooms_wanted

__all__ = [
    "AddCourse",
    "AddEvent",
    "BookPlaces",
    "CancelBooking",
    "Delegate",
    "EditCourse",
    "EditEvent",
    "JoinWaiting",
    "MoveParty",
    "NewSession",
    "OfferPlaces",
    "Promote",
    "ReopenBooking",
    "SetEventState",
    "SetSessionRoom",
    "StopWaiting",
    "Substitute",
    "TransferPlaces",
    "add_course",
    "add_event",
    "book_places",
    "cancel_booking",
    "clear_session_room",
    "edit_course",
    "edit_event",
    "follow_rooms",
    "join_waiting_list",
    "move_party",
    "offer_places",
    "promote",
    "reopen_booking",
    "set_event_state",
    "set_priority",
    "set_session_room",
    "stop_waiting",
    "substitute",
    "take_back_offer",
    "transfer_places",
]


def _unroomed() -> tuple[Wanting, Giving]:
    from lle_desk.courses.actions.unroomed import give_session_room, sessions_without_room

    return sessions_without_room, give_session_room


rooms_wanted("course", _unroomed)


def _registers() -> Finding:
    from lle_desk.courses.queries.registers import session_registers

    return session_registers


registers_from("course", _registers)
