"""What was decided about spreadsheets with these headings, for all desks."""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.core.matching import Headings, Match, match_of, still_fits
from lle_desk.core.models import ImportMatch

MOST = 400_000  # letters, as the table has it


@dataclass(frozen=True, slots=True)
class RememberMatch:
    """What an officer decided about a kind of import, such as "room-bookings"."""

    client_uuid: str
    kind: str
    headings: Headings
    match: Match


def remembered_match(session: Session, kind: str, headings: Headings) -> Match | None:
    """Return what was decided about these headings the last time, None when they are new."""
    stored = session.scalar(
        select(ImportMatch.decided).where(
            ImportMatch.kind == kind, ImportMatch.headings_key == headings.key
        )
    )
    return None if stored is None else still_fits(match_of(stored), headings)


def remember_match(session: Session, ask: RememberMatch) -> int:
    """Keep a decision for the next file with these headings; the last one counts.

    Raises:
        OfficerError: it is far too long to be kept.
    """
    decided = ask.match.json()
    if len(decided) > MOST:
        raise OfficerError("So many words of a spreadsheet cannot be matched. Split the file.")
    found = session.scalars(
        select(ImportMatch).where(
            ImportMatch.kind == ask.kind, ImportMatch.headings_key == ask.headings.key
        )
    ).one_or_none()
    if found is None:
        found = ImportMatch(
            client_uuid=ask.client_uuid,
            kind=ask.kind,
            headings_key=ask.headings.key,
            headings=json.dumps(ask.headings.names, ensure_ascii=False),
            decided=decided,
        )
        session.add(found)
    elif found.decided != decided:
        found.decided = decided
    session.flush()
    return found.id
