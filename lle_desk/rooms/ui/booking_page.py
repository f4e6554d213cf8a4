"""A booking in the inspector: what it is, its form, its money and its history."""

from datetime import date, datetime

from PySide6.QtCore import Signal

from lle_desk.core.days import day_words, london_time, short_day, span_words
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import Badge
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Page
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.rules import Status, number_words
from lle_desk.rooms.ui.booking_form import BookingForm
from lle_desk.rooms.ui.extras_part import ExtrasPart
from lle_desk.rooms.ui.judging import category_code
from lle_desk.rooms.ui.money_part import show_money

MOST_HISTORY = 6
KEEP = "Keep it in this room when rooms are given out anew"
STATUS_BADGES = {
    Status.CONFIRMED: ("fine", "circle-check"),
    Status.PROVISIONAL: ("warning", "hourglass"),
    Status.ENQUIRY: ("plain", "help"),
    Status.WAITING: ("plain", "clock"),
    Status.COMPLETED: ("plain", "check"),
    Status.CANCELLED: ("refusal", "ban"),
}


class BookingPage(Page):
    """One use of a room with its booking, to be read and edited.

    Signals:
        confirm_wanted: C or its button.
        cancel_wanted: the booking is to be cancelled; what it costs is shown first.
        restore_wanted: a cancelled booking is to come back.
        move_wanted: move it with the keys on the plan.
        copy_wanted: book the same again.
        letter_wanted: show its letter. int: the booking.
        swap_wanted: swap it with another.
        pin_wanted: keep it in its room, or no longer.
        ask_wanted: ask the room manager for a room.
        park_wanted: take it out of its room, to be given another later.
        customer_opened: int: the customer's id.
        course_wanted: open the course that holds this room.
    """

    confirm_wanted = Signal()
    cancel_wanted = Signal()
    restore_wanted = Signal()
    move_wanted = Signal()
    copy_wanted = Signal()
    letter_wanted = Signal(int)
    swap_wanted = Signal()
    pin_wanted = Signal()
    ask_wanted = Signal()
    park_wanted = Signal()
    customer_opened = Signal(int)
    course_wanted = Signal()

    def __init__(self, desk: Desk, card: UseCard, form: BookingForm, today: date) -> None:
        buttons = _actions(card)
        super().__init__(
            card.title,
            code=number_words(card.number),
            lines=[_where_and_when(card)],
            badges=_badges(card),
            actions=list(buttons.values()),
        )
        self.booking_form = form
        self.card = card
        for what, wanted in (
            ("restore", self.restore_wanted),
            ("confirm", self.confirm_wanted),
            ("move", self.move_wanted),
            ("copy", self.copy_wanted),
            ("swap", self.swap_wanted),
            ("pin", self.pin_wanted),
            ("ask", self.ask_wanted),
            ("park", self.park_wanted),
            ("course", self.course_wanted),
        ):
            if what in buttons:
                buttons[what].clicked.connect(wanted)
        if "letter" in buttons:
            buttons["letter"].clicked.connect(self._ask_letter)
        if card.status == Status.PROVISIONAL and card.option_on is not None:
            self._chase(card, card.option_on, today)
        if card.customer is not None:
            self._who(card)
        self.form(form)
        self.extras = ExtrasPart(desk, card, today)
        self.extras_kind = ""  # what was saved last, to begin again there
        self.add(self.extras)
        show_money(self.section("Money"), card)
        self._history(card)
        self._cancelling()

    def is_typed(self) -> bool:
        return super().is_typed() or self.extras.is_typed()

    def _chase(self, card: UseCard, option_on: date, today: date) -> None:
        left = (option_on - today).days
        kind = "refusal" if left < 0 else "warning" if left <= 3 else "plain"
        days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
        note = f"{days} ago" if left < 0 else "today" if not left else f"in {days}"
        self.section().chase("hourglass", "Option ends", day_words(option_on), note, kind=kind)

    def _who(self, card: UseCard) -> None:
        if card.customer is None:
            return
        section = self.section("Who")
        section.line(
            card.customer.name, card.customer.kind, icon="building", on_open=self._open_customer
        )
        if card.contact is not None:
            words = card.contact.words
            job = f", {words.job_title}" if words.job_title else ""
            section.line(f"{card.contact.name}{job}", words.telephone, icon="user")

    def _history(self, card: UseCard) -> None:
        count = len(card.history)
        section = self.section("History", f"{count} change{'' if count == 1 else 's'}")
        section.history(
            [
                (local_words(line.at), f"{line.words}, by {line.officer} ({line.desk})")
                for line in card.history[:MOST_HISTORY]
            ]
        )
        taken = f"Taken by {card.taken_by}."
        number = f" Their number: {card.external_number}." if card.external_number else ""
        section.note(f"{taken}{number}")

    def _cancelling(self) -> None:
        """Lay out the foot. A course is cancelled in Courses."""
        if self.card.status == Status.CANCELLED or self.card.source == "course":
            self.foot("Save")
            return
        danger = Button("Cancel booking…", kind="danger", on_click=self.cancel_wanted.emit)
        self.foot("Save", danger=danger)

    def _ask_letter(self) -> None:
        self.letter_wanted.emit(self.card.booking_id)

    def _open_customer(self) -> None:
        if self.card.customer is not None:
            self.customer_opened.emit(self.card.customer.customer_id)


