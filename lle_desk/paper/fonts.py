"""The one family on every paper: Open Sans, embedded, with Welsh letters."""

import unicodedata
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from lle_desk.core.paths import resources

REGULAR = "OpenSans-Regular"
STRONG = "OpenSans-Semibold"
ITALIC = "OpenSans-Italic"

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_DRAWN_ALIKE = {
    "\t": " ",
    "\r": "",
    "\u2011": "-",
    "\u2002": " ",
    "\u2003": " ",
    "\u202f": "\u00a0",
}


@cache
def register() -> None:
    """Make the family known to reportlab, once in a program."""
    for name in (REGULAR, STRONG, ITALIC):
        pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / f"{name}.ttf")))


def width(text: str, font: str, size: float) -> float:
    """Return how many points wide `text` is; it must have been through `printable`."""
    return float(_font(font).stringWidth(text, size))


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """Return `text` with only letters this family has, and no sign that moves others about.

    Accents are joined to their letters; a letter that the family lacks becomes its base letter,
    else the sign for an unknown one. New lines stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_drawable, unicodedata.normalize("NFC", text)))


@cache
def _font(name: str) -> TTFont:
    register()
    font: TTFont = pdfmetrics.getFont(name)  # type: ignore[assignment]  # as registered
    return font


@lru_cache(maxsize=4096)
def _drawable(letter: str) -> str:
    letter = _DRAWN_ALIKE.get(letter, letter)
    if letter in {"", "\n"}:
        return letter
    if _unseen(letter):
        return ""
    if _has(letter):
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    base = "".join(part for part in parts if _has(part) and not _unseen(part))
    return base or _UNKNOWN


def _unseen(letter: str) -> bool:
    """Return whether it is a control, a mark on another letter, or half of one."""
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Mn", "Me"}


def _has(letter: str) -> bool:
    return ord(letter) in _font(REGULAR).face.charToGlyph
