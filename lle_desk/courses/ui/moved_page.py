"""Whom to tell that an event has moved: one line a booking, with how to reach them."""

from PySide6.QtCore import Signal

from lle_desk.core.days import span_words
from lle_desk.courses.queries import EventCard
from lle_desk.courses.queries.telling import PersonToTell
from lle_desk.courses.rules import counted, days_words
from lle_desk.courses.ui.tell_page import COLUMNS
from lle_desk.qt.buttons import Button
from lle_desk.qt.inspector import Page
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import RowTableModel
from lle_desk.qt.theme import px

ROW = 44
MOST_ROWS = 14


class MovedPage(Page):
    """The list after an event was moved. Enter opens a booking, to print its letter again.

    Signals:
        booking_opened: int: the booking's id.
        event_wanted: go back to the event. int: its id.
    """

    booking_opened = Signal(int)
    event_wanted = Signal(int)

    def __init__(self, card: EventCard, people: tuple[PersonToTell, ...]) -> None:
        row = card.row
        back = Button("Back to the event", "arrow-left")
        first = card.sessions[0]
        days = days_words(one.starts_at.date() for one in card.sessions)
        super().__init__(
            "Whom to tell: it has moved",
            code=row.code,
            lines=[row.title, f"Now {days}, {span_words(first.starts_at, first.ends_at)}"],
            actions=[back],
        )
        self._event_id = row.id
        back.clicked.connect(self._back)
        self.section("Bookings", counted(len(people), "booking"))
        model: RowTableModel[PersonToTell] = RowTableModel(COLUMNS[1:], key=_key)
        model.setParent(self)
        self.table = Table(model, row_height=ROW, name="Whom to tell")
        self.table.horizontalHeader().hide()
        model.show_rows(people)
        self.table.setFixedHeight(px(ROW) * min(len(people), MOST_ROWS) + 2)
        self.table.row_opened.connect(self._open)
        self.table.row_chosen.connect(self._show_reach)
        self.add(self.table)
        self._reach = self.section("How to reach them").note("Choose a line.", "body")
        self.section().note("Enter opens a booking; its letter has the new days.")
        self.table.choose_first()

    def focus_first(self) -> None:
        """Go to the list."""
        self.table.setFocus()

    def _show_reach(self, person: PersonToTell | None) -> None:
        if person is not None:
            ways = (person.contact, person.telephone, person.email, ", ".join(person.delegates))
            self._reach.set("\n".join(way for way in ways if way))

    def _open(self, person: PersonToTell) -> None:
        self.booking_opened.emit(person.booking_id)

    def _back(self) -> None:
        self.event_wanted.emit(self._event_id)


def _key(person: PersonToTell) -> object:
    return person.booking_id
