"""Places on a customer's screen that other slices fill: agreements, balance, what is coming.

A slice above gives a place its maker when its module is loaded; the customer's screen knows
none of them.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.qt.desk import Desk
from lle_desk.qt.section import Section
from lle_desk.qt.stale import Refresher

ORDER = ("warnings", "agreements", "balance", "coming", "visits", "complaints")


class CustomerPlace(QWidget):
    """One slice's section about a customer on a day; it reads again when its tables change.

    Subclasses read in `reload` and give what they read to `show_section`.

    Signals:
        record_asked: what a line opens. str: its table, int: its number.
    """

    record_asked = Signal(str, int)
    tables: frozenset[str] = frozenset()

    def __init__(self, desk: Desk, customer_id: int, day: date) -> None:
        super().__init__()
        self.has_links = True
        self.desk = desk
        self.customer_id = customer_id
        self.day = day
        self._section: Section | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._fresh = Refresher(self, desk, self.tables, self.reload)

    def reload(self) -> None:
        """Read what the section shows."""
        raise NotImplementedError

    def opens(self, kind: str, record_id: int) -> Callable[[], object] | None:
        """Return what opens a record, None where going away would leave a form behind."""
        return partial(self.record_asked.emit, kind, record_id) if self.has_links else None

    def show_section(self, section: Section | None) -> None:
        """Show the section, or nothing."""
        old, self._section = self._section, section
        if section is not None:
            self._column.addWidget(section)
        if old is not None:
            old.hide()
            self._column.removeWidget(old)
            old.deleteLater()


Maker = Callable[[Desk, int, date], CustomerPlace]
_MAKERS: dict[str, Maker] = {}
_to_load: list[str] = []


def give_place(place: str, maker: Maker) -> None:
    """Let `maker` fill a place of `ORDER` on every customer's screen."""
    _MAKERS[place] = maker


def look_for_places(*modules: str) -> None:
    """Load these modules, which give places, with the first customer's screen.

    The list of customers, which comes before it, need not wait for what they bring along.
    """
    _to_load.extend(modules)


def places_of(desk: Desk, customer_id: int, day: date) -> list[CustomerPlace]:
    """Return what the slices show of a customer on a day, in order."""
    while _to_load:
        import_module(_to_load.pop())
    return [_MAKERS[place](desk, customer_id, day) for place in ORDER if place in _MAKERS]
