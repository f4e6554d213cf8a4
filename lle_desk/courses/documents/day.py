"""Register, badges and certificates as PDF. Values in, bytes out: nothing is looked up here."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from reportlab.lib.units import mm

from lle_desk.core.days import day_words
from lle_desk.courses.papers import Certificate
from lle_desk.courses.queries.day_papers import NameBadge, SheetColumn, SignInSheet
from lle_desk.paper.across import A4_ACROSS, EDGE, Across, across_leaves, fitted
from lle_desk.paper.book import Chapter, Cover, Leaf, bind
from lle_desk.paper.flow import Block, Text
from lle_desk.paper.pen import CENTRED, Pen
from lle_desk.paper.sender import Sender
from lle_desk.paper.styles import (
    ACCENT,
    BODY,
    HAIRLINE,
    LINE,
    NOTE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    QUIET_BODY,
    Style,
)
from lle_desk.paper.tables import Column, Grid, Row, make_row, table
from lle_desk.paper.words import Line, Strong, Words, first_lines, one_line, words

NUMBER, NAME, GAP = 8 * mm, 46 * mm, 3 * mm
SPARE = 4  # empty lines for those who come without a booking
HIGH = 4.4  # points over and under a name, so that there is room to sign
WIDE = {
    SheetColumn.CUSTOMER: 46,
    SheetColumn.JOB: 32,
    SheetColumn.EMAIL: 48,
    SheetColumn.BOOKING: 20,
    SheetColumn.ACCESS: 42,
    SheetColumn.DIET: 32,
    SheetColumn.SIGNATURE: 44,
}
UPRIGHT = (PAGE_WIDTH, PAGE_HEIGHT)

BADGE_WIDE, BADGE_HIGH = 86 * mm, 54 * mm
BADGE_LEFT = (PAGE_WIDTH - 2 * BADGE_WIDE) / 2
BADGE_TOP = (PAGE_HEIGHT - 5 * BADGE_HIGH) / 2
A_PAGE = 10

FRAME = 12 * mm
CERTIFICATE_TITLE = Style(30, 38)
CERTIFICATE_NAME = Style(34, 42)
CERTIFICATE_COURSE = Style(20, 26)
CERTIFICATE_BODY = Style(12, 17)
CERTIFICATE_QUIET = Style(12, 17, QUIET)


def register_pdf(sheets: Sequence[SignInSheet], sender: Sender, printed: str) -> bytes:
    """Return the sign-in sheets of an event's sessions in one file."""
    name = f"Register {sheets[0].code}" if sheets else "Register"
    chapters = [Chapter(sheet.about, _register(sheet, sender, printed)) for sheet in sheets]
    return bind(Cover(name, "Register", sender.name), chapters)


def badges_pdf(badges: Sequence[NameBadge], sender: Sender) -> bytes:
    """Return the badges, ten a page, with lines to cut along."""
    pages = [badges[at : at + A_PAGE] for at in range(0, len(badges), A_PAGE)]
    leaves = tuple(Leaf(partial(_draw_badges, badges=page, sender=sender)) for page in pages)
    return bind(Cover("Badges", "Badges", sender.name), [Chapter("Badges", leaves)])


def certificates_pdf(papers: Sequence[Certificate]) -> bytes:
    """Return the certificates of an event, at least one, a page each."""
    leaves = tuple(certificate_leaf(paper) for paper in papers)
    name = f"Certificates {papers[0].code}"
    cover = Cover(name, "Certificate of attendance", papers[0].sender.name)
    return bind(cover, [Chapter(name, leaves)])


def certificate_leaf(paper: Certificate) -> Leaf:
    """Return the page of one certificate, which lies across."""
    return Leaf(partial(_draw_certificate, paper=paper), *A4_ACROSS)


def _register(sheet: SignInSheet, sender: Sender, printed: str) -> tuple[Leaf, ...]:
    wanted = sum(WIDE[column] * mm + GAP for column in sheet.columns)
    stands = NUMBER + NAME + 2 * GAP + wanted <= UPRIGHT[0] - 2 * EDGE + GAP
    foot = f"{printed} · give it back to the office after the session"
    if sheet.has_care:
        foot = f"{printed} · health data: shred it after the session"
    paper = Across(
        heading=sheet.title,
        note="Register",
        name=f"{sheet.code} · {sheet.about.partition(' · ')[0]}",  # a second page says whose it is
        foot=foot,
        sender=sender,
        page=UPRIGHT if stands else A4_ACROSS,
    )
    return across_leaves(paper, _register_story(sheet, paper))


