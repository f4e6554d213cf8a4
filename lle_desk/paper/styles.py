"""The grid of every paper, its sizes and its few colours. Lengths are points unless named mm."""

from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from lle_desk.paper.fonts import REGULAR, STRONG

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT = 22 * mm
RIGHT = PAGE_WIDTH - 18 * mm
MEASURE = RIGHT - LEFT
GUTTER = 5 * mm
COLUMN = (MEASURE - 11 * GUTTER) / 12

# Downwards from the top of the sheet.
HEAD_RULE = 23 * mm
BODY_TOP = 97 * mm  # under the address window
BODY_TOP_PLAIN = 33 * mm  # on later sheets and on sheets without an address
BODY_BOTTOM = 276 * mm
FOOT_RULE = 280.5 * mm
WINDOW = (20 * mm, 57 * mm, 100 * mm, 81 * mm)  # left, top, right, bottom: a DL envelope's
FOLDS = (99 * mm, 198 * mm)
PUNCH = 148.5 * mm

RULE = 0.8
HAIRLINE = 0.4
OVERHANG = 1.6 * mm  # a tinted row reaches this far over its words

Colour = tuple[float, float, float]


def _colour(code: str) -> Colour:
    return (int(code[:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:], 16) / 255)


INK = _colour("1A222D")
QUIET = _colour("556070")
ACCENT = _colour("1D5FA6")
LINE = _colour("C9CFD8")
TINT = _colour("F1F3F7")


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text is set: size and leading in points."""

    size: float
    leading: float
    colour: Colour = INK
    font: str = REGULAR


TITLE = Style(20, 25, font=STRONG)
SUBJECT = Style(14, 18, font=STRONG)
HEADING = Style(11, 15, font=STRONG)
BODY = Style(9.25, 12)
STRONG_BODY = Style(9.25, 12, font=STRONG)
QUIET_BODY = Style(9.25, 12, QUIET)
ADDRESS = Style(9.25, 11.4)
DENSE = Style(8, 10.4)
NOTE = Style(7.5, 10, QUIET)
HOUSE = Style(11, 14)


def column(first: int) -> float:
    """Return the left edge of grid column `first`, counted 0 to 11."""
    return LEFT + first * (COLUMN + GUTTER)


def span(columns: int) -> float:
    """Return the width of so many grid columns and the gutters between them."""
    return columns * COLUMN + (columns - 1) * GUTTER
