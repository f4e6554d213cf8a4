"""Text and how it breaks into lines. Text is never markup: what was typed is what is printed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lle_desk.paper.fonts import STRONG, printable, width
from lle_desk.paper.styles import BODY, Style

_WEEKDAY = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_INSIDE_DATE = re.compile(
    rf"(?<=\b(?:{_WEEKDAY})) (?=\d)|(?<=\d) (?=(?:{_MONTH})[a-z]*\b)"
    rf"|(?<=\d (?:{_MONTH})) (?=\d{{4}}\b)|(?<=\d) (?=%)"
)
NO_BREAK = "\N{NO-BREAK SPACE}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class Strong(str):
    """A part of a text that is set strong."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that follow one another in one font; `wide` in points."""

    text: str
    font: str
    wide: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn."""

    runs: tuple[Run, ...]
    style: Style
    after: str = " "  # not seen, but read: what parts it from the next line

    @property
    def wide(self) -> float:
        return sum(run.wide for run in self.runs)

    @property
    def baseline(self) -> float:
        """How far its baseline is below its top: capitals stand in the middle of the leading."""
        return self.style.leading / 2 + 0.357 * self.style.size


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its style, not yet broken into lines."""

    parts: tuple[tuple[str, str], ...]  # text and font
    style: Style

    def lines(self, wide: float) -> tuple[Line, ...]:
        """Return the lines in which it fits into `wide` points, at least one."""
        return _lines(self, wide)

    @property
    def blank(self) -> bool:
        return not any(text.strip() for text, _ in self.parts)


def words(*parts: str, style: Style = BODY) -> Words:
    """Return `parts` as one text; the `Strong` ones are set strong. Dates do not break."""
    return Words(
        tuple(
            (
                _INSIDE_DATE.sub(NO_BREAK, printable(part)),
                STRONG if isinstance(part, Strong) else style.font,
            )
            for part in parts
            if part
        ),
        style,
    )


def one_line(what: str, style: Style, wide: float) -> Line:
    """Return `what` as one line, cut when too long: only where it stands in full elsewhere."""
    line, *more = words(" ".join(what.split()), style=style).lines(wide)
    if not more:
        return line
    parts = ("".join(run.text for run in part.runs) for part in (line, *more[:1]))
    text = " ".join(part.strip() for part in parts)
    return shorten(Line((Run(text, style.font, 0),), style), wide)


def first_lines(what: Words, count: int, wide: float) -> tuple[Line, ...]:
    """Return at most `count` lines, the last of them cut when there are more."""
    lines = what.lines(wide)
    if len(lines) <= count:
        return lines
    return *lines[: count - 1], shorten(lines[count - 1], wide)


def shorten(line: Line, wide: float) -> Line:
    """Return `line` cut to `wide` points, ending in an ellipsis. Only for where no line is left."""
    if not line.runs:
        return line
    text, font, size = "".join(run.text for run in line.runs), line.runs[0].font, line.style.size
    while text and width(text + ELLIPSIS, font, size) > wide:
        text = text[:-1]
    text = text.rstrip() + ELLIPSIS
    return Line((Run(text, font, width(text, font, size)),), line.style)


@lru_cache(maxsize=2048)
def _lines(text: Words, wide: float) -> tuple[Line, ...]:
    lines: list[Line] = []
    pending: list[Run] = []
    left = wide
    for piece in _pieces(text, wide):
        if piece is None or (piece.wide > left and pending):
            inside_word = piece is not None and pending[-1].text != " " != piece.text
            lines.append(_line(pending, text.style, "" if inside_word else " "))
            pending, left = [], wide
        if piece is not None and (piece.text != " " or pending):
            pending.append(piece)
            left -= piece.wide
    lines.append(_line(pending, text.style))
    return tuple(lines)


def _pieces(text: Words, wide: float) -> Iterator[Run | None]:
    """Return words and the spaces between them in order; None is a new line that was typed.

    Words of two fonts that touch ("(" and a strong word) may part at the end of a line.
    """
    for letters, font in text.parts:
        for number, typed in enumerate(letters.split("\n")):
            if number:
                yield None
            yield from _words_of(typed, font, text.style.size, wide)


def _words_of(letters: str, font: str, size: float, wide: float) -> Iterator[Run]:
    space = Run(" ", font, width(" ", font, size))
    for number, word in enumerate(letters.split(" ")):
        if number:
            yield space
        if word:
            yield from _fitting(Run(word, font, width(word, font, size)), size, wide)


def _fitting(word: Run, size: float, wide: float) -> Iterator[Run]:
    """Return `word` whole, or in pieces that each fit when it is too wide for any line."""
    text = word.text
    while word.wide > wide and len(text) > 1:
        fits = max(1, _fitting_letters(text, word.font, size, wide))
        yield Run(text[:fits], word.font, width(text[:fits], word.font, size))
        text = text[fits:]
        word = Run(text, word.font, width(text, word.font, size))
    if text:
        yield word


def _fitting_letters(text: str, font: str, size: float, wide: float) -> int:
    """Return how many letters of `text` fit, by halving."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle], font, size) <= wide:
            low = middle
        else:
            high = middle - 1
    return low


def _line(pieces: list[Run], style: Style, after: str = " ") -> Line:
    """Return the pieces as few runs, without the space that the line broke at."""
    while pieces and pieces[-1].text == " ":
        pieces = pieces[:-1]
    runs: list[Run] = []
    for piece in pieces:
        if runs and runs[-1].font == piece.font:
            last = runs.pop()
            piece = Run(last.text + piece.text, piece.font, last.wide + piece.wide)
        runs.append(piece)
    return Line(tuple(runs), style, after)
