"""What an allocation is asked: some days, or a room that is out of use and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.core.records import new_uuid
from lle_desk.qt.buttons import Button
from lle_desk.qt.choices import Segments
from lle_desk.qt.field import Field
from lle_desk.qt.form import ChoiceField, DateField, TextField, TimeField
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.rules import SpaceFacts
from lle_desk.rooms.rules.allocation import PlannedClosure
from lle_desk.rooms.rules.terms import last_of_term

DAYS, CLOSING = "days", "closing"
LONGEST = timedelta(days=366)
PATIENCES = ((10, "10 seconds"), (120, "2 minutes"), (600, "10 minutes"))
ABOUT_DAYS = (
    "As many as possible get a room; then as little as possible changes; then a course has one"
    " room over its days; then fewest seats stay empty. What is pinned stays."
)
ABOUT_CLOSING = "What is in the room then gets another one, with as few changes as possible."


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be worked out; with `closing` the days follow from it."""

    site_id: int
    first: date
    last: date
    closing: PlannedClosure | None
    seconds: int


class GiveRoomsAsk(QWidget):
    """The form above the preview.

    Signals:
        wanted: Asked: work it out.
        changed: something was typed: a preview of before is old.
    """

    wanted = Signal(object)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._site_id = 0
        self.kind = Segments(
            [(DAYS, "Give rooms on these days"), (CLOSING, "A room is out of use")],
            DAYS,
            accessible="What to work out",
        )
        self.kind.chosen.connect(self._show_kind)
        self.first = DateField("From", width=130)
        self.last = DateField("To, counted", key="last", width=130)
        self.spans = Segments(
            [("day", "Day"), ("week", "Week"), ("month", "4 weeks"), ("term", "Rest of term")],
            "day",
            accessible="How many days",
        )
        self.spans.chosen.connect(self._span_chosen)
        self.space: ChoiceField[int] = ChoiceField(
            "Room out of use", [], empty="Choose a room", key="space"
        )
        self.space.setMinimumWidth(px(150))
        self.starts = TimeField("at", key="starts_at", width=70)
        self.ends = TimeField("until", key="ends_at", width=70)
        self.reason = TextField("Because", key="reason", placeholder="A burst pipe")
        self.patience: ChoiceField[int] = ChoiceField("Search at most", PATIENCES)
        self.patience.show_value(PATIENCES[1][0])
        self.about = label(ABOUT_DAYS, "quiet", wrap=True)
        self.refusal = label("", "refusal", wrap=True)
        self.refusal.hide()
        self.go = Button(
            "Work it out", "layout-grid", key="F8", kind="primary", on_click=self._work
        )
        for field in self._fields():
            field.changed.connect(self.changed)
        self._lay_out()
        self._show_kind(DAYS)

    def open_at(self, site_id: int, day: date) -> None:
        """Ask about this day of a site, unless the form is already filled for the site."""
        if site_id == self._site_id:
            return
        self._site_id = site_id
        self.first.set_value(day)
        self._span_chosen(self.spans.choice)
        self.starts.set_value(time(9))
        self.ends.set_value(time(17))

    def show_spaces(self, spaces: Sequence[SpaceFacts]) -> None:
        """Offer these rooms as out of use."""
        self.space.set_choices([(space.id, space.name) for space in spaces])

    def show_refusal(self, sentence: str, field: str | None = None) -> None:
        """Say why nothing could be worked out, beside its field if there is one."""
        beside = next((one for one in self._fields() if field and one.key == field), None)
        if beside is not None and beside.isVisible():
            beside.show_error(sentence)
            return
        self.refusal.set(sentence)
        self.refusal.setVisible(bool(sentence))

    @property
    def is_closing(self) -> bool:
        """Whether a room is to be out of use."""
        return self.kind.choice == CLOSING

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._work()
        else:
            super().keyPressEvent(event)

    def _work(self) -> None:
        asked = self._asked()
        if asked is not None:
            self.show_refusal("")
            self.wanted.emit(asked)

    def _asked(self) -> Asked | None:
        """Return what is asked, None when a field is at fault and says so."""
        needed: list[Field[object]] = [self.first, self.last]  # type: ignore[list-item]
        if self.is_closing:
            needed += [self.space, self.starts, self.ends, self.reason]  # type: ignore[list-item]
        for one in needed:
            one.clear_error()
            if one.value() in (None, ""):
                one.show_error(one.fault() or f"Fill in: {one.title}.")
                one.setFocus()
                return None
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            return None
        if not first <= last <= first + LONGEST:
            self.last.show_error("Give a last day after the first, at most a year later.")
            self.last.setFocus()
            return None
        return Asked(
            self._site_id, first, last, self._closing(first, last), self.patience.value() or 120
        )

    def _closing(self, first: date, last: date) -> PlannedClosure | None:
        space, starts, ends = self.space.value(), self.starts.value(), self.ends.value()
        if not self.is_closing or space is None or starts is None or ends is None:
            return None
        return PlannedClosure(
            client_uuid=new_uuid(),
            space_id=space,
            starts_at=datetime.combine(first, starts),
            ends_at=datetime.combine(last, ends),
            reason=self.reason.value(),
        )

    def _show_kind(self, kind: str) -> None:
        is_closing = kind == CLOSING
        for one in (self.space, self.starts, self.ends, self.reason):
            one.setVisible(is_closing)
        self.spans.setVisible(not is_closing)
        self.about.set(ABOUT_CLOSING if is_closing else ABOUT_DAYS)
        self.changed.emit()

    def _span_chosen(self, span: str) -> None:
        first = self.first.value()
        if first is None:
            return
        if span == "week":
            first -= timedelta(days=first.weekday())
            self.first.show_value(first)
        days = {"day": 0, "week": 6, "month": 27}
        last = last_of_term(first) if span == "term" else first + timedelta(days=days[span])
        self.last.show_value(last)
        self.changed.emit()

    def _fields(self) -> Sequence[Field[object]]:
        return (  # type: ignore[return-value]
            self.first,
            self.last,
            self.space,
            self.starts,
            self.ends,
            self.reason,
            self.patience,
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), 0, px(10), px(8))
        column.setSpacing(px(6))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.kind)
        top.addWidget(self.about, 1)
        column.addLayout(top)
        below, above = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
        when, what = QHBoxLayout(), QHBoxLayout()
        for line in (when, what):
            line.setSpacing(px(8))
            column.addLayout(line)
        for one in (self.space, self.first, self.starts, self.last, self.ends):
            when.addWidget(one, 0, above)
        when.addWidget(self.spans, 0, below)
        when.addStretch(1)
        what.addWidget(self.reason, 1, above)
        what.addWidget(self.patience, 0, above)
        what.addWidget(self.go, 0, below)
        what.addStretch(0)
        column.addWidget(self.refusal)
