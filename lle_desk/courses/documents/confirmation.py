"""The confirmation of a course booking."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from reportlab.lib.units import mm

from lle_desk.core.days import day_words
from lle_desk.core.money import Pence, figures, pounds
from lle_desk.courses.papers import (
    CancellationRow,
    Confirmation,
    DelegateRow,
    SessionRow,
    Step,
)
from lle_desk.letters.rules import Paragraph
from lle_desk.paper.book import Leaf
from lle_desk.paper.flow import Beside, Block, Text, heading, items, strong_heading, text
from lle_desk.paper.letterhead import Sheet, booking_facts, leaves, pdf
from lle_desk.paper.pen import CENTRED
from lle_desk.paper.styles import (
    ACCENT,
    BODY,
    NOTE,
    QUIET_BODY,
    STRONG_BODY,
    SUBJECT,
)
from lle_desk.paper.tables import (
    HEAVY,
    Grid,
    Row,
    columns,
    keep_last,
    make_row,
    numbers,
    table,
)
from lle_desk.paper.words import Strong, Words, words

SESSIONS = Grid(columns((4, 12), (17, 34), (53.5, 28), (84.5, 23), (110.5, 55.5)), pad=4 * mm)
FAR_SESSIONS = Grid(columns((4, 12), (17, 34), (53.5, 26), (81, 50), (133, 33)), pad=4 * mm)
ONE_SESSION = Grid(columns((4, 47), (53.5, 28), (84.5, 23), (110.5, 55.5)), pad=4 * mm)
FAR_SESSION = Grid(columns((4, 47), (53.5, 26), (81, 50), (133, 33)), pad=4 * mm)
SHORT_PLACE = 16  # letters of a room of ours; a longer place gets the wider column
DELEGATES = Grid(
    columns((0, 30), (33, 36), (72, 25), (100, 46), (147, 8, CENTRED), numbers(156, 14)),
    named_rows=True,
)
PARTY = Grid(
    columns((0, 6), (6.5, 32), (41, 31), (75, 24), (101, 45), (147, 8, CENTRED), numbers(156, 14))
)
TOTALS = Grid(columns((130, 18), numbers(148, 22)), named_rows=True)
MANY = 3  # more delegates than this are numbered


def confirmation_pdf(confirmation: Confirmation) -> bytes:
    """Return the letter that confirms a booking. The same values give the same bytes."""
    return pdf(_sheet(confirmation), list(_story(confirmation)))


def _sheet(paper: Confirmation) -> Sheet:
    customer = [paper.customer, f"URN {paper.urn}" if paper.urn else ""]
    return Sheet(
        title=f"Booking confirmation {paper.booking}",
        heading="Draft, not booked yet" if paper.is_draft else "Booking confirmation",
        name=paper.booking,
        foot=paper.foot,
        sender=paper.sender,
        address=paper.address,
        facts=booking_facts(
            paper.booking,
            paper.written_on,
            " · ".join(part for part in customer if part),
            paper.order_number,
            paper.taken_by,
            paper.status,
        ),
    )


def confirmation_leaves(confirmation: Confirmation) -> tuple[Leaf, ...]:
    """Return the letter's pages, to be bound with others."""
    return leaves(_sheet(confirmation), list(_story(confirmation)))


def paragraphs(said: Sequence[Paragraph], above: float = 0) -> Iterator[Block]:
    """Return the words of a template as they stand in a letter."""
    for number, one in enumerate(said):
        parts = [Strong(piece.text) if piece.is_strong else piece.text for piece in one]
        yield text(words(*parts), above=7 if number else above)


def sessions_panel(sessions: Sequence[SessionRow], place_heading: str) -> Iterator[Block]:
    """Return the days of an event on their tinted ground."""
    numbered = any(session.day_name for session in sessions)
    is_far = any(len(one.place) > SHORT_PLACE for one in sessions)
    grid = FAR_SESSION if is_far else ONE_SESSION
    if numbered:
        grid = FAR_SESSIONS if is_far else SESSIONS
    arrive = "Arrive" if any(session.arrive for session in sessions) else ""
    heads = ("Day", *([""] if numbered else []), "Course", place_heading, arrive)
    rows = [
        make_row(
            grid,
            [
                *([words(session.day_name, style=QUIET_BODY)] if numbered else []),
                words(day_words(session.on), style=STRONG_BODY),
                words(session.times, style=STRONG_BODY),
                words(session.place),
                words(session.arrive),
            ],
            over=1.4,
            under=1.4,
        )
        for session in sessions
    ]
    yield from _panel(table(grid, heads, [replace(r, tinted=True, edge=None) for r in rows]))


def _story(paper: Confirmation) -> Iterator[Block]:
    if paper.opening:
        yield from paragraphs(paper.opening)
    else:
        yield text(words(f"{paper.greeting} ", Strong(paper.standing), f" {paper.then}"))
    yield from _course(paper)
    yield from _delegates(paper)
    yield _totals(paper)
    yield from _cancelling(paper)
    yield from _steps(paper)
    yield from paragraphs(paper.closing, 14)


def _course(paper: Confirmation) -> Iterator[Block]:
    about = " · ".join(part for part in (paper.event_code, paper.event_words) if part)
    title = words(Strong(paper.course_title), style=SUBJECT)
    yield heading(title, about, right=True, above=14, below=5)
    yield from sessions_panel(paper.sessions, paper.place_heading)


def _panel(blocks: Sequence[Block]) -> list[Block]:
    """Return the rows of a tinted table, with room inside its upper and lower edge."""
    rows = [block for block in blocks if isinstance(block, Row)]
    head = replace(rows[0], tinted=True, edge=None, over=6)
    inside = [replace(row, head=head) for row in rows[1:]]
    return [head, *inside[:-1], *(replace(row, under=6) for row in inside[-1:])]


