"""The list of the worksheet: rows that open in place, boxes, and amounts in columns."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent

from lle_desk.core.days import MONTHS
from lle_desk.core.money import Pence, figures
from lle_desk.invoicing.ui.sheet_rows import ICONS, Kind, SheetRow
from lle_desk.qt.cells import LEFT, paint_check
from lle_desk.qt.chips import BadgeText, badge_width, paint_badge
from lle_desk.qt.icons import paint_icon
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import colour, font, px

NO_ORDER = BadgeText("No order", "warning", "alert-triangle")
FOR_WORDS = 470  # pixels of a charge's line from which its VAT code is spelt out
FOR_BOOKING = 300  # and from which there is room for the number of its booking
FOR_SUMS = 720  # pixels of the list from which net and VAT have columns beside the total
SUMS = (6, 7)
FOR_REASONS = 1000  # pixels of the list from which the reason has twice its room
WHY = 3
WORDS_AT = 2  # the column that group and note rows spread from


def _amount(read: Callable[[SheetRow], Pence | None]) -> Callable[[SheetRow], str]:
    def text(row: SheetRow) -> str:
        amount = read(row)
        return "" if amount is None else figures(amount)

    return text


def _day(row: SheetRow) -> str:
    day = (
        row.charge.tax_point_on if row.charge else row.customer.oldest_on if row.customer else None
    )
    return f"{day.day} {MONTHS[day.month - 1]}" if day else ""


def _lines(row: SheetRow) -> str:
    if row.kind is Kind.HEAD:
        return "Qty"
    if row.charge is not None:
        return f"{row.charge.quantity:,}"
    return str(row.customer.lines) if row.kind is Kind.CUSTOMER and row.customer else ""


def _oldest(row: SheetRow) -> str:
    if row.kind is Kind.HEAD:
        return "Price £"
    if row.charge is not None:
        return figures(row.charge.unit_price)
    return _day(row) if row.kind is Kind.CUSTOMER else ""


def _name(row: SheetRow) -> str:
    """Return what is read out for the row: everything the first columns draw."""
    if row.kind is Kind.HEAD:
        return "Tax point, charge, booking, VAT code"
    if row.charge is not None:
        charge = row.charge
        said = (_day(row), row.title, row.words, f"VAT {charge.vat_code} {charge.vat_words}")
        return ", ".join(part for part in said if part)
    if row.kind is Kind.NOTE:
        return row.words
    return f"{row.title}: {row.words}" if row.kind is Kind.GROUP else row.title


def _why(row: SheetRow) -> str:
    if row.kind is not Kind.CUSTOMER or row.customer is None:
        return ""
    return f"{row.words}, no order number" if row.customer.orders_missing else row.words


NO_CENTRE = "Its journal needs one: Customers, Edit (Ctrl+E), Cost centre."


def _tip(row: SheetRow) -> str:
    if row.charge is None:
        todo = NO_CENTRE if row.customer is not None and row.customer.lacks_centre else ""
        return "\n".join(part for part in (row.title, row.words, todo) if part)
    charge = row.charge
    vat = f"{charge.vat_code} {charge.vat_words}"
    parts = (row.title, charge.detail, charge.price_reason, vat, charge.hold_reason)
    return "\n".join(part for part in parts if part)


def _paint_box(painter: QPainter, box: QRect, row: SheetRow) -> None:
    if not row.partly:
        paint_check(painter, box, row.checked)
        return
    side = px(15)
    square = QRect(box.left(), box.center().y() - side // 2 + 1, side, side)
    painter.setPen(colour("accent"))
    painter.setBrush(colour("accent"))
    painter.drawRoundedRect(QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
    paint_icon(painter, square.adjusted(1, 1, -1, -1), "minus", "on_accent")


def _paint_sign(painter: QPainter, box: QRect, row: SheetRow) -> None:
    name = ICONS[row.group] if row.kind is Kind.GROUP else ""
    if row.kind is Kind.CUSTOMER and row.customer and not row.customer.draft_id:
        name = "chevron-down" if row.is_open else "chevron-right"
    if name:
        side = px(16)
        place = QRect(box.center().x() - side // 2, box.center().y() - side // 2 + 1, side, side)
        paint_icon(painter, place, name, "words" if row.kind is Kind.GROUP else "quiet")


def _paint_name(painter: QPainter, box: QRect, row: SheetRow) -> None:
    if row.kind is Kind.GROUP:
        after = _write(painter, box, row.title, "words", 13.5, bold=True)
        _write(painter, box.adjusted(after + px(10), 0, 0, 0), row.words, "quiet", 12.5)
    elif row.kind is Kind.CUSTOMER:
        _write(painter, box, row.title, "words", 13, bold=True)
    elif row.kind is Kind.NOTE:
        _write(painter, box, row.words, "quiet", 12.5)
    else:
        _paint_charge(painter, box, row)


def _paint_charge(painter: QPainter, box: QRect, row: SheetRow) -> None:
    """Draw tax point, words, booking and VAT code of a charge, or their headings."""
    vat = px(132 if box.width() > px(FOR_WORDS) else 34)
    room = px(66 if box.width() > px(FOR_BOOKING) else 0)
    booking = QRect(box.right() - vat - room, box.top(), max(0, room - px(2)), box.height())
    code = QRect(box.right() - vat, box.top(), vat, box.height())
    words = QRect(
        box.left() + px(60), box.top(), booking.left() - box.left() - px(66), box.height()
    )
    if row.charge is None:
        for place, said in ((box, "Tax point"), (words, "Charge"), (booking, "Booking")):
            _write(painter, place, said, "quiet", 11.5, bold=True)
        _write(painter, code, "VAT code" if vat > px(60) else "VAT", "quiet", 11.5, bold=True)
        return
    _write(painter, box, _day(row), "quiet", 12.5)
    _write(painter, words, row.title, "words", 13)
    _write(painter, booking, row.words, "accent", 12.5)
    badge = BadgeText(row.charge.vat_code, "accent" if row.charge.vat else "plain")
    after = paint_badge(painter, code.left(), box.center().y() + 1, badge)
    if vat > px(60):
        rest = QRect(after + px(2), box.top(), code.right() - after, box.height())
        _write(painter, rest, row.charge.vat_words, "quiet", 12.5)


def _paint_why(painter: QPainter, box: QRect, row: SheetRow) -> None:
    if row.kind is not Kind.CUSTOMER or row.customer is None:
        return
    missing = row.customer.orders_missing > 0
    wide = badge_width(NO_ORDER) if missing else 0
    used = _write(painter, box.adjusted(0, 0, -wide - px(6), 0), row.words, "quiet", 12.5)
    if missing:
        paint_badge(painter, box.left() + used + px(8), box.center().y() + 1, NO_ORDER)


def _paint_small(painter: QPainter, box: QRect, text: str, ink: str, *, bold: bool) -> None:
    painter.setFont(font(11.5 if bold else 13, bold=bold))
    painter.setPen(colour(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_lines(painter: QPainter, box: QRect, row: SheetRow) -> None:
    _paint_small(painter, box, _lines(row), _quiet(row), bold=row.kind is Kind.HEAD)


def _paint_oldest(painter: QPainter, box: QRect, row: SheetRow) -> None:
    ink = "warning" if row.is_old and row.kind is Kind.CUSTOMER else _quiet(row)
    _paint_small(painter, box, _oldest(row), ink, bold=row.kind is Kind.HEAD)


def _quiet(row: SheetRow) -> str:
    return "words" if row.kind is Kind.CHARGE else "quiet"


def _write(
    painter: QPainter, box: QRect, text: str, ink: str, size: float, *, bold: bool = False
) -> int:
    """Draw `text` at the left of `box`, shortened where it must be; return how wide it is."""
    painter.setFont(font(size, bold=bold))
    painter.setPen(colour(ink))
    metrics = QFontMetrics(painter.font())
    wide = metrics.horizontalAdvance(text)
    if wide > box.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, LEFT, text)
    return min(wide, box.width())


def _is_strong(row: SheetRow) -> bool:
    return row.kind in (Kind.GROUP, Kind.CUSTOMER)


def _of_group(row: SheetRow) -> bool:
    return row.kind is Kind.GROUP


COLUMNS: list[Column[SheetRow]] = [
    Column(
        "",
        lambda row: "ticked" if row.checked else "",
        width=32,
        check=lambda row: row.checked,
        paint=_paint_box,
    ),
    Column("", lambda row: "open" if row.is_open else "", width=26, link=True, paint=_paint_sign),
    Column("Customer", _name, width=0, paint=_paint_name, tip=_tip),
    Column("Route, and why", _why, width=172, paint=_paint_why, tip=_tip),
    Column("Lines", _lines, numeric=True, width=48, paint=_paint_lines),
    Column("Oldest", _oldest, numeric=True, width=66, paint=_paint_oldest),
    Column("Net £", _amount(lambda row: row.net), numeric=True, width=86, strong=_of_group),
    Column("VAT £", _amount(lambda row: row.vat), numeric=True, width=72, strong=_of_group),
    Column("Total £", _amount(lambda row: row.total), numeric=True, width=92, strong=_is_strong),
]


class SheetTable(Table):
    """The lines of the worksheet. Right opens a customer, Left closes it or goes up to it.

    Signals:
        open_wanted: SheetRow, bool: the customer's row and whether it shall be open.
    """

    open_wanted = Signal(object, bool)

    def __init__(self) -> None:
        self.sheet_model = RowTableModel(COLUMNS, lambda row: row.key, ground=_ground)
        super().__init__(self.sheet_model, name="Worksheet: what waits to be billed")

    def show_lines(self, rows: list[SheetRow]) -> None:
        """Show these lines; selection and place stay."""
        self.sheet_model.show_rows(rows)
        self.clearSpans()
        for at, row in enumerate(self.sheet_model.rows):
            if row.kind is Kind.GROUP:
                self.setSpan(at, WORDS_AT, 1, 4)
            elif row.kind in (Kind.HEAD, Kind.CHARGE):
                self.setSpan(at, WORDS_AT, 1, 2)
            elif row.kind is Kind.NOTE:
                self.setSpan(at, WORDS_AT, 1, len(COLUMNS) - WORDS_AT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = event.size().width()
        for column in SUMS:
            self.setColumnHidden(column, wide < px(FOR_SUMS))
        self.setColumnWidth(WHY, px(172 if wide < px(FOR_REASONS) else 340))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen()
        if row is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Right and row.kind is Kind.CUSTOMER:
            self.open_wanted.emit(row, True)
        elif event.key() == Qt.Key.Key_Left and row.kind is Kind.CUSTOMER:
            self.open_wanted.emit(row, False)
        elif event.key() == Qt.Key.Key_Left and row.customer is not None:
            self.choose(row.key[:3])
        else:
            super().keyPressEvent(event)


def _ground(row: SheetRow) -> str | None:
    """Return the tint of a line: groups and open charges stand on their own grounds."""
    if row.kind is Kind.GROUP:
        return "head"
    return "window" if row.kind in (Kind.HEAD, Kind.CHARGE, Kind.NOTE) else None
