"""Reads papers back as a person or a screen reader would: words, places, structure."""

import ctypes
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as raw

MM = 72 / 25.4
LEFT = 22 * MM - 1.5
RIGHT = (210 - 18) * MM + 2.6  # a space at the end of a line is no ink
WINDOW_TOP, WINDOW_BOTTOM, WINDOW_LEFT, WINDOW_RIGHT = 57 * MM, 81 * MM, 20 * MM, 100 * MM


@dataclass(frozen=True)
class Box:
    """The ink of one stretch of text: points from the left and from the top of the sheet."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 0.5 and high > 0.5


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page on one line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def boxes(pdf: bytes) -> list[list[Box]]:
    """Return the ink of the text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_boxes(page) for page in document]
    finally:
        document.close()


def _boxes(page: Any) -> list[Box]:
    words = page.get_textpage()
    high = page.get_height()
    found = []
    for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        left, bottom, right, top = piece.get_bounds()
        text = _text_of(piece, words).strip()
        if text:
            found.append(Box(text, left, high - top, right, high - bottom))
    return found


def faults_of_layout(pdf: bytes, address: tuple[str, ...] = ()) -> list[str]:
    """Return what stands on something else, over a margin, or in the window of the envelope."""
    faults = []
    for number, page in enumerate(boxes(pdf), start=1):
        for one, other in combinations(page, 2):
            if one.overlaps(other):
                faults.append(f"page {number}: {one} overlaps {other}")
        for box in page:
            if box.left < LEFT or box.right > RIGHT or box.top < 10 * MM or box.bottom > 287 * MM:
                faults.append(f"page {number}: {box} is over the margin")
        if number == 1 and address:
            faults += [f"{box} is in the window" for box in _strangers(page, address)]
    return faults


def _strangers(page: list[Box], address: tuple[str, ...]) -> list[Box]:
    whole = " ".join(address)
    near = [
        box
        for box in page
        if box.left < WINDOW_RIGHT + 3 * MM
        and box.bottom > WINDOW_TOP - 3 * MM
        and box.top < WINDOW_BOTTOM + 3 * MM
    ]
    return [
        box
        for box in near
        if box.text.rstrip("…") not in whole
        or box.bottom > WINDOW_BOTTOM
        or box.top < WINDOW_TOP
        or box.right > WINDOW_RIGHT
    ]


def roles(pdf: bytes) -> list[tuple[str, str]]:
    """Return role and text of everything tagged, in the order it is read out."""
    reader: Any = pypdf.PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    document = pypdfium2.PdfDocument(pdf)
    try:
        said = [_marked(page) for page in document]
    finally:
        document.close()
    pages = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}
    found: list[tuple[str, str]] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        text = ""
        for kid in node.get("/K", []):
            if isinstance(kid, int):
                text += said[pages[node.raw_get("/Pg").idnum]][kid]
            elif kid.get_object().get("/Type") == "/MCR":
                text += said[pages[kid.get_object().raw_get("/Pg").idnum]][kid["/MCID"]]
            else:
                walk(kid)
        if text:
            found.append((node["/S"], text.strip()))

    walk(root)
    return found


def _marked(page: Any) -> dict[int, str]:
    """Return the text of each piece of marked content; every text is in one, or decoration."""
    said: dict[int, str] = {}
    words = page.get_textpage()
    for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        assert raw.FPDFPageObj_CountMarks(piece) > 0, "text without a tag"
        number = raw.FPDFPageObj_GetMarkedContentID(piece)
        if number >= 0:
            said[number] = said.get(number, "") + _text_of(piece, words)
    return said


def _text_of(piece: Any, words: Any) -> str:
    size = raw.FPDFTextObj_GetText(piece, words, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFTextObj_GetText(piece, words, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def fonts(pdf: bytes) -> dict[str, bool]:
    """Return the fonts of all pages by name, and whether each is embedded."""
    found = {}
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = font.get_object()
            found[str(font["/BaseFont"])] = "/FontFile2" in font.get("/FontDescriptor", {})
    return found
