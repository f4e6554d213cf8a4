"""The one letterhead: sender, title, address in the window, facts, folds and foot of each sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from reportlab.lib.units import mm

from lle_desk.core.days import day_words
from lle_desk.paper.book import Chapter, Cover, Leaf, bind
from lle_desk.paper.flow import Block, Placed, paginate
from lle_desk.paper.pen import Pen
from lle_desk.paper.sender import Sender
from lle_desk.paper.styles import (
    ACCENT,
    ADDRESS,
    BODY,
    BODY_BOTTOM,
    BODY_TOP,
    BODY_TOP_PLAIN,
    FOLDS,
    FOOT_RULE,
    HEAD_RULE,
    HOUSE,
    LEFT,
    LINE,
    MEASURE,
    NOTE,
    PUNCH,
    QUIET,
    RIGHT,
    STRONG_BODY,
    TITLE,
    WINDOW,
    column,
)
from lle_desk.paper.words import Line, Strong, first_lines, one_line, shorten, words

TITLE_TOP = 35 * mm
SUBTITLE_TOP = 44 * mm
FACT_VALUES = column(7) + 24 * mm
ADDRESS_LINES = 6
LEAST_LINES = 4  # whom, where, which town, postcode: these are never joined
FACT_LINES = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A line beside the address: "Your order no.", "PO DEMO-0231"."""

    label: str
    value: str
    strong: bool = False