def _actions(card: UseCard) -> dict[str, Button]:
    """Return what can be done with the booking now, by name."""
    if card.status == Status.CANCELLED:
        if card.source == "course":
            return {}  # only Courses gives its sessions rooms again
        back = Button("Take the cancellation back", "arrow-back-up")
        return {"restore": back, "letter": _letter_button()}
    buttons = {}
    if card.status != Status.CONFIRMED:
        buttons["confirm"] = Button("Confirm", "check", key="C", kind="primary")
    if card.space is not None:
        move = "Move it on the plan with Ctrl and the arrow keys"
        park = "Take it out of its room, to be given another later"
        kind = "icon" if "confirm" in buttons else "plain"  # so that all stand in one row
        buttons["move"] = Button("Move", "arrows-move", kind=kind, tip_text=move)
        pin = "It may be moved to another room again" if card.is_pinned else KEEP
        buttons["park"] = Button("Park", "archive", kind="icon", key="P", tip_text=park)
        buttons["pin"] = Button("Keep in this room", "map-pin", kind="icon", key="K", tip_text=pin)
        buttons["pin"].setCheckable(True)
        buttons["pin"].setChecked(card.is_pinned)
    if card.space is None:
        ask = "Ask the room manager to find a room for it"
        buttons["ask"] = Button("Ask for a room", "user-check", tip_text=ask)
    if card.holds_space or card.space is not None:
        swap = "Swap it with another booking"
        buttons["swap"] = Button("Swap", "arrows-exchange", kind="icon", key="S", tip_text=swap)
    if card.source != "course":
        again = "Book the same again, for another day or room"
        buttons["copy"] = Button("Copy", "copy", kind="icon", tip_text=again)
        buttons["letter"] = _letter_button()
    else:
        buttons["course"] = Button("Course", "school", tip_text="Open the course that holds it")
    return buttons


def _letter_button() -> Button:
    what = "Its confirmation, what has changed since the last one, or its cancellation"
    return Button("Letter", "mail", kind="icon", key="L", tip_text=what)


def local_words(at: datetime) -> str:
    """Return a moment in UTC as the clock in London shows it: "Fri 21 Feb 10:12"."""
    there = london_time(at)
    return f"{short_day(there.date())} {there:%H:%M}"


def _where_and_when(card: UseCard) -> str:
    room = card.space.name if card.space else "no room yet"
    when = span_words(card.starts_at, card.ends_at)
    more = f", and {card.other_uses} more" if card.other_uses else ""
    return f"{day_words(card.starts_at.date())}, {when}, {room}{more}"


def _badges(card: UseCard) -> list[Badge]:
    kind, icon = STATUS_BADGES[Status(card.status)]
    return [
        Badge.of_category(category_code(card.category)),
        Badge(card.status.capitalize(), kind, icon),
    ]
