"""The letter about a visit as PDF. Values in, bytes out: nothing is looked up here."""

from collections.abc import Iterator
from dataclasses import replace

from lle_desk.consultancy.papers import VisitPaper
from lle_desk.core.days import day_words
from lle_desk.paper.flow import Block, heading, strong_heading, text
from lle_desk.paper.letterhead import Fact, Sheet, pdf
from lle_desk.paper.styles import QUIET_BODY, STRONG_BODY, SUBJECT
from lle_desk.paper.tables import Grid, columns, make_row, table
from lle_desk.paper.words import Strong, words

FACTS = Grid(columns((4, 36), (42, 124)), pad=4, named_rows=True)
TERMS = Grid(columns((0, 60), (62, 52), (116, 54)), named_rows=True)


def visit_pdf(paper: VisitPaper) -> bytes:
    """Return the letter. The same values give the same bytes."""
    return pdf(_sheet(paper), list(_story(paper)))


def _sheet(paper: VisitPaper) -> Sheet:
    return Sheet(
        title=f"{paper.heading} {paper.number}",
        heading=paper.heading,
        name=paper.number,
        foot=paper.customer,
        sender=paper.sender,
        address=paper.address,
        facts=(
            Fact("Visit", paper.number, strong=True),
            Fact("Date", day_words(paper.written_on)),
            Fact("Customer", paper.customer),
            Fact("Your order no.", paper.order_number),
        ),
    )


def _story(paper: VisitPaper) -> Iterator[Block]:
    yield text(words(paper.greeting))
    yield text(words(paper.opening), above=7)
    yield heading(words(Strong(paper.topic), style=SUBJECT), above=14, below=5)
    key = object()
    for label, value in paper.rows:
        made = make_row(FACTS, [words(label, style=QUIET_BODY), words(value)], over=2.2, under=2.2)
        yield replace(made, table=key)
    if paper.paragraphs:
        yield strong_heading("What was done and agreed", above=18)
        for number, line in enumerate(paper.paragraphs):
            yield text(words(line), above=5 if number else 2)
    if paper.terms:
        yield strong_heading("If you need to cancel", above=18)
        rows = [
            make_row(
                TERMS,
                [words(when, style=STRONG_BODY), words(means, style=QUIET_BODY), words(costs)],
                over=2,
                under=2,
            )
            for when, means, costs in paper.terms
        ]
        yield from table(TERMS, ("Your written notice reaches us", "", "To pay"), rows)
    yield text(words(paper.closing), above=18)