def booking_facts(
    booking: str,
    written_on: date,
    customer: str,
    order_number: str,
    taken_by: str,
    status: str = "",
) -> tuple[Fact, ...]:
    """Return what stands beside the address of every letter about a booking."""
    return (
        Fact("Booking", booking, strong=True),
        Fact("Date", day_words(written_on)),
        Fact("Customer", customer),
        Fact("Your order no.", order_number),
        Fact("Taken by", taken_by),
        Fact("Status", status, strong=True),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words around the blocks of a document.

    `title` names the file for readers and windows; `heading` is printed; `name` stands in the
    foot before the page number. With an address, the body begins under the envelope's window.
    """

    title: str
    heading: str
    name: str
    foot: str
    sender: Sender
    address: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    subtitle: str = ""
    registration: str = ""  # "VAT registration GB 000 0000 00"


def pdf(sheet: Sheet, blocks: Iterable[Block]) -> bytes:
    """Return the document as a tagged PDF file. The same values give the same bytes."""
    cover = Cover(sheet.title, sheet.heading, sheet.sender.name)
    return bind(cover, [Chapter(sheet.title, leaves(sheet, blocks))])


def leaves(sheet: Sheet, blocks: Iterable[Block]) -> tuple[Leaf, ...]:
    """Return the pages of the document, to be bound alone or with others."""
    pages = paginate(blocks, _body_top(sheet), BODY_TOP_PLAIN, BODY_BOTTOM)
    return tuple(
        Leaf(partial(_draw_page, sheet=sheet, placed=placed, number=number, count=len(pages)))
        for number, placed in enumerate(pages, start=1)
    )


def address_lines(address: Iterable[str], wide: float) -> list[Line]:
    """Return at most six lines that fit a window `wide` points wide, first and last kept.

    A line too long goes on under itself. Where that makes too many, short ones in the middle are
    joined; a line is cut only when there is nothing left to join.
    """
    given = [" ".join(line.split()) for line in address if line.strip()]
    laid = _laid(given, wide)
    while sum(len(lines) for lines in laid) > ADDRESS_LINES and len(given) > LEAST_LINES:
        at = min(range(1, len(given) - 2), key=lambda n: len(given[n]) + len(given[n + 1]))
        given[at : at + 2] = [f"{given[at]}, {given[at + 1]}"]
        laid = _laid(given, wide)
    spare = ADDRESS_LINES - len(laid)
    for lines in laid:
        extra = min(len(lines) - 1, spare)
        spare -= extra
        if len(lines) > extra + 1:
            lines[extra:] = [shorten(_joined(lines[extra:]), wide)]
    found = [line for lines in laid for line in lines]
    if len(found) == ADDRESS_LINES:
        return found
    return [replace(line, style=BODY) for line in found]  # in step with the facts beside it


def _laid(given: Iterable[str], wide: float) -> list[list[Line]]:
    return [list(words(line, style=ADDRESS).lines(wide)) for line in given]


def _joined(lines: list[Line]) -> Line:
    text = " ".join("".join(run.text for run in line.runs).strip() for line in lines[:2])
    return replace(lines[0], runs=(replace(lines[0].runs[0], text=text),))


def _body_top(sheet: Sheet) -> float:
    if not sheet.address:
        return 52 * mm if sheet.subtitle else 47 * mm
    high = sum(len(value) for _, value in _fact_lines(sheet)) * BODY.leading
    return max(BODY_TOP, WINDOW[1] + high + 6 * mm)


def _draw_page(pen: Pen, sheet: Sheet, placed: list[Placed], number: int, count: int) -> None:
    if number == 1:
        _draw_head(pen, sheet)
        if sheet.address:
            _draw_address(pen, sheet)
    with pen.decoration():
        if number > 1:
            room = RIGHT - _draw_house(pen, sheet) - 12
            more = one_line(f"{sheet.name}, continued".lstrip(", "), NOTE, room)
            pen.write([more], LEFT, 15.6 * mm, MEASURE, align=1)
        _draw_rules(pen, folds=number == 1 and bool(sheet.address))
        _draw_foot(pen, sheet, number, count)
    for block in placed:
        block.draw(pen)


def _draw_head(pen: Pen, sheet: Sheet) -> None:
    sender = sheet.sender
    with pen.tagged(pen.tree.document.child("P")):
        _draw_house(pen, sheet)
    if sheet.address:
        near = [sender.place, f"{sender.telephone} · {sender.email}", sheet.registration]
        lines = [one_line(line, NOTE, MEASURE) for line in near if line]
        for number, line in enumerate(lines):
            top = HEAD_RULE + 1.6 * mm + number * line.style.leading
            pen.say("P", [line], RIGHT - line.wide, top)
    pen.say("H1", words(sheet.heading, style=TITLE).lines(MEASURE)[:1], LEFT - 0.6, TITLE_TOP)
    if sheet.subtitle:
        quiet = replace(BODY, colour=QUIET)
        pen.say("P", words(sheet.subtitle, style=quiet).lines(MEASURE)[:1], LEFT, SUBTITLE_TOP)


def _draw_house(pen: Pen, sheet: Sheet) -> float:
    """Write the sender and their office, and return where the line ends."""
    name = words(Strong(sheet.sender.name), style=HOUSE).lines(MEASURE)[0]
    office = words(f"·  {sheet.sender.office}", style=replace(HOUSE, colour=QUIET))
    baseline = 18.4 * mm
    pen.line(name, LEFT, baseline)
    [rest, *more] = office.lines(max(MEASURE - name.wide - 120, 20))
    if more:
        return LEFT + name.wide
    pen.line(rest, LEFT + name.wide + 6, baseline)
    return LEFT + name.wide + 6 + rest.wide


def _draw_rules(pen: Pen, *, folds: bool) -> None:
    pen.rule(LEFT, RIGHT, HEAD_RULE, colour=LINE)
    pen.rule(LEFT, LEFT + 9.5 * mm, HEAD_RULE, 1.6, ACCENT)
    pen.rule(LEFT, RIGHT, FOOT_RULE, colour=LINE)
    if folds:
        for fold in FOLDS:
            pen.rule(4.5 * mm, 8.5 * mm, fold, colour=QUIET)
        pen.rule(4.5 * mm, 7 * mm, PUNCH, colour=QUIET)


def _draw_foot(pen: Pen, sheet: Sheet, number: int, count: int) -> None:
    page = f"Page {number} of {count}"
    place = one_line(f"{sheet.name} · {page}" if sheet.name else page, NOTE, MEASURE / 2)
    foot = one_line(sheet.foot, NOTE, MEASURE - place.wide - 8)
    pen.write([foot], LEFT, FOOT_RULE + 1.4 * mm)
    pen.write([place], LEFT, FOOT_RULE + 1.4 * mm, MEASURE, align=1)


def _draw_address(pen: Pen, sheet: Sheet) -> None:
    _, top, right, _ = WINDOW
    pen.say("P", address_lines(sheet.address, right - LEFT), LEFT, top - 0.6)
    if not sheet.facts:
        return
    table = pen.tree.document.child("Table")
    under = top - 0.6
    for label, values in _fact_lines(sheet):
        row = table.child("TR")
        with pen.tagged(row.child("TH", "/A <</O /Table /Scope /Row>>")):
            pen.line(label, column(7), under + values[0].baseline)
        with pen.tagged(row.child("TD")):
            pen.write(values, FACT_VALUES, under)
        under += len(values) * BODY.leading


def _fact_lines(sheet: Sheet) -> list[tuple[Line, tuple[Line, ...]]]:
    """Return the label and the lines of each fact that is known."""
    found = []
    for fact in sheet.facts:
        if not fact.value:
            continue
        style = STRONG_BODY if fact.strong else BODY
        value = words(" ".join(fact.value.split()), style=style)
        lines = first_lines(value, FACT_LINES, RIGHT - FACT_VALUES)
        found.append((one_line(fact.label, NOTE, 24 * mm), lines))
    return found
