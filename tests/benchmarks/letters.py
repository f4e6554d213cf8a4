"""A thousand confirmations in one file, against a raw canvas that draws as much text."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from lle_desk.courses.documents import letters_pdf
from lle_desk.courses.papers import Confirmation, Posted
from lle_desk.courses.queries.examples import example_letter
from lle_desk.letters.queries import shipped_template
from lle_desk.letters.rules import LetterKind
from lle_desk.paper import fonts
from tests.benchmarks.harness import Row, compared, timed
from tests.benchmarks.offices import Offices

LETTERS, ROUNDS = 1_000, 3
LEAST = 100  # pages a second, whatever the raw canvas does
CHARACTERS, STRINGS = 1_387, 75  # on a page of this confirmation


def run(_offices: Offices, _kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield the one row: no database is asked, the letters were read from it before.

    It is held against a hundred pages a second; the raw canvas, drawing nothing but as many
    letters of text without tags, tables or rules, is told in its name.
    """
    posted = thousand()
    bare = timed(raw)()
    yield compared(
        f"{LETTERS:,} pages, at least {LEAST} a second (raw canvas: {bare:.1f} s)",
        timed(lambda: letters_pdf(posted)),
        lambda: LETTERS / LEAST,
        1.0,
        ROUNDS,
        warm=1,
    )


def thousand() -> list[Posted]:
    """Return as many letters, no two of them alike."""
    example = example_letter(shipped_template(LetterKind.CONFIRMATION))
    return [_numbered(example, number) for number in range(LETTERS)]


def _numbered(example: Posted, number: int) -> Posted:
    words, school = f"B-{number:05d}", f"Demo Primary School {number}"
    paper = example.paper
    assert isinstance(paper, Confirmation)
    delegates = tuple(replace(one, name=f"{one.name} {number}") for one in paper.delegates)
    own = replace(paper, booking=words, address=(school, *paper.address[1:]), delegates=delegates)
    return replace(example, booking=words, customer=school, paper=own)


def raw() -> bytes:
    """Return as many pages of as much text in the same font, with nothing else on them."""
    fonts.register()
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=1)
    long = CHARACTERS // STRINGS
    for number in range(LETTERS):
        canvas.setFont(fonts.REGULAR, 9.25)
        for line in range(STRINGS):
            said = f"{number} {line} Thank you for booking with us"[:long]
            canvas.drawString(60, 800 - 10 * line, said)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
