"""The tour: pictures of every tab and of the papers, without a screen."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from lle_desk.tour import take_tour

TABS = ("today", "courses", "rooms", "outdoor", "invoices", "customers", "services", "reports")


@pytest.mark.long
def test_every_tab_and_paper_has_its_picture(qapp: QApplication, tmp_path: Path) -> None:
    made = {file.name: file for file in take_tour(tmp_path / "tour")}
    wanted = {
        f"{tab}-{scheme}{size}.png"
        for tab in TABS
        for scheme in ("light", "dark")
        for size in ("", "-small")
    }
    wanted |= {"courses-booking-light.png", "invoices-papers-light.png"}
    wanted |= {"confirmation.pdf", "confirmation-1.png", "invoice.pdf", "invoice-1.png"}
    assert wanted <= set(made)
    for name, file in made.items():
        if name.endswith(".png"):
            assert _colours(QImage(str(file))) > 5, f"{name} is nearly blank"


def _colours(image: QImage) -> int:
    """Return how many colours a coarse look at the picture meets."""
    steps = range(0, image.width(), 7), range(0, image.height(), 7)
    return len({image.pixel(x, y) for x in steps[0] for y in steps[1]})
