"""The structure of a PDF that screen readers follow. reportlab has none, so it is written here.

Each piece of text on a page is marked content with a number of that page; the tree in the
catalog says what each number is: a heading, a paragraph, a cell of a table.
"""

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

Document = Any  # reportlab's, without types

HEADING_CELL = "/A <</O /Table /Scope /Column>>"
HEADING_CELL_OF_ROW = "/A <</O /Table /Scope /Row>>"


class Element(pdfdoc.PDFObject):
    """One node of the tree: its role ("H1", "P", "TD"), what it holds, in reading order."""

    def __init__(self, role: str, parent: "Element | None", attributes: str = "") -> None:
        self.role = role
        self.parent = parent
        self.attributes = attributes
        self.kids: list[Element | tuple[int, int]] = []  # elements, or page and its mark

    def child(self, role: str, attributes: str = "") -> "Element":
        """Return a new element at the end of this one."""
        kid = Element(role, self, attributes)
        self.kids.append(kid)
        return kid

    def format(self, document: Document) -> bytes:
        """Return it as PDF, for reportlab."""
        pages = [kid[0] for kid in self.kids if isinstance(kid, tuple)]
        page = pages[0] if pages else 0
        kids = " ".join(self._kid(kid, page, document) for kid in self.kids)
        parent = _reference(self.parent, document) if self.parent else ""
        parts = [f"<</S /{self.role} /P {parent}", f"/K [{kids}]", self.attributes, ">>"]
        if page:
            parts.insert(1, f"/Pg {_page(page, document)}")
        if not self.parent:
            parts[0] = "<</Type /StructTreeRoot"
        return " ".join(parts).encode("ascii")

    def _kid(self, kid: "Element | tuple[int, int]", page: int, document: Document) -> str:
        if isinstance(kid, Element):
            return _reference(kid, document)
        if kid[0] == page:
            return str(kid[1])
        return f"<</Type /MCR /Pg {_page(kid[0], document)} /MCID {kid[1]}>>"


@dataclass(slots=True)
class Tree:
    """The tree of one document while it is drawn. Keys keep a table one over many pages."""

    root: Element = field(default_factory=lambda: Element("StructTreeRoot", None))
    marks: list[list[Element]] = field(default_factory=list)  # of each page, by number
    found: dict[object, Element] = field(default_factory=dict)
    document: Element = field(init=False)

    def __post_init__(self) -> None:
        self.document = self.root.child("Document")

    def new_page(self) -> None:
        self.marks.append([])

    def mark(self, element: Element) -> int:
        """Return the number of a new piece of `element` on the present page."""
        marks = self.marks[-1]
        marks.append(element)
        element.kids.append((len(self.marks), len(marks) - 1))
        return len(marks) - 1

    def once(self, key: object, parent: Element, role: str) -> Element:
        """Return the element made for `key`, at the end of `parent` when it is new."""
        if key not in self.found:
            self.found[key] = parent.child(role)
        return self.found[key]

    def write(self, canvas: Canvas) -> None:
        """Put the tree into the document; every page must have been shown."""
        document: Document = canvas._doc  # type: ignore[attr-defined]  # no public way in
        self.root.attributes = f"/ParentTree {_reference(_Numbers(self.marks), document)}"
        canvas.setCatalogEntry("StructTreeRoot", self.root)
        canvas.setCatalogEntry("MarkInfo", {"Marked": "true"})
        for number in range(len(self.marks)):
            page = document.idToObject[f"Page{number + 1}"]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents = number
            page.Tabs = pdfdoc.PDFName("S")


class _Numbers(pdfdoc.PDFObject):
    """From the marks of each page back to their elements."""

    def __init__(self, marks: list[list[Element]]) -> None:
        self.marks = marks

    def format(self, document: Document) -> bytes:
        pages = (
            f"{number} [{' '.join(_reference(element, document) for element in marks)}]"
            for number, marks in enumerate(self.marks)
        )
        return f"<</Nums [{' '.join(pages)}]>>".encode("ascii")


def _reference(thing: pdfdoc.PDFObject, document: Document) -> str:
    return bytes(document.Reference(thing).format(document)).decode("ascii")


def _page(number: int, document: Document) -> str:
    return bytes(pdfdoc.PDFObjectReference(f"Page{number}").format(document)).decode("ascii")
