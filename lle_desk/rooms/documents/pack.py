"""The papers of a day in one run: bound as one file with bookmarks, or the parts wanted."""

from collections.abc import Collection, Iterator

from lle_desk.core.days import day_words
from lle_desk.paper.book import Chapter, Cover, Leaf, Step, bind
from lle_desk.rooms.documents.catering import catering_leaves
from lle_desk.rooms.documents.register import register_leaves
from lle_desk.rooms.documents.set_up import set_up_leaves
from lle_desk.rooms.documents.signs import sign_leaves, welcome_leaves
from lle_desk.rooms.papers import DayPack, PackPart


def day_pack_pdf(
    pack: DayPack, parts: Collection[PackPart] = tuple(PackPart), step: Step | None = None
) -> bytes:
    """Return the wanted parts of a day's papers, in the order of `PackPart`.

    A part with nothing in it is left out, but for the set-up sheet, which then says so. The same
    values give the same bytes. `step` is told how many pages are drawn; what it raises ends it.
    """
    cover = Cover(f"Day pack {day_words(pack.day)}", "Day pack", pack.sender.name)
    chapters = [chapter for chapter in _chapters(pack) if PackPart(chapter.title) in parts]
    if not chapters:
        chapters = [Chapter(str(PackPart.SET_UP), set_up_leaves(pack.set_up))]
    return bind(cover, chapters, step)


def _chapters(pack: DayPack) -> Iterator[Chapter]:
    yield Chapter(str(PackPart.SET_UP), set_up_leaves(pack.set_up))
    if pack.catering:
        yield Chapter(str(PackPart.CATERING), catering_leaves(pack))
    if pack.registers:
        sheets = [(one.title, register_leaves(one, pack)) for one in pack.registers]
        yield _with_parts(PackPart.REGISTERS, sheets)
    if pack.signs:
        yield _with_parts(
            PackPart.SIGNS, [(one.room, sign_leaves(one, pack)) for one in pack.signs]
        )
    if pack.welcome:
        yield Chapter(str(PackPart.WELCOME), welcome_leaves(pack))


def _with_parts(part: PackPart, sheets: list[tuple[str, tuple[Leaf, ...]]]) -> Chapter:
    """Return one chapter of several papers, each with a bookmark of its own."""
    leaves: list[Leaf] = []
    marks = []
    for title, own in sheets:
        marks.append((title, len(leaves)))
        leaves.extend(own)
    return Chapter(str(part), tuple(leaves), tuple(marks))
