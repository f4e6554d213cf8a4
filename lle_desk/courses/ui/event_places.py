"""The places of an event, a line each: who, from where, and what it costs or where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from lle_desk.core.money import pounds
from lle_desk.courses.queries import PlaceRow
from lle_desk.courses.rules import HOLDING, PlaceState, booking_words
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px

ROW = 26
MOST_ROWS = 60
ICONS = {PlaceState.ATTENDED: "circle-check", PlaceState.ABSENT: "circle-x"}
IN_PART = "circle-half"


class PlacesTable(Table):
    """All places of an event, to be seen without a scroll bar of their own.

    Signals:
        booking_opened: a line was opened. int: its booking's id.
    """

    booking_opened = Signal(int)

    def __init__(self, places: Sequence[PlaceRow], parent: QWidget) -> None:
        model: RowTableModel[PlaceRow] = RowTableModel(PLACE_COLUMNS, key=lambda place: place.id)
        model.setParent(parent)
        super().__init__(model, row_height=ROW, name="Places")
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.show_rows(places)
        self.setFixedHeight(px(ROW) * min(len(places), MOST_ROWS) + 2)
        self.row_opened.connect(self._open)

    def _open(self, place: PlaceRow) -> None:
        self.booking_opened.emit(place.booking_id)


def _delegate(place: PlaceRow) -> str:
    return place.delegate or "Name to come"


def _tip(place: PlaceRow) -> str:
    """Say in full what a narrow line cuts off."""
    stands = place.band if place.state == PlaceState.BOOKED else place.state_words
    booking = booking_words(place.booking_number)
    said = " · ".join(part for part in (place.customer, booking, stands) if part)
    return f"{_delegate(place)}\n{said}"


def _colour(place: PlaceRow) -> str | None:
    if place.state not in HOLDING:
        return "quiet"
    return None if place.delegate else "warning"


def _price_colour(place: PlaceRow) -> str | None:
    return None if place.state in HOLDING else "quiet"


def _stands(place: PlaceRow) -> str:
    """Return what it costs; of a place that nobody holds, how it stands."""
    if place.state not in HOLDING and not place.owed:
        return place.state
    return pounds(place.owed) if place.charge_id else "–"


def _icon(place: PlaceRow) -> str:
    return IN_PART if place.part else ICONS.get(PlaceState(place.state), "")


PLACE_COLUMNS: list[Column[PlaceRow]] = [
    Column("Delegate", _delegate, width=150, strong=True, colour=_colour, tip=_tip, icon=_icon),
    Column("Customer", lambda place: place.customer, width=0, tip=_tip),
    Column("Band", lambda place: place.band, width=116, quiet=True, give_up=1),
    Column("Price", _stands, width=76, numeric=True, colour=_price_colour, tip=_tip),
]
