"""Links between schools, kept whether or not the schools are customers yet."""

from datetime import date
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from lle_desk.core.imports import ImportSummary, Progress
from lle_desk.core.records import new_uuid
from lle_desk.customers.imports.links import Link, LinksFile
from lle_desk.customers.models import Customer, CustomerLink, CustomerStanding
from lle_desk.customers.rules import ALWAYS, Kind

_CUSTOMER = cast(Table, Customer.__table__)
_LINK = cast(Table, CustomerLink.__table__)
_STANDING = cast(Table, CustomerStanding.__table__)
_TOLD = ("predecessor_name", "successor_name", "link", "linked_on")

Row = dict[str, Any]
_Plan = tuple[list[Row], list[Row]]


def preview_links(session: Session, file: LinksFile) -> ImportSummary:
    """Return what `save_links` would do now, doing nothing."""
    return _summary(_plan(session, file), file)


def save_links(
    session: Session, file: LinksFile, progress: Progress | None = None
) -> ImportSummary:
    """Keep the links of a register file and date the customers at their ends.

    Raises:
        ImportStopped: the progress was stopped; the transaction keeps nothing.
    """
    progress = progress or Progress()
    new, changed = plan = _plan(session, file)
    connection, steps = session.connection(), len(new) + len(changed)
    if new:
        connection.execute(insert(_LINK), new)
    progress.step(len(new), steps)
    if changed:
        told: Row = {name: bindparam(f"new_{name}") for name in _TOLD}
        statement = update(_LINK).where(_LINK.c.id == bindparam("seen_id"))
        connection.execute(statement.values(**told, version=_LINK.c.version + 1), changed)
    progress.step(steps, steps)
    follow_links(session)
    return _summary(plan, file)


def follow_links(session: Session) -> None:
    """Date the customers at the ends of all links, as far as the register did not itself.

    A predecessor without a closing day closed on the day of the link, unless it was only
    split. A successor under another body (an academy, a college) whose facts have no known
    beginning has them from that day.
    """
    _close_predecessors(session)
    _date_successors(session)


def _summary(plan: _Plan, file: LinksFile) -> ImportSummary:
    new, changed = len(plan[0]), len(plan[1])
    return ImportSummary(new, changed, len(file.links) - new - changed, len(file.problems))


def _plan(session: Session, file: LinksFile) -> _Plan:
    """Return the rows to insert and to update."""
    columns = [_LINK.c[name] for name in _TOLD]
    found = select(_LINK.c.predecessor_urn, _LINK.c.successor_urn, _LINK.c.id, *columns)
    known = {(before, after): row for before, after, *row in session.execute(found)}
    new: list[Row] = []
    changed: list[Row] = []
    for link in file.links:
        old = known.get((link.predecessor_urn, link.successor_urn))
        if old is None:
            new.append(_new_row(link))
            continue
        told = link.joined(_kept(link, *old[1:]))
        now = {name: getattr(told, name) for name in _TOLD}
        if list(now.values()) != old[1:]:
            changed.append({"seen_id": old[0]} | {f"new_{name}": now[name] for name in _TOLD})
    return new, changed


def _kept(link: Link, before: str, after: str, word: str, day: date | None) -> Link:
    return Link(link.predecessor_urn, before, link.successor_urn, after, word, day)


def _new_row(link: Link) -> Row:
    return {
        "client_uuid": new_uuid(),
        "version": 1,
        "predecessor_urn": link.predecessor_urn,
        "predecessor_name": link.predecessor_name,
        "successor_urn": link.successor_urn,
        "successor_name": link.successor_name,
        "link": link.link,
        "linked_on": link.linked_on,
    }


def _close_predecessors(session: Session) -> None:
    """Set the missing closing days; a school that opened later is left alone."""
    last = func.max(_LINK.c.linked_on)
    found = (
        select(_CUSTOMER.c.id, last)
        .join(_LINK, _LINK.c.predecessor_urn == _CUSTOMER.c.urn)
        .where(_CUSTOMER.c.closed_on.is_(None), _LINK.c.link != "split into")
        .group_by(_CUSTOMER.c.id, _CUSTOMER.c.opened_on)
        .having(last.is_not(None), _or_none(_CUSTOMER.c.opened_on, last))
    )
    rows = [{"seen_id": key, "day": day} for key, day in session.execute(found)]
    if rows:
        closing = update(_CUSTOMER).where(_CUSTOMER.c.id == bindparam("seen_id"))
        closed = closing.values(closed_on=bindparam("day"), version=_CUSTOMER.c.version + 1)
        session.connection().execute(closed, rows)


def _or_none(opened: Any, day: Any) -> Any:
    return opened.is_(None) | (opened <= day)


def _date_successors(session: Session) -> None:
    """Move facts that begin with time itself to the day the school began as what it is."""
    of = _STANDING.c
    first = func.min(_LINK.c.linked_on)
    begun = (
        select(_CUSTOMER.c.id, first.label("day"))
        .join(_LINK, _LINK.c.successor_urn == _CUSTOMER.c.urn)
        .where(
            _LINK.c.link != "merged into",
            _CUSTOMER.c.opened_on.is_(None),
            _CUSTOMER.c.kind.in_([str(Kind.ACADEMY), str(Kind.COLLEGE), str(Kind.INDEPENDENT)]),
        )
        .group_by(_CUSTOMER.c.id)
        .having(first > ALWAYS)
        .subquery()
    )
    only = (
        select(func.min(of.id).label("id"), of.customer_id)
        .group_by(of.customer_id, of.standing)
        .having(func.count() == 1, func.min(of.valid_from) == ALWAYS)
        .subquery()
    )
    found = select(only.c.id, begun.c.day).join(begun, begun.c.id == only.c.customer_id)
    rows = [{"seen_id": key, "day": day} for key, day in session.execute(found)]
    if rows:
        dating = update(_STANDING).where(of.id == bindparam("seen_id"))
        dated = dating.values(valid_from=bindparam("day"), version=of.version + 1)
        session.connection().execute(dated, rows)
