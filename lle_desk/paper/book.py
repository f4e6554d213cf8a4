"""Sheets of any size bound as one PDF, with a bookmark for each chapter."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from reportlab.pdfgen.canvas import Canvas

from lle_desk.paper import fonts
from lle_desk.paper.pen import Pen
from lle_desk.paper.styles import BODY, PAGE_HEIGHT, PAGE_WIDTH

_one_at_a_time = Lock()  # the fonts of reportlab are read by one thread at a time

Step = Callable[[int, int], object]  # told how many sheets are drawn, and of how many


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: what draws it, and its size in points."""

    draw: Callable[[Pen], None]
    wide: float = PAGE_WIDTH
    high: float = PAGE_HEIGHT


@dataclass(frozen=True, slots=True)
class Chapter:
    """Leaves that a bookmark leads to; `parts` are bookmarks under it, by their first leaf."""

    title: str
    leaves: tuple[Leaf, ...]
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """What readers and windows call the file, and who made it."""

    title: str
    subject: str
    author: str


def bind(cover: Cover, chapters: Iterable[Chapter], step: Step | None = None) -> bytes:
    """Return the leaves of all chapters as a tagged PDF file, one leaf at least.

    The same values give the same bytes. A single chapter without parts has no bookmark. `step`
    is told before each leaf; what it raises ends the work.
    """
    file = BytesIO()
    bound = tuple(chapters)
    with_marks = len(bound) > 1 or any(chapter.parts for chapter in bound)
    count, done = sum(len(chapter.leaves) for chapter in bound), 0
    with _one_at_a_time:
        fonts.register()
        canvas = _canvas(cover, file)
        pen = Pen(canvas)
        for chapter in bound:
            parts = {at: title for title, at in chapter.parts}
            for at, leaf in enumerate(chapter.leaves):
                if step is not None:
                    step(done, count)
                pen.begin_page(leaf.wide, leaf.high, is_first=not done)
                if with_marks and not at:
                    _mark(canvas, f"c{done}", chapter.title, 0)
                if at in parts:
                    _mark(canvas, f"p{done}", parts[at], 1)
                leaf.draw(pen)
                done += 1
        canvas.showPage()
        pen.tree.write(canvas)
        if with_marks:
            canvas.showOutline()
        canvas.save()
    return file.getvalue()


def _mark(canvas: Canvas, key: str, title: str, level: int) -> None:
    said = " ".join(fonts.printable(title).split())[:120] or "Sheet"
    canvas.bookmarkPage(key)
    canvas.addOutlineEntry(said, key, level, closed=level == 0)


def _canvas(cover: Cover, file: BytesIO) -> Canvas:
    canvas = Canvas(
        file,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stubs say float
        initialFontSize=BODY.size,
        lang="en-GB",
        pdfVersion=(1, 7),
    )
    canvas.setTitle(fonts.printable(cover.title))
    canvas.setAuthor(fonts.printable(cover.author))
    canvas.setSubject(fonts.printable(cover.subject))
    canvas.setCreator("LLE Desk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
