"""All that the papers of an event's day are made of, read at once."""

from datetime import date

from sqlalchemy.orm import Session

from lle_desk.courses.queries.attendance import roll_of
from lle_desk.courses.queries.day_papers import DayFacts
from lle_desk.courses.queries.events import sessions_of
from lle_desk.letters.queries import template_of
from lle_desk.letters.rules import LetterKind
from lle_desk.rooms.queries.letters import sender_of_letters


def day_facts(session: Session, event_id: int, printed_on: date) -> DayFacts:
    """Return who is expected or came, the sessions, and whose papers they are."""
    return DayFacts(
        roll=roll_of(session, event_id),
        sessions=tuple(sessions_of(session, event_id)),
        sender=sender_of_letters(session),
        printed_on=printed_on,
        certificate_words=template_of(session, LetterKind.CERTIFICATE),
    )
