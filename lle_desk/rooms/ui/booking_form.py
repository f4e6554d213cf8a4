"""The form of one use of a room and its booking: to enter a new one, and to edit."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QSignalBlocker

from lle_desk.core.days import span_words
from lle_desk.core.errors import OfficerError
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import Field
from lle_desk.qt.sight import bring_into_sight
from lle_desk.qt.theme import px
from lle_desk.rooms.actions import EditBooking, HoldRoom
from lle_desk.rooms.queries import FreeRoomsQuestion, UseCard
from lle_desk.rooms.rules import (
    Category,
    Layout,
    SpaceFacts,
    Status,
    Wanted,
    best_first,
    minutes_of,
)
from lle_desk.rooms.ui.booking_fields import PARKED, BookingFields
from lle_desk.rooms.ui.free_rooms import FreeRooms
from lle_desk.rooms.ui.judging import Judge


class BookingForm(BookingFields):
    """All that is entered about one use of a room, in the order of the call.

    Whether the room fits is said below it while the officer types, from the plan on the
    screen; the action looks again when it is saved.
    """

    def __init__(
        self, desk: Desk, spaces: Sequence[SpaceFacts], *, is_new: bool, today: date | None = None
    ) -> None:
        super().__init__(desk, spaces, is_new=is_new)
        self._spaces = {space.id: space for space in spaces}
        self._judge: Judge | None = None
        self._card: UseCard | None = None
        self._site_id: int | None = None
        self._today = today
        self.free_rooms = FreeRooms(desk)
        self.free_rooms.setFixedHeight(px(230))
        self.free_rooms.hide()
        self.free_rooms.room_chosen.connect(self.take_room)
        self.free_rooms.time_chosen.connect(self._take_time)
        self._layout.insertWidget(self._layout.indexOf(self.fit_words) + 1, self.free_rooms)
        for field in (self.room, self.layout_field):
            field.changed.connect(self._margins_follow)
        self.status.changed.connect(self._status_changed)
        self.customer.chosen.connect(self._customer_chosen)
        self.typed.connect(self.look)

    # Filling

    def show_slot(self, space_id: int | None, starts_at: datetime, ends_at: datetime) -> None:
        """Start a new booking in this room and time."""
        space = self._spaces.get(space_id or PARKED)
        self.day.set_value(starts_at.date())
        self.start.set_value(starts_at.time())
        self.end.set_value(ends_at.time())
        self.room.set_value(space.id if space else PARKED)
        self.status.set_value(Status.CONFIRMED)
        self.category.set_value(Category.SCHOOLS)
        layout: str = Layout.CLASSROOM
        if space and space.layout(layout) is None:
            layout = space.usual_layout
        self.layout_field.set_value(layout)
        self.heads.set_value(None)
        self._margins_follow()
        self.look()

    def take_slot(self, space_id: int | None, starts_at: datetime, ends_at: datetime) -> None:
        """Give a new booking that is being typed another room and time."""
        self.day.show_value(starts_at.date())
        self.start.show_value(starts_at.time())
        self.end.show_value(ends_at.time())
        self.room.show_value(space_id if space_id in self._spaces else PARKED)
        self._margins_follow()
        self.typed.emit()

    def show_card(self, card: UseCard) -> None:
        """Show a booking as it is saved."""
        self._card = card
        with QSignalBlocker(self):
            for field, value in self._values_of(card):
                field.set_value(value)
        self._after_card(card)

    def copy_from(self, card: UseCard) -> None:
        """Fill a new booking with what another one says; room and time stay as they are."""
        for field, value in self._values_of(card):
            if field not in (self.day, self.start, self.end, self.room, self.status, self.counted):
                field.show_value(value)
        self.reason.show_value("")
        self.option_on.show_value(None)
        if card.customer:
            self.contact.set_args(card.customer.customer_id)
        self.look()

    def meet_card(self, card: UseCard, words: str) -> None:
        """Show what another desk saved meanwhile, marking what the officer has typed over."""
        was, self._card = self._card or card, card
        for (field, value), (_field, before) in zip(
            self._values_of(card), self._values_of(was), strict=True
        ):
            if value not in (before, field.value()):  # nobody changed what the officer types over
                field.meet(value, words)
        self._after_card(card)

    def set_judge(self, judge: Judge | None, site_id: int | None) -> None:
        """Know the plan on the screen."""
        self._judge = judge
        self._site_id = site_id
        self.look()

    def show_rooms_that_fit(self) -> None:
        """Open the list of rooms and go into it."""
        self.free_rooms.show()
        self.look()
        self.free_rooms.setFocus()
        bring_into_sight(self.free_rooms)

    def take_room(self, space_id: int) -> None:
        """Choose a room from the list."""
        if space_id in self._spaces:
            self.room.show_value(space_id)
            self.free_rooms.hide()
            self.room.setFocus()
            self._margins_follow()
            self.typed.emit()

    def _take_time(self, space_id: int, starts_at: datetime) -> None:
        """Choose another time or day, as long as the one that was asked for."""
        wanted = self.wanted()
        if wanted is not None:
            self.day.show_value(starts_at.date())
            self.start.show_value(starts_at.time())
            self.end.show_value((starts_at + (wanted.ends_at - wanted.starts_at)).time())
            self.take_room(space_id)

    # Reading

    def hold_request(self, client_uuid: str) -> HoldRoom:
        """Return the new booking."""
        starts_at, ends_at = self._times()
        contact = self.contact.value()
        return HoldRoom(
            client_uuid=client_uuid,
            space_id=self.room.value() or None,
            starts_at=starts_at,
            ends_at=ends_at,
            heads=self.heads.value() or 0,
            title=self.title.value(),
            layout=self.layout_field.value() or "",
            category=self.category.value() or "",
            status=self.status.value() or Status.CONFIRMED,
            short_title=self.short_title.value(),
            customer_id=self.customer.customer_id,
            contact_id=contact.person_id if contact else None,
            notes_customer=self.notes_customer.value(),
            notes_office=self.notes_office.value(),
            order_number=self.order_number.value(),
            before_minutes=self.before.value() or 0,
            after_minutes=self.after.value() or 0,
            over_capacity_reason=self.reason.value(),
            option_on=self.option_on.value(),
        )

    def edit_request(self, card: UseCard) -> EditBooking:
        """Return the booking as it is to be."""
        starts_at, ends_at = self._times()
        contact = self.contact.value()
        return EditBooking(
            booking_id=card.booking_id,
            seen_booking_version=card.booking_version,
            use_id=card.use_id,
            seen_use_version=card.use_version,
            space_id=self.room.value() or None,
            starts_at=starts_at,
            ends_at=ends_at,
            before_minutes=self.before.value() or 0,
            after_minutes=self.after.value() or 0,
            heads=self.heads.value() or 0,
            layout=self.layout_field.value() or "",
            title=self.title.value(),
            category=self.category.value() or "",
            short_title=self.short_title.value(),
            customer_id=self.customer.customer_id,
            contact_id=contact.person_id if contact else None,
            notes_customer=self.notes_customer.value(),
            notes_office=self.notes_office.value(),
            order_number=self.order_number.value(),
            over_capacity_reason=self.reason.value(),
            option_on=self.option_on.value(),
            actual_heads=self.counted.value(),
        )

    def check(self) -> bool:
        fine = super().check()
        if fine and self.wanted() is None:
            self.end.show_error("The end must come after the start.")
            self.end.setFocus()
            return False
        return fine

    def wanted(self) -> Wanted | None:
        """Return what is looked for, None while the times make no sense."""
        day, start, end = self.day.value(), self.start.value(), self.end.value()
        if (
            day is None
            or start is None
            or end is None
            or self._end(day, start, end) <= (datetime.combine(day, start))
        ):
            return None
        starts_at, ends_at = self._times()
        return Wanted(
            starts_at,
            ends_at,
            self.heads.value() or 1,
            self.layout_field.value() or Layout.CLASSROOM,
            self.before.value() or 0,
            self.after.value() or 0,
            self._card.use_id if self._card else None,
            customer=self.customer.customer_id,
            booking=self._card.booking_id if self._card else None,
        )

    def show_refusal(self, refusal: OfficerError | str) -> None:
        super().show_refusal(refusal)
        if self.room.error:
            self.fit_words.hide()  # the refusal beside the room says the same and more

    # Saying whether it fits

    def look(self) -> None:
        """Say whether the room fits what stands in the form now."""
        wanted = self.wanted()
        space = self._spaces.get(self.room.value() or PARKED)
        capacity = space.capacity(self.layout_field.value() or "") if space else None
        heads = self.heads.value() or 0
        self.meter.setVisible(bool(capacity))
        if capacity:
            self.meter.show_used(min(heads, capacity), capacity)
            free = capacity - heads
            guess = "estimate: " if self._is_estimate() else ""
            self.meter_words.set(guess + _seats_words(heads, capacity, free))
        else:
            self.meter_words.set("")
        if wanted is None:
            self.reserved_words.set("")
            self.fit_words.hide()
            return
        reserved = wanted.reserved_in(space) if space else None
        shown = reserved or wanted
        self.reserved_words.set(f"reserved {span_words(shown.starts_at, shown.ends_at)}")
        self._say_fit(space, wanted)
        self._ask_free_rooms(wanted)

    def _say_fit(self, space: SpaceFacts | None, wanted: Wanted) -> None:
        fit = self._judge.judge(space.id, wanted) if self._judge and space else None
        over = fit is not None and fit.may_force
        self.reason.setVisible(over or bool(self.reason.value()))
        if space is None:
            self._say("No room yet: it stays in the parking until it has one.", "warning")
        elif fit is None or fit.fits or self.room.error:
            self.fit_words.hide()
        elif fit.may_force:
            instead = self._instead(wanted) or "Choose another room"
            self._say(f"{fit.reason} {instead}, or give a reason.", "warning")
        else:
            instead = self._instead(wanted)
            self._say(f"{fit.reason} {instead}." if instead else fit.reason, "refusal")

    def _instead(self, wanted: Wanted) -> str:
        """Return "Elm fits" for the best room, "" when none does."""
        fits = best_first(self._judge.judge_all(wanted), wanted.heads) if self._judge else []
        return f"{fits[0].space.name} fits" if fits else ""

    def _say(self, text: str, role: str) -> None:
        self.fit_words.set(text, role)
        self.fit_words.show()

    def _ask_free_rooms(self, wanted: Wanted) -> None:
        if self.free_rooms.isHidden():
            return
        self.free_rooms.ask(
            FreeRoomsQuestion(
                starts_at=wanted.starts_at,
                ends_at=wanted.ends_at,
                heads=wanted.heads,
                layout=wanted.layout,
                site_id=self._site_id,
                before_minutes=wanted.before if self.before.is_typed() else None,
                after_minutes=wanted.after if self.after.is_typed() else None,
                ignoring_use_id=wanted.ignoring,
                customer_id=wanted.customer,
                booking_id=wanted.booking,
            )
        )

    # Within

    def _has_begun(self, card: UseCard) -> bool:
        return self._today is not None and card.starts_at.date() <= self._today

    def _is_estimate(self) -> bool:
        return bool(self._card and self._card.is_estimate and not self.heads.is_typed())

    def _times(self) -> tuple[datetime, datetime]:
        day, start, end = self.day.value(), self.start.value(), self.end.value()
        if day is None or start is None or end is None:
            raise ValueError("The form was not checked")
        return datetime.combine(day, start), self._end(day, start, end)

    def _end(self, day: date, start: time, end: time) -> datetime:
        """Return the end; a booking over several days keeps its last day."""
        days = 0
        if self._card is not None:
            days = (self._card.ends_at.date() - self._card.starts_at.date()).days
        return datetime.combine(day + timedelta(days=days), end)

    def _values_of(self, card: UseCard) -> list[tuple[Field[Any], Any]]:
        return [
            (self.title, card.title),
            (self.category, card.category),
            (self.status, card.status),
            (self.short_title, card.short_title),
            (self.option_on, card.option_on),
            (self.day, card.starts_at.date()),
            (self.start, card.starts_at.time()),
            (self.end, card.ends_at.time()),
            (self.room, card.space.id if card.space else PARKED),
            (self.layout_field, card.layout),
            (self.heads, card.heads),
            (self.before, minutes_of(card.reserved_from, card.starts_at)),
            (self.after, minutes_of(card.ends_at, card.reserved_to)),
            (self.reason, card.over_capacity_reason),
            (self.counted, card.actual_heads),
            (self.customer, card.customer),
            (self.contact, card.contact),
            (self.order_number, card.order_number),
            (self.notes_customer, card.notes_customer),
            (self.notes_office, card.notes_office),
        ]

    def _after_card(self, card: UseCard) -> None:
        provisional = card.status == Status.PROVISIONAL
        self.option_on.setVisible(provisional)
        self.reason.setVisible(bool(card.over_capacity_reason))
        self.counted.setVisible(card.holds_space and self._has_begun(card))
        if card.customer:
            self.contact.set_args(card.customer.customer_id)
        self.look()

    def _margins_follow(self) -> None:
        """Take the room's usual minutes while the officer has typed none."""
        space = self._spaces.get(self.room.value() or PARKED)
        is_parked = self._card is not None and self._card.space is None
        if space is None or not (self.is_new or is_parked):
            return
        usual = space.margins(self.layout_field.value() or "")
        for field, minutes in zip((self.before, self.after), usual, strict=True):
            if not field.is_typed() and (self.is_new or not field.value()):
                field.set_value(minutes)

    def _status_changed(self) -> None:
        self.option_on.setVisible(self.status.value() == Status.PROVISIONAL)

    def _customer_chosen(self, _hit: object) -> None:
        self.contact.set_args(self.customer.customer_id or 0)
        self.contact.set_value(None)


def _seats_words(heads: int, capacity: int, free: int) -> str:
    if not heads:
        return f"{capacity} seats"
    if free < 0:
        return f"{heads} heads, {capacity} seats"
    return f"{heads} of {capacity} seats, {free} free"
