"""The fields that every screen finds a customer and their people with."""

from typing import Any

from PySide6.QtCore import Signal

from lle_desk.customers.queries import (
    CustomerHit,
    PersonRow,
    customer_hit,
    find_customers,
    find_people,
)
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
            text=lambda hit: hit.name,
            detail=lambda hit: hit.detail,
            key_of=lambda hit: hit.customer_id,
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


class PersonChooser(FindField[PersonRow]):
    """Finds a person by name among those of one customer; of nobody until `set_args` says whose."""

    def __init__(self, desk: Desk, title: str, **options: Any) -> None:
        super().__init__(
            title,
            desk,
            find_people,
            text=lambda person: person.name,
            detail=lambda person: person.detail,
            key_of=lambda person: person.person_id,
            icon="user",
            args=(0,),
            **options,
        )
