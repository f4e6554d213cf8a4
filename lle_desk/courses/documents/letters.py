"""Every other letter about a booking on the letterhead, and any number of letters in one file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from lle_desk.courses.documents.confirmation import (
    confirmation_leaves,
    paragraphs,
    sessions_panel,
)
from lle_desk.courses.documents.day import certificate_leaf
from lle_desk.courses.papers import Certificate, Confirmation, CourseLetter, Posted
from lle_desk.letters.rules import KIND_WORDS
from lle_desk.paper.book import Chapter, Cover, Leaf, Step, bind
from lle_desk.paper.flow import Block, heading
from lle_desk.paper.letterhead import Sheet, booking_facts, leaves
from lle_desk.paper.sender import WOODLANDS
from lle_desk.paper.styles import QUIET_BODY, SUBJECT
from lle_desk.paper.tables import Grid, columns, make_row
from lle_desk.paper.words import Strong, words

FACTS = Grid(columns((4, 36), (42, 124)), pad=4, named_rows=True)


def letters_pdf(
    posted: Sequence[Posted], step: Step | None = None, laid: Callable[[], object] | None = None
) -> bytes:
    """Return one letter or a thousand in one file, a bookmark leading to each.

    `laid` is called as each letter is laid out, then `step` is told before each page; what they
    raise ends the work.
    """
    kinds = {KIND_WORDS[one.kind] for one in posted}
    title = posted[0].name if len(posted) == 1 else f"{len(posted)} letters"
    cover = Cover(title, ", ".join(sorted(kinds)), WOODLANDS.name)
    chapters = []
    for one in posted:
        chapters.append(Chapter(one.name, letter_leaves(one.paper)))
        if laid is not None:
            laid()
    return bind(cover, chapters, step)


def letter_leaves(paper: Confirmation | CourseLetter | Certificate) -> tuple[Leaf, ...]:
    """Return the pages of a letter."""
    if isinstance(paper, Confirmation):
        return confirmation_leaves(paper)
    if isinstance(paper, Certificate):
        return (certificate_leaf(paper),)
    return leaves(_sheet(paper), _story(paper))


def _sheet(paper: CourseLetter) -> Sheet:
    return Sheet(
        title=f"{paper.heading} {paper.booking}",
        heading=paper.heading,
        name=paper.booking,
        foot=paper.foot,
        sender=paper.sender,
        address=paper.address,
        facts=booking_facts(
            paper.booking,
            paper.written_on,
            paper.customer,
            paper.order_number,
            paper.taken_by,
        ),
    )


def _story(paper: CourseLetter) -> Iterator[Block]:
    yield from paragraphs(paper.opening)
    about = " · ".join(part for part in (paper.event_code, paper.event_words) if part)
    title = words(Strong(paper.course_title), style=SUBJECT)
    yield heading(title, about, right=True, above=14, below=5)
    yield from sessions_panel(paper.sessions, paper.place_heading)
    key = object()
    for number, row in enumerate(paper.rows):
        cells = [words(row.label, style=QUIET_BODY), words(row.value)]
        made = make_row(FACTS, cells, over=2.2, under=2.2)
        yield replace(made, table=key, above=0 if number else 8)
    yield from paragraphs(paper.closing, 14)
