"""The inspector of the Rooms tab: loads a booking, saves it, and says what happened."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal

from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Inspector, Page
from lle_desk.qt.tab import focus_beside
from lle_desk.rooms.actions import MoveUse
from lle_desk.rooms.actions.agreeing import MayCredit, PaperStands
from lle_desk.rooms.queries import UseCard, use_card
from lle_desk.rooms.rules import SpaceFacts
from lle_desk.rooms.ui.booking_deeds import BookingDeeds
from lle_desk.rooms.ui.booking_form import BookingForm
from lle_desk.rooms.ui.booking_page import BookingPage
from lle_desk.rooms.ui.cancel_booking import CancelRoomPage, Part
from lle_desk.rooms.ui.judging import Judge
from lle_desk.rooms.ui.new_booking_form import NewBookingForm, adding_words
from lle_desk.rooms.ui.pages import RoomWish
from lle_desk.rooms.ui.restore_page import RestoreRoomPage
from lle_desk.rooms.ui.saved_booking_form import SavedBookingForm
from lle_desk.rooms.ui.saving import Saving

NEW = "new booking"
T = TypeVar("T")


class BookingInspector(Inspector):
    """Shows the selected booking or the form of a new one, and saves both.

    Signals:
        record_asked: open what another tab owns. str: its table, int: its number.
        use_saved: a booking was made or changed. int: the use.
        move_asked: move this use on the plan. int: the use.
        swap_asked: swap this use with another. int: the use.
        emptied: there is nothing in it any more.
        letter_wanted: show the letter of a booking. int: the booking.
    """

    record_asked = Signal(str, int)
    use_saved = Signal(int)
    move_asked = Signal(int)
    swap_asked = Signal(int)
    emptied = Signal()
    letter_wanted = Signal(int)

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__("Booking")
        self._desk = desk
        self._today = today
        self._spaces: Sequence[SpaceFacts] = ()
        self._judge: Judge | None = None
        self._site_id: int | None = None
        self._wanted: int | None = None  # the use that is being read
        self._opens_rooms = self._goes_in = False
        self._crediting: tuple[MoveUse, PaperStands] | None = None
        self._form: BookingForm | None = None
        self._uuid = ""
        self._deeds = BookingDeeds(desk, self)
        self._deeds.done.connect(self._done)
        self._deeds.refused.connect(self._refused)
        self._deeds.page_wanted.connect(self._put)
        self.saved.connect(self._save)
        self.left.connect(self._leave_now)

    # What is shown

    def set_plan(self, judge: Judge, site_id: int) -> None:
        """Know the rooms and bookings on the screen."""
        same = [space.id for space in self._spaces] == [space.id for space in judge.spaces]
        self._spaces, self._judge, self._site_id = judge.spaces, judge, site_id
        form = self.booking_form
        if form is not None and same:
            form.set_judge(judge, site_id)
        if self.use_id is not None:
            self._load(self.use_id)

    def show_use(self, use_id: int, *, rooms: bool = False) -> None:
        """Show a booking; with `rooms` also the list of the rooms that fit it."""
        self._opens_rooms = rooms
        self._goes_in = False
        if use_id != self.use_id:
            self.make_way(partial(self._load, use_id))
        elif rooms and self.booking_form is not None:
            self.booking_form.show_rooms_that_fit()
        else:
            self._load(use_id)

    def show_new(self, space_id: int | None, starts_at: datetime, ends_at: datetime) -> None:
        """Show the form of a new booking in this room and time."""
        form = self.booking_form
        if self.key == NEW and form is not None and self.is_typed() and not self.is_busy:
            form.take_slot(space_id, starts_at, ends_at)
        else:
            self.make_way(partial(self._begin, space_id, starts_at, ends_at))

    def _begin(self, space_id: int | None, starts_at: datetime, ends_at: datetime) -> None:
        self._uuid = new_uuid()
        form = NewBookingForm(self._desk, self._spaces)
        self._show_new_page(
            form, Page("New booking", lines=["Tab goes to the next field, Ctrl+Enter books."])
        )
        form.show_slot(space_id, starts_at, ends_at)
        form.set_judge(self._judge, self._site_id)
        form.title.setFocus()

    def show_wish(self, wish: RoomWish) -> None:
        """Show the form of a new booking with what was looked for."""
        if self.key == NEW:
            self._take_wish(wish)
        else:
            self.make_way(partial(self._take_wish, wish))

    def _take_wish(self, wish: RoomWish) -> None:
        self.show_new(wish.space_id, wish.starts_at, wish.ends_at)
        form = self.booking_form
        if isinstance(form, NewBookingForm):
            form.show_wish(wish)

    def _show_new_page(self, form: NewBookingForm, page: Page) -> None:
        page.form(form)
        page.foot("Book")
        self.show_page(page, NEW)
        self._form, self._wanted = form, None  # a booking still being read comes too late

    def _add_rooms(self) -> None:
        """Show the form of more rooms and days for the booking that is shown."""
        card = self._card()
        if card is None or self.is_typed():
            return
        self._uuid = new_uuid()
        form = NewBookingForm(self._desk, self._spaces, adds_to=card)
        heading, line = adding_words(card)
        self._show_new_page(form, Page(heading, lines=[line]))
        form.show_slot(None, card.starts_at, card.ends_at)
        form.copy_from(card)
        form.set_judge(self._judge, self._site_id)
        form.room.setFocus()

    def go_in(self) -> None:
        """Go to the first field, as soon as the booking is shown."""
        self._goes_in = self.use_id != self._wanted
        if self.page is not None and not self._goes_in:
            self.page.focus_first()

    def ask_reason(self, space_id: int, starts_at: datetime, ends_at: datetime) -> None:
        """Put a wanted move into the form, for the reason that it needs."""
        form = self.booking_form
        if form is not None and self.use_id is not None:
            form.take_slot(space_id, starts_at, ends_at)
            form.reason.show()
            form.reason.setFocus()

    def ask_credit(self, ask: MoveUse, paper: PaperStands) -> None:
        """Put a wanted move into the form, with what it credits, to be agreed to."""
        self._crediting = (ask, paper)
        if self.use_id == ask.use_id:
            self._show_credit()
        else:
            self.show_use(ask.use_id)

    def _show_credit(self) -> None:
        form = self.booking_form
        if self._crediting is None or form is None or self.use_id != self._crediting[0].use_id:
            return
        (ask, paper), self._crediting = self._crediting, None
        form.take_slot(ask.space_id, ask.starts_at, ask.ends_at)
        form.show_refusal(paper)

    def show_nothing(self) -> None:
        """Say what would be here, unless something is typed."""
        if not self.is_typed():
            self._leave_now()

    @property
    def use_id(self) -> int | None:
        """The use that is shown, None for a new booking or nothing."""
        return self.page.card.use_id if isinstance(self.page, BookingPage) else None

    @property
    def booking_form(self) -> BookingForm | None:
        """The form that is shown."""
        return self._form

    # Loading

    def _load(self, use_id: int) -> None:
        self._wanted = use_id
        self._desk.load(self, self._show_card, use_card, use_id)

    def _show_card(self, card: UseCard | None) -> None:
        if card is None or card.use_id != self._wanted:
            return
        page = self.page
        if isinstance(page, BookingPage) and page.card.use_id == card.use_id:
            if page.card == card:
                self._open_rooms(page.booking_form)
                return
            if page.is_typed() or page.extras.form is not None:
                who = card.history[0].officer if card.history else "Another desk"
                page.card = card
                page.extras.show_card(card)
                page.booking_form.meet_card(card, f"{who} changed this meanwhile.")
                return
        elif self.is_typed():
            return
        self._build(card)

    def _build(self, card: UseCard) -> None:
        had_focus = self._focused_field()
        form = SavedBookingForm(self._desk, self._spaces, card, today=self._today())
        old = self.page
        begin = old.extras_kind if isinstance(old, BookingPage) else ""
        page = BookingPage(self._desk, card, form, self._today())
        page.extras.saved.connect(partial(self._extras_saved, page))
        page.confirm_wanted.connect(partial(self._do, self._deeds.confirm, card))
        page.cancel_wanted.connect(self._ask_cancel)
        page.restore_wanted.connect(partial(self._do, self._deeds.restore, card))
        page.move_wanted.connect(partial(self.move_asked.emit, card.use_id))
        page.copy_wanted.connect(self._copy)
        page.letter_wanted.connect(self.letter_wanted)
        self._hear_place(page, card)
        page.swap_wanted.connect(partial(self.swap_asked.emit, card.use_id))
        page.customer_opened.connect(partial(self.record_asked.emit, "customer"))
        page.course_wanted.connect(partial(self.record_asked.emit, "session_room", card.use_id))
        self._hear(form)
        self.show_page(page, card.use_id)
        self._form = form
        form.show_card(card)
        form.set_judge(self._judge, self._site_id)
        for field in form.fields:
            if had_focus and field.key == had_focus:
                field.setFocus()
        if begin:
            page.extras.begin(begin)
        if self._goes_in:
            self._goes_in = False
            page.focus_first()
        self._open_rooms(form)
        self._show_credit()

    def _extras_saved(self, page: BookingPage, kind: str) -> None:
        page.extras_kind = kind
        self._load(page.card.use_id)

    def _hear_place(self, page: BookingPage, card: UseCard) -> None:
        page.park_wanted.connect(partial(self._do, self._deeds.park, card))
        page.pin_wanted.connect(partial(self._do, self._deeds.pin, card))
        page.ask_wanted.connect(partial(self._do, self._deeds.ask_for_room, card))

    def _hear(self, form: SavedBookingForm) -> None:
        form.saving_wanted.connect(self._save_part)
        form.paper.agreed.connect(self._save_agreed)
        form.around.use_wanted.connect(self.show_use)
        form.around.adding_wanted.connect(self._add_rooms)
        form.around.removal_wanted.connect(self._ask_cancel)
        form.around.cancel_wanted.connect(self._ask_cancel)

    def _open_rooms(self, form: BookingForm) -> None:
        if self._opens_rooms:
            self._opens_rooms = False
            form.show_rooms_that_fit()

    def _focused_field(self) -> str:
        form = self.booking_form
        fields = form.fields if form else ()
        return next((field.key for field in fields if field.editor.hasFocus()), "")

    # Saving

    def _save(self) -> None:
        form, page = self.booking_form, self.page
        if isinstance(page, BookingPage) and page.extras.takes_save():
            return
        if form is None or not form.check():
            return
        if isinstance(page, BookingPage) and isinstance(form, SavedBookingForm):
            self._edit(form.saving(page.card))
        elif isinstance(form, NewBookingForm):
            self.busy(True)
            new = form.saving(self._uuid)
            self._desk.do(self, self._booked, new.kept, new.ask, on_refused=self._refused)

    def _save_agreed(self) -> None:
        """Save once more: the officer saw what is credited and agrees."""
        form, page = self.booking_form, self.page
        if isinstance(page, BookingPage) and isinstance(form, SavedBookingForm) and form.check():
            edit = form.saving(page.card)
            self._edit(replace(edit, action=MayCredit(edit.action)))

    def _edit(self, edit: Saving) -> None:
        self.busy(True)
        self._desk.do(self, self._edited, edit.kept, edit.ask, on_refused=self._refused)

    def _save_part(self, saving: Saving) -> None:
        """Save what a button beside the form asks for, unless something is typed."""
        self._do(self._edit, saving)

    def _do(self, deed: Callable[[T], object], what: T) -> None:
        """Do what a button says once, unless something is typed that would be lost."""
        if self.is_busy:
            return  # pressed twice
        if self.is_typed():
            self._desk.refused.emit("Save what you typed first, or leave it.")
            return
        self.busy(True)
        deed(what)

    def _booked(self, use_id: int) -> None:
        """Show what was booked, or what the officer opened while it was being saved."""
        self._back_to_plan()
        if not self.settle():
            self.busy(False)
            self.use_saved.emit(use_id)
            self._load(use_id)

    def _edited(self, _version: int) -> None:
        if self.use_id is not None:
            self._booked(self.use_id)

    def _refused(self, error: OfficerError) -> None:
        self.busy(False)
        form, page = self.booking_form, self.page
        if isinstance(page, CancelRoomPage):
            page.show_refusal(error)
            return
        if form is None:
            self._desk.refused.emit(str(error))
            return
        if error.field == "heads" and form.wanted() is not None:
            form.reason.show()
        form.show_refusal(error)

    def _back_to_plan(self) -> None:
        """Give the keyboard back to the plan, so that its keys work at once."""
        plan = focus_beside(self)
        if plan is not None:
            plan.setFocus()

    # Its buttons

    def _done(self, use_id: int) -> None:
        if self.settle():
            return
        self.busy(False)
        if use_id in (self._wanted, self.use_id, self._asked):
            self._load(use_id)

    def _ask_cancel(self, part: Part = None) -> None:
        card = self._card()
        if card is not None and not self.is_typed():
            self._deeds.ask_cancel(card, part, self._today)

    def _put(self, page: CancelRoomPage | RestoreRoomPage) -> None:
        """Show what is asked before it is done, in the booking's place."""
        self.busy(False)
        self._form = self._wanted = None
        self.show_page(page, (type(page), page.card.booking_id))
        page.focus_first()

    def _copy(self) -> None:
        """Start a new booking with the words and numbers of this one, a week later."""
        card = self._card()
        if card is not None and not self.is_typed():
            week = timedelta(days=7)
            space_id = card.space.id if card.space else None
            self.show_new(space_id, card.starts_at + week, card.ends_at + week)
            if self.booking_form is not None:
                self.booking_form.copy_from(card)

    @property
    def _asked(self) -> int | None:
        """The use that something is asked about before it is done."""
        page = self.page
        return page.card.use_id if isinstance(page, CancelRoomPage | RestoreRoomPage) else None

    def _card(self) -> UseCard | None:
        return self.page.card if isinstance(self.page, BookingPage) else None

    def _leave_now(self) -> None:
        wanted, self._wanted = self._asked, None  # back to the booking nothing was done to
        self._say_empty()
        if wanted is not None:
            self._load(wanted)
        else:
            self.emptied.emit()

    def _say_empty(self) -> None:
        self._form = None
        self.show_empty(
            "Select a booking to see it here. Press n on free time, or Ctrl+N, for a new one.",
            icon="calendar-plus",
        )
