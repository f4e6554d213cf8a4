"""Erasing a person: their words are gone, from letters and the audit trail too; counts stay."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from lle_desk.core.days import london_today
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.models import Audit, AuditDetail
from lle_desk.customers.actions.erasing_elsewhere import (
    bookings_emptied,
    charges_that_named,
    erase_addresses,
    erase_on_charges,
)
from lle_desk.customers.models import Person, PersonCare


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """A person whose words are to go, as seen; `is_sure` is the tick that it cannot be undone."""

    person_id: int
    seen_version: int
    is_sure: bool


def erase_wholly(database: Database, by: By, _is_over: Callable[[], bool], ask: ErasePerson) -> int:
    """Erase a person, and then what the audit trail keeps apart; return the person's number.

    Two transactions: the first writes lines of the trail which the second empties.
    """
    database.write(by, erase_person, ask)
    database.write(by, forget_words, ask.person_id)
    return ask.person_id


def erase_person(session: Session, ask: ErasePerson) -> int:
    """Empty a person's words, wherever the program knows that they are theirs; return their number.

    Letters of the outbox, addresses of bookings and charges that no paper has lose them as well.
    Places and bookings keep their row, so that counts stay as they were, and issued papers keep
    their words by law. What the audit trail keeps apart goes with `forget_words`, once this is
    saved.

    Raises:
        OfficerError: it was not ticked, the person is not there, or a letter is on its way.
        RecordChanged: somebody else changed the person meanwhile.
    """
    from lle_desk.letters.actions.erasing import erase_messages  # 25 ms that a start saves

    if not ask.is_sure:
        raise OfficerError("Tick that this is wanted: it cannot be undone.", "is_sure")
    person = session.get(Person, ask.person_id)
    if person is None or person.erased_on is not None:
        raise OfficerError("This person's record is no longer there.")
    if person.version != ask.seen_version:
        raise RecordChanged("This person was changed at another desk. Open the record again.")
    care = session.get(PersonCare, person.id)
    if care is not None:
        session.delete(care)
    person.erased_on = london_today()
    session.flush()
    name = f"{person.given_name} {person.family_name}".strip()
    erase_messages(session, person.id, name, person.email)
    erase_addresses(session, person, name, person.email)
    erase_on_charges(session, person, name)
    person.given_name = person.family_name = person.job_title = ""
    person.email = person.telephone = ""
    person.is_contact = False
    session.flush()
    return person.id


def forget_words(session: Session, person_id: int) -> int:
    """Empty what the audit trail keeps apart about an erased person; the chain stays whole.

    Returns how many of its lines there were; none while the person is not erased.
    """
    from lle_desk.letters.models import Message

    if session.get_bind().dialect.name == "postgresql":  # officers may not write there
        return int(session.execute(select(func.forget_words(person_id))).scalar_one())
    is_erased = select(Person.id).where(Person.id == person_id, Person.erased_on.is_not(None))
    messages = select(Message.id).where(Message.erased_for == person_id)
    lines = select(Audit.position).where(
        or_(
            (Audit.table_name == "person") & Audit.record_id.in_(is_erased),
            (Audit.table_name == "message") & Audit.record_id.in_(messages),
            (Audit.table_name == "course_booking")
            & Audit.record_id.in_(bookings_emptied(person_id)),
            (Audit.table_name == "charge") & Audit.record_id.in_(charges_that_named(person_id)),
        )
    )
    done = session.execute(
        update(AuditDetail)
        .where(AuditDetail.position.in_(lines), AuditDetail.words.is_not(None))
        .values(words=None, salt=None)
        .returning(AuditDetail.position)
    )
    return len(done.all())
