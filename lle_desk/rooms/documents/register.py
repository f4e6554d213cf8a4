"""The sheet on which the delegates of one session sign in."""

from collections.abc import Iterator
from dataclasses import replace

from lle_desk.core.days import day_words, span_words
from lle_desk.paper.book import Leaf
from lle_desk.paper.flow import Block, text
from lle_desk.paper.letterhead import Sheet, leaves
from lle_desk.paper.styles import NOTE, QUIET_BODY, SUBJECT
from lle_desk.paper.tables import Grid, Row, columns, make_row, numbers, table
from lle_desk.paper.words import Strong, words
from lle_desk.rooms.documents.set_up import printed_words
from lle_desk.rooms.papers import DayPack, Register, RegisterRow

GRID = Grid(columns(numbers(0, 7), (11, 52), (66, 58), (127, 43)))
HEADS = ("", "Name", "From", "Signature")
SPARE = 4  # empty lines for those who come without a booking
HIGH = 4.2  # points over and under a name, so that there is room to sign


def register_leaves(register: Register, pack: DayPack) -> tuple[Leaf, ...]:
    """Return the sign-in sheet of one session."""
    when = f"{day_words(register.starts_at.date())}, "
    when += span_words(register.starts_at, register.ends_at)
    about = (when, register.place, register.session_words, register.code)
    sheet = Sheet(
        title=f"Register {register.title}",
        heading="Register",
        name=register.code or "Register",
        foot=f"{printed_words(pack.printed_at)} · give it back to the office after the session",
        sender=pack.sender,
        subtitle=" · ".join(part for part in about if part),
    )
    return leaves(sheet, _story(register))


def _story(register: Register) -> Iterator[Block]:
    count = len(register.rows)
    said = f"{count} {'is' if count == 1 else 'are'} expected. Please sign beside your name."
    yield text(words(Strong(register.title), style=SUBJECT), keeps_next=True)
    yield text(words(said, style=QUIET_BODY), above=2, keeps_next=True)
    rows = [_row(number, row) for number, row in enumerate(register.rows, start=1)]
    spare = [_row(count + more + 1, RegisterRow("", "")) for more in range(SPARE)]
    yield from table(GRID, HEADS, [*rows, *spare], above=8)


def _row(number: int, row: RegisterRow) -> Row:
    name = words(Strong(row.name)) if row.name else words("\u00a0")
    cells = [words(str(number), style=NOTE), name, words(row.customer), words("")]
    return replace(make_row(GRID, cells), over=HIGH, under=HIGH)
