"""The fields of a booking's form, in the order of the call."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from lle_desk.customers.ui.chooser import CustomerChooser, PersonChooser
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import Meter
from lle_desk.qt.desk import Desk
from lle_desk.qt.flow import Flow
from lle_desk.qt.form import (
    ChoiceField,
    DateField,
    Form,
    LinesField,
    NumberField,
    TextField,
    TimeField,
)
from lle_desk.qt.words import label
from lle_desk.rooms.rules import Category, Layout, SpaceFacts, Status
from lle_desk.rooms.ui.plan_words import shared_prefix

STATUSES = (
    (Status.CONFIRMED, "Confirmed"),
    (Status.PROVISIONAL, "Provisional"),
    (Status.ENQUIRY, "Enquiry, holds nothing"),
    (Status.WAITING, "Ask the room manager"),
)
SHORT_BOX = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
PARKED = 0  # the choice of no room; no space has this number
CATEGORIES = [(str(category), str(category)) for category in Category]
LAYOUTS = [(str(layout), f"{layout[0].upper()}{layout[1:]}") for layout in Layout]


class BookingFields(Form):
    """All that is entered about one use of a room. A new booking also has a status."""

    def __init__(self, desk: Desk, spaces: Sequence[SpaceFacts], *, is_new: bool) -> None:
        super().__init__()
        self.is_new = is_new
        self._what()
        self._when(spaces)
        self._who(desk)
        self._notes()

    def show_rooms_that_fit(self) -> None:
        """Open the list of rooms and go into it."""
        raise NotImplementedError

    def _what(self) -> None:
        self.title = self.add(TextField("&Title", key="title", needed=True, max_length=200))
        self.category = ChoiceField("Cate&gory", CATEGORIES, key="category", needed=True)
        self.status = ChoiceField("&Status", STATUSES, key="status")
        self.short_title = TextField(
            "S&hort title", key="short_title", max_length=40, placeholder="for narrow blocks"
        )
        self.option_on = DateField("&Option until", key="option_on")
        if self.is_new:
            self.row(self.category, self.status)
            self.row(self.short_title, self.option_on)
        else:
            self.row(self.category, self.short_title)
            self.add(self.option_on)
        self.option_on.hide()

    def _when(self, spaces: Sequence[SpaceFacts]) -> None:
        self.reserved_words = self.section("Room and time")
        self.day = DateField("&Day", key="day", needed=True)
        self.start = TimeField("&From", key="starts_at", needed=True)
        self.end = TimeField("&Until", key="ends_at", needed=True)
        self.row(self.day, self.start, self.end, stretch=(7, 3, 3))
        prefix = shared_prefix(space.name for space in spaces)
        rooms = [(space.id, space.name.removeprefix(prefix)) for space in spaces]
        self.room: ChoiceField[int] = ChoiceField(
            "&Room", [*rooms, (PARKED, "No room yet (parking)")], key="space"
        )
        self.room.box.setSizeAdjustPolicy(SHORT_BOX)
        self.room.box.setMinimumContentsLength(8)
        self.layout_field: ChoiceField[str] = ChoiceField("&Layout", LAYOUTS, key="layout")
        self.row(self.room, self.layout_field, stretch=(5, 4))
        self.fit_words = label("", "warning", wrap=True)
        self.fit_words.hide()
        self.widget(self.fit_words)
        self.heads = NumberField("H&eads", key="heads", needed=True, least=1, most=100_000)
        self.before = NumberField("Set-up &before", key="before", most=480, suffix="min")
        self.after = NumberField("Clear-down &after", key="after", most=480, suffix="min")
        self.row(self.heads, self.before, self.after)
        self._seats()
        self.reason = self.add(
            TextField("Reason to book it all the same", key="reason", max_length=200)
        )
        self.reason.hide()
        self.counted = NumberField(
            "Counted (how many came)", key="actual_heads", least=0, most=100_000
        )
        self.row(self.counted, QWidget())
        self.counted.hide()

    def _seats(self) -> None:
        self.meter = Meter()
        self.meter_words = label("", "small")
        fit = Button("Rooms that fit", key="Alt+Q", kind="link", on_click=self.show_rooms_that_fit)
        self.widget(Flow([self.meter, self.meter_words, fit]))

    def _who(self, desk: Desk) -> None:
        self.section("Booked for")
        self.customer = self.add(CustomerChooser(desk, "&Customer"))
        self.contact = PersonChooser(desk, "Co&ntact", key="contact_id")
        self.order_number = TextField("Order nu&mber", key="order_number", max_length=60)
        self.row(self.contact, self.order_number, stretch=(3, 2))

    def _notes(self) -> None:
        self.section("Notes")
        self.notes_customer = self.add(LinesField("For the customer", rows=2, key="notes_customer"))
        self.notes_office = self.add(LinesField("For the office onl&y", rows=2, key="notes_office"))
