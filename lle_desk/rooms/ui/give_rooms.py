"""Rooms given to many uses at once: asked, worked out exactly, looked at, and only then saved."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from lle_desk.core.errors import OfficerError
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.actions.allocating import (
    allocation_question,
    give_rooms,
    replace_question,
)
from lle_desk.rooms.queries import space_facts
from lle_desk.rooms.rules import SpaceFacts
from lle_desk.rooms.rules.allocation import Allocation, AllocationQuestion, allocate
from lle_desk.rooms.ui.give_rooms_ask import Asked, GiveRoomsAsk
from lle_desk.rooms.ui.give_rooms_plan import ASK_FIRST, GiveRoomsPlan
from lle_desk.rooms.ui.pages import RoomsPage
from lle_desk.rooms.ui.work_strip import WorkStrip

STOPPED = "Stopped. Nothing was worked out; nothing has changed."


class GiveRoomsPage(RoomsPage):
    """The screen of allocations. The search runs in a worker; Stop keeps the best so far."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked: Asked | None = None
        self._plan: Allocation | None = None
        self._stopped = Event()
        self._turn = 0  # of the search whose answer is waited for
        self._is_reading = False
        self.ask = GiveRoomsAsk()
        self.preview = GiveRoomsPlan()
        self.strip = WorkStrip()
        self._lay_out()
        self.ask.wanted.connect(self._work)
        self.ask.changed.connect(self._old)
        self.preview.apply_wanted.connect(self._apply)
        self.preview.use_chosen.connect(self.use_chosen)
        self.preview.use_opened.connect(self.use_opened)
        self.strip.stop_wanted.connect(self._stop)
        desk.live_changed.connect(self._live_changed)
        desk.refused.connect(self._question_refused)

    def open_at(self, site_id: int, day: date) -> None:
        """Ask about the day that the plan stands at; a preview of the same site stays."""
        self.ask.open_at(site_id, day)
        self.desk.load(self, self._show_spaces, space_facts, site_id)
        self.ask.first.setFocus(Qt.FocusReason.OtherFocusReason)

    # Working it out

    def _show_spaces(self, spaces: Sequence[SpaceFacts]) -> None:
        self.ask.show_spaces(spaces)

    def _work(self, asked: Asked) -> None:
        if self.strip.is_running:
            return
        self._asked = asked
        self._plan = None
        self._stopped = Event()
        self._turn += 1
        self.preview.show_nothing("Working it out …")
        self._is_reading = True
        self.strip.begin("Reading the diary")
        if asked.closing is not None:
            self.desk.load(self, partial(self._search, self._turn), replace_question, asked.closing)
        else:
            self.desk.load(
                self,
                partial(self._search, self._turn),
                allocation_question,
                asked.site_id,
                asked.first,
                asked.last,
            )

    def _search(self, turn: int, question: AllocationQuestion) -> None:
        if turn != self._turn or self._asked is None:
            return
        self._is_reading = False
        if self._stopped.is_set():
            self._give_up(STOPPED)
            return
        uses = len(question.uses)
        self.strip.begin(
            f"Looking for the best rooms for {uses:,} use{'' if uses == 1 else 's'};"
            " Stop takes the best so far"
        )
        self.desk.work(
            self,
            self._found,
            allocate,
            question,
            float(self._asked.seconds),
            self._stopped.is_set,
            on_refused=self._refused,
        )

    def _found(self, plan: Allocation) -> None:
        self.strip.end()
        self._plan = plan
        self.preview.show_plan(plan)
        self.preview.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: OfficerError) -> None:
        self._give_up(ASK_FIRST)
        self.ask.show_refusal(str(error), error.field)

    def _give_up(self, sentence: str) -> None:
        self._turn += 1
        self._is_reading = False
        self.strip.end()
        self.preview.show_nothing(sentence)

    def _stop(self) -> None:
        self._stopped.set()

    def _old(self) -> None:
        """Forget a preview of something else than the form now says."""
        if self._plan is not None and not self.strip.is_running:
            self._plan = None
            self.preview.show_nothing(ASK_FIRST)

    def _question_refused(self, sentence: str) -> None:
        """Say beside the form why the diary could not be asked; the bar below says it too."""
        if self._is_reading:
            self._give_up(ASK_FIRST)
            self.ask.show_refusal(sentence)

    def _live_changed(self, is_live: bool, _words: str) -> None:
        if not is_live and self.strip.is_running and self._plan is None:
            self._give_up(ASK_FIRST)

    # Saving it

    def _apply(self) -> None:
        plan = self._plan
        if plan is None or self.strip.is_running:
            return
        self.strip.begin("Saving", may_stop=False)
        self.desk.do(self, self._applied, give_rooms, plan, on_refused=self._not_applied)

    def _applied(self, _changed: int) -> None:
        self.strip.end()
        plan, self._plan = self._plan, None
        if plan is not None:
            self.preview.show_plan(plan, is_saved=True)

    def _not_applied(self, error: OfficerError) -> None:
        self.strip.end()
        self.preview.show_refusal(f"Nothing was changed. {error}")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(px(10), px(8), px(10), px(8))
        head.setSpacing(px(8))
        head.addWidget(Button("Back to the plan", "arrow-left", on_click=self.closed.emit))
        head.addWidget(label("Give rooms", "heading"))
        head.addStretch(1)
        rule = QFrame()
        rule.setProperty("line", "below")
        rule.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.ask)
        column.addWidget(rule)
        column.addWidget(self.preview, 1)
        column.addWidget(self.strip)
        self.setFocusProxy(self.ask.first)
