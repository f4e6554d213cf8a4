"""Letters about a room booking: confirmation, amended confirmation, cancellation."""

from collections.abc import Iterator
from dataclasses import replace

from lle_desk.core.days import day_words
from lle_desk.core.money import figures, pounds
from lle_desk.paper.flow import Beside, Block, Text, items, strong_heading, text
from lle_desk.paper.letterhead import Sheet, booking_facts, pdf
from lle_desk.paper.pen import CENTRED
from lle_desk.paper.styles import (
    ACCENT,
    BODY,
    MEASURE,
    NOTE,
    QUIET_BODY,
    STRONG_BODY,
    SUBJECT,
)
from lle_desk.paper.tables import HEAVY, Grid, Row, columns, keep_last, make_row, numbers, table
from lle_desk.paper.words import Strong, Words, words
from lle_desk.rooms.papers import (
    LetterChange,
    LetterCharge,
    LetterTerm,
    LetterUse,
    RoomLetter,
)
from lle_desk.rooms.rules.letters import LetterKind

USES = Grid(columns((0, 32), (34, 25), (61, 43), (106, 28), (136, 12), (150, 20)), named_rows=True)
USE_HEADS = ("Day", "Time", "Room", "Layout", "People", "")
CHANGES = Grid(columns((0, 46), (49, 58), (110, 60)), named_rows=True)
CHARGES = Grid(columns((0, 84), (87, 50), (140, 10, CENTRED), numbers(152, 18)), named_rows=True)
TOTALS = Grid(columns((130, 18), numbers(148, 22)), named_rows=True)
TOGETHER = 8  # so few rows of terms stay on one sheet with their note
TERMS = Grid(columns((0, 100), numbers(120, 50)), named_rows=True)


def room_letter_pdf(letter: RoomLetter) -> bytes:
    """Return the letter as a PDF. The same values give the same bytes."""
    return pdf(_sheet(letter), list(_story(letter)))


def _sheet(letter: RoomLetter) -> Sheet:
    customer = [letter.customer, f"URN {letter.urn}" if letter.urn else ""]
    trail = f"Record {letter.anchor}" if letter.anchor else ""
    return Sheet(
        title=f"{letter.heading} {letter.number}",
        heading=letter.heading,
        name=letter.number,
        foot=trail,
        sender=letter.sender,
        address=letter.address,
        facts=booking_facts(
            letter.number,
            letter.written_on,
            " · ".join(part for part in customer if part),
            letter.order_number,
            letter.taken_by,
            letter.status,
        ),
    )


def _story(letter: RoomLetter) -> Iterator[Block]:
    yield text(words(f"{letter.greeting} ", Strong(letter.standing), f" {letter.then}"))
    if letter.changes:
        yield from _changes(letter)
    yield Text(words(Strong(letter.title), style=SUBJECT).lines(MEASURE), above=14, keeps_next=True)
    yield from _uses(letter)
    if letter.notes:
        yield strong_heading("Notes")
        yield text(words(letter.notes))
    yield from _price(letter)
    yield from _terms(letter)
    yield from _steps(letter)


def _changes(letter: RoomLetter) -> Iterator[Block]:
    since = f"since {letter.changed_since}" if letter.changed_since else ""
    yield strong_heading("What has changed", since, above=14)
    rows = [_change(change) for change in letter.changes]
    yield from table(CHANGES, ("", "Until now", "From now on"), rows)


def _change(change: LetterChange) -> Row:
    cells = [words(change.what, style=STRONG_BODY), words(change.before or "–")]
    return make_row(CHANGES, [*cells, words(Strong(change.now or "–"))], over=2.2, under=2.2)


def _uses(letter: RoomLetter) -> Iterator[Block]:
    rows = []
    for use in letter.uses:
        rows.append(_use(use))
        if use.extras:
            rows[-1] = replace(rows[-1], edge=None)
            rows.append(_extras(use))
    yield from table(USES, USE_HEADS, rows, above=4)


