"""The inspector of the Courses tab: which page stands there, and what leads to the next."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from lle_desk.courses.actions import SetEventState, set_event_state
from lle_desk.courses.queries import (
    BookingCard,
    CourseCard,
    CourseHit,
    EventCard,
    ServiceHit,
    booking_card,
    course_card,
    event_card,
    services,
)
from lle_desk.courses.queries.addressing import Whom, usual_letter
from lle_desk.courses.queries.cards import event_still_there
from lle_desk.courses.rules import EventState
from lle_desk.courses.ui.booking_card_page import BookingCardPage
from lle_desk.courses.ui.event_page import EventPage
from lle_desk.courses.ui.form_pages import CourseFormPage, EventFormPage
from lle_desk.courses.ui.side_day import DayPages
from lle_desk.courses.ui.side_places import PlacePages
from lle_desk.courses.ui.side_programme import ProgrammePages
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Inspector, Page

DECISIONS = (EventState.CONFIRMED, EventState.CANCELLED)
STATE_SAID = {
    EventState.OPEN: "Open for bookings",
    EventState.COMPLETED: "Completed",
}


class CoursesSide(Inspector):
    """Shows an event, a booking, or a form; a form stays until it is saved or left.

    Signals:
        event_shown: an event was saved or asked for. int: its id, to be chosen in the list.
        customer_opened: int: the customer's id.
        booking_wanted: int: the event's id.
        letter_printed: print this booking's letter. int: the booking's id.
        letter_saved: save this booking's letter. int: the booking's id.
        letter_mailed: send this booking's letter by e-mail. int: the booking's id.
        letters_wanted: object, object, bool: whose (Whom), which (LetterKind), and whether they
            are ticked off whom to tell.
        questions_wanted: the questions of the evaluation sheet.
        closed: a page was left. bool: whether it was a form or a booking, not the event.
        decision_over: an event was decided, or the page that asks was left. int: the event's id.
    """

    event_shown = Signal(int)
    customer_opened = Signal(int)
    booking_wanted = Signal(int)
    letter_printed = Signal(int)
    letter_saved = Signal(int)
    letter_mailed = Signal(int)
    letters_wanted = Signal(object, object, bool)
    questions_wanted = Signal()
    closed = Signal(bool)
    decision_over = Signal(int)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__("Event")
        self._desk = desk
        self._today = today
        self._wanted: tuple[str, int] | None = None
        self._places = PlacePages(desk, today, self)
        self._places.page_wanted.connect(self._put)
        self._places.booking_wanted.connect(self._booking_saved)
        self._places.event_wanted.connect(self._event_saved)
        self._places.second_wanted.connect(self._second_event)
        self._day = DayPages(desk, today, self)
        self._day.page_wanted.connect(self._put)
        self._day.booking_wanted.connect(self._booking_saved)
        self._day.event_wanted.connect(self._event_saved)
        self._day.place_wanted.connect(self.booking_wanted)
        self._day.letters_wanted.connect(self.letters_wanted)
        self._day.questions_wanted.connect(self.questions_wanted)
        self._day.decided.connect(self.decision_over)
        self._pages = ProgrammePages(desk, self)
        self._pages.page_wanted.connect(self._put)
        self.left.connect(self._on_left)
        self.show_nothing()

    @property
    def is_taken(self) -> bool:
        """Whether something is shown here, or was asked for and is still being read."""
        return self.page is not None or self._wanted is not None

    def show_nothing(self) -> None:
        """Say what would be here."""
        self._wanted = None
        self.show_empty("Choose an event to see its sessions, places and money.", icon="school")

    def show_event(self, event_id: int) -> None:
        """Show an event, unless something typed here would be lost."""
        if not self.may_show(partial(self.show_event, event_id)):
            return
        self._want("event", event_id)
        self._desk.load(self, self._show_event, event_card, event_id)

    def show_booking(self, booking_id: int) -> None:
        """Show a booking."""
        if not self.may_show(partial(self.show_booking, booking_id)):
            return
        self._want("booking", booking_id)
        self._desk.load(self, self._show_booking, booking_card, booking_id)

    def show_course(self, course_id: int) -> None:
        """Open a course, its words and prices ready to be changed."""
        if not self.may_show(partial(self.show_course, course_id)):
            return
        self._want("course", course_id)
        self._desk.load(self, self._show_course, course_card, course_id)

    def look_at_decision(self, event_id: int, decided: EventState) -> None:
        """Show what follows when an event is confirmed or called off, before it is done."""
        if not self.is_typed():
            self._wanted = ("decide", event_id)
            self._day.look_at_decision(event_id, decided)

    def show_telling(self, event_id: int) -> None:
        """Show whom to tell of what was decided about an event, or of where it moved."""
        if not self.is_typed():
            self._wanted = ("tell", event_id)
            self._day.tell_after(event_id)

    def new_course(self) -> None:
        """Open the form of a new course; once it is added, its first event follows."""
        self._want("new course", 0)
        self._desk.load(self, self._show_new_course, services)

    def new_event(self) -> None:
        """Open the form of a new event."""
        self._put(EventFormPage(self._desk, self._today), ("new event", 0))

    def reload(self) -> None:
        """Read again what is shown or on its way, unless something is being typed or chosen.

        What is on its way and not what is still shown: only the newest question is answered.
        """
        kind, record_id = self._wanted or ("", 0)
        if kind == "event":
            shown = partial(self._show_again, record_id)
            self._desk.load(self, shown, event_still_there, record_id)
        elif kind == "booking":
            self._desk.load(self, self._show_booking, booking_card, record_id)
        elif kind == "costs" and not self.is_typed():
            self._pages.read_costs(record_id)
        elif kind == "tell":
            self._day.tell_again(record_id)

    def _show_again(self, event_id: int, card: EventCard | None) -> None:
        if card is not None:
            self._show_event(card)
        elif self._wanted == ("event", event_id):
            self.show_nothing()

    @property
    def shown_event(self) -> EventCard | None:
        """The event that is shown, None when it is another page."""
        return self.page.card if isinstance(self.page, EventPage) else None

    # What was read

    def _show_event(self, card: EventCard) -> None:
        if self._wanted != ("event", card.row.id):
            return
        page = EventPage(card, self._today(), self._desk.settings)
        page.room_wanted.connect(self._give_room)
        page.booking_opened.connect(self.show_booking)
        page.customer_opened.connect(self.customer_opened)
        page.edit_wanted.connect(self._edit_event)
        page.course_wanted.connect(self._open_course)
        page.prices_wanted.connect(self._edit_prices)
        page.copy_wanted.connect(self._copy_event)
        page.state_wanted.connect(self._set_state)
        page.booking_wanted.connect(self._want_booking)
        page.waiting_wanted.connect(self._show_waiting)
        page.letters_wanted.connect(self.show_letters)
        page.costs_wanted.connect(partial(self._pages.show_costs, card))
        page.day_wanted.connect(partial(self._day.open_part, card))
        self._put(page, ("event", card.row.id), focus=False)

    def _show_booking(self, card: BookingCard) -> None:
        if self._wanted != ("booking", card.id):
            return
        page = BookingCardPage(card, self._today())
        page.event_opened.connect(self._open_event)
        page.customer_opened.connect(self.customer_opened)
        page.print_wanted.connect(self._print_letter)
        page.save_wanted.connect(self._save_letter)
        page.mail_wanted.connect(self.letter_mailed)
        self._places.connect_booking(page)
        self._put(page, ("booking", card.id), focus=False)

    def _show_course(self, card: CourseCard) -> None:
        if self._wanted == ("course", card.id):
            own = [ServiceHit(card.service_id, card.service_code, card.service)]
            page = CourseFormPage(self._desk, self._today, own, card)
            page.done.connect(self._course_saved)
            self._put(page, ("course", card.id))

    def _show_new_course(self, known: Sequence[ServiceHit]) -> None:
        if self._wanted == ("new course", 0):
            page = CourseFormPage(self._desk, self._today, known)
            page.done.connect(self._course_added)
            self._put(page, ("new course", 0))

    # What the pages ask for

    def _edit_event(self) -> None:
        if self.shown_event is not None:
            card = self.shown_event
            self._put(EventFormPage(self._desk, self._today, card), ("edit event", card.row.id))

    def _edit_prices(self) -> None:
        self._edit_event()
        if isinstance(self.page, EventFormPage):
            self.page.go_to_prices()

    def _copy_event(self) -> None:
        if self.shown_event is not None:
            card = self.shown_event
            page = EventFormPage(self._desk, self._today)
            page.show_copy(card)
            self._put(page, ("new event", 0))
            page.fields.sessions.setFocus()

    def _show_waiting(self) -> None:
        if self.shown_event is not None:
            self._places.show_waiting(self.shown_event)

    def show_letters(self) -> None:
        """Ask for the letters to the people of the event shown."""
        if self.shown_event is not None:
            row = self.shown_event.row
            kind = usual_letter(EventState(row.state))
            self.letters_wanted.emit(Whom(event_ids=(row.id,)), kind, False)

    def _second_event(self, card: EventCard) -> None:
        """Begin another event for those who wait; they go along once it is added."""
        page = EventFormPage(self._desk, self._today)
        page.show_copy(card)
        page.done.connect(self._places.move_waiting)
        self._put(page, ("new event", 0))
        page.fields.sessions.setFocus()

    def _open_course(self) -> None:
        if self.shown_event is not None:
            self.show_course(self.shown_event.row.course_id)

    def _give_room(self, session_id: int) -> None:
        from lle_desk.courses.ui.room_page import RoomPage  # the rooms' screens: when asked for

        card = self.shown_event
        if card is None:
            return
        session = next((row for row in card.sessions if row.id == session_id), None)
        if session is not None:
            page = RoomPage(self._desk, card, session)
            page.done.connect(self._event_saved)
            page.moved.connect(self._day.tell_after)
            self._put(page, ("room", session_id))

    def _set_state(self, state: str) -> None:
        card = self.shown_event
        if card is not None and EventState(state) in DECISIONS:
            self._day.decide(card, EventState(state))
        elif card is not None:
            row = card.row
            ask = SetEventState(row.id, row.version, state)
            back = SetEventState(row.id, row.version + 1, row.state)
            words = f"{STATE_SAID[EventState(state)]}: {row.title}, {row.code}."
            done = partial(self._state_set, words, back)
            self._desk.act(self, done, set_event_state, ask)

    def _state_set(self, words: str, back: SetEventState, _nothing: object) -> None:
        self._desk.say(words, partial(self._undo_state, back))
        self.reload()

    def _undo_state(self, back: SetEventState) -> None:
        said = partial(self._state_undone, back)
        self._desk.act(self, said, set_event_state, back)

    def _state_undone(self, back: SetEventState, _nothing: object) -> None:
        self._desk.say(f"Taken back: it is {back.state} again.")

    def _want_booking(self) -> None:
        if self.shown_event is not None:
            self.booking_wanted.emit(self.shown_event.row.id)

    # What was saved or left

    def _want(self, kind: str, record_id: int) -> None:
        """Know what is to be shown next; what was asked for before comes too late."""
        self._wanted = (kind, record_id)
        self.go_on()

    def _booking_saved(self, booking_id: int) -> None:
        if self.settle():
            return
        self._want("booking", booking_id)
        self._desk.load(self, self._show_booking, booking_card, booking_id)

    def _event_saved(self, event_id: int) -> None:
        if self.settle():
            return
        self._want("event", event_id)
        self._desk.load(self, self._show_event, event_card, event_id)
        self.event_shown.emit(event_id)

    def _course_added(self, course_id: int) -> None:
        if not self.settle():
            follows = self.awaited(self._event_of_course)
            self._desk.load(self, follows, course_card, course_id)

    def _event_of_course(self, card: CourseCard) -> None:
        """Go on to the first event of a course that was just added."""
        page = EventFormPage(self._desk, self._today)
        page.show_course(
            CourseHit(card.id, card.code, card.title, card.service_id, card.service_code)
        )
        self._put(page, ("new event", 0))
        page.fields.sessions.setFocus()

    def _course_saved(self, _course_id: int) -> None:
        if not self.settle():
            self._on_left()

    def _open_event(self, event_id: int) -> None:
        self.show_event(event_id)
        self.event_shown.emit(event_id)

    def _print_letter(self) -> None:
        if isinstance(self.page, BookingCardPage):
            self.letter_printed.emit(self.page.card.id)

    def _save_letter(self) -> None:
        if isinstance(self.page, BookingCardPage):
            self.letter_saved.emit(self.page.card.id)

    def _on_left(self) -> None:
        within, left = not isinstance(self.page, EventPage), self.key
        self._places.forget_waiting()
        self.show_nothing()
        self.closed.emit(within)
        if isinstance(left, tuple) and left[0] == "decide":
            self.decision_over.emit(left[1])

    def _put(self, page: Page, key: tuple[str, Any], *, focus: bool = True) -> None:
        self._wanted = key
        if isinstance(page, EventFormPage):
            page.done.connect(self._event_saved)
            page.course_wanted.connect(self.new_course)
            page.moved.connect(self._day.tell_after)
        self.show_page(page, key)
        if focus:
            page.focus_first()
