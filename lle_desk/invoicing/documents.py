"""Invoices and credit notes as PDF. Values in, bytes out: nothing is looked up or worked out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from lle_desk.core.days import day_words
from lle_desk.core.money import figures, pounds
from lle_desk.invoicing.papers import Bank, InvoicePaper, PaperKind, PaperLine, VatRow
from lle_desk.paper.flow import Beside, Block, items, strong_heading, text
from lle_desk.paper.letterhead import Fact, Sheet, pdf
from lle_desk.paper.pen import CENTRED, Pen
from lle_desk.paper.styles import (
    BODY,
    HAIRLINE,
    HEADING,
    INK,
    LEFT,
    LINE,
    MEASURE,
    NOTE,
    QUIET,
    RIGHT,
    RULE,
    STRONG_BODY,
    SUBJECT,
    column,
    span,
)
from lle_desk.paper.tables import (
    HAIR,
    HEAVY,
    Edge,
    Grid,
    Row,
    columns,
    head_row,
    keep_last,
    make_row,
    number_line,
    numbers,
    table,
)
from lle_desk.paper.words import Line, Strong, Words, one_line, words

DRAFT = "DRAFT: no number until issued"
NOT_YET = "This is not a VAT invoice: nothing is to be paid yet."
LINES = Grid(
    columns(
        (0, 27),
        (28.4, 73.2),
        numbers(101.9, 11.1),
        numbers(113.5, 15.5),
        numbers(129.5, 16),
        (147.5, 8, CENTRED),
        numbers(156, 14),
    )
)
BY_CODE = Grid(columns((0, 4), (5, 37), numbers(43, 21), numbers(66, 19.5)))
BY_CODE_TOTAL = Grid(columns((0, 42), numbers(43, 21), numbers(66, 19.5)), named_rows=True)
SUMS = Grid(columns((102.1, 36), numbers(136, 34)), named_rows=True)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the parts of the paper are called; the last two where it gives another one back."""

    title: str
    number: str
    amount: str
    gives_back: str = ""
    why: str = ""


NAMES = {
    PaperKind.INVOICE: _Names("VAT invoice", "Invoice", "To pay"),
    PaperKind.CREDIT_NOTE: _Names(
        "VAT credit note", "Credit note", "Credit", "Credits invoice", "Why it is credited: "
    ),
    PaperKind.RECHARGE: _Names("Recharge note", "Recharge", "Recharged"),
    PaperKind.REVERSAL: _Names(
        "Reversing recharge",
        "Recharge",
        "Given back",
        "Reverses recharge",
        "Why it is reversed: ",
    ),
}


def invoice_pdf(paper: InvoicePaper) -> bytes:
    """Return the invoice or credit note, draft or issued. The same values give the same bytes."""
    return pdf(_sheet(paper), list(_story(paper)))


def _sheet(paper: InvoicePaper) -> Sheet:
    names = NAMES[paper.kind]
    heading = names.title if paper.number else f"Draft of a {names.title}"
    customer = [paper.customer, f"URN {paper.urn}" if paper.urn else ""]
    return Sheet(
        title=f"{heading} {paper.number or paper.customer}",
        heading=heading,
        name=paper.number or "Draft",
        foot=paper.foot,
        sender=paper.sender,
        address=paper.address,
        registration=f"{paper.seller} · VAT registration {paper.vat_registration}",
        facts=(
            Fact(names.number, paper.number or "", strong=True),
            Fact("Date of issue", day_words(paper.issued_on) if paper.number else ""),
            Fact("Your order no.", paper.order_number, strong=True),
            Fact("Customer", " · ".join(part for part in customer if part)),
            Fact(names.gives_back, paper.credits_number, strong=True),
            Fact("issued on", day_words(paper.credits_on) if paper.credits_on else ""),
            Fact("Payment due", _due(paper), strong=True),
        ),
    )


def _due(paper: InvoicePaper) -> str:
    if not paper.due_on:
        return ""
    if not paper.number:
        return f"{paper.terms} from issue"
    return f"{day_words(paper.due_on)} ({paper.terms})" if paper.terms else day_words(paper.due_on)


