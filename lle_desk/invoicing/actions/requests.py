"""What is asked for when papers are made, and the papers that came of it."""

from dataclasses import dataclass
from datetime import date

from lle_desk.core.money import Pence, pounds


@dataclass(frozen=True, slots=True)
class Propose:
    """A draft for one customer: of these charges, else of all up to and including a day."""

    client_uuid: str
    customer_id: int
    charge_ids: tuple[int, ...] = ()
    up_to: date | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Drafts as (invoice id, seen version), in the order of their numbers, and their date."""

    drafts: tuple[tuple[int, int], ...]
    issued_on: date


@dataclass(frozen=True, slots=True)
class IssueNow:
    """One invoice for each customer, of all that is unbilled up to and including a day.

    `seen_total` is the sum with VAT the officer agreed to; None asks for no such check.
    `drafts` are draft credit notes issued with them.
    """

    client_uuid: str
    customer_ids: tuple[int, ...]
    up_to: date
    issued_on: date
    seen_total: Pence | None = None
    drafts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CreditLine:
    """What to give back of one issued line, before VAT; with the line's own sign."""

    line_id: int
    net: Pence


@dataclass(frozen=True, slots=True)
class CreditInvoice:
    """A credit note for an issued invoice, and why. No lines: all that is left of it."""

    client_uuid: str
    invoice_id: int
    reason: str
    issued_on: date
    lines: tuple[CreditLine, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper that has its number now."""

    invoice_id: int
    number: str
    customer: str
    total: Pence


@dataclass(frozen=True, slots=True)
class Issued:
    """The papers of one press, in the order of their numbers."""

    papers: tuple[IssuedPaper, ...]

    @property
    def total(self) -> Pence:
        return Pence(sum(paper.total for paper in self.papers))

    def words(self) -> str:
        """Return "INV-000001 to INV-000004, 4 papers, £3,118.40"."""
        numbers = [paper.number for paper in self.papers]
        if len(numbers) == 1:
            return f"{numbers[0]}, {self.papers[0].customer}, {pounds(self.total)}"
        same = len({number[:3] for number in numbers}) == 1
        said = f"{numbers[0]} to {numbers[-1]}" if same else ", ".join(numbers)
        return f"{said}, {len(numbers)} papers, {pounds(self.total)}"
