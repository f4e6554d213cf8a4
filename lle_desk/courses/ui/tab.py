"""The Courses tab: the programme, and in its place the form while a booking is taken."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions.rooms import TELLING
from lle_desk.courses.queries import booking_of_place, event_of_room_use, event_of_session
from lle_desk.courses.queries.addressing import Whom
from lle_desk.courses.rules import EventState
from lle_desk.courses.ui.booking import BookingPage
from lle_desk.courses.ui.letters import BookingLetter
from lle_desk.courses.ui.programme import Programme
from lle_desk.letters.rules import LetterKind
from lle_desk.qt.desk import Desk
from lle_desk.qt.keys import KeyLine

if TYPE_CHECKING:
    from lle_desk.courses.ui.post import Post
    from lle_desk.courses.ui.roll_page import RollPage


class CoursesTab(QWidget):
    """The whole tab.

    Signals:
        record_asked: open what another tab owns. str, int: kind and id.
    """

    record_asked = Signal(str, int)

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._desk = desk
        self._today = today
        self.programme = Programme(desk, today)
        self._booking: BookingPage | None = None
        self._roll: RollPage | None = None
        self._screen: QWidget | None = None  # one of the wide lists
        self._deciding = 0  # the event that is being decided from a wide list
        self._letter = BookingLetter(desk, self, today)
        self._post: Post | None = None
        self._over: QWidget | None = None  # letters or questions, until they are left
        self._under: QWidget | None = None  # what they were opened over
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.programme)
        self.setFocusProxy(self.programme)
        self.programme.focus_work()  # where the keyboard is when the tab is shown
        self.programme.booking_wanted.connect(self.take_booking)
        self.programme.customer_opened.connect(self._open_customer)
        self.programme.roll_wanted.connect(self.roll_forward)
        self.programme.risk_wanted.connect(self.show_at_risk)
        self.programme.judged_wanted.connect(self.show_judged)
        self.programme.delegates_wanted.connect(self.show_delegates)
        self.programme.letter_printed.connect(self._letter.print_of)
        self.programme.letter_saved.connect(self._letter.save_of)
        self.programme.side.letter_mailed.connect(self._mail_letter)
        self.programme.side.decision_over.connect(self._back_from_decision)
        self.programme.side.letters_wanted.connect(self.show_letters)
        self.programme.side.questions_wanted.connect(self.show_questions)
        self.programme.letters_wanted.connect(self.letters_to_events)

    @property
    def booking(self) -> BookingPage | None:
        """The booking that is being taken."""
        return self._booking

    def open_record(self, kind: str, record_id: int) -> None:
        """Show a course, an event, a booking, or the booking a place belongs to."""
        if self._booking is not None and self._booking.is_unfinished:
            self._desk.refused.emit("A booking is being taken. Book it, or leave it with Esc.")
            return
        if kind == "new_booking":  # the record is the customer it is for
            self.take_booking(customer_id=record_id)
            return
        self.show_programme()
        if kind == "event":
            self.programme.show_event(record_id)
        elif kind == TELLING:
            self.programme.show_event(record_id)
            self.programme.side.show_telling(record_id)
        elif kind == "course":
            self.programme.side.show_course(record_id)
        elif kind == "course_booking":
            self.programme.side.show_booking(record_id)
        else:
            self._look_up(kind, record_id)

    def _mail_letter(self, booking_id: int) -> None:
        from lle_desk.courses.ui.post import Post  # e-mail: when asked for

        if self._post is None:
            self._post = Post(self._desk, self, self._today)
            self._post.refused.connect(self._say_refused)
        self._post.send_of(booking_id)

    def _say_refused(self, refusal: OfficerError) -> None:
        self._desk.refused.emit(str(refusal))

    def _look_up(self, kind: str, record_id: int) -> None:
        """Show what a record of another screen belongs to."""
        if kind == "place":
            self._desk.load(self, self._open_booking, booking_of_place, record_id)
        elif kind == "session_room":  # the diary asks for the course that holds a room
            self._desk.load(self, self._open_event, event_of_room_use, record_id)
        elif kind == "event_session":  # the advisers' diary asks for the course somebody gives
            self._desk.load(self, self._open_event, event_of_session, record_id)

    def tour_stops(self) -> list[tuple[str, Callable[[], object]]]:
        """Return what a tour of this tab shows: the list, the calendar, next year."""
        return [
            ("", partial(self._show_view, "list")),
            ("-month", partial(self._show_view, "month")),
            ("-term", partial(self._show_view, "term")),
            ("-roll-forward", self.roll_forward),
        ]

    def _show_view(self, view: str) -> None:
        self.show_programme()
        self.programme.filters.choose_view(view)

    def refresh(self) -> None:
        """Read again what is shown."""
        self.programme.reload()

    def keys(self) -> list[KeyLine]:
        """Return the keys of this tab."""
        return [
            KeyLine("", "Programme"),
            KeyLine("Ctrl+N", "take a booking, on the event chosen"),
            KeyLine("Ctrl+Shift+N", "new event"),
            KeyLine("Ctrl+Shift+C", "new course"),
            KeyLine("Ctrl+Shift+R", "roll the year forward"),
            KeyLine("Ctrl+Shift+L", "list, calendar of the month, calendar of the term"),
            KeyLine("← → ↑ ↓", "in the calendar: days and their events"),
            KeyLine("Ctrl+Shift+D", "events at risk: decide"),
            KeyLine("Ctrl+L", "letters to the events chosen; Shift and Ctrl choose several"),
            KeyLine("Ctrl+Shift+A", "all delegates: find, sort, write to, save"),
            KeyLine("Ctrl+Shift+V", "evaluation by course and by trainer"),
            KeyLine("Ctrl+Shift+Q", "there: the questions of the evaluation sheet"),
            KeyLine("Ctrl+F", "narrow the list by title or code"),
            KeyLine("", "An event"),
            KeyLine("E", "edit the event"),
            KeyLine("C", "confirm that it runs"),
            KeyLine("A", "type who came"),
            KeyLine("L", "whom to tell of what was decided or moved; there L: letters to all"),
            KeyLine("P", "papers of the day: register, badges and certificates"),
            KeyLine("R", "give the first session without one a room"),
            KeyLine("W", "who waits"),
            KeyLine("Alt+A", "in its form: another day"),
            KeyLine("", "While booking"),
            KeyLine("Alt+1 … 5", "the five steps"),
            KeyLine("Alt+U", "a place whose name is to come"),
            KeyLine("F2", "the customer's facts: the arrows go through them; F2 goes back"),
            KeyLine("F3", "the letter beside the form, or not"),
            KeyLine("F4", "the customer, when it lacks a price band"),
            KeyLine("", "Letters and lists"),
            KeyLine("Alt+1 … 5", "which letter"),
            KeyLine("Space, Ctrl+T", "tick this one, all or none"),
            KeyLine("Ctrl+S", "save as PDF or list"),
            KeyLine("F9", "rolling forward: look what clashes"),
            KeyLine("C, X", "at risk: confirm, call off"),
        ]

    def take_booking(self, event_id: int = 0, customer_id: int = 0) -> None:
        """Open the booking form, with the event and the customer if they are known."""
        self._close_booking()
        page = BookingPage(self._desk, self._today)
        page.left.connect(self._on_left)
        page.next_wanted.connect(self.take_booking)
        page.form.customer_opened.connect(self._open_customer)
        self._booking = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.start(event_id, customer_id)

    def roll_forward(self) -> None:
        """Open the screen that rolls the year forward; one that is under way goes on."""
        from lle_desk.courses.ui.roll_page import RollPage  # once a year: loaded when asked for

        self.show_programme()
        if self._roll is None:
            self._roll = RollPage(self._desk, self._today)
            self._roll.closed.connect(self._on_rolled)
            self._roll.event_opened.connect(self._open_from_roll)
            self._roll.record_asked.connect(self.record_asked)
            self._stack.addWidget(self._roll)
        self._stack.setCurrentWidget(self._roll)
        self._roll.table.setFocus()

    def show_at_risk(self) -> None:
        """Open the list of events at risk, in place of the programme."""
        from lle_desk.courses.ui.risk_page import RiskPage

        page = RiskPage(self._desk, self._today)
        page.decision_wanted.connect(self._decide)
        page.event_opened.connect(self._on_left)
        page.letters_wanted.connect(self.letters_to_events)
        self._show_screen(page)

    def show_judged(self) -> None:
        """Open the averages of the evaluation, in place of the programme."""
        from lle_desk.courses.ui.judged_page import JudgedPage

        page = JudgedPage(self._desk, self._today)
        page.closed.connect(self._on_left)
        page.questions_wanted.connect(self.show_questions)
        self._show_screen(page)

    def show_questions(self) -> None:
        """Open the questions of the evaluation sheet over what is shown; Esc leads back to it."""
        from lle_desk.courses.ui.questions_page import QuestionsPage

        page = QuestionsPage(self._desk)
        page.closed.connect(self._leave_over)
        self._show_over(page)

    def show_delegates(self) -> None:
        """Open the list of all delegates of all years, in place of the programme."""
        from lle_desk.courses.ui.delegates_page import DelegatesPage

        page = DelegatesPage(self._desk, self._today)
        page.closed.connect(self._leave_screen)
        page.place_opened.connect(self._open_place)
        page.customer_opened.connect(self._open_customer)
        page.letters_wanted.connect(self.letters_to_places)
        self._show_screen(page)

    def show_letters(self, whom: Whom, kind: LetterKind, ticks_off: bool = False) -> None:
        """Open the letters to many over what is shown; Esc leads back to it."""
        from lle_desk.courses.ui.letters_page import LettersPage  # post: when asked for

        page = LettersPage(self._desk, whom, kind, self._today, ticks_off=ticks_off)
        page.closed.connect(self._leave_over)
        page.booking_opened.connect(self._open_from_letters)
        self._show_over(page)

    def letters_to_places(self, place_ids: Sequence[int]) -> None:
        """Open the letters to the delegates of these places; which letter, is chosen there."""
        self.show_letters(Whom(place_ids=tuple(place_ids)), LetterKind.JOINING)

    def letters_to_events(self, event_ids: Sequence[int]) -> None:
        """Open the letters to all people of these events."""
        self.show_letters(Whom(event_ids=tuple(event_ids)), LetterKind.JOINING)

    def _show_over(self, page: QWidget) -> None:
        self._close_over()
        self._over, self._under = page, self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus()

    def _leave_over(self) -> None:
        under = self._under
        self._close_over()
        if under is not None:
            self._stack.setCurrentWidget(under)
            under.setFocus()

    def _open_from_letters(self, booking_id: int) -> None:
        self.open_record("course_booking", booking_id)

    def _close_over(self) -> None:
        if self._over is not None:
            self._stack.removeWidget(self._over)
            self._over.hide()
            self._over.deleteLater()
            self._over = self._under = None

    def _show_screen(self, page: QWidget) -> None:
        self.show_programme()
        self._screen = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus()

    def _decide(self, event_id: int, decided: str) -> None:
        """Show what follows from a decision; the list stays behind it, for the way back."""
        self._deciding = event_id
        self._stack.setCurrentWidget(self.programme)
        self.programme.show_event(event_id)
        self.programme.side.look_at_decision(event_id, EventState(decided))

    def _back_from_decision(self, event_id: int) -> None:
        is_from_list = self._deciding == event_id
        self._deciding = 0
        if is_from_list and self._screen is not None:
            self._stack.setCurrentWidget(self._screen)
            self._screen.setFocus()

    def show_programme(self) -> None:
        """Go back to the list."""
        self._close_over()
        self._stack.setCurrentWidget(self.programme)
        self._close_booking()
        if self._screen is not None:
            self._stack.removeWidget(self._screen)
            self._screen.hide()
            self._screen.deleteLater()
            self._screen = None

    def _close_booking(self) -> None:
        if self._booking is not None:
            self._stack.removeWidget(self._booking)
            self._booking.hide()
            self._booking.deleteLater()
            self._booking = None

    def _on_left(self, event_id: int) -> None:
        self.show_programme()
        self.programme.focus_work()
        if event_id:
            self.programme.show_event(event_id)

    def _leave_screen(self) -> None:
        self._on_left(0)

    def _open_place(self, event_id: int, booking_id: int) -> None:
        """Show a place's event in the list and its booking beside it."""
        self._on_left(event_id)
        self.programme.side.show_booking(booking_id)

    def _open_from_roll(self, event_id: int) -> None:
        self._on_left(event_id)
        self._desk.say("Ctrl+Shift+R goes back to rolling forward, and looks again.")

    def _on_rolled(self, day: date | None) -> None:
        self.show_programme()
        if self._roll is not None:
            self._stack.removeWidget(self._roll)
            self._roll.hide()
            self._roll.deleteLater()
            self._roll = None
        self.programme.focus_work()
        if day is not None:
            self.programme.show_day(day)

    def _open_booking(self, booking_id: int | None) -> None:
        if booking_id is not None:
            self.programme.side.show_booking(booking_id)

    def _open_event(self, event_id: int | None) -> None:
        if event_id is not None:
            self.programme.show_event(event_id)

    def _open_customer(self, customer_id: int) -> None:
        self.record_asked.emit("customer", customer_id)