def _story(paper: InvoicePaper) -> Iterator[Block]:
    if not paper.number:
        yield _Banner(words(Strong(f"{DRAFT}. "), NOT_YET).lines(MEASURE - 8 * mm))
    if paper.credit_reason:
        yield text(words(Strong(NAMES[paper.kind].why), paper.credit_reason))
    heads = ("Tax point", "What was supplied", "Quantity", "Unit £", "Net £", "Code", "VAT £")
    above = 10 if not paper.number or paper.credit_reason else 0
    rows = table(LINES, heads, map(_line, paper.lines), above=above)
    yield from keep_last(rows)
    yield _sums(paper)
    yield from _reasons(paper)
    if paper.number and paper.bank and paper.kind is PaperKind.INVOICE:
        yield _Slip(paper, paper.bank, above=8, at_foot=True)


def _line(line: PaperLine) -> Row:
    style = STRONG_BODY if line.strong else BODY
    row = make_row(
        LINES,
        [
            words(day_words(line.tax_point)),
            (words(line.text, style=style), words(line.detail, style=NOTE)),
            words(line.quantity),
            words(figures(line.unit)),
            words(figures(line.net), style=style),
            words(line.code, style=STRONG_BODY),
            words(figures(line.vat), style=style),
        ],
        over=3,
        under=3,
    )
    return replace(row, tinted=line.strong, edge=None if line.strong else row.edge)


def _sums(paper: InvoicePaper) -> Block:
    """Return VAT by code and, beside it, the totals."""
    return Beside(tuple(_by_code(paper)), tuple(_totals(paper)), above=16)


def _by_code(paper: InvoicePaper) -> list[Row]:
    head = head_row(BY_CODE, ("", "", "Net £", "VAT £"))
    title = words("VAT by code", style=STRONG_BODY).lines(100)
    head = replace(head, cells=(title, *head.cells[1:]), over=0.5)
    rows = [_code_row(vat, HAIR) for vat in paper.vat_rows[:-1]]
    rows += [_code_row(vat, HEAVY) for vat in paper.vat_rows[-1:]]
    sums = [words(Strong(part)) for part in ("Total", figures(paper.net), figures(paper.vat))]
    total = replace(make_row(BY_CODE_TOTAL, sums, over=1.2, under=1.2), edge=None)
    key = object()
    return [replace(row, table=key) for row in (head, *rows, total)]


def _code_row(vat: VatRow, edge: Edge) -> Row:
    code = words(vat.code, style=STRONG_BODY)
    cells = [code, words(vat.name), words(figures(vat.net)), words(figures(vat.vat))]
    return replace(make_row(BY_CODE, cells, over=1.2, under=1.2), edge=edge)


def _totals(paper: InvoicePaper) -> Iterator[Block]:
    key = object()
    for name, amount, edge in (("Total net", paper.net, None), ("Total VAT", paper.vat, HEAVY)):
        row = make_row(SUMS, [words(name), words(figures(amount))], over=0.8, under=2)
        yield replace(row, edge=edge, table=key)
    name = NAMES[paper.kind].amount
    to_pay = make_row(SUMS, [_large(name), _large(pounds(paper.total))], over=4, under=0)
    yield replace(to_pay, edge=None, table=key)
    if paper.due_on and paper.number:
        by = f"by {day_words(paper.due_on)}"
        terms = f"{paper.terms} from issue" if paper.terms else ""
        row = make_row(SUMS, [words(by), words(terms, style=NOTE)], over=0, under=0)
        yield replace(row, edge=None, table=key)


def _large(what: str) -> Words:
    return words(what, style=SUBJECT)


def _reasons(paper: InvoicePaper) -> Iterator[Block]:
    if paper.reasons:
        title = "Why the codes differ" if len(paper.reasons) > 1 else "Why this code"
        yield replace(strong_heading("", above=14), title=_strong_line(title))
        yield from items(
            ((words(Strong(why.code)), words(why.words)) for why in paper.reasons), between=0
        )
    if paper.note:
        yield text(words(paper.note, style=NOTE), above=5)


