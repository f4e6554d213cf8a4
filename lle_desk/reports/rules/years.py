"""The years reports are about: the council's, from April, and the schools', from September."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lle_desk.core.days import MONTHS


class YearKind(StrEnum):
    """Which year is meant."""

    FINANCIAL = "financial"
    ACADEMIC = "academic"


BEGINS = {YearKind.FINANCIAL: 4, YearKind.ACADEMIC: 9}


@dataclass(frozen=True, slots=True)
class Year:
    """A year that begins on 1 April or 1 September of `start`."""

    kind: YearKind
    start: int

    @property
    def first(self) -> date:
        return date(self.start, BEGINS[self.kind], 1)

    @property
    def last(self) -> date:
        return date(self.start + 1, BEGINS[self.kind], 1) - timedelta(days=1)

    @property
    def words(self) -> str:
        """As it is printed: "2013/14"."""
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @property
    def before(self) -> "Year":
        return Year(self.kind, self.start - 1)

    @property
    def after(self) -> "Year":
        return Year(self.kind, self.start + 1)

    @property
    def months(self) -> tuple[int, ...]:
        """The months of the year, 1 to 12, in its order."""
        return tuple((BEGINS[self.kind] - 1 + n) % 12 + 1 for n in range(12))

    @property
    def span_words(self) -> str:
        """What the year is, in words: "financial year, 1 Apr 2013 to 31 Mar 2014"."""
        first, last = self.first, self.last
        return (
            f"{self.kind} year, {first.day} {MONTHS[first.month - 1]} {first.year}"
            f" to {last.day} {MONTHS[last.month - 1]} {last.year}"
        )


def year_of(kind: YearKind, day: date) -> Year:
    """Return the year of that kind that a day is in."""
    return Year(kind, day.year - (day.month < BEGINS[kind]))
