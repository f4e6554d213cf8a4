"""What the booking form tells back: the event chosen, the price and why, the read-back line."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.core.money import Pence, pounds, vat_on
from lle_desk.courses.queries import BookableEvent, PlaceLine, PlacePrice
from lle_desk.courses.rules import cancelling_words, counted, in_words
from lle_desk.customers.rules import Route
from lle_desk.offers.rules import VAT_WORDS, VatCode
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import CapacityBar, Places
from lle_desk.qt.empty import IconView
from lle_desk.qt.section import TintedRow
from lle_desk.qt.theme import px
from lle_desk.qt.words import Label, label

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class EventBox(QFrame):
    """When and where the chosen event is, and how full."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("line", "box")
        self.setProperty("ground", "surface")
        line = QHBoxLayout(self)
        line.setContentsMargins(px(10), px(6), px(10), px(6))
        line.setSpacing(px(10))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self._when = label("", wrap=True)
        self._left = label("", "small", wrap=True)
        words.addWidget(self._when)
        words.addWidget(self._left)
        line.addLayout(words, 1)
        self._held = label("", "strong")
        line.addWidget(self._held)
        self._bar = CapacityBar()
        self._bar.setFixedWidth(px(88))
        line.addWidget(self._bar)
        self.hide()

    def show_event(self, event: BookableEvent | None) -> None:
        """Show an event, or nothing."""
        self.setVisible(event is not None)
        if event is None:
            return
        self._when.set(event.when_and_where)
        if event.free > 0:
            self._left.set(event.left_words, "small")
        else:
            left = f"{event.left_words}." if event.offers else "No place is left."
            self._left.set(f"{left} Name who would come, or choose another event.", "refusal")
        self._held.set(f"{event.held} of {event.capacity}")
        self._bar.show_places(Places(event.held, event.waiting, event.capacity, event.minimum))


class PriceBox(QFrame):
    """The price of each place and why, VAT and why, and what is paid how."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("line", "box")
        self.setProperty("ground", "surface")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(10), px(6), px(10), px(8))
        self._holder: QWidget | None = None
        self.show_words("Choose who and what: the price and its reason stand here.")

    def show_words(self, words: str, role: str = "quiet") -> None:
        """Say why there is no price yet."""
        self._put(label(words, role, wrap=True))

    def show_fault(self, words: str, mend: Button) -> None:
        """Say why there can be no price, and offer the way to where that is mended."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(words, "refusal", wrap=True))
        column.addWidget(mend, 0, Qt.AlignmentFlag.AlignLeft)
        self._put(holder)
        self.setFocusProxy(mend)

    def show_price(self, price: PlacePrice, names: Sequence[str], today: date) -> None:
        """Show one line for each delegate, VAT and the total."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        shown = list(names) or ["One place"]
        costs = price.lines(len(shown))
        lines = [
            (name or "Name to come", cost.reason, price.vat.code, pounds(cost.net))
            for name, cost in zip(shown, costs, strict=True)
        ]
        if len(lines) > 4:
            lines = _together(costs, price.vat.code)
        vat = Pence(sum(vat_on(cost.net, price.vat.rate) for cost in costs))
        code = VatCode(price.vat.code)
        lines.append(("VAT", f"{VAT_WORDS[code]}. {price.vat.reason}", "", pounds(vat)))
        for at, line in enumerate(lines):
            _price_line(grid, at, line)
        _total(grid, len(lines), price, len(shown), today)
        self._put(holder)

    def _put(self, widget: QWidget) -> None:
        if self._holder is not None:
            self._holder.hide()
            self._column.removeWidget(self._holder)
            self._holder.deleteLater()
            self.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none; its stubs do not say so
        self._holder = widget
        self._column.addWidget(widget)
        widget.show()


class ReadBack(TintedRow):
    """The sentence an officer reads to the caller before booking."""

    def __init__(self) -> None:
        super().__init__("accent")
        line = QHBoxLayout()
        line.setContentsMargins(px(6), px(4), px(6), px(4))
        line.setSpacing(px(10))
        line.addWidget(IconView("phone", 16, "accent"), 0, Qt.AlignmentFlag.AlignTop)
        self._words = label("", wrap=True)
        line.addWidget(self._words, 1)
        self.layout_rows.addLayout(line)
        self.show_words("")

    @property
    def words(self) -> str:
        """What is to be read out."""
        return self._words.text()

    def show_words(self, words: str) -> None:
        """Show a sentence, or nothing."""
        self._words.set(words)
        self.setVisible(bool(words))


def booked_words(event: BookableEvent, price: PlacePrice, count: int) -> str:
    """Return what is booked, where, when and for how much."""
    places = f"{in_words(count)} {'place' if count == 1 else 'places'}"
    total = pounds(price.gross_of(count))
    return f"{places}, {event.title}, {event.when_and_where}. {total} by {price.route.value}"


def read_back(event: BookableEvent, price: PlacePrice, count: int, today: date) -> str:
    """Return what is read back to the caller: what is booked, and what cancelling costs."""
    terms = _cancelling(price, count, today).partition(";")[0]
    return f"Read back: {booked_words(event, price, count)}. {terms}."


def pay_words(price: PlacePrice) -> str:
    """Return how it is paid."""
    if price.route.value == Route.RECHARGE:
        return "journal to their cost centre, after the event"
    return "invoice after the event"


def _together(costs: Sequence[PlaceLine], code: str) -> list[tuple[str, str, str, str]]:
    """Return one line for the places that agreements cover, and one for those that are paid."""
    covered = [cost for cost in costs if cost.is_covered]
    paid = [cost for cost in costs if not cost.is_covered]
    lines = []
    if covered:
        lines.append((counted(len(covered), "place"), covered[-1].reason, code, pounds(Pence(0))))
    if paid:
        each, net = paid[0], Pence(sum(cost.net for cost in paid))
        why = f"{pounds(each.net)} each, {each.reason}"
        lines.append((counted(len(paid), "place"), why, code, pounds(net)))
    return lines


def _price_line(grid: QGridLayout, at: int, line: tuple[str, str, str, str]) -> None:
    what, why, code, amount = line
    top = Qt.AlignmentFlag.AlignTop
    name: Label = label(what, "strong" if what != "VAT" else "quiet")
    grid.addWidget(name, at, 0, top)
    grid.addWidget(label(why, "quiet", wrap=True), at, 1, top)
    grid.addWidget(label(code, "quiet"), at, 2, top)
    money = label(amount)
    money.setAlignment(RIGHT)
    grid.addWidget(money, at, 3, top)


def _total(grid: QGridLayout, at: int, price: PlacePrice, count: int, today: date) -> None:
    grid.addWidget(label(price.route.value.capitalize(), "strong"), at, 0)
    grid.addWidget(label(pay_words(price), "quiet", wrap=True), at, 1)
    money = label(pounds(price.gross_of(count)), "title")
    money.setAlignment(RIGHT)
    grid.addWidget(money, at, 2, 1, 2)
    words = _cancelling(price, count, today)
    grid.addWidget(label(f"{words}, or send a colleague.", "small", wrap=True), at + 1, 0, 1, 4)


def _cancelling(price: PlacePrice, count: int, today: date) -> str:
    fees = [line.net for line in price.lines(count)]
    return cancelling_words(price.scale, price.first_on, fees, today)
