"""What the reports read: plain queries over the records, and the records behind each figure."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lle_desk.reports.queries.cancelled import cancelled_behind, cancelled_report
from lle_desk.reports.queries.consultancy import consultancy_behind, consultancy_report
from lle_desk.reports.queries.courses import course_figures, courses_behind, courses_report
from lle_desk.reports.queries.footfall import footfall_behind, footfall_report
from lle_desk.reports.queries.income import income_behind, income_report
from lle_desk.reports.queries.occupancy import occupancy_behind, occupancy_report
from lle_desk.reports.queries.uses import footfall
from lle_desk.reports.rules import Ask, Behind, Figure, Report


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a report is read, and how what is behind its figures."""

    report: Callable[[Session, Ask], Report]
    behind: Callable[[Session, Figure], Behind]


_KINDS = {
    "footfall": _Kind(footfall_report, footfall_behind),
    "occupancy": _Kind(occupancy_report, occupancy_behind),
    "courses": _Kind(courses_report, courses_behind),
    "cancelled": _Kind(cancelled_report, cancelled_behind),
    "consultancy": _Kind(consultancy_report, consultancy_behind),
    "income": _Kind(income_report, income_behind),
}


def report_of(session: Session, ask: Ask) -> Report:
    """Return a report of `rules.choices.REPORTS`."""
    return _KINDS[ask.what].report(session, ask)


def behind_figure(session: Session, figure: Figure) -> Behind:
    """Return the records behind a figure; their amounts add up to it."""
    return _KINDS[figure.ask.what].behind(session, figure)


__all__ = ["behind_figure", "course_figures", "footfall", "report_of"]