def _use(use: LetterUse) -> Row:
    cells = [
        words(Strong(day_words(use.on))),
        words(Strong(use.times)),
        words(use.room),
        words(use.layout),
        words(use.people),
        words(""),
    ]
    return make_row(USES, cells, over=2.6, under=2.6)


def _extras(use: LetterUse) -> Row:
    """Return catering and equipment under their use, over the width of the later columns."""
    grid = Grid((USES.columns[0], *columns((34, 136))))
    lines = [words(extra, style=QUIET_BODY) for extra in use.extras]
    return replace(make_row(grid, [words(""), lines], over=0, under=2.6), grid=grid)


def _price(letter: RoomLetter) -> Iterator[Block]:
    is_cancelled = letter.kind == LetterKind.CANCELLATION
    if not letter.charges:
        if is_cancelled:
            yield strong_heading("What there is to pay")
            yield text(words(Strong("Nothing."), " This cancellation costs you nothing."))
        return
    yield strong_heading("What there is to pay" if is_cancelled else "Price", above=18)
    rows = [_charge(charge) for charge in letter.charges]
    yield from keep_last(table(CHARGES, ("What", "Price, and why", "VAT", "£"), rows))
    yield _totals(letter)


def _charge(charge: LetterCharge) -> Row:
    why = charge.why[:1].upper() + charge.why[1:]
    cells = [
        words(charge.description),
        words(why, style=QUIET_BODY),
        words(charge.vat_code),
        words(figures(charge.net)),
    ]
    return make_row(CHARGES, cells, over=2.2, under=2.2)


def _totals(letter: RoomLetter) -> Block:
    notes = [words(Strong(f"{code}: "), said, style=NOTE) for code, said in letter.vat_words]
    if letter.pay_words:
        notes.append(words(Strong("To pay: "), letter.pay_words, style=NOTE))
    left = tuple(Text(note.lines(118 * 72 / 25.4), above=1) for note in notes)
    sums = [
        make_row(TOTALS, [words(name), words(figures(amount))], over=0.5, under=0.5)
        for name, amount in (("Net", letter.net), ("VAT", letter.vat))
    ]
    total = make_row(TOTALS, [_large("Total"), _large(pounds(letter.total))], over=2.5, under=0)
    key = object()
    rows = zip((*sums, total), (None, HEAVY, None), strict=True)
    return Beside(left, tuple(replace(row, edge=edge, table=key) for row, edge in rows), above=5)


def _large(what: str) -> Words:
    return words(Strong(what), style=replace(BODY, size=11, leading=15))


def _terms(letter: RoomLetter) -> Iterator[Block]:
    if not letter.terms:
        return
    yield strong_heading("If you need to cancel", letter.terms_words, above=18)
    heads = ("Your written notice reaches us", "You pay, before VAT")
    rows = table(TERMS, heads, [_term(term) for term in letter.terms])
    yield from (replace(row, keeps_next=len(rows) < TOGETHER) for row in rows)
    said = "If we cancel, you pay nothing. The day of notice is not counted, the day itself is."
    yield text(words(said, style=NOTE), above=3)


def _term(term: LetterTerm) -> Row:
    amount = words(Strong(pounds(term.amount)) if term.amount else "nothing")
    cells = [words(_days(term), style=STRONG_BODY), amount]
    return make_row(TERMS, cells, over=2, under=2)


def _days(term: LetterTerm) -> str:
    if term.first is None:
        return f"by {day_words(term.last)}" if term.last else "at any time"
    if term.last is None:
        return f"from {day_words(term.first)}"
    if term.first == term.last:
        return f"on {day_words(term.first)}"
    return f"{day_words(term.first)} to {day_words(term.last)}"


def _steps(letter: RoomLetter) -> Iterator[Block]:
    yield strong_heading("What to do now", above=18)
    coloured = replace(STRONG_BODY, colour=ACCENT, leading=14.5)
    line = replace(BODY, leading=14.5)
    rows = [
        (words(str(number), style=coloured), words(Strong(lead), f" {rest}", style=line))
        for number, (lead, rest) in enumerate(letter.steps, start=1)
    ]
    yield from items(rows, between=0)
