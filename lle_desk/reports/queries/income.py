"""What events brought in from their places, against what they cost, event by event."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.days import LONG_MONTHS, day_words
from lle_desk.courses.models import CourseBooking, Event, Place
from lle_desk.courses.queries.event_income import NOTHING, income_of
from lle_desk.courses.rules import booking_words
from lle_desk.customers.models import Customer
from lle_desk.invoicing.actions import giving_back as _giving_back  # noqa: F401  (tells credits)
from lle_desk.invoicing.models import Invoice, InvoiceLine
from lle_desk.reports.queries.courses import EventCount, event_counts
from lle_desk.reports.queries.event_costs import costs_of_events
from lle_desk.reports.rules import (
    Ask,
    Behind,
    BehindRow,
    Chart,
    ChartPart,
    Figure,
    Kind,
    Report,
    ReportColumn,
    ReportRow,
    Year,
    change,
    parted,
)

T = TypeVar("T")
COST, PLACES, LEFT = "cost", "places", "left"
HEADINGS = {"service": "Service", "month": "Month", "event": "Event"}
MOST_BARS = 20


@dataclass(frozen=True, slots=True)
class EventMoney:
    """An event with what its places brought in and what it cost, in pence without VAT."""

    event: EventCount
    income: int
    cost: int

    def amount(self, part: str) -> float:
        """Return how much the event is of a figure; 0 leaves it out."""
        if part == PLACES:
            return self.event.held
        if part == LEFT:
            return self.income - self.cost
        return self.cost if part == COST else self.income


def income_report(session: Session, ask: Ask) -> Report:
    """Return the income of the events of a year and of the one before, and their cost."""
    year = ask.year
    all_now, all_before = events_money(session, year), events_money(session, year.before)
    group_of = partial(_group, ask)
    now, before = parted(all_now, group_of), parted(all_before, group_of)
    is_long = ask.by == "event"
    rows = tuple(
        _row(ask, key, label, (now.get(key, ()), before.get(key, ())))
        for key, label in _lines(ask, now, before)
    )
    return Report(
        ask,
        f"Income of courses {year.words}",
        f"Events that begin in the {year.span_words}, in pounds without VAT",
        HEADINGS[ask.by],
        _kept(ask, _columns(year)),
        rows,
        _row(ask, "", "Whole year", (all_now, all_before)),
        Chart(
            f"Income in pounds, the {MOST_BARS} largest" if is_long else "Income in pounds",
            (ChartPart(1, "income", "fill"),),
            before=None if is_long else 2,
            upright=ask.by == "month",
            most=MOST_BARS if is_long else 0,
        ),
        (NOTE,),
    )


NOTE = (
    "Income: what places are charged, fees for cancelling with them, less what was credited."
    " Cost: rooms and catering at the internal rate, trainers by the day, and what was typed in;"
    " what has no rate yet counts nothing."
)


def income_behind(session: Session, figure: Figure) -> Behind:
    """Return the bookings of one event, or the events of a group; they add up to the figure."""
    ask, part = figure.ask, figure.part
    what = {COST: "Cost", PLACES: "Places", LEFT: "Left over"}.get(part, "Income")
    kind = Kind.COUNT if part == PLACES else Kind.MONEY
    heads = ("Customer", "Taken by", "State", what)
    if ask.by == "event" and figure.key is not None and not part:
        return Behind(heads, kind, _bookings(session, int(str(figure.key))))
    found = events_money(session, figure.year)
    if figure.key is not None:
        found = [one for one in found if _group(ask, one) == figure.key]
    rows = tuple(
        BehindRow(
            "event",
            one.event.id,
            one.event.id,
            one.event.first_on,
            "",
            one.event.code,
            one.event.title,
            one.event.service_name,
            f"{one.event.held} of {one.event.capacity}",
            one.event.state,
            one.amount(part),
            "",
        )
        for one in found
        if one.amount(part)
    )
    return Behind(("Service", "Places", "State", what), kind, rows)


def events_money(session: Session, year: Year) -> list[EventMoney]:
    """Return the events that begin in a year with their income and cost, by day and code."""
    begun = select(Event.id).where(Event.first_on.between(year.first, year.last))
    income = income_of(session, Place.event_id.in_(begun))
    costs = costs_of_events(session, year.first, year.last)
    return [
        EventMoney(event, income.get(event.id, NOTHING).income, costs.get(event.id, 0))
        for event in event_counts(session, year.first, year.last)
    ]


def _bookings(session: Session, event_id: int) -> tuple[BehindRow, ...]:
    """Return the bookings of an event with what is charged for their places."""
    billed, credit = aliased(InvoiceLine), aliased(InvoiceLine)
    back = (
        select(func.coalesce(func.sum(credit.net), 0))
        .join(Invoice, (Invoice.id == credit.invoice_id) & (Invoice.state == "issued"))
        .join(billed, billed.id == credit.credits_line_id)
        .where(billed.charge_id == Charge.id)
        .scalar_subquery()
    )
    found = (
        select(
            CourseBooking.id,
            CourseBooking.number,
            CourseBooking.taken_at,
            CourseBooking.taken_by,
            Customer.name,
            func.count(Charge.id),
            func.sum(Charge.net + back),
        )
        .join(Place, Place.course_booking_id == CourseBooking.id)
        .join(Charge, (Charge.source == Source.PLACE.value) & (Charge.source_id == Place.id))
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .where(Place.event_id == event_id, Charge.state != ChargeState.VOID.value)
        .group_by(CourseBooking.id, Customer.name)
        .order_by(CourseBooking.taken_at, CourseBooking.id)
    )
    return tuple(
        BehindRow(
            "course_booking",
            booking,
            booking,
            taken_at.date(),
            "",
            booking_words(number),
            "1 charge" if charges == 1 else f"{charges} charges",
            customer,
            taken_by,
            "",
            int(net),
            "",
        )
        for booking, number, taken_at, taken_by, customer, charges, net in session.execute(found)
        if net
    )


def _group(ask: Ask, one: EventMoney) -> Hashable:
    if ask.by == "event":
        return one.event.id
    return one.event.first_on.month if ask.by == "month" else one.event.service_name


def _lines(ask: Ask, *years: Mapping[Hashable, Sequence[EventMoney]]) -> list[tuple[Hashable, str]]:
    """Return the groups with their words: months in order, else the largest income first."""
    if ask.by == "month":
        return [(month, LONG_MONTHS[month - 1]) for month in ask.year.months]
    now = years[0]
    if ask.by == "event":
        found = [events[0] for events in now.values()]
        found.sort(key=lambda one: (-one.income, one.event.first_on, one.event.code))
        return [(one.event.id, _name(one.event)) for one in found]
    income = {
        key: sum(one.income for one in now.get(key, ())) for key in {k for y in years for k in y}
    }
    return [(key, str(key)) for key in sorted(income, key=lambda key: (-income[key], str(key)))]


def _name(event: EventCount) -> str:
    return f"{event.code} {event.title}, {day_words(event.first_on)}"


def _kept(ask: Ask, columns: tuple[T, ...]) -> tuple[T, ...]:
    """Return the columns without those of last year: no event was there a year ago."""
    return (*columns[:2], *columns[4:]) if ask.by == "event" else columns


def _row(
    ask: Ask, key: Hashable, label: str, years: tuple[Sequence[EventMoney], Sequence[EventMoney]]
) -> ReportRow:
    now, before = years
    income, income_before = (sum(one.income for one in part) for part in (now, before))
    cost = sum(one.cost for one in now)
    cells = (
        sum(one.event.held for one in now),
        income,
        income_before,
        change(income, income_before)[1],
        cost,
        income - cost,
        income * 100 / cost if cost else None,
    )
    return ReportRow(key, label, _kept(ask, cells))


def _columns(year: Year) -> tuple[ReportColumn, ...]:
    now, before = year.words, year.before.words
    return (
        ReportColumn("Places", part=PLACES, give_up=2),
        ReportColumn(f"Income {now}", Kind.MONEY, strong=True, short="Income"),
        ReportColumn(f"Income {before}", Kind.MONEY, last_year=True, short=f"in {before}"),
        ReportColumn("in %", Kind.CHANGE_PERCENT, opens=False, give_up=3),
        ReportColumn("Cost", Kind.MONEY, part=COST),
        ReportColumn("Left over", Kind.MONEY, part=LEFT, tip="income less cost"),
        ReportColumn("Covered", Kind.PERCENT, opens=False, give_up=1, tip="income of the cost"),
    )
