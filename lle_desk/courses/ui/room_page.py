"""Giving a session a room, beside the programme: how many, laid out how, and what is free."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from lle_desk.core.days import day_words, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import SetSessionRoom, clear_session_room, set_session_room
from lle_desk.courses.queries import EventCard, SessionRow
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import ChoiceField, Form, NumberField, TextField
from lle_desk.qt.inspector import Page
from lle_desk.qt.theme import px
from lle_desk.rooms.queries import FreeRoomsQuestion, SiteRow, sites
from lle_desk.rooms.rules import Fit, Layout
from lle_desk.rooms.ui.free_rooms import FreeRooms


class RoomPage(Page):
    """The rooms a session could have, best first.

    Signals:
        done: the session has its room, or gave it back. int: the event's id.
        moved: the same, and those who are booked knew of another room. int: the event's id.
    """

    done = Signal(int)
    moved = Signal(int)

    def __init__(self, desk: Desk, card: EventCard, session: SessionRow) -> None:
        when = f"{day_words(session.starts_at.date())}, "
        super().__init__(
            f"A room for {card.row.title}",
            code=card.row.code,
            lines=[when + span_words(session.starts_at, session.ends_at)],
        )
        self._desk = desk
        self._card = card
        self._session = session
        self._client_uuid = new_uuid()
        self.asked = Form()
        self.heads = NumberField("&People", least=1, most=10_000, needed=True, key="heads")
        self.heads.set_value(session.heads or card.row.capacity)
        layouts = [(str(layout), str(layout)) for layout in Layout]
        self.room_layout = ChoiceField("&Layout", layouts, key="layout")
        self.room_layout.set_value(session.layout or str(Layout.CABARET))
        self.asked.row(self.heads, self.room_layout, stretch=(1, 2))
        self.reason = self.asked.add(
            TextField(
                "Why this room all the same",
                key="reason",
                hint="Too few seats, or outside the opening hours.",
            )
        )
        self.reason.hide()
        self.form(self.asked)
        self.rooms = FreeRooms(desk)
        self.rooms.setMinimumHeight(px(320))
        self.add(self.rooms)
        self.heads.changed.connect(self._ask)
        self.room_layout.changed.connect(self._ask)
        self.rooms.room_chosen.connect(self._take)
        self.rooms.room_selected.connect(self._on_selected)
        back = Button("Give it back", "arrow-back-up", kind="danger", on_click=self._give_back)
        self.foot("Give this room", danger=back if session.room_use_id else None)
        self.saved.connect(self.save)
        self._site_id: int | None = None
        desk.load(self, self._at_our_site, sites)

    def is_typed(self) -> bool:
        """Return False: nothing here is lost that could not be chosen again."""
        return False

    def focus_first(self) -> None:
        """Go to the list: the best room stands first."""
        self.rooms.table.setFocus()

    def save(self) -> None:
        """Give the session the room that is chosen."""
        space_id = self.rooms.chosen
        if space_id is None:
            self.asked.show_refusal("No room is chosen. Choose one of the list.")
            return
        self._take(space_id)

    def _at_our_site(self, listed: Sequence[SiteRow]) -> None:
        """Ask for rooms of the first site, Woodlands: others may have hundreds."""
        self._site_id = listed[0].id if listed else None
        self._ask()

    def _ask(self) -> None:
        heads = self.heads.value()
        if not heads:
            self.rooms.clear()
            return
        question = FreeRoomsQuestion(
            starts_at=self._session.starts_at,
            ends_at=self._session.ends_at,
            heads=heads,
            layout=self.room_layout.value() or str(Layout.CABARET),
            site_id=self._site_id,
            ignoring_use_id=self._session.room_use_id,
        )
        self.rooms.ask(question)

    def _take(self, space_id: int) -> None:
        if not self.asked.check():
            return
        fit = self.rooms.fit_of(space_id)
        if fit is not None and not fit.fits and fit.may_force and not self.reason.value():
            self.reason.show()
            self.reason.show_error("Say why, or choose a larger room.")
            self.reason.setFocus()
            return
        ask = SetSessionRoom(
            client_uuid=self._client_uuid,
            session_id=self._session.id,
            seen_version=self._session.version,
            space_id=space_id,
            layout=self.room_layout.value() or str(Layout.CABARET),
            heads=self.heads.value(),
            over_capacity_reason=self.reason.value() if self.reason.isVisible() else "",
        )
        self.show_busy(True)
        self._taken = fit.space.name if fit else "The room"
        self._desk.act(self, self._given, set_session_room, ask, on_refused=self._refused)

    def _given(self, _use_id: int) -> None:
        row = self._session
        when = f"{day_words(row.starts_at.date())}, {span_words(row.starts_at, row.ends_at)}"
        undo = None
        if row.room_use_id is None:  # one that only moved may have left a room now taken
            undo = partial(
                self._desk.act,
                self._desk,
                partial(_say_undone, self._desk, self._taken),
                clear_session_room,
                row.id,
                row.version + 1,
            )
        self._desk.say(f"{self._taken}: {self._card.row.title}, {when}.", undo)
        self._finish(is_other=self._taken != row.room)

    def _give_back(self) -> None:
        self._desk.act(
            self,
            self._given_back,
            clear_session_room,
            self._session.id,
            self._session.version,
            on_refused=self._refused,
        )

    def _given_back(self, _nothing: object) -> None:
        self._desk.say(f"Given back: {self._session.room}. The session has no room now.")
        self._finish(is_other=True)

    def _finish(self, *, is_other: bool) -> None:
        """Go on to whom to tell when those who are booked knew of another room."""
        row = self._card.row
        is_news = is_other and bool(self._session.room) and bool(row.held or row.waiting)
        (self.moved if is_news else self.done).emit(row.id)

    def _refused(self, refusal: OfficerError) -> None:
        self.show_busy(False)
        self.asked.show_refusal(refusal)

    def _on_selected(self, fit: Fit | None) -> None:
        force = fit is not None and not fit.fits and fit.may_force
        self.reason.setVisible(force)


def _say_undone(desk: Desk, room: str, _nothing: object) -> None:
    desk.say(f"Taken back: {room} is free again.")
