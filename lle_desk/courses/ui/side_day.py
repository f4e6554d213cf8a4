"""Which page of the inspector follows when an event is decided, held and looked back at."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from lle_desk.core.days import london_today
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions.deciding import DecideEvent, decide_event
from lle_desk.courses.queries import EventCard
from lle_desk.courses.queries.addressing import Whom, usual_letter
from lle_desk.courses.queries.attendance import Roll, roll_of
from lle_desk.courses.queries.day_facts import day_facts
from lle_desk.courses.queries.day_papers import DayFacts
from lle_desk.courses.queries.deciding import DecisionEffect, decision_effect
from lle_desk.courses.queries.evaluation import EventSheets, event_sheets
from lle_desk.courses.queries.telling import DecisionRow, last_decision
from lle_desk.courses.rules import MOVED, EventState
from lle_desk.courses.ui.day_section import DayPart
from lle_desk.customers.actions.care import forget_old_care, has_old_care
from lle_desk.customers.rules import CareWords
from lle_desk.letters.rules import LetterKind
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Inspector, Page

if TYPE_CHECKING:
    from lle_desk.courses.ui.tell_page import TellPage

LETTER_OF = {  # what tells of a decision
    str(EventState.CONFIRMED): LetterKind.CONFIRMATION,
    str(EventState.CANCELLED): LetterKind.CANCELLATION,
    MOVED: LetterKind.CHANGE,
}


class DayPages(QObject):
    """Opens the pages about an event's decision and its day, one after the other.

    Signals:
        page_wanted: a page to show. object, object: the Page and its key.
        booking_wanted: a booking to show. int.
        event_wanted: an event to show. int.
        place_wanted: a booking to take on an event. int.
        letters_wanted: object, object, bool: whose (Whom), which (LetterKind), and whether they
            are ticked off.
        questions_wanted: the questions of the evaluation sheet.
        decided: an event was confirmed or called off on its page. int.
    """

    page_wanted = Signal(object, object)
    booking_wanted = Signal(int)
    event_wanted = Signal(int)
    place_wanted = Signal(int)
    letters_wanted = Signal(object, object, bool)
    questions_wanted = Signal()
    decided = Signal(int)

    def __init__(self, desk: Desk, today: Callable[[], date], parent: Inspector) -> None:
        super().__init__(parent)
        self._desk = desk
        self._today = today
        self._side = parent
        self._telling: TellPage | None = None
        desk.load(self, self._forget, has_old_care, london_today())

    def _forget(self, has_old: bool) -> None:
        """Delete needs whose time is over, whoever opens the tab first that day."""
        if has_old:
            self._desk.act(self, _forgotten, forget_old_care, london_today())

    def decide(self, card: EventCard, decided: EventState) -> None:
        """Confirm an event at once when its minimum is reached, else show what follows first."""
        row = card.row
        if decided == EventState.CONFIRMED and row.held >= row.minimum:
            ask = DecideEvent(new_uuid(), row.id, row.version, decided)
            done = self._side.awaited(partial(self._confirmed, row.id))
            self._desk.do(self, done, decide_event, ask)
            return
        self.look_at_decision(row.id, decided)

    def look_at_decision(self, event_id: int, decided: EventState) -> None:
        """Show what follows from a decision, before it is made."""
        shown = self._side.awaited(partial(self._show_decision, decided))
        self._desk.load(self, shown, decision_effect, event_id)

    def open_part(self, card: EventCard, part: str) -> None:
        """Open one of the pages about the day."""
        event_id, side = card.row.id, self._side
        if part == DayPart.ATTENDANCE:
            self._desk.load(self, side.awaited(self._show_attendance), roll_of, event_id)
        elif part == DayPart.TELL:
            shown = side.awaited(partial(self._show_tell, card))
            self._desk.load(self, shown, last_decision, event_id)
        elif part == DayPart.PAPERS:
            papers = side.awaited(self._show_papers)
            self._desk.load(self, papers, day_facts, event_id, self._today())
        elif part == DayPart.EVALUATION:
            sheets = side.awaited(self._show_evaluation)
            self._desk.load(self, sheets, _roll_and_sheets, event_id)
        elif part == DayPart.CARE:
            self._desk.load(self, side.awaited(self._ask_care), roll_of, event_id)

    def _confirmed(self, event_id: int, _decision: int) -> None:
        self.tell_after(event_id)

    def _show_decision(self, decided: EventState, effect: DecisionEffect) -> None:
        from lle_desk.courses.ui.decide_page import DecidePage

        page = DecidePage(self._desk, effect, decided)
        page.done.connect(partial(self._decided, decided, effect))
        self._put(page, ("decide", effect.card.row.id))

    def _decided(
        self, decided: EventState, effect: DecisionEffect, event_id: int, writes: bool
    ) -> None:
        """Go on to whom to tell, whose letters are on their way if that was asked for."""
        self.decided.emit(event_id)
        if not effect.people:
            self.event_wanted.emit(event_id)
            return
        if writes:
            from lle_desk.courses.ui.tell_all import TellAll  # the post: when asked for

            bookings = [person.booking_id for person in effect.people]
            telling = TellAll(self._desk, self._side, self._today)
            telling.begin(event_id, LETTER_OF[str(decided)], bookings)
        self.tell_after(event_id)

    def tell_after(self, event_id: int) -> None:
        """Show whom to tell, now that it is decided or moved; without anybody, the event."""
        if not self._side.settle():
            told = self._side.awaited(self._tell_of)
            self._desk.load(self, told, _card_and_decision, event_id)

    def tell_again(self, event_id: int) -> None:
        """Show whom to tell anew when the event was moved, or back, meanwhile; else leave it."""
        self._desk.load(self, self._tell_unless_same, _as_it_is_now, event_id)

    def _tell_unless_same(self, found: tuple[EventCard, DecisionRow | None]) -> None:
        page = self._telling
        is_shown = page is not None and isValid(page) and self._side.page is page
        if page is not None and is_shown and not page.is_about(*found, self._today()):
            self._tell_of(found)

    def _tell_of(self, found: tuple[EventCard, DecisionRow | None]) -> None:
        card, decision = found
        if decision is None:
            self.event_wanted.emit(card.row.id)
        else:
            self._show_tell(card, decision)

    def _show_tell(self, card: EventCard, decision: DecisionRow | None) -> None:
        from lle_desk.courses.ui.tell_page import TellPage

        page = TellPage(self._desk, card, decision, self._today())
        page.booking_opened.connect(self.booking_wanted)
        page.letters_wanted.connect(partial(self._ask_letters, card, decision))
        self._telling = page
        self._put(page, ("tell", card.row.id))

    def _ask_letters(
        self, card: EventCard, decision: DecisionRow | None, bookings: tuple[int, ...]
    ) -> None:
        """Write to those who must be told: why, decides which letter it is."""
        state = EventState(card.row.state)
        kind = LETTER_OF[decision.decided] if decision is not None else usual_letter(state)
        self.letters_wanted.emit(Whom(booking_ids=bookings), kind, decision is not None)

    def _show_attendance(self, roll: Roll) -> None:
        from lle_desk.courses.ui.attendance_page import AttendancePage

        page = AttendancePage(self._desk, roll)
        page.done.connect(self.event_wanted)
        page.place_wanted.connect(self.place_wanted)
        self._put(page, ("attendance", roll.event_id))

    def _show_papers(self, facts: DayFacts) -> None:
        from lle_desk.courses.ui.papers_page import PapersPage

        self._put(PapersPage(self._desk, facts), ("papers", facts.roll.event_id))

    def _show_evaluation(self, found: tuple[Roll, EventSheets]) -> None:
        from lle_desk.courses.ui.evaluation_page import EvaluationPage

        page = EvaluationPage(self._desk, *found)
        page.questions_wanted.connect(self.questions_wanted)
        self._put(page, ("evaluation", found[0].event_id))

    def _ask_care(self, roll: Roll) -> None:
        from lle_desk.courses.ui.care_page import AskCarePage

        page = AskCarePage(self._desk, roll)
        page.opened.connect(partial(self._show_care, roll))
        self._put(page, ("care", roll.event_id))

    def _show_care(self, roll: Roll, care: dict[int, CareWords], purpose: str) -> None:
        from lle_desk.courses.ui.care_page import CarePage

        page = CarePage(self._desk, roll, care, purpose, self._today())
        self._put(page, ("care open", roll.event_id))

    def _put(self, page: Page, key: tuple[str, Any]) -> None:
        self.page_wanted.emit(page, key)


def _card_and_decision(session: Any, event_id: int) -> tuple[EventCard, DecisionRow | None]:
    from lle_desk.courses.queries import event_card

    return event_card(session, event_id), last_decision(session, event_id)


def _as_it_is_now(session: Any, event_id: int) -> tuple[EventCard, DecisionRow | None]:
    """Return the same: a look again never takes the place of the first answer."""
    return _card_and_decision(session, event_id)


def _roll_and_sheets(session: Any, event_id: int) -> tuple[Roll, EventSheets]:
    return roll_of(session, event_id), event_sheets(session, event_id)


def _forgotten(_count: int) -> None:
    """Say nothing: nobody asked for it."""
