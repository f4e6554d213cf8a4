"""Draws on one document: text with its tag, rules and tints without one.

All places are points from the left and from the top of the sheet.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from reportlab.pdfgen.canvas import Canvas

from lle_desk.paper.styles import HAIRLINE, INK, PAGE_HEIGHT, Colour
from lle_desk.paper.tagging import Element, Tree
from lle_desk.paper.words import Line

LEFT_ALIGNED, RIGHT_ALIGNED, CENTRED = 0.0, 1.0, 0.5


class Pen:
    """The hand that draws a document's pages, one after the other."""

    def __init__(self, canvas: Canvas) -> None:
        self.tree = Tree()
        self.high = PAGE_HEIGHT  # of the present page
        self._canvas = canvas
        self._colour: Colour | None = None

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """Make what is written inside a piece of `element`."""
        self._canvas.addLiteral(f"/{element.role} <</MCID {self.tree.mark(element)}>> BDC")
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Make what is drawn inside something that readers pass over."""
        self._canvas.addLiteral("/Artifact BMC")
        yield
        self._canvas.addLiteral("EMC")

    def say(self, role: str, lines: Sequence[Line], left: float, top: float) -> None:
        """Write `lines` as one new element of the document."""
        with self.tagged(self.tree.document.child(role)):
            self.write(lines, left, top)

    def write(
        self,
        lines: Sequence[Line],
        left: float,
        top: float,
        wide: float = 0,
        align: float = LEFT_ALIGNED,
    ) -> None:
        """Write `lines` under each other from `top`, in a column `wide` points wide."""
        for line in lines:
            after = "" if align or line is lines[-1] else line.after
            self.line(line, left + (wide - line.wide) * align, top + line.baseline, after)
            top += line.style.leading

    def line(self, line: Line, left: float, baseline: float, after: str = "") -> None:
        """Write one line on its baseline; `after` parts it from the next one for readers."""
        if not line.runs:
            return
        text = self._canvas.beginText(left, self.high - baseline)
        if line.style.colour != self._colour:
            self._colour = line.style.colour
            self._canvas.setFillColorRGB(*self._colour)
        for run in line.runs:
            text.setFont(run.font, line.style.size)
            text.textOut(run.text + after if run is line.runs[-1] else run.text)
        self._canvas.drawText(text)

    def rule(
        self,
        left: float,
        right: float,
        top: float,
        weight: float = HAIRLINE,
        colour: Colour = INK,
    ) -> None:
        """Draw a line across; call it inside `decoration`."""
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(weight)
        self._canvas.line(left, self.high - top, right, self.high - top)

    def upright(
        self, left: float, top: float, bottom: float, weight: float, colour: Colour
    ) -> None:
        """Draw a line down; call it inside `decoration`."""
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(weight)
        self._canvas.line(left, self.high - top, left, self.high - bottom)

    def dashes(self, left: float, right: float, top: float, colour: Colour = INK) -> None:
        """Draw a line to cut along; call it inside `decoration`."""
        self._canvas.setDash(4, 3)
        self.rule(left, right, top, 0.6, colour)
        self._canvas.setDash()

    def tint(self, left: float, top: float, wide: float, high: float, colour: Colour) -> None:
        """Fill a box; call it inside `decoration`."""
        self._colour = colour
        self._canvas.setFillColorRGB(*colour)
        self._canvas.rect(left, self.high - top - high, wide, high, stroke=0, fill=1)

    def frame(
        self, left: float, top: float, wide: float, high: float, weight: float, colour: Colour
    ) -> None:
        """Draw the edges of a box; call it inside `decoration`."""
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(weight)
        self._canvas.rect(left, self.high - top - high, wide, high, stroke=1, fill=0)

    def begin_page(self, wide: float, high: float, *, is_first: bool) -> None:
        """Finish the page before, unless this is the first, and begin one of this size."""
        if not is_first:
            self._canvas.showPage()
        self._canvas.setPageSize((wide, high))
        self.high = high
        self.tree.new_page()
        self._colour = None
