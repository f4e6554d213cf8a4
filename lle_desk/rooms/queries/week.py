"""The plan of a week for paper."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.rooms.models import Site
from lle_desk.rooms.papers import WeekEntry, WeekPlan, WeekRow
from lle_desk.rooms.queries.plan import Plan, PlanUse, plan_of
from lle_desk.rooms.rules import SpaceFacts

WORKING_DAYS = 5


def week_plan(session: Session, site_id: int, day: date, now: datetime) -> WeekPlan:
    """Return the week of `day` at a site, Monday to Friday, and the weekend when it is used."""
    monday = day - timedelta(days=day.weekday())
    plan = plan_of(session, site_id, monday, monday + timedelta(days=6))
    week = [monday + timedelta(days=n) for n in range(7)]
    days = tuple(on for n, on in enumerate(week) if n < WORKING_DAYS or _used(plan.uses, on))
    rows = [_row(space, plan, days) for space in plan.spaces]
    name = session.scalar(select(Site.name).where(Site.id == site_id)) or ""
    return WeekPlan(
        site=name.partition(",")[0],
        days=days,
        rows=tuple(row for row in rows if any(row.days) or any(row.closed)),
        free=tuple(row.room for row in rows if not any(row.days) and not any(row.closed)),
        printed_at=now,
    )


def _used(uses: Sequence[PlanUse], day: date) -> bool:
    start, end = _span(day)
    return any(use.holds_space and use.starts_at < end and use.ends_at > start for use in uses)


def _row(space: SpaceFacts, plan: Plan, days: Sequence[date]) -> WeekRow:
    own = [use for use in plan.uses if use.space_id == space.id and use.holds_space]
    return WeekRow(
        space.name,
        tuple(_entries(own, day) for day in days),
        tuple(_closed(space, plan, day) for day in days),
    )


def _entries(uses: Sequence[PlanUse], day: date) -> tuple[WeekEntry, ...]:
    start, end = _span(day)
    found = [
        WeekEntry(
            max(use.starts_at, start),
            min(use.ends_at, end - timedelta(minutes=1)),
            use.title,
            use.heads,
            use.is_estimate,
            use.is_provisional,
        )
        for use in uses
        if use.starts_at < end and use.ends_at > start
    ]
    return tuple(sorted(found, key=lambda entry: (entry.starts_at, entry.title)))


def _closed(space: SpaceFacts, plan: Plan, day: date) -> str:
    start, end = _span(day)
    reasons = (
        closed.reason
        for closed in plan.closed
        if closed.starts_at < end
        and closed.ends_at > start
        and (closed.cells is None or closed.cells & space.cells)
    )
    return ", ".join(dict.fromkeys(reasons))


def _span(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time())
    return start, start + timedelta(days=1)
