"""The places of an event, a line each: who, from where, and what it costs or where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.core.money import pounds
from lle_desk.courses.queries import PlaceRow
from lle_desk.courses.rules import HOLDING, PlaceState, booking_words, counted
from lle_desk.qt.buttons import LinkButton
from lle_desk.qt.settings import Settings
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px

ROW = 26
MOST_ROWS = 60
FIRST = 10  # of a long list, so that what stands below is not far away
ALL_SHOWN = "unfolded/event/places"
ICONS = {PlaceState.ATTENDED: "circle-check", PlaceState.ABSENT: "circle-x"}
IN_PART = "circle-half"


class PlacesList(QWidget):
    """The places of an event; of a long list the first ones, and all of them when asked for.

    Who asked for all sees all of the next event too.

    Signals:
        booking_opened: a line was opened. int: its booking's id.
    """

    booking_opened = Signal(int)

    def __init__(self, places: Sequence[PlaceRow], settings: Settings) -> None:
        super().__init__()
        self._places, self._settings = places, settings
        self.table = PlacesTable(self)
        self.table.booking_opened.connect(self.booking_opened)
        self.all = LinkButton("", self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(3))
        column.addWidget(self.table)
        column.addWidget(self.all)
        self.all.setVisible(len(places) > FIRST + 2)  # two more take no more room than the words
        self._show()

    @property
    def _shows_all(self) -> bool:
        return self.all.isHidden() or self._settings.flag(ALL_SHOWN)

    def _turn(self) -> None:
        self._settings.set_flag(ALL_SHOWN, not self._shows_all)
        self._show()

    def _show(self) -> None:
        whole = self._shows_all
        self.table.show_places(self._places if whole else self._places[:FIRST])
        count = counted(len(self._places), "place")
        self.all.set_text(f"Only the first {FIRST}" if whole else f"All {count}")


class PlacesTable(Table):
    """Places of an event, to be seen without a scroll bar of their own.

    Signals:
        booking_opened: a line was opened. int: its booking's id.
    """

    booking_opened = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        model: RowTableModel[PlaceRow] = RowTableModel(PLACE_COLUMNS, key=lambda place: place.id)
        model.setParent(parent)
        super().__init__(model, row_height=ROW, name="Places")
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = model
        self.row_opened.connect(self._open)

    def show_places(self, places: Sequence[PlaceRow]) -> None:
        """Show these."""
        self._model.show_rows(places)
        self.setFixedHeight(px(ROW) * min(len(places), MOST_ROWS) + 2)

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
