"""What a place costs each band, as one field: five amounts, empty where nothing is sold."""

from collections.abc import Hashable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from lle_desk.customers.rules import Band
from lle_desk.offers.rules import BandPrice, DatedPrice
from lle_desk.qt.field import Field
from lle_desk.qt.form import MoneyField
from lle_desk.qt.theme import px
from lle_desk.qt.words import label


class PricesField(Field[Sequence[BandPrice]]):
    """The price of a place for each band, before VAT. A band left empty cannot book."""

    def __init__(self, hint: str = "") -> None:
        super().__init__("", key="prices", hint=hint)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(0, 1)
        self.amounts: dict[Band, MoneyField] = {}
        for line, band in enumerate(Band):
            field = MoneyField("", key=f"price {band}", width=110)
            field.title = f"Price for {band}"
            field.editor.setAccessibleName(field.title)
            field.changed.connect(self._on_edited)
            words = label(str(band).capitalize(), "body")
            words.setBuddy(field.line)
            grid.addWidget(words, line, 0)
            grid.addWidget(field, line, 1, Qt.AlignmentFlag.AlignRight)
            self.amounts[band] = field
        self.put(holder)
        holder.setFocusProxy(self.amounts[Band.SUBSCRIBER].line)

    def value(self) -> Sequence[BandPrice]:
        amounts = ((band, field.value()) for band, field in self.amounts.items())
        return tuple(BandPrice(str(band), amount) for band, amount in amounts if amount is not None)

    def show_value(self, value: Sequence[BandPrice]) -> None:
        known = {price.band: price.amount for price in value}
        for band, field in self.amounts.items():
            field.set_value(known.get(str(band)))

    def raw(self) -> Hashable:
        return tuple(field.raw() for field in self.amounts.values())

    def check(self) -> bool:
        fine = [field.check() for field in self.amounts.values()]
        return all(fine)


def prices_on(prices: Sequence[DatedPrice], day: date | None) -> tuple[BandPrice, ...]:
    """Return the price of each band that holds on `day`; the last of each while there is none."""
    return newest_prices([one for one in prices if day is None or one.valid_from <= day])


def newest_prices(prices: Sequence[DatedPrice]) -> tuple[BandPrice, ...]:
    """Return the last price of each band."""
    newest = {price.band: price for price in sorted(prices, key=lambda one: one.valid_from)}
    return tuple(BandPrice(price.band, price.amount) for price in newest.values())
