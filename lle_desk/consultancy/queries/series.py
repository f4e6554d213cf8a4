"""Looks at the days of a repeated visit before it is planned: who is busy, and who pays."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from lle_desk.agreements.rules import Allowance, amount, figure, number_words
from lle_desk.consultancy.queries.prices import VisitWanted, visit_price
from lle_desk.core.days import bank_holidays
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.trainers.queries import clash_words


@dataclass(frozen=True, slots=True)
class SeriesWanted:
    """A visit on several days; `reserved_from` and `reserved_to` are its first day's."""

    trainer_id: int
    service_id: int
    customer_id: int
    kind: str
    reserved_from: datetime
    reserved_to: datetime
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class SeriesDay:
    """One day: what is against it, "" when nothing is, and what the visit costs then."""

    day: date
    clash: str
    net: Pence


@dataclass(frozen=True, slots=True)
class SeriesLook:
    """The days by date; `drawn` says what of which agreements they use and what it leaves."""

    days: tuple[SeriesDay, ...]
    drawn: tuple[str, ...]

    @property
    def net(self) -> Pence:
        return Pence(sum(one.net for one in self.days))


def series_look(session: Session, wanted: SeriesWanted) -> SeriesLook:
    """Return what stands against each day, what all cost, and what agreements pay."""
    used: dict[int, int] = {}
    left: dict[int, str] = {}
    found = []
    for day in sorted(wanted.days):
        clash, net = _clash(session, wanted, day), Pence(0)
        try:
            asked = VisitWanted(wanted.service_id, wanted.kind, wanted.customer_id, day)
            price = visit_price(session, asked, used)
        except OfficerError as refusal:
            clash = clash or str(refusal).rstrip(".")
        else:
            net, cover = price.net, price.cover
            if cover is not None:
                drawn = used[cover.agreement_id] = used.get(cover.agreement_id, 0) + cover.drawn
                rest = figure(Allowance.DAYS, cover.left - cover.drawn)
                whole = amount(Allowance.DAYS, cover.units)
                left[cover.agreement_id] = (
                    f"{number_words(cover.number)} pays {amount(Allowance.DAYS, drawn)};"
                    f" {rest} of {whole} left after"
                )
        found.append(SeriesDay(day, clash, net))
    return SeriesLook(tuple(found), tuple(left.values()))


def _clash(session: Session, wanted: SeriesWanted, day: date) -> str:
    if not wanted.trainer_id:
        return ""
    begins = datetime.combine(day, wanted.reserved_from.time())
    ends = datetime.combine(day, wanted.reserved_to.time())
    said = clash_words(session, wanted.trainer_id, begins, ends)
    return said or bank_holidays().get(day, "")