def _strong_line(what: str) -> Line:
    return words(what, style=STRONG_BODY).lines(MEASURE)[0]


@dataclass(frozen=True, slots=True)
class _Banner(Block):
    """What a draft says across the sheet, before anything else."""

    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        return 6 * mm + sum(line.style.leading for line in self.lines)

    def draw(self, pen: Pen, top: float) -> None:
        with pen.decoration():
            pen.frame(LEFT, top, MEASURE, self.height, RULE, INK)
        pen.say("P", self.lines, LEFT + 4 * mm, top + 3 * mm)


@dataclass(frozen=True, slots=True)
class _Slip(Block):
    """The remittance slip at the foot of the last sheet, to be cut off."""

    paper: InvoicePaper
    bank: Bank

    @property
    def height(self) -> float:
        return 47 * mm

    def draw(self, pen: Pen, top: float) -> None:
        with pen.decoration():
            pen.dashes(8 * mm, RIGHT + 10 * mm, top + 4 * mm, QUIET)
            cut = words("Cut here", style=NOTE).lines(MEASURE)
            pen.write(cut, LEFT, top, MEASURE, align=1)
        title = words("Remittance slip", style=HEADING).lines(MEASURE)[0]
        pen.say("H2", [title], LEFT, top + 6.5 * mm)
        how = f"Send with a cheque, or e-mail to {self.bank.email} when you pay by BACS."
        said = one_line(how, NOTE, MEASURE - title.wide - 14)
        with pen.tagged(pen.tree.document.child("P")):
            pen.line(said, LEFT + title.wide + 14, top + 6.5 * mm + title.baseline)
        for number, pairs in enumerate((self._from, self._to)):
            self._draw_pairs(pen, pairs(), column(number * 4), top + 15 * mm)
        self._draw_box(pen, top + 15 * mm)

    def _from(self) -> tuple[tuple[str, str, bool], ...]:
        paper = self.paper
        due = day_words(paper.due_on) if paper.due_on else ""
        return (
            ("From", f"{paper.customer} · {paper.customer_name}", False),
            ("Your order no.", paper.order_number, False),
            ("Payment due", due, True),
        )

    def _to(self) -> tuple[tuple[str, str, bool], ...]:
        account = f"{self.bank.sort_code} · {self.bank.account}"
        return (
            ("Pay by BACS to", self.bank.payee, False),
            ("Sort code and account", account, False),
            ("Payment reference", self.paper.number or "", True),
        )

    def _draw_pairs(
        self, pen: Pen, pairs: tuple[tuple[str, str, bool], ...], left: float, top: float
    ) -> None:
        wide = span(4) - 2 * mm
        for number, (label, value, strong) in enumerate(pairs):
            if not value:
                continue
            style = STRONG_BODY if strong else BODY
            under = top + number * 11 * mm
            lines = [one_line(label, NOTE, wide), one_line(value, style, wide)]
            pen.say("P", lines, left, under)

    def _draw_box(self, pen: Pen, top: float) -> None:
        left, high = column(8) - 2 * mm, 31 * mm
        wide, inside = RIGHT - left, 3.5 * mm
        with pen.decoration():
            pen.frame(left, top, wide, high, RULE, INK)
            pen.rule(left, RIGHT, top + 10.5 * mm, HAIRLINE, LINE)
            for down in (19 * mm, 28.5 * mm):
                pen.rule(left + 24 * mm, RIGHT - inside, top + down, HAIRLINE, QUIET)
        with pen.tagged(pen.tree.document.child("P")):
            due = one_line("Amount due", NOTE, 24 * mm)
            pen.line(due, left + inside, top + 6.5 * mm)
            amount = number_line(_large(pounds(self.paper.total)), wide - inside - 22 * mm)
            pen.line(amount, RIGHT - inside - amount.wide, top + 6.9 * mm)
        for label, down in (("Amount paid £", 18 * mm), ("Date paid", 27.5 * mm)):
            with pen.tagged(pen.tree.document.child("P")):
                pen.line(one_line(label, NOTE, 22 * mm), left + inside, top + down)
