"""The field that every screen finds a customer with."""

from typing import Any

from PySide6.QtCore import Signal

from lle_desk.customers.queries import CustomerHit, customer_hit, find_customers
from lle_desk.qt.chooser import FindField
from lle_desk.qt.desk import Desk


class CustomerChooser(FindField[CustomerHit]):
    """Finds a customer by name, town, postcode, DfE number, URN or C-number.

    Signals:
        customer_chosen: a customer was taken from the list. int: its number.
    """

    customer_chosen = Signal(int)

    def __init__(self, desk: Desk, title: str = "&School or customer", **options: Any) -> None:
        super().__init__(
            title,
            desk,
            find_customers,
            text=_name,
            detail=_detail,
            key_of=_key,
            **{
                "icon": "school",
                "key": "customer_id",
                "placeholder": "Name, town, postcode, DfE number or URN",
                **options,
            },
        )
        self._of_desk = desk
        self.chosen.connect(self._tell)

    @property
    def customer_id(self) -> int | None:
        """The number of the customer chosen, or None."""
        hit = self.value()
        return hit.customer_id if hit else None

    def set_customer(self, customer_id: int) -> None:
        """Show a customer that is known already, as soon as it is read."""
        self._of_desk.load(self, self._show_hit, customer_hit, customer_id)

    def _show_hit(self, hit: CustomerHit) -> None:
        self.set_value(hit)
        self._tell(hit)

    def _tell(self, hit: CustomerHit) -> None:
        self.customer_chosen.emit(hit.customer_id)


def _name(hit: CustomerHit) -> str:
    return hit.name


def _detail(hit: CustomerHit) -> str:
    return hit.detail


def _key(hit: CustomerHit) -> int:
    return hit.customer_id
