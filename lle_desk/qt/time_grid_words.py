"""Which words of a block fit: title, two lines, short title, initials; never an ellipsis."""

from collections.abc import Callable
from dataclasses import dataclass

from lle_desk.qt.time_grid_values import Block

Measure = Callable[[str, int], float]  # text, font number -> pixels
BOLD, PLAIN, SMALL = 0, 1, 4
Lines = tuple[tuple[str, int], ...]  # words, font number
BADGE = 24.0  # a warning without its words
GAP = 5.0  # between words and what stands right of them


@dataclass(frozen=True, slots=True)
class Fitted:
    """The words of a block: one or two lines, each with its font number.

    `whole` says that nothing was left out but, perhaps, the second line. `code_line` is the
    line (0 or 1) that has room for the category code at its right end, or None.
    """

    lines: Lines
    whole: bool
    code_line: int | None


def fit_words(block: Block, width: float, icons: float, measure: Measure) -> Fitted:
    """Return the words that fit into `width` pixels, `icons` of them taken on line two.

    A warning's badge takes the second line, at least `BADGE` pixels of it.
    """
    lower = width - icons
    second = "" if block.warning else _second(block, lower, measure)
    lines = _lines(block, second, width, lower, measure)
    code = measure(block.code, BOLD) + GAP if block.code else 0.0
    whole = block.title == " ".join(words for words, number in lines if number == BOLD)
    taken = [measure(*line) for line in lines] + [0.0, 0.0]
    if block.warning:
        taken[1] = BADGE
    rooms = ((0, width), (1, lower)) if code else ()
    fits = (at for at, room in rooms if taken[at] + code <= room)
    return Fitted(lines, whole, next(fits, None))


def full_width(block: Block, icons: float, measure: Measure) -> float:
    """Return how wide the words must be for the title and the second line to show whole."""
    code = measure(block.code, BOLD) + GAP if block.code else 0.0
    return max(measure(block.title, BOLD) + code, measure(block.words, PLAIN) + icons) + 1


def _second(block: Block, width: float, measure: Measure) -> str:
    texts = (block.words, block.short_words)
    return next((text for text in texts if text and measure(text, PLAIN) <= width), "")


def _lines(block: Block, second: str, width: float, lower: float, measure: Measure) -> Lines:
    """Return the first that fits: title, short title, short title in small, initials."""
    below: Lines = ((second, PLAIN),) if second else ()
    titles = (block.title, block.short) if block.short else (block.title,)
    for title in titles:
        if measure(title, BOLD) <= width:
            return ((title, BOLD), *below)
        broken = () if block.warning else _broken(title, width, lower, measure)
        if broken:
            return broken
    if measure(titles[-1], SMALL) <= width:
        return ((titles[-1], SMALL), *below)
    initials = _initials(block.title, width, measure)
    return ((initials, BOLD),) if initials else ()


def _broken(title: str, width: float, lower: float, measure: Measure) -> Lines:
    """Return the title on two lines, or nothing when it does not fit."""
    parts = title.split(" ")
    for at in range(len(parts) - 1, 0, -1):
        first, rest = " ".join(parts[:at]), " ".join(parts[at:])
        if measure(first, BOLD) <= width:
            return ((first, BOLD), (rest, BOLD)) if measure(rest, BOLD) <= lower else ()
    return ()


def _initials(title: str, width: float, measure: Measure) -> str:
    letters = "".join(word[0] for word in title.split() if word[0].isalnum()).upper()
    for count in range(min(3, len(letters)), 0, -1):
        if measure(letters[:count], BOLD) <= width:
            return letters[:count]
    return ""
