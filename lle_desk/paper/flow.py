"""Blocks that follow one another down the sheets, and where each one comes to stand."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lle_desk.paper.pen import Pen
from lle_desk.paper.styles import HEADING, LEFT, MEASURE, NOTE, RIGHT
from lle_desk.paper.words import Line, Strong, Words, first_lines, words

TALL = 200.0  # a block higher than this may go on over the next sheet
TITLE_LINES = 4  # of a heading
NOTE_LINES = 3  # of what stands beside or under a heading
LEAST = 48.0  # and begins on this one only with so much of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(ABC):
    """Something with a height that is drawn at one place; heights and places in points."""

    above: float = 0  # empty space over it, left out at the top of a sheet
    keeps_next: bool = False  # never the last on its sheet
    head: "Block | None" = None  # said again when it is the first on its sheet
    at_foot: bool = False  # stands at the bottom of its sheet

    @property
    @abstractmethod
    def height(self) -> float: ...

    @abstractmethod
    def draw(self, pen: Pen, top: float) -> None: ...

    def draw_again(self, pen: Pen, top: float) -> None:
        """Draw it as the repeated head of a later sheet, which readers pass over."""
        raise NotImplementedError(f"{type(self).__name__} is no head of a table")

    def split(self, room: float) -> "tuple[Block, Block] | None":
        """Return what fits into `room` and the rest, or None when it cannot be parted."""
        return None


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and how far its top is from the top of the sheet."""

    block: Block
    top: float
    again: bool = False

    def draw(self, pen: Pen) -> None:
        (self.block.draw_again if self.again else self.block.draw)(pen, self.top)