def _register_story(sheet: SignInSheet, paper: Across) -> Iterator[Block]:
    grid = _register_grid(sheet.columns, paper.measure)
    count = len(sheet.rows)
    said = f"{count} {'is' if count == 1 else 'are'} expected. Please sign beside your name."
    about = words(Strong(sheet.about), style=BODY).lines(paper.measure)
    yield Text(about, left=EDGE, keeps_next=True)
    yield Text(words(said, style=QUIET_BODY).lines(paper.measure), left=EDGE, keeps_next=True)
    heads = ("", "Name", *(str(column) for column in sheet.columns))
    empty = tuple("" for _ in sheet.columns)
    named = [*sheet.rows, *(("", empty) for _ in range(SPARE))]
    rows = [_register_row(grid, at, name, cells) for at, (name, cells) in enumerate(named, 1)]
    yield from table(grid, heads, rows, above=8)


def _register_row(grid: Grid, number: int, name: str, cells: Sequence[str]) -> Row:
    said = words(Strong(name)) if name else words("\u00a0")
    laid: list[Words] = [words(str(number), style=NOTE), said, *(words(cell) for cell in cells)]
    return replace(make_row(grid, laid), over=HIGH, under=HIGH)


def _register_grid(columns: Sequence[SheetColumn], measure: float) -> Grid:
    """Return the columns over the whole width, each as much wider as there is room."""
    least = [NAME, *(WIDE[column] * mm for column in columns)]
    room = measure - NUMBER - GAP * len(least)
    more = room / sum(least)
    places = [Column(EDGE, NUMBER)]
    left = EDGE + NUMBER + GAP
    for wide in least:
        places.append(Column(left, wide * more))
        left += wide * more + GAP
    return Grid(tuple(places))