def _delegates(paper: Confirmation) -> Iterator[Block]:
    yield strong_heading("Delegates and price", paper.price_words, above=18)
    heads = ("Delegate", "Access", "Diet", "Price, and why", "VAT", "£")
    if len(paper.delegates) <= MANY:
        rows = [make_row(DELEGATES, _delegate(delegate)) for delegate in paper.delegates]
        yield from keep_last(table(DELEGATES, heads, rows))
        return
    rows = [
        make_row(PARTY, [words(str(number), style=QUIET_BODY), *_delegate(delegate)], over=2.2)
        for number, delegate in enumerate(paper.delegates, start=1)
    ]
    yield from keep_last(table(PARTY, ("", *heads), rows))


def _delegate(delegate: DelegateRow) -> list[Words]:
    return [
        words(Strong(delegate.name)),
        words(delegate.access),
        words(delegate.diet),
        words(delegate.price_why),
        words(delegate.vat_code),
        words(figures(delegate.net)),
    ]


def _totals(paper: Confirmation) -> Block:
    notes = [words(Strong(f"{vat.code}: "), vat.words, style=NOTE) for vat in paper.vat_words]
    if paper.pay_words:
        notes.append(words(Strong("To pay: "), paper.pay_words, style=NOTE))
    left = tuple(Text(note.lines(118 * mm), above=1) for note in notes)
    sums = [
        make_row(TOTALS, [words(name), words(figures(amount))], over=0.5, under=0.5)
        for name, amount in (("Net", paper.net), ("VAT", paper.vat))
    ]
    key = object()
    total = make_row(
        TOTALS,
        [_large("Total"), _large(pounds(paper.total))],
        over=2.5,
        under=0,
    )
    edges = (None, HEAVY, None)
    rows = zip((*sums, total), edges, strict=True)
    right = tuple(replace(row, edge=edge, table=key) for row, edge in rows)
    return Beside(left, right, above=5)


def _large(what: str) -> Words:
    return words(Strong(what), style=replace(BODY, size=11, leading=15))


def _cancelling(paper: Confirmation) -> Iterator[Block]:
    if not paper.cancellation_rows:
        return
    yield strong_heading("If you need to cancel", paper.cancellation_words, above=20)
    heads, rows = _columns_of_amounts(paper)
    grid = _amount_grid(len(heads))
    laid = [_cancellation(grid, row, amounts) for row, amounts in rows]
    yield from table(grid, ("Your written notice reaches us", "", *heads), laid)
    if paper.cancellation_note:
        yield text(words(paper.cancellation_note, style=NOTE), above=3)


def _cancellation(grid: Grid, row: CancellationRow, amounts: Sequence[Pence]) -> Row:
    return make_row(
        grid,
        [
            words(row.when, style=STRONG_BODY),
            words(row.meaning, style=QUIET_BODY),
            *(
                words(Strong(pounds(amount)) if amount else "nothing", style=BODY)
                for amount in amounts
            ),
        ],
        over=2,
        under=2,
    )


def _amount_grid(count: int) -> Grid:
    """Return a table whose `count` columns of amounts stand at the right."""
    wide = 25.0
    first = 170 - wide * count
    places = [numbers(first + wide * number + 2, wide - 2) for number in range(count)]
    words_wide = first - 2
    when = min(words_wide * 0.48, 57)
    return Grid(columns((0, when - 3), (when, words_wide - when), *places), named_rows=True)


def _columns_of_amounts(
    paper: Confirmation,
) -> tuple[list[str], list[tuple[CancellationRow, list[Pence]]]]:
    """Return a column for each kind of delegate: those who would pay the same share one.

    With more kinds than fit, one column says what the whole booking would cost.
    """
    rows = paper.cancellation_rows
    groups: dict[tuple[Pence, ...], list[int]] = {}
    for number in range(len(paper.delegates)):
        groups.setdefault(tuple(row.amounts[number] for row in rows), []).append(number)
    if len(groups) > MANY:
        return ["All together"], [(row, [Pence(sum(row.amounts))]) for row in rows]
    if len(groups) == 1 and len(paper.delegates) > 1:
        heads = ["Each delegate"]
    else:
        heads = [_names(paper.delegates, who) for who in groups.values()]
    return heads, [(row, [same[n] for same in groups]) for n, row in enumerate(rows)]


def _names(delegates: Sequence[DelegateRow], who: Sequence[int]) -> str:
    """Return who shares a column: names, or the numbers they have in the list above."""
    if len(delegates) <= MANY:
        return " and ".join(delegates[number].name for number in who)
    each = "each of " if len(who) > 1 else ""
    return each + ", ".join(_ranges(who))


def _ranges(who: Sequence[int]) -> Iterator[str]:
    """Return numbers that follow one another as "1–4", counted from one."""
    for _, run in groupby(enumerate(who), lambda pair: pair[1] - pair[0]):
        numbered = [number + 1 for _, number in run]
        first, last = numbered[0], numbered[-1]
        yield str(first) if first == last else f"{first}–{last}"


def _steps(paper: Confirmation) -> Iterator[Block]:
    if not paper.steps:
        return
    yield strong_heading("What to do now", above=18)
    coloured = replace(STRONG_BODY, colour=ACCENT, leading=14.5)
    line = replace(BODY, leading=14.5)
    rows = [
        (words(str(number), style=coloured), words(*_said(step), style=line))
        for number, step in enumerate(paper.steps, start=1)
    ]
    yield from items(rows, between=0)


def _said(step: Step) -> tuple[str, ...]:
    before, _, after = step.words.partition(step.mind) if step.mind else (step.words, "", "")
    mind = step.mind if step.mind in step.words else ""
    return Strong(step.lead), f" {before}", Strong(mind), after
