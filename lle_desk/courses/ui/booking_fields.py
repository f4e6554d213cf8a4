"""The finders of the booking form: who rings, and which event."""

from datetime import date

from lle_desk.courses.queries import BookableEvent, bookable_events
from lle_desk.customers.ui.chooser import PersonChooser
from lle_desk.qt.chooser import FindField
from lle_desk.qt.desk import Desk


class CallerField(PersonChooser):
    """Who rings: one of the customer's people, or a name that is not known yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Ca&ller", key="contact", placeholder="who rings, if they say")

    def fault(self) -> str:
        return ""

    @property
    def new_name(self) -> str:
        """What was typed when it is nobody known."""
        return "" if self.value() is not None else self.text()


def event_field(desk: Desk, today: date) -> FindField[BookableEvent]:
    """Return the field that finds a coming event by title, code or day."""
    return FindField(
        "&Event",
        desk,
        bookable_events,
        text=lambda event: event.title,
        detail=lambda event: event.detail,
        key_of=lambda event: event.event_id,
        icon="calendar-event",
        args=(today,),
        needed=True,
        key="event",
        placeholder="Title, code or day",
    )
