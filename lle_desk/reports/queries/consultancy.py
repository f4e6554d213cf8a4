"""Consultancy: the visits of a year, how many days they were and how they were paid for."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, ScalarSelect, Select, and_, case, cast, func, select
from sqlalchemy.orm import Session

from lle_desk.agreements.models import AgreementDraw
from lle_desk.agreements.rules import DrawSource
from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.rules import VisitKind, VisitState, visit_words
from lle_desk.core.days import LONG_MONTHS, span_words
from lle_desk.customers.models import Customer
from lle_desk.invoicing.actions.giving_back import given_back_rows
from lle_desk.officers.models import Service
from lle_desk.reports.rules import (
    LPDS,
    Ask,
    Behind,
    BehindRow,
    Chart,
    ChartPart,
    CourseFigure,
    Figure,
    Kind,
    Report,
    ReportColumn,
    ReportRow,
    Year,
    change,
    parted,
)
from lle_desk.trainers.models import Trainer, TrainerTime

DONE, COMING, DAYS, CHARGED, COVERED = "done", "coming", "days", "charged", "covered"
HEADINGS = {"service": "Service", "kind": "Kind", "month": "Month", "adviser": "Adviser"}
MOST_BARS = 12
BY_LIST, BY_AGREEMENT, FREE = "charged", "by agreement", "no charge"


@dataclass(frozen=True, slots=True)
class VisitCount:
    """One visit of a report; `net` in pence is what is charged for it, `days` 1 or a half."""

    id: int
    number: int
    topic: str
    kind: str
    state: str
    starts_at: datetime
    ends_at: datetime
    adviser: str
    service: str
    customer: str
    net: int
    draws: int

    @property
    def is_done(self) -> bool:
        return self.state == VisitState.DONE

    @property
    def days(self) -> float:
        return 1.0 if self.kind == VisitKind.DAY else 0.5

    @property
    def paid(self) -> str:
        """How it is paid for, in words."""
        if self.draws:
            return BY_AGREEMENT
        return BY_LIST if self.net else FREE

    def amount(self, part: str) -> float:
        """Return how much the visit is of a figure; 0 leaves it out."""
        if part == DAYS:
            return self.days
        if part == CHARGED:
            return self.net
        return {DONE: self.is_done, COMING: not self.is_done, COVERED: bool(self.draws)}.get(
            part, True
        )


def consultancy_figures(session: Session, first: date, last: date) -> list[CourseFigure]:
    """Return the consultancy bookings of the days `first` to `last`, cancelled ones left out."""
    found = (
        select(func.count(Visit.id), func.sum(case((Service.code == LPDS, 1), else_=0)))
        .join(TrainerTime, TrainerTime.id == Visit.trainer_time_id)
        .join(Service, Service.id == Visit.service_id)
        .where(*_held(first, last))
    )
    everyone, ours = session.execute(found).one()
    return [
        CourseFigure("Consultancy bookings (all groups)", everyone),
        CourseFigure("Consultancy bookings (LPDS)", ours or 0),
    ]


def visits_of(session: Session, first: date, last: date) -> list[VisitCount]:
    """Return the visits of the days `first` to `last` that are not cancelled, by time."""
    net = _net_of_visit()
    draws = (
        select(func.count(AgreementDraw.id))
        .where(
            AgreementDraw.source == DrawSource.VISIT.value,
            AgreementDraw.source_id == Visit.id,
            ~AgreementDraw.is_returned,
        )
        .scalar_subquery()
    )
    found: Select[*tuple[Any, ...]] = (
        select(
            Visit.id,
            Visit.number,
            Visit.topic,
            Visit.kind,
            Visit.state,
            TrainerTime.starts_at,
            TrainerTime.ends_at,
            Trainer.name,
            Service.name,
            Customer.name,
            net,
            draws,
        )
        .join(TrainerTime, TrainerTime.id == Visit.trainer_time_id)
        .join(Trainer, Trainer.id == TrainerTime.trainer_id)
        .join(Service, Service.id == Visit.service_id)
        .join(Customer, Customer.id == Visit.customer_id)
        .where(*_held(first, last))
        .order_by(TrainerTime.starts_at, Visit.id)
    )
    return [VisitCount(*row) for row in session.execute(found)]


def consultancy_report(session: Session, ask: Ask) -> Report:
    """Return the visits of a year and the one before, with days and how they are paid for."""
    year = ask.year
    all_now, all_before = _of(session, year), _of(session, year.before)
    group_of = partial(_group, ask)
    now, before = parted(all_now, group_of), parted(all_before, group_of)
    rows = tuple(
        _row(key, label, now.get(key, ()), before.get(key, ()))
        for key, label in _lines(ask, now, before)
    )
    return Report(
        ask,
        f"Consultancy {year.words}",
        f"Visits in the {year.span_words}",
        HEADINGS[ask.by],
        _columns(year),
        rows,
        _row("", "Whole year", all_now, all_before),
        _chart(ask),
        (
            "Cancelled visits and their fees are left out. A day is one day, a half day or a"
            " twilight half of one. Done: its note is written. By agreement: an agreement's days"
            " pay for the visit.",
        ),
    )


def _chart(ask: Ask) -> Chart:
    parts = (ChartPart(4, "done", "fill"), ChartPart(5, "planned", "hatched"))
    if ask.by == "adviser":
        return Chart(f"Visits, the {MOST_BARS} advisers with most", parts, 1, most=MOST_BARS)
    return Chart("Visits", parts, before=1, upright=ask.by == "month")


def consultancy_behind(session: Session, figure: Figure) -> Behind:
    """Return the visits of a figure; their amounts add up to it."""
    found = _of(session, figure.year)
    if figure.key is not None:
        found = [one for one in found if _group(figure.ask, one) == figure.key]
    rows = tuple(
        BehindRow(
            "visit",
            one.id,
            one.id,
            one.starts_at.date(),
            span_words(one.starts_at, one.ends_at),
            visit_words(one.number),
            one.topic,
            one.customer,
            one.adviser,
            f"{one.service}, {one.kind}",
            one.amount(figure.part),
            f"{one.state}, {one.paid}",
        )
        for one in found
        if one.amount(figure.part)
    )
    what, kind = {
        DAYS: ("Days", Kind.HOURS),
        CHARGED: ("Charged", Kind.MONEY),
    }.get(figure.part, ("Visits", Kind.COUNT))
    return Behind(("Customer", "Adviser", "Service", what), kind, rows)


def _net_of_visit() -> ScalarSelect[int]:
    """Return what is charged for a visit, less what credit notes and journals gave back."""
    charges = and_(
        Charge.source == Source.VISIT.value,
        Charge.source_id == Visit.id,
        Charge.state != ChargeState.VOID.value,
    )
    back = given_back_rows().subquery()
    charged = select(cast(func.coalesce(func.sum(Charge.net), 0), BigInteger)).where(charges)
    given = (
        select(cast(func.coalesce(func.sum(back.c.net), 0), BigInteger))
        .join(Charge, Charge.id == back.c.charge_id)
        .where(charges)
    )
    whole = charged.correlate(Visit).scalar_subquery() + given.correlate(Visit).scalar_subquery()
    return select(whole).correlate(Visit).scalar_subquery()


def _held(first: date, last: date) -> tuple[Any, ...]:
    begins = datetime.combine(first, time())
    ends = datetime.combine(last, time()) + timedelta(days=1)
    return (
        Visit.state != str(VisitState.CANCELLED),
        TrainerTime.starts_at >= begins,
        TrainerTime.starts_at < ends,
    )


def _of(session: Session, year: Year) -> list[VisitCount]:
    return visits_of(session, year.first, year.last)


def _group(ask: Ask, visit: VisitCount) -> Hashable:
    if ask.by == "kind":
        return visit.kind
    if ask.by == "month":
        return visit.starts_at.month
    return visit.adviser if ask.by == "adviser" else visit.service


def _lines(ask: Ask, *years: Mapping[Hashable, Sequence[VisitCount]]) -> list[tuple[Hashable, str]]:
    """Return the groups with their words: months and kinds in order, else the largest first."""
    if ask.by == "month":
        return [(month, LONG_MONTHS[month - 1]) for month in ask.year.months]
    found = {key for year in years for key in year}
    if ask.by == "kind":
        return [(str(one), str(one).capitalize()) for one in VisitKind if str(one) in found]
    ordered = sorted(found, key=lambda key: (-len(years[0].get(key, ())), str(key)))
    return [(key, str(key)) for key in ordered]


def _row(
    key: Hashable, label: str, now: Sequence[VisitCount], before: Sequence[VisitCount]
) -> ReportRow:
    parts = (DONE, COMING, DAYS, CHARGED, COVERED)
    sums = (sum(one.amount(part) for one in now) for part in parts)
    counts = (len(now), len(before))
    return ReportRow(key, label, (*counts, *change(*counts), *sums))


def _columns(year: Year) -> tuple[ReportColumn, ...]:
    now, before = year.words, year.before.words
    return (
        ReportColumn(f"Visits {now}", strong=True, short="Visits"),
        ReportColumn(f"Visits {before}", last_year=True, short=f"in {before}"),
        ReportColumn("Difference", Kind.CHANGE, opens=False, give_up=2),
        ReportColumn("in %", Kind.CHANGE_PERCENT, opens=False, give_up=3),
        ReportColumn("Done", part=DONE),
        ReportColumn("Planned", part=COMING, give_up=1, tip="to come, or its note is not written"),
        ReportColumn("Days", Kind.HOURS, part=DAYS),
        ReportColumn("Charged", Kind.MONEY, part=CHARGED, tip="without VAT"),
        ReportColumn("By agreement", part=COVERED, tip="visits that an agreement's days pay for"),
    )
