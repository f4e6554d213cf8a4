"""Reads papers of any size back: what stands on something else or over an edge."""

from itertools import combinations

import pypdfium2

from tests.paper.pages import MM, boxes

EDGE = 13.5 * MM
END = 4.0  # points: a space at the end of a line is no ink


def faults_across(pdf: bytes) -> list[str]:
    """Return what overlaps or stands over the edges of sheets of any size."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sizes = [document.get_page_size(at) for at in range(len(document))]
    finally:
        document.close()
    faults = []
    for number, (page, (wide, high)) in enumerate(zip(boxes(pdf), sizes, strict=True), start=1):
        faults += [
            f"page {number}: {one} overlaps {other}"
            for one, other in combinations(page, 2)
            if one.overlaps(other)
        ]
        faults += [
            f"page {number}: {box} is over the edge"
            for box in page
            if box.left < EDGE
            or box.right > wide - EDGE + END
            or box.top < 9 * MM
            or box.bottom > high - 3 * MM
        ]
    return faults
