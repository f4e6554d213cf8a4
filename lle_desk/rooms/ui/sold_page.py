"""Prices, menu and equipment: what Woodlands sells with a room, edited line by line."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt

from lle_desk.core.money import Pence, pence_typed, pounds
from lle_desk.core.records import new_uuid
from lle_desk.customers.rules import Band
from lle_desk.qt.desk import Desk
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.rooms.actions import SetStock, set_stock
from lle_desk.rooms.actions.selling import (
    AddSold,
    SetSoldPrice,
    TakeOff,
    add_sold,
    set_sold_price,
    take_off,
)
from lle_desk.rooms.queries.sold import EQUIPMENT, HIRE, MENU, SoldRow, sold_list
from lle_desk.rooms.ui.list_page import ListPage
from lle_desk.rooms.ui.page_keys import PageKeys

TABLES = frozenset({"price", "catering_item", "equipment", "space_rate", "space"})
KINDS = {HIRE: "Hire", MENU: "Menu", EQUIPMENT: "Equipment"}
Key = Qt.Key


class SoldPage(ListPage):
    """Hire by part of the day, the menu and the store. New prices hold for new bookings."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        self._list: RowTableModel[SoldRow] = RowTableModel(_columns(), key=lambda row: row.key)
        super().__init__(
            desk,
            "Prices, menu and equipment",
            self._list,
            "Nothing is sold here yet. Press M to put something on the menu.",
            "tag",
        )
        self._today = today
        self.lay_out_list(
            (
                ("New price", "cash", "P", self._price),
                ("How many", "list", "H", self._stock),
                ("New on the menu", "coffee", "M", self._new_food),
                ("New equipment", "presentation", "E", self._new_thing),
                ("Sell no more", "trash", "O", self._take_off),
            )
        )
        self._keys = PageKeys(
            self.table,
            {
                Key.Key_P: self._price,
                Key.Key_H: self._stock,
                Key.Key_M: self._new_food,
                Key.Key_E: self._new_thing,
                Key.Key_O: self._take_off,
            },
        )
        self.table.row_opened.connect(lambda _row: self._price())
        self._fresh = Refresher(self, desk, TABLES, self._load)

    @property
    def rows(self) -> Sequence[SoldRow]:
        """The list as shown."""
        return self._list.rows

    def _load(self) -> None:
        self.desk.load(self, self._show, sold_list, self._site_id)

    def _show(self, rows: Sequence[SoldRow]) -> None:
        self.show_rows(rows)
        without = sum(row.kind == HIRE and not row.prices for row in rows)
        self.told.set(f"{without} without a price" if without else "")

    def _price(self) -> None:
        row = self._row()
        if row is not None:
            asked = f"{_called(row)} from today: one price, or outside / county / internal"
            shown = (Band.EXTERNAL, Band.COUNTY, Band.INTERNAL)
            now = [pounds(row.price(band) or Pence(0)) for band in shown] if row.prices else []
            self.ask(asked, "Set it", lambda words: self._priced(row, words), " / ".join(now))

    def _priced(self, row: SoldRow, words: str) -> bool:
        amounts = [pence_typed(part.strip()) for part in words.split("/")]
        if any(amount is None for amount in amounts) or len(amounts) not in (1, 3):
            self.answer.show_error("Say 95 for all, or 95 / 85.50 / 57.")
            return False
        known = tuple(amount for amount in amounts if amount is not None)
        self._act(set_sold_price, SetSoldPrice(row, known, self._today()))
        return True

    def _stock(self) -> None:
        row = self._row()
        if row is not None and row.kind == EQUIPMENT:
            asked = f"How many of {row.name} are there?"
            self.ask(asked, "Save", lambda words: self._counted(row, words), str(row.stock))
        else:
            self.say_refused("Only equipment is counted. Choose a line of equipment.")

    def _counted(self, row: SoldRow, words: str) -> bool:
        if not (words.isascii() and words.isdecimal() and len(words) < 6):
            self.answer.show_error("Say how many there are: 0 or more.")
            return False
        ask = SetStock(equipment_id=row.id, seen_version=row.version, stock=int(words))
        self._act(set_stock, ask)
        return True

    def _new_food(self) -> None:
        self.ask("New on the menu: name and price, as Soup 4.50", "Add it", self._food)

    def _food(self, words: str) -> bool:
        return self._add(MENU, words, r"(?P<name>.+?)\s+£?(?P<price>[\d.,]+)", "Soup 4.50")

    def _new_thing(self) -> None:
        asked = "New equipment: name, how many and price, as Flip chart 12 5.00"
        self.ask(asked, "Add it", self._thing)

    def _thing(self, words: str) -> bool:
        form = r"(?P<name>.+?)\s+(?P<stock>\d{1,5})\s+£?(?P<price>[\d.,]+)"
        return self._add(EQUIPMENT, words, form, "Flip chart 12 5.00")

    def _take_off(self) -> None:
        row = self._row()
        if row is None or row.kind == HIRE:
            self.say_refused("A room stays on the list. Choose a dish or a piece of equipment.")
            return
        self.say_refused("")
        ask = TakeOff(row.kind, row.id, row.version)
        self.desk.act(self, partial(self._is_off, row), take_off, ask, on_refused=self._refused)

    def _is_off(self, row: SoldRow, version: int) -> None:
        again = TakeOff(row.kind, row.id, version, is_active=True)
        self.desk.say(f"{row.name} is sold no more.", undo=partial(self._sell_again, again))

    def _sell_again(self, ask: TakeOff) -> None:
        self.desk.act(self, self._done, take_off, ask, on_refused=self._refused)

    def _add(self, kind: str, words: str, form: str, example: str) -> bool:
        found = re.fullmatch(form, words.strip())
        amount = pence_typed(found["price"]) if found else None
        if found is None or amount is None:
            self.answer.show_error(f"Say it as {example}.")
            return False
        stock = int(found["stock"]) if kind == EQUIPMENT else 0
        self._act(add_sold, AddSold(new_uuid(), kind, found["name"], amount, stock, self._today()))
        return True

    def _act(self, action: Callable[..., int], ask: object) -> None:
        self.say_refused("")
        self.desk.act(self, self._done, action, ask, on_refused=self._refused)

    def _done(self, _id: int) -> None:
        self.desk.say("Saved. What is booked already keeps its price.")
        self._load()

    def _row(self) -> SoldRow | None:
        row = self.table.chosen()
        return row if isinstance(row, SoldRow) else None


def _called(row: SoldRow) -> str:
    return f"Hire of {row.name}, {row.part}" if row.kind == HIRE else row.name


def _amount(row: SoldRow, band: Band) -> str:
    amount = row.price(band)
    if amount is None:
        return "free" if row.kind == EQUIPMENT and row.offer_id is None else "no price"
    return pounds(amount)


def _columns() -> list[Column[SoldRow]]:
    return [
        Column("Sort", lambda row: KINDS[row.kind], width=110, quiet=True),
        Column("What", lambda row: row.name, width=0, strong=True),
        Column("Part of the day", lambda row: row.part, width=130),
        Column(
            "How many",
            lambda row: "" if row.stock is None else str(row.stock),
            width=100,
            numeric=True,
        ),
        Column("Outside", lambda row: _amount(row, Band.EXTERNAL), width=110, numeric=True),
        Column("County", lambda row: _amount(row, Band.COUNTY), width=110, numeric=True),
        Column("Internal", lambda row: _amount(row, Band.INTERNAL), width=110, numeric=True),
    ]
