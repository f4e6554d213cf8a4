"""Says while an event's sessions are typed what stands in the way, and who must be told."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.courses.actions import NewSession
from lle_desk.courses.queries import EventCard
from lle_desk.courses.queries.moving import MovePreview, WantedSession, move_preview
from lle_desk.courses.rules import counted, joined
from lle_desk.courses.ui.sessions_field import SessionsField
from lle_desk.qt.desk import Desk
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

PAUSE_MS = 200
MOST_NAMED = 4


class MoveLook(QWidget):
    """Looks again a moment after each change. It refuses nothing: saving does."""

    def __init__(self, desk: Desk, sessions: SessionsField) -> None:
        super().__init__()
        self._desk = desk
        self._sessions = sessions
        self._event_id = 0
        self.preview: MovePreview | None = None
        self.moves = label("", "body", wrap=True)
        self.people = label("", "warning", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        for words in (self.moves, self.people):
            words.hide()
            column.addWidget(words)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.look)
        sessions.changed.connect(self._pause.start)

    def show_event(self, card: EventCard) -> None:
        """Compare with what this event has."""
        self._event_id = card.row.id

    def look(self) -> None:
        """Ask what the sessions as typed would mean."""
        wanted = [
            _wanted(number, session)
            for number, session in self._sessions.typed()
            if session.starts_at < session.ends_at
        ]
        self._desk.load(self, self._show, move_preview, self._event_id, wanted)

    def _show(self, preview: MovePreview) -> None:
        self.preview = preview
        self._sessions.show_clashes(
            {one.number: one.words for one in reversed(preview.clashes)},
            frozenset(one.number for one in preview.clashes if one.may_force),
        )
        self.moves.set(". ".join(preview.moves) + "." if preview.moves else "")
        self.people.set(told_words(preview))
        for words in (self.moves, self.people):
            words.setVisible(bool(words.text()))


def told_words(preview: MovePreview) -> str:
    """Return who must be told when it is saved, "" when nobody."""
    if not preview.people:
        return ""
    names = list(dict.fromkeys(person.customer for person in preview.people))
    more = len(names) - MOST_NAMED
    shown = [*names[:MOST_NAMED], f"{more} more"] if more > 0 else names
    return f"To be told: {counted(len(preview.people), 'booking')}, of {joined(shown)}."


def has_moved(card: EventCard, sessions: Sequence[NewSession]) -> bool:
    """Return whether a day, a time or a venue of the event is another than it was."""
    was = {(row.starts_at, row.ends_at, row.outside_venue) for row in card.sessions}
    return was != {(one.starts_at, one.ends_at, one.outside_venue) for one in sessions}


def _wanted(number: int, session: NewSession) -> WantedSession:
    return WantedSession(
        number,
        session.session_id,
        session.starts_at,
        session.ends_at,
        session.outside_venue,
        session.trainer_ids or (),
    )
