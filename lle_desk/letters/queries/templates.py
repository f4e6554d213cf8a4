"""The words of each kind of letter: the office's own, else the shipped ones."""

import tomllib
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.paths import resources
from lle_desk.letters.models import LetterTemplate
from lle_desk.letters.rules import LetterKind, Template
from lle_desk.officers.models import Officer

ADMINISTRATOR = "administrator"


@cache
def shipped_template(kind: LetterKind) -> Template:
    """Return the words that come with the program."""
    file = resources() / "letters" / f"{kind}.toml"
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    return Template(kind, read["subject"].strip(), read["body"].strip())


def template_of(session: Session, kind: LetterKind) -> Template:
    """Return the words of a kind of letter as they stand in this office."""
    own = session.execute(
        select(LetterTemplate.subject, LetterTemplate.body, LetterTemplate.version).where(
            LetterTemplate.kind == str(kind)
        )
    ).first()
    return shipped_template(kind) if own is None else Template(kind, *own)


def templates(session: Session) -> tuple[Template, ...]:
    """Return the words of every kind of letter, in the order of the kinds."""
    return tuple(template_of(session, kind) for kind in LetterKind)


def templates_for(session: Session, login: str) -> tuple[tuple[Template, ...], bool, str]:
    """Return all words, whether an officer may change them, and the sentence of who may."""
    return templates(session), may_administer(session, login), who_may(session)


def who_may(session: Session, do: str = "reword letters") -> str:
    """Return in a sentence who may reword letters, or do something else for the whole office."""
    names = session.scalars(
        select(Officer.name)
        .where(Officer.role == ADMINISTRATOR, Officer.is_active == True)  # noqa: E712 (SQL)
        .order_by(Officer.name)
    ).all()
    if not names:
        return f"This office has no administrator yet, so everybody may {do}."
    said = ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0]
    are = "an administrator" if len(names) == 1 else "administrators"
    return f"Only {said}, {are}, may {do}; you may read them."


def may_administer(session: Session, login: str) -> bool:
    """Return whether an officer may change what holds for the whole office.

    While the office has no administrator, everybody may: else nobody ever could.
    """
    roles = session.execute(
        select(Officer.login, Officer.role).where(
            Officer.role == ADMINISTRATOR,
            Officer.is_active == True,  # noqa: E712 (SQL)
        )
    ).all()
    return not roles or any(row.login == login for row in roles)
