"""The sessions of an event as one field: a day, its times, where and with whom, line by line."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.courses.actions import NewSession
from lle_desk.courses.queries import SessionRow
from lle_desk.courses.ui.trainers_field import TrainersField
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.field import Field
from lle_desk.qt.form import DateField, TextField, TimeField
from lle_desk.qt.sight import bring_into_sight
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.trainers.queries import SessionTrainer, TrainerHit

USUAL_START, USUAL_END = time(9, 30), time(15, 30)


class SessionEdit(QFrame):
    """One session: day, from, to; an outside venue or none; trainers of ours, and others.

    Signals:
        changed: something was typed.
        struck_out: this session is to go. object: itself.
    """

    changed = Signal()
    struck_out = Signal(object)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self.session_id: int | None = None
        self._seen_version = 0
        self._held: tuple[int, ...] = ()  # the trainers' times that move along
        self.day = DateField("Day", today=today, needed=True, key="day")
        self.starts = TimeField("From", needed=True, key="from", width=66)
        self.ends = TimeField("To", needed=True, key="to", width=66)
        self.venue = TextField("Outside venue", placeholder="none: a room of ours", key="venue")
        self.ours = TrainersField(desk)
        self.trainers = TextField("From outside", placeholder="names", key="trainer_names")
        self.remove = Button("Strike out this session", "x", kind="icon")
        self.remove.clicked.connect(self._strike_out)
        self.beside = _below_title(self.remove)
        self._fields: tuple[Field[object], ...] = (  # type: ignore[assignment]
            self.day,
            self.starts,
            self.ends,
            self.venue,
            self.ours,
            self.trainers,
        )
        for field in self._fields:
            field.changed.connect(self.changed)
        for time_field in (self.day, self.starts, self.ends):
            time_field.changed.connect(self._on_time)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(12))
        column.setSpacing(px(4))
        column.addLayout(_line(self.day, self.starts, self.ends, self.beside))
        column.addLayout(_line(self.ours, self.trainers))
        column.addLayout(_line(self.venue))
        self.clash = label("", "refusal", wrap=True)
        self.clash.hide()
        column.addWidget(self.clash)
        self.reason = TextField(
            "Why this room all the same",
            key="over_capacity_reason",
            max_length=200,
            hint="Too few seats, or outside the opening hours.",
        )
        self.reason.hide()
        self.reason.changed.connect(self.changed)
        column.addWidget(self.reason)

    def show_clash(self, words: str, *, may_force: bool = False) -> None:
        """Say what stands in the way of this session, "" for nothing.

        Ask for the reason where the room shall do all the same.
        """
        self.clash.set(words)
        self.clash.setVisible(bool(words))
        self.reason.setVisible(may_force)

    def show_times(self, row: SessionRow) -> None:
        """Start a new session with the times, venue and trainers of another; its day is open."""
        self.starts.set_value(row.starts_at.time())
        self.ends.set_value(row.ends_at.time())
        self.venue.set_value(row.outside_venue)
        self.trainers.set_value(row.trainer_names)
        self.ours.set_value(
            tuple(TrainerHit(one.trainer_id, one.name, one.initials, "") for one in row.trainers)
        )

    def show_session(self, session: NewSession, trainers: Sequence[SessionTrainer] = ()) -> None:
        """Show this session, and the trainers whose time it holds."""
        self.session_id = session.session_id
        self._seen_version = session.seen_version
        self.day.set_value(session.starts_at.date())
        self.starts.set_value(session.starts_at.time())
        self.ends.set_value(session.ends_at.time())
        self.venue.set_value(session.outside_venue)
        self.trainers.set_value(session.trainer_names)
        self._held = tuple(one.time_id for one in trainers)
        self.ours.set_value(
            tuple(TrainerHit(one.trainer_id, one.name, one.initials, "") for one in trainers)
        )
        self._on_time()

    def session(self) -> NewSession | None:
        """Return the session as typed, None while a day or a time is missing."""
        day, starts, ends = self.day.value(), self.starts.value(), self.ends.value()
        if day is None or starts is None or ends is None:
            return None
        return NewSession(
            starts_at=datetime.combine(day, starts),
            ends_at=datetime.combine(day, ends),
            outside_venue=self.venue.value(),
            trainer_names=self.trainers.value(),
            session_id=self.session_id,
            seen_version=self._seen_version,
            trainer_ids=self.ours.ids,
            over_capacity_reason="" if self.reason.isHidden() else self.reason.value(),
        )

    def check(self) -> bool:
        """Say what is wrong at its fields."""
        fine = [field.check() for field in self._fields]
        session = self.session()
        if all(fine) and session is not None and session.ends_at <= session.starts_at:
            self.ends.show_error("After the start.")
            return False
        return all(fine)

    def raw(self) -> Hashable:
        """Return what stands in it."""
        return (self.session_id, *(field.raw() for field in self._fields), self.reason.raw())

    def _on_time(self) -> None:
        """Let the finder say who is free then."""
        session = self.session()
        if session is not None and session.starts_at < session.ends_at:
            self.ours.set_time(session.starts_at, session.ends_at, self._held)

    def _strike_out(self) -> None:
        self.struck_out.emit(self)


class SessionsField(Field[Sequence[NewSession]]):
    """All sessions of an event. "Another day" copies the times of the one before."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__("", key="sessions")
        self._desk = desk
        self._today = today
        self._trainers: Mapping[int, Sequence[SessionTrainer]] = {}  # by session
        self._edits: list[SessionEdit] = []
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))
        self.more = Button("Another day", "plus", key="Alt+A", on_click=self.add_another)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._add(None)
        self.put(self._holder)
        self._holder.setFocusProxy(self._edits[0].day)

    @property
    def edits(self) -> Sequence[SessionEdit]:
        """The lines, in their order."""
        return tuple(self._edits)

    def know_trainers(self, held: Mapping[int, Sequence[SessionTrainer]]) -> None:
        """Take in whose time the sessions hold, by their ids, before they are shown."""
        self._trainers = held

    def show_trainer_refusal(self, words: str) -> None:
        """Say beside the trainers it is about that they are busy; else beside the first."""
        named = [
            edit
            for edit in self._edits
            if any(words.startswith(hit.name) for hit in edit.ours.value())
        ]
        for edit in (named or self._edits)[:1]:
            edit.ours.show_error(words)
            edit.ours.setFocus()
            bring_into_sight(edit.ours)

    def show_refusal(self, words: str) -> bool:
        """Say why the sessions are refused at the one that something stands in the way of.

        Return whether there is one: what nobody could see before is not of a line.
        """
        for edit in self._edits:
            if not edit.clash.isHidden():
                asks_reason = not edit.reason.isHidden()
                edit.show_clash(words, may_force=asks_reason)
                (edit.reason if asks_reason else edit.day).setFocus()
                bring_into_sight(edit.reason if asks_reason else edit.clash)
                return True
        return False

    def typed(self) -> list[tuple[int, NewSession]]:
        """Return the sessions that are complete, each with the number of its line."""
        lines = ((number, edit.session()) for number, edit in enumerate(self._edits))
        return [(number, session) for number, session in lines if session is not None]

    def show_clashes(self, words: Mapping[int, str], forced: Collection[int] = ()) -> None:
        """Say in each line what stands in its way; the others have nothing.

        Those of `forced` may be all the same, with a reason.
        """
        for number, edit in enumerate(self._edits):
            edit.show_clash(words.get(number, ""), may_force=number in forced)

    def show_copies(self, rows: Sequence[SessionRow]) -> None:
        """Begin with a line for each of these sessions, their days still open."""
        for edit in list(self._edits):
            self._drop(edit)
        for row in rows:
            self._add(None).show_times(row)
        if not self._edits:
            self._add(None)
        self._holder.setFocusProxy(self._edits[0].day)

    def value(self) -> Sequence[NewSession]:
        return tuple(s for s in (edit.session() for edit in self._edits) if s is not None)

    def show_value(self, value: Sequence[NewSession]) -> None:
        for edit in list(self._edits):
            self._drop(edit)
        for session in value:
            self._add(session)
        if not self._edits:
            self._add(None)
        self._holder.setFocusProxy(self._edits[0].day)

    def raw(self) -> Hashable:
        return tuple(edit.raw() for edit in self._edits)

    def check(self) -> bool:
        fine = [edit.check() for edit in self._edits]
        return all(fine)

    def add_another(self) -> None:
        """Add a line for the same times a week later, and go to its day."""
        known = self.value()
        copied = None
        if known:
            last = known[-1]
            week = timedelta(days=7)
            copied = NewSession(
                last.starts_at + week, last.ends_at + week, last.outside_venue, last.trainer_names
            )
        trainers = self._edits[-1].ours.value() if known else ()
        edit = self._add(copied)
        edit.ours.show_value(trainers)
        self._on_edited()
        edit.day.line.setFocus()
        edit.day.line.selectAll()

    def _add(self, session: NewSession | None) -> SessionEdit:
        edit = SessionEdit(self._desk, self._today)
        if session is not None:
            edit.show_session(session, self._trainers.get(session.session_id or 0, ()))
        else:
            edit.starts.set_value(USUAL_START)
            edit.ends.set_value(USUAL_END)
        edit.changed.connect(self._on_edited)
        edit.struck_out.connect(self._strike_out)
        self._edits.append(edit)
        self._column.insertWidget(self._column.count() - 1, edit)
        edit.show()
        self._one_stays()
        return edit

    def _strike_out(self, edit: SessionEdit) -> None:
        self._drop(edit)
        self._one_stays()
        self._holder.setFocusProxy(self._edits[0].day)
        self._edits[0].day.setFocus()
        self._on_edited()

    def _drop(self, edit: SessionEdit) -> None:
        self._edits.remove(edit)
        edit.hide()
        self._column.removeWidget(edit)
        edit.deleteLater()

    def _one_stays(self) -> None:
        for edit in self._edits:
            edit.beside.setVisible(len(self._edits) > 1)


def _below_title(button: Button) -> QWidget:
    """Return a button that stands beside a field's box, not beside its title."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, px(19), 0, 0)
    column.addWidget(button)
    return holder


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(px(6))
    for widget in widgets:
        stretch = 1 if isinstance(widget, Field) and not isinstance(widget, TimeField) else 0
        line.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
    return line
