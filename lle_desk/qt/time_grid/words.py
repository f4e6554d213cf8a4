"""Which words of a block fit: title, two lines, short title, initials; never an ellipsis."""

from collections.abc import Callable
from dataclasses import dataclass

from lle_desk.qt.time_grid.values import Block

Measure = Callable[[str, int], float]  # text, font number -> pixels
BOLD, PLAIN, SMALL = 0, 1, 4
Lines = tuple[tuple[str, int], ...]  # words, font number
BADGE = 24.0  # a warning without its words
ROOMY = 24.0  # pixels that icons must leave to the words
GAP = 5.0  # between words and what stands right of them


@dataclass(frozen=True, slots=True)
class Fitted:
    """The words of a block: one or two lines, each with its font number.

    `whole` says that nothing was left out but, perhaps, the second line. `code_line` is the
    line (0 or 1) that has room for the category code at its right end, or None. `icons` says
    whether they are shown.
    """

    lines: Lines
    whole: bool
    code_line: int | None
    icons: bool


def fit_words(block: Block, width: float, icons: float, measure: Measure) -> Fitted:
    """Return the words that fit into `width` pixels.

    The icons, `icons` pixels of line two, are shown where they cost no word. A warning's badge
    takes the second line, at least `BADGE` pixels of it. Before the code is left out, it takes
    the place of the second line.
    """
    code = measure(block.code, BOLD) + GAP if block.code else 0.0
    lines = _lines(block, width, code, measure)
    lower = width - icons
    second = BADGE if block.warning else measure(*lines[1]) if len(lines) > 1 else 0.0
    shown = icons > 0 and second <= lower and width >= icons + ROOMY
    if not shown:
        lower = width
    first = measure(*lines[0]) if lines else 0.0
    alone = code - GAP <= lower and bool(lines)  # room on a line of its own
    code_line = 0 if first + code <= width else 1 if second + code <= lower else None
    if code_line is None and alone and not second:
        code_line = 1
    elif code_line is None and alone and len(lines) > 1 and lines[1][1] == PLAIN:
        lines, code_line = lines[:1], 1
    whole = block.title == " ".join(words for words, number in lines if number == BOLD)
    return Fitted(lines, whole, code_line if code else None, shown)


def full_width(block: Block, icons: float, measure: Measure) -> float:
    """Return how wide the words must be for the title and the second line to show whole."""
    code = measure(block.code, BOLD) + GAP if block.code else 0.0
    return max(measure(block.title, BOLD) + code, measure(block.words, PLAIN) + icons) + 1


def _second(block: Block, width: float, measure: Measure) -> str:
    texts = () if block.warning else (block.words, block.short_words)
    return next((text for text in texts if text and measure(text, PLAIN) <= width), "")


def _lines(block: Block, width: float, code: float, measure: Measure) -> Lines:
    """Return the first that fits: title, short title, in small, initials, the code upright."""
    second = _second(block, width, measure)
    below: Lines = ((second, PLAIN),) if second else ()
    titles = (block.title, block.short) if block.short else (block.title,)
    for title in titles:
        if measure(title, BOLD) <= width:
            return ((title, BOLD), *below)
        broken = () if block.warning else _broken(title, width, code, measure)
        if broken:
            return broken
    if measure(titles[-1], SMALL) <= width:
        return ((titles[-1], SMALL), *below)
    return _initials(block, width, code, measure)


def _broken(title: str, width: float, code: float, measure: Measure) -> Lines:
    """Return the title on two lines, or nothing when it does not fit.

    The best break leaves room for the code at the end of a line, then is the most even.
    """
    parts = title.split(" ")
    found: list[tuple[bool, float, Lines]] = []
    for at in range(1, len(parts)):
        first, rest = " ".join(parts[:at]), " ".join(parts[at:])
        wide, narrow = sorted((measure(first, BOLD), measure(rest, BOLD)), reverse=True)
        if wide <= width:
            found.append((narrow + code > width, wide, ((first, BOLD), (rest, BOLD))))
    return min(found)[2] if found else ()


def _initials(block: Block, width: float, code: float, measure: Measure) -> Lines:
    """Return the first letters of the title's words; where only one fits, rather the code."""
    letters = "".join(word[0] for word in block.title.split() if word[0].isalnum()).upper()
    fits = [count for count in (3, 2, 1) if measure(letters[:count], BOLD) <= width]
    if letters and fits and (code - GAP <= width or not block.code):
        return ((letters[: fits[0]], BOLD),)
    if block.code and max(measure(letter, BOLD) for letter in block.code) <= width:
        return tuple((letter, BOLD) for letter in block.code[:2])
    return ()
