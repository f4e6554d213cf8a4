"""The kitchen's sheet: what is served when and where, with diets as numbers."""

from collections.abc import Iterator
from dataclasses import replace

from lle_desk.core.days import day_words, time_words
from lle_desk.paper.book import Leaf
from lle_desk.paper.flow import Block, heading, text
from lle_desk.paper.letterhead import Sheet, leaves
from lle_desk.paper.styles import DENSE, HEADING, NOTE, STRONG_BODY
from lle_desk.paper.tables import Grid, Row, columns, make_row, numbers, table
from lle_desk.paper.words import Strong, words
from lle_desk.rooms.documents.set_up import printed_words
from lle_desk.rooms.papers import DayPack, Serving

GRID = Grid(columns((0, 14), (16, 48), numbers(65, 13), (82, 42), (127, 43)))
HEADS = ("At", "What", "For", "Room", "Diets and notes")


def catering_leaves(pack: DayPack) -> tuple[Leaf, ...]:
    """Return the sheet for the kitchen, by time."""
    sheet = Sheet(
        title=f"Catering {day_words(pack.day)}",
        heading="Catering",
        name="Catering sheet",
        foot=f"{printed_words(pack.printed_at)} · diets are numbers, without names",
        sender=pack.sender,
        subtitle=f"{pack.site}, {day_words(pack.day)} · by time",
    )
    return leaves(sheet, _story(pack))


def _story(pack: DayPack) -> Iterator[Block]:
    if not pack.catering:
        yield text(words("No catering is ordered for this day."), above=8)
        return
    count = len(pack.catering)
    whole = sum(serving.quantity for serving in pack.catering)
    about = f"{count} serving{'' if count == 1 else 's'} · {whole} portions"
    yield heading(words(Strong("The day"), style=HEADING), about, right=True, above=4, below=4)
    yield from table(GRID, HEADS, [_row(serving) for serving in pack.catering])


def _row(serving: Serving) -> Row:
    notes = [words(Strong(serving.diets))] if serving.diets else []
    notes += [words(line) for line in serving.note.splitlines() if line.strip()]
    large = replace(STRONG_BODY, size=11, leading=13)
    return make_row(
        GRID,
        [
            words(time_words(serving.served_at), style=large),
            words(Strong(serving.what)),
            words(str(serving.quantity), style=large),
            (
                words(serving.room),
                words(serving.title, style=DENSE),
                words(serving.number, style=NOTE),
            ),
            tuple(notes) or words(""),
        ],
    )
