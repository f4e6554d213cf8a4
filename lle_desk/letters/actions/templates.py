"""Rewording a letter, checked before it is kept."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.letters.models import LetterTemplate
from lle_desk.letters.queries.templates import may_administer
from lle_desk.letters.rules import LetterKind, Template, faults

explain(
    {
        "ck_letter_template_subject_text": ("The subject is empty or too long.", "subject"),
        "ck_letter_template_body_text": ("The letter is empty or too long.", "body"),
    }
)


@dataclass(frozen=True, slots=True)
class SaveTemplate:
    """The new words of a kind of letter, over those of `seen_version` (0: the shipped ones)."""

    kind: LetterKind
    subject: str
    body: str
    seen_version: int


def save_template(session: Session, ask: SaveTemplate) -> Template:
    """Keep the words and return them as they stand now.

    Raises:
        OfficerError: the officer is no administrator, or the words have a fault; it names the
            line and the field.
        RecordChanged: somebody reworded the letter meanwhile.
    """
    if not may_administer(session, acting(session).officer):
        raise OfficerError("Only an administrator may reword letters. Ask one of them.")
    wanted = Template(ask.kind, clean_text(ask.subject), clean_text(ask.body))
    found = faults(wanted)
    if found:
        raise OfficerError(found[0].text, found[0].where)
    row = session.scalars(
        select(LetterTemplate).where(LetterTemplate.kind == str(ask.kind))
    ).one_or_none()
    if (row.version if row else 0) != ask.seen_version:
        raise RecordChanged("Somebody else reworded this letter meanwhile. Open it again.")
    if row is None:
        row = LetterTemplate(client_uuid=new_uuid(), kind=str(ask.kind))
        session.add(row)
    row.subject, row.body = wanted.subject, wanted.body
    session.flush()
    return Template(ask.kind, row.subject, row.body, row.version)