def _draw_badges(pen: Pen, badges: Sequence[NameBadge], sender: Sender) -> None:
    with pen.decoration():
        for row in range(6):
            pen.dashes(4 * mm, PAGE_WIDTH - 4 * mm, BADGE_TOP + row * BADGE_HIGH, LINE)
        for column in range(3):
            left = BADGE_LEFT + column * BADGE_WIDE
            pen.upright(left, 4 * mm, PAGE_HEIGHT - 4 * mm, HAIRLINE, LINE)
    for at, badge in enumerate(badges):
        left = BADGE_LEFT + at % 2 * BADGE_WIDE
        _draw_badge(pen, badge, sender, left, BADGE_TOP + at // 2 * BADGE_HIGH)


def _draw_badge(pen: Pen, badge: NameBadge, sender: Sender, left: float, top: float) -> None:
    inside = BADGE_WIDE - 12 * mm
    with pen.decoration():
        pen.rule(left + 6 * mm, left + 15 * mm, top + 13 * mm, 1.6, ACCENT)
        pen.write([one_line(sender.name, NOTE, inside)], left + 6 * mm, top + 7 * mm)
    name = _name_lines(badge.name, inside)
    customer = first_lines(words(badge.customer, style=Style(11, 13)), 2, inside)
    high = sum(line.style.leading for line in (*name, *customer)) + 2 * mm
    under = top + 14 * mm + max(0.0, (BADGE_HIGH - 23 * mm - high) / 2)
    if name:
        pen.say("P", name, left + 6 * mm, under)
    else:
        with pen.decoration():
            pen.rule(left + 6 * mm, left + 6 * mm + inside, under + 10 * mm, HAIRLINE, QUIET)
        under += 12 * mm
    under += sum(line.style.leading for line in name) + 2 * mm
    pen.say("P", customer, left + 6 * mm, under)
    foot = one_line(badge.course, NOTE, inside)
    with pen.decoration():
        pen.write([foot], left + 6 * mm, top + BADGE_HIGH - 7 * mm)


def _name_lines(name: str, wide: float) -> tuple[Line, ...]:
    """Return a name as large as it fits on two lines: first names above the family name."""
    if not name:
        return ()
    given, _, family = name.rpartition(" ")
    style = Style(24, 28)
    return tuple(fitted(part, style, wide, 11) for part in (given, family) if part)


def _draw_certificate(pen: Pen, paper: Certificate) -> None:
    wide, high = A4_ACROSS
    inside = wide - 2 * FRAME
    with pen.decoration():
        pen.frame(FRAME, FRAME, inside, high - 2 * FRAME, 0.8, LINE)
        pen.rule(FRAME, FRAME + 60 * mm, FRAME, 3, ACCENT)
    room = inside - 40 * mm
    document = pen.tree.document
    top = FRAME + 16 * mm
    for role, lines, above in _certificate_lines(paper, room):
        top += above
        with pen.tagged(document.child(role)):
            pen.write(lines, FRAME, top, inside, CENTRED)
        top += sum(line.style.leading for line in lines)
    _draw_signature(pen, paper)


def _certificate_lines(
    paper: Certificate, room: float
) -> Iterator[tuple[str, tuple[Line, ...], float]]:
    """Return each piece of the certificate: its role, its lines, and the space above it."""
    house = Style(14, 18)
    yield "P", words(Strong(paper.sender.name), style=house).lines(room), 0
    yield "H1", words(Strong("Certificate of attendance"), style=CERTIFICATE_TITLE).lines(room), 22
    if paper.opening:
        yield from _own_words(paper, room)
        return
    yield "P", words("This is to certify that", style=CERTIFICATE_QUIET).lines(room), 14
    yield "P", (fitted(paper.name, CERTIFICATE_NAME, room, 16),), 4
    yield "P", first_lines(words(paper.customer, style=CERTIFICATE_BODY), 2, room), 0
    yield "P", words("attended", style=CERTIFICATE_QUIET).lines(room), 14
    title = words(Strong(paper.title), style=CERTIFICATE_COURSE)
    yield "P", first_lines(title, 2, room), 4
    yield (
        "P",
        first_lines(words(f"{paper.summary}: {paper.days}", style=CERTIFICATE_BODY), 3, room),
        6,
    )
    where = " · ".join(part for part in (paper.place, _led(paper.trainers)) if part)
    if where:
        yield "P", first_lines(words(where, style=CERTIFICATE_QUIET), 2, room), 2


def _own_words(paper: Certificate, room: float) -> Iterator[tuple[str, tuple[Line, ...], float]]:
    """Return the lines of the office's template: a name or a course that stands alone is large."""
    for one in (*paper.opening, *paper.closing):
        said = "".join(piece.text for piece in one)
        if said == paper.name:
            yield "P", (fitted(said, CERTIFICATE_NAME, room, 16),), 4
        elif said == paper.title:
            yield "P", first_lines(words(Strong(said), style=CERTIFICATE_COURSE), 2, room), 4
        else:
            is_fact = any(piece.text in _facts(paper) for piece in one)
            style = CERTIFICATE_BODY if is_fact else CERTIFICATE_QUIET
            parts = [Strong(piece.text) if piece.is_strong else piece.text for piece in one]
            yield "P", first_lines(words(*parts, style=style), 4, room), 2 if is_fact else 12


def _facts(paper: Certificate) -> frozenset[str]:
    return frozenset({paper.name, paper.customer, paper.title, paper.summary, paper.days})


def _led(trainers: str) -> str:
    return f"led by {trainers}" if trainers else ""


def _draw_signature(pen: Pen, paper: Certificate) -> None:
    wide, high = A4_ACROSS
    top = high - FRAME - 24 * mm
    left, line = FRAME + 20 * mm, 80 * mm
    right = wide - FRAME - 20 * mm - line
    with pen.decoration():
        pen.rule(left, left + line, top, HAIRLINE, QUIET)
        pen.rule(right, right + line, top, HAIRLINE, QUIET)
    pen.say("P", [one_line(f"For {paper.sender.name}", NOTE, line)], left, top + 1.5 * mm)
    said = f"Issued {day_words(paper.issued_on)} · {paper.code}"
    pen.say("P", [one_line(said, NOTE, line)], right, top + 1.5 * mm)
    if paper.foot:
        pen.say("P", [one_line(paper.foot, NOTE, line)], right, top + 6 * mm)
