"""Places of the audit chain that are printed on papers.

Whoever can write the database's file can make a whole new chain. What was printed and sent away
cannot be changed any more: `lle-desk check --record` compares the chain with it.
"""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import now_utc
from lle_desk.core.models import Anchor, AuditHead
from lle_desk.core.refusals import explain

explain(
    {
        "anchor_kept": "What was printed on a paper is kept as it was.",
        "anchor_of_chain": "A paper carries the last line of the audit trail and no other.",
    }
)

LETTERS = 12  # of the hash, in hexadecimal: nobody finds another chain with the same ones
_TYPED = re.compile(rf"\s*(\d{{1,18}})\s*[-–/. ]\s*([0-9a-fA-F]{{{LETTERS}}})\s*")


_HEAD = select(AuditHead.position, AuditHead.hash).where(AuditHead.id == 1)


@dataclass(frozen=True, slots=True)
class AnchorMark:
    """A position of the chain with the beginning of its hash, as a paper says it."""

    position: int
    beginning: str

    @property
    def words(self) -> str:
        """Return "10482-7f3a9c21d0e4"."""
        return f"{self.position}-{self.beginning}"


def write_anchor(session: Session, written_on: str) -> AnchorMark:
    """Keep the last link of the chain, which a paper is about to carry, and return it.

    `written_on` names the paper. Called inside an action. What that action changes comes after
    the mark on PostgreSQL, which chains at the commit.
    """
    session.flush()
    position, link = session.execute(_HEAD).one()
    anchor = Anchor(position=position, hash=link, written_on=written_on, made_at=now_utc())
    session.add(anchor)
    session.flush()
    return AnchorMark(position, bytes(link).hex()[:LETTERS])


def anchor_of(session: Session, written_on: str) -> AnchorMark | None:
    """Return the first anchor that was written for this paper, None for an older one."""
    found = session.execute(
        select(Anchor.position, Anchor.hash)
        .where(Anchor.written_on == written_on)
        .order_by(Anchor.id)
        .limit(1)
    ).first()
    return AnchorMark(found[0], bytes(found[1]).hex()[:LETTERS]) if found else None


def read_anchor(typed: str) -> AnchorMark | None:
    """Return what somebody typed off a paper, None when it is no anchor."""
    found = _TYPED.fullmatch(typed)
    return AnchorMark(int(found[1]), found[2].lower()) if found else None