@dataclass(frozen=True, slots=True)
class Text(Block):
    """A text of any length under the margin `left`."""

    lines: tuple[Line, ...]
    left: float = LEFT
    role: str = "P"

    @property
    def height(self) -> float:
        return sum(line.style.leading for line in self.lines)

    def draw(self, pen: Pen, top: float) -> None:
        pen.say(self.role, self.lines, self.left, top)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = int(room // self.lines[0].style.leading)
        if not 0 < fits < len(self.lines):
            return None
        first, rest = self.lines[:fits], self.lines[fits:]
        return replace(self, lines=first, keeps_next=False), replace(self, lines=rest, above=0)


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A heading with a quiet note on its line: beside it, else at the right margin.

    A note too long for the line goes under it.
    """

    title: Line
    note: tuple[Line, ...] = ()
    right: bool = False
    rest: tuple[Line, ...] = ()  # of a title longer than its line
    below: float = 2.5

    @property
    def height(self) -> float:
        lines = (self.title, *self.rest, *(() if self._beside else self.note))
        return self.below + sum(line.style.leading for line in lines)

    @property
    def _beside(self) -> bool:
        wide = self.title.wide + 16 + (self.note[0].wide if self.note else 0)
        return not self.rest and len(self.note) <= 1 and wide <= MEASURE

    def draw(self, pen: Pen, top: float) -> None:
        title = (self.title, *self.rest)
        pen.say("H2", title, LEFT, top)
        if not self.note:
            return
        if not self._beside:
            under = top + sum(line.style.leading for line in title)
            pen.say("P", self.note, LEFT, under)
            return
        [note] = self.note
        left = RIGHT - note.wide if self.right else LEFT + self.title.wide + 10
        with pen.tagged(pen.tree.document.child("P")):
            pen.line(note, left, top + self.title.baseline)


@dataclass(frozen=True, slots=True)
class Beside(Block):
    """Two short columns of blocks next to each other; the left one is read first."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]

    @property
    def height(self) -> float:
        return max(_high(self.left), _high(self.right))

    def draw(self, pen: Pen, top: float) -> None:
        for side in (self.left, self.right):
            under = top
            for block in side:
                block.draw(pen, under + block.above)
                under += block.above + block.height

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Part the left column; the right one stays on the first sheet."""
        fits: list[Block] = []
        rest = deque(self.left)
        while rest and _high((*fits, rest[0])) <= room:
            fits.append(rest.popleft())
        parts = rest[0].split(room - _high(fits) - rest[0].above) if rest else None
        if parts:
            fits.append(parts[0])
            rest[0] = parts[1]
        if not rest or not fits or _high(self.right) > room:
            return None
        return replace(self, left=tuple(fits)), replace(self, left=tuple(rest), right=(), above=0)


@dataclass(frozen=True, slots=True)
class Item(Block):
    """One line of a list that is worked through: its number or code, and the words."""

    label: Line
    lines: tuple[Line, ...]
    group: object  # the list it belongs to
    indent: float = 14

    @property
    def height(self) -> float:
        return sum(line.style.leading for line in self.lines)

    def draw(self, pen: Pen, top: float) -> None:
        whole = pen.tree.once(self.group, pen.tree.document, "L").child("LI")
        with pen.tagged(whole.child("Lbl")):
            pen.write((self.label,), LEFT, top)
        with pen.tagged(whole.child("LBody")):
            pen.write(self.lines, LEFT + self.indent, top)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = int(room // self.lines[0].style.leading)
        if not 0 < fits < len(self.lines):
            return None
        nothing = replace(self.label, runs=())
        first = replace(self, lines=self.lines[:fits], keeps_next=False)
        return first, replace(self, lines=self.lines[fits:], label=nothing, above=0)


def text(what: Words, above: float = 0, keeps_next: bool = False) -> Text:
    """Return a paragraph over the whole measure."""
    return Text(what.lines(MEASURE), above=above, keeps_next=keeps_next)


def heading(
    title: Words, note: str = "", *, above: float = 16, right: bool = False, below: float = 2.5
) -> Heading:
    """Return a heading that keeps to what follows it."""
    first, *rest = first_lines(title, TITLE_LINES, MEASURE)
    said = first_lines(words(note, style=NOTE), NOTE_LINES, MEASURE) if note else ()
    return Heading(first, said, right, tuple(rest), below=below, above=above, keeps_next=True)


def items(rows: Iterable[tuple[Words, Words]], between: float = 2) -> list[Block]:
    """Return a list of labels and words, which belongs together for readers."""
    group = object()
    return [
        Item(label.lines(30)[0], what.lines(MEASURE - 14), group, above=between if number else 0)
        for number, (label, what) in enumerate(rows)
    ]


def strong_heading(title: str, note: str = "", *, above: float = 16) -> Heading:
    """Return a heading of the usual size."""
    return heading(words(Strong(title), style=HEADING), note, above=above)


def paginate(
    blocks: Iterable[Block], first_top: float, later_top: float, bottom: float
) -> list[list[Placed]]:
    """Return what stands where on each sheet, all blocks in order, at least one sheet."""
    pages: list[list[Placed]] = [[]]
    top = first_top
    waiting = deque(blocks)
    while waiting:
        block = waiting.popleft()
        fresh = not pages[-1]
        start = top if fresh else top + block.above
        if fresh and block.head:
            pages[-1].append(Placed(block.head, start, again=True))
            start += block.head.height
        room = bottom - start
        parts = None
        if block.height > room or _chain(block, waiting) > room:
            parts = _parted(block, room)
            if not parts and not fresh:
                waiting.appendleft(block)
                pages.append([])
                top = later_top
                continue
        if parts:
            block, rest = parts
            waiting.appendleft(rest)
        if block.at_foot:
            start = max(start, bottom - block.height)
        pages[-1].append(Placed(block, start))
        top = start + block.height
        if parts:
            pages.append([])
            top = later_top
    return pages


def _parted(block: Block, room: float) -> tuple[Block, Block] | None:
    """Return a block that is too tall for `room` in two, when enough of it fits."""
    if block.height <= max(TALL, room) or room < LEAST:
        return None
    return block.split(room)


def _chain(block: Block, waiting: Sequence[Block]) -> float:
    """Return the least height that `block` needs with all that may not be parted from it."""
    high = block.height
    last = block
    for following in waiting:
        if not last.keeps_next:
            break
        tall = following.height > TALL
        high += following.above + (LEAST if tall else following.height)
        last = following
        if tall:
            break
    return high


def _high(blocks: Iterable[Block]) -> float:
    return sum(block.above + block.height for block in blocks)
