"""Pages of the inspector where something of the programme is typed and saved."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal

from lle_desk.courses.actions.editing import edit_event_with_way
from lle_desk.courses.actions.unrolling import add_event_with_way
from lle_desk.courses.actions.withdrawing import add_course_with_way, edit_course_with_way
from lle_desk.courses.queries import CourseCard, CourseHit, EventCard, ServiceHit
from lle_desk.courses.ui.forms import CourseForm, EventForm
from lle_desk.courses.ui.move_look import has_moved
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Page


class CourseFormPage(Page):
    """A course being added or changed.

    Signals:
        done: it is saved. int: its id.
    """

    done = Signal(int)

    def __init__(
        self,
        desk: Desk,
        today: Callable[[], date],
        services: Sequence[ServiceHit],
        card: CourseCard | None = None,
    ) -> None:
        line = "Events are its runs; prices are for one place."
        super().__init__("New course" if card is None else card.title, lines=[line])
        self._desk = desk
        self._card = card
        self.fields = CourseForm(services, today)
        if card is not None:
            self.fields.show_course(card)
        self.form(self.fields)
        self.foot("Add the course" if card is None else "Save")
        self.saved.connect(self.save)

    def save(self) -> None:
        """Check the form and save it; what is wrong is said beside its field."""
        if not self.fields.check():
            return
        self.show_busy(True)
        done, refused = self.done.emit, self.show_refusal
        if self._card is None:
            new = self.fields.new_course()
            self._desk.do(self, done, add_course_with_way, new, on_refused=refused)
        else:
            edited = self.fields.edited(self._card)
            self._desk.do(self, done, edit_course_with_way, edited, on_refused=refused)


class EventFormPage(Page):
    """An event being added or changed.

    Signals:
        done: it is saved. int: its id.
        course_wanted: the course is not there yet; a new one is to be added first.
        moved: it is saved, on other days or at other times. int: its id.
    """

    done = Signal(int)
    moved = Signal(int)
    course_wanted = Signal()

    def __init__(
        self, desk: Desk, today: Callable[[], date], card: EventCard | None = None
    ) -> None:
        actions = []
        if card is None:
            new = Button("New course", "plus", tip_text="Add a course first")
            actions.append(new)
        super().__init__(
            "New event" if card is None else card.row.title,
            code=card.row.code if card else "",
            actions=actions,
        )
        for button in actions:
            button.clicked.connect(self.course_wanted)
        self._desk = desk
        self._card = card
        self.fields = EventForm(desk, today)
        if card is not None:
            self.fields.show_event(card)
        self.form(self.fields)
        self.foot("Add the event" if card is None else "Save")
        self.saved.connect(self.save)

    def show_copy(self, card: EventCard) -> None:
        """Start with what another event has."""
        self.fields.show_copy(card)

    def show_course(self, hit: CourseHit) -> None:
        """Start with this course and go on to its first day."""
        self.fields.show_course(hit)
        self.fields.sessions.setFocus()

    def go_to_prices(self) -> None:
        """Go to what the event costs."""
        self.fields.go_to_prices()

    def save(self) -> None:
        """Check the form and save it; what is wrong is said beside its field."""
        if not self.fields.check():
            return
        self.show_busy(True)
        if self._card is None:
            ask = self.fields.new_event()
            self._desk.do(
                self, self.done.emit, add_event_with_way, ask, on_refused=self.show_refusal
            )
        else:
            changed = self.fields.edited(self._card)
            self._desk.do(
                self, self._changed, edit_event_with_way, changed, on_refused=self.show_refusal
            )

    def _changed(self, can_be_undone: bool) -> None:
        card = self._card
        if card is not None and not can_be_undone:
            self._desk.say(f"Saved: {card.row.title}.")
        if card is not None and card.places and has_moved(card, self.fields.sessions.value()):
            self.moved.emit(card.row.id)
        else:
            self.done.emit(card.row.id if card else 0)
