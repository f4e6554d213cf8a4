"""Access, diet and medical needs of people: looked at on purpose, and every look is kept.

Special-category data: the words are never in lists, logs, searches or the audit trail. They are
forgotten some days (a setting) after the last day they are needed for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import london_today, now_utc
from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError
from lle_desk.core.models import CareAccess
from lle_desk.core.refusals import explain
from lle_desk.core.settings import setting
from lle_desk.core.types import clean_text
from lle_desk.customers.models import Person, PersonCare
from lle_desk.customers.rules import CareWords

explain(
    {
        "care_looked_at": "Needs are only changed by somebody who opened them first.",
        "care_access_kept": "Who looked at somebody's needs is never changed.",
        "ck_person_care_access_text": ("Access needs have at most 400 letters.", "access"),
        "ck_person_care_diet_text": ("A diet has at most 200 letters.", "diet"),
        "ck_person_care_medical_text": ("Medical needs have at most 1,000 letters.", "medical"),
        "ck_care_access_purpose_text": (
            "Say what it is needed for, in at most 200 letters.",
            "purpose",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class LookAtCare:
    """People whose needs are looked at, and what for."""

    person_ids: tuple[int, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class SaveCare:
    """What a person needs, as they gave it, until the last day it is needed for.

    `seen` are the words that were on the screen: somebody else's change is not overwritten.
    """

    person_id: int
    seen: CareWords
    words: CareWords
    needed_until: date
    purpose: str


def look_at_care(session: Session, ask: LookAtCare) -> dict[int, CareWords]:
    """Return what people need, and keep who looked and what for; needs out of time are gone.

    Raises:
        OfficerError: no purpose was given.
    """
    forget_old_care(session, london_today())
    _keep_look(session, ask.person_ids, ask.purpose)
    found = session.scalars(select(PersonCare).where(PersonCare.person_id.in_(ask.person_ids)))
    return {row.person_id: CareWords(row.access, row.diet, row.medical) for row in found}


def save_care(session: Session, ask: SaveCare) -> None:
    """Keep what a person needs; nothing left: the row is deleted.

    Raises:
        OfficerError: no purpose, the person is not there any more, or somebody else changed it.
    """
    person = session.get(Person, ask.person_id)
    if person is None or person.erased_on is not None:
        raise OfficerError("This person is not there any more. Close the page and look again.")
    _keep_look(session, [person.id], ask.purpose)
    words = CareWords(*map(clean_text, (ask.words.access, ask.words.diet, ask.words.medical)))
    row = session.get(PersonCare, person.id)
    now = CareWords(row.access, row.diet, row.medical) if row is not None else CareWords()
    if now != ask.seen:
        raise OfficerError(
            "Somebody else changed what this person needs while you had it open. Open it again."
        )
    until = ask.needed_until + timedelta(days=setting(session, "care_retain_days", int))
    if words.is_empty:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(
            PersonCare(
                person_id=person.id,
                access=words.access,
                diet=words.diet,
                medical=words.medical,
                retain_until=until,
            )
        )
    else:
        row.access, row.diet, row.medical = words.access, words.diet, words.medical
        row.retain_until = max(row.retain_until, until)
    session.flush()


def has_old_care(session: Session, today: date) -> bool:
    """Return whether needs are held that are to be deleted by now."""
    asked = select(PersonCare.person_id).where(PersonCare.retain_until < today).limit(1)
    return session.scalar(asked) is not None


def forget_old_care(session: Session, today: date) -> int:
    """Delete needs that are kept no longer, and return of how many people."""
    old = session.scalars(select(PersonCare).where(PersonCare.retain_until < today)).all()
    for row in old:
        session.delete(row)
    session.flush()
    return len(old)


def _keep_look(session: Session, person_ids: Sequence[int], purpose: str) -> None:
    why = clean_text(purpose)[:200].strip()
    if not why:
        raise OfficerError("Say what it is needed for: it is kept with your name.", "purpose")
    at, officer = now_utc(), acting(session).officer[:60]
    session.add_all(
        CareAccess(at=at, officer=officer, person_id=person_id, purpose=why)
        for person_id in sorted(set(person_ids))
    )
    session.flush()
