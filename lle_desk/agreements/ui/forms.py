"""The forms of an agreement: made or changed, and ended early."""

from collections.abc import Callable, Sequence
from datetime import date

from lle_desk.agreements.actions import EditAgreement, EndAgreement, MakeAgreement
from lle_desk.agreements.queries import AgreementCard
from lle_desk.agreements.rules import Allowance, figure, units_typed, usual_end
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.customers.ui.chooser import CustomerChooser
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import (
    ChoiceField,
    DateField,
    Form,
    LinesField,
    MoneyField,
    TextField,
)

ALLOWANCES = [
    (str(Allowance.NONE), "Nothing counted"),
    (str(Allowance.PLACES), "Course places"),
    (str(Allowance.DAYS), "Consultancy days"),
    (str(Allowance.MEETINGS), "Clerked meetings"),
]
Service = tuple[int, str, str]


class AgreementForm(Form):
    """An agreement, new or known. Customer, service and sort of allowance stay once made."""

    def __init__(
        self,
        desk: Desk,
        services: Sequence[Service],
        today: Callable[[], date],
        card: AgreementCard | None = None,
    ) -> None:
        super().__init__()
        self._card = card
        self._client_uuid = new_uuid()
        self.customer = CustomerChooser(desk, "&School or customer", needed=True, key="customer")
        self.service = ChoiceField(
            "Ser&vice",
            [(number, f"{code} · {name}") for number, code, name in services],
            needed=True,
            key="service",
        )
        self.service.show_value(None)  # whose it is, is never guessed
        if card is None:
            self.add(self.customer)
            self.add(self.service)
        self.title = self.add(
            TextField("&Title, as invoiced", needed=True, key="title", max_length=120)
        )
        self.starts_on = DateField("&From", today=today, needed=True, key="starts_on")
        self.ends_on = DateField("&Until, that day counted", today=today, key="ends_on")
        self.row(self.starts_on, self.ends_on)
        self.allowance = ChoiceField("What it a&llows", ALLOWANCES, key="allowance")
        self.amount = TextField("How &many", key="units", max_length=8, placeholder="10 or 3½")
        self.row(self.allowance, self.amount, stretch=[3, 2])
        self.price = MoneyField("&Price, before VAT", key="price")
        self.order_number = TextField("Their or&der number", key="order_number", max_length=60)
        self.row(self.price, self.order_number)
        self.notes = self.add(LinesField("N&otes, for the office", rows=3, key="notes"))
        self._show(today())
        self.allowance.changed.connect(self._on_allowance)
        self.starts_on.changed.connect(self._on_starts)

    def check(self) -> bool:
        """Check the fields, and that the amount is a number of what is allowed."""
        if not super().check():
            return False
        if self._allowance is not Allowance.NONE and self._units() is None:
            halves = " or 3½" if self._allowance is Allowance.DAYS else ""
            self.amount.show_error(f"Type how many, such as 10{halves}.")
            self.amount.setFocus()
            return False
        return True

    def make_request(self) -> MakeAgreement:
        """Return what was typed, as a new agreement."""
        starts_on = self.starts_on.value() or date.min
        return MakeAgreement(
            client_uuid=self._client_uuid,
            customer_id=self.customer.customer_id or 0,
            service_id=self.service.value() or 0,
            title=self.title.value(),
            starts_on=starts_on,
            ends_on=self.ends_on.value() or usual_end(starts_on),
            price=self.price.value() or Pence(0),
            allowance=self._allowance,
            units=self._units() or 0,
            order_number=self.order_number.value(),
            notes=self.notes.value(),
        )

    def edit_request(self, card: AgreementCard) -> EditAgreement:
        """Return what was typed, as a change of `card`."""
        starts_on = self.starts_on.value() or card.row.starts_on
        return EditAgreement(
            agreement_id=card.row.id,
            seen_version=card.row.version,
            title=self.title.value(),
            starts_on=starts_on,
            ends_on=self.ends_on.value() or usual_end(starts_on),
            price=self.price.value() or Pence(0),
            units=self._units() or 0,
            order_number=self.order_number.value(),
            notes=self.notes.value(),
        )

    def take_customer(self, customer_id: int) -> None:
        """Begin with a customer that is known already."""
        self.customer.set_customer(customer_id)

    @property
    def _allowance(self) -> Allowance:
        if self._card is not None:
            return Allowance(self._card.row.allowance)
        return Allowance(self.allowance.value() or Allowance.NONE)

    def _units(self) -> int | None:
        if self._allowance is Allowance.NONE:
            return 0
        return units_typed(self._allowance, self.amount.value())

    def _show(self, today: date) -> None:
        card = self._card
        if card is None:
            self.allowance.set_value(str(Allowance.PLACES))
            self.starts_on.set_value(today)
            self.ends_on.set_value(usual_end(today))
            return
        row = card.row
        self.title.set_value(row.title)
        self.starts_on.set_value(row.starts_on)
        self.ends_on.set_value(row.ends_on)
        self.allowance.set_value(row.allowance)
        self.allowance.setEnabled(False)
        self.amount.set_value(figure(row.allowance, row.units) if row.units else "")
        self.price.set_value(row.price)
        self.order_number.set_value(card.order_number)
        self.notes.set_value(card.notes)
        self._on_allowance()

    def _on_allowance(self) -> None:
        self.amount.setVisible(self._allowance is not Allowance.NONE)

    def _on_starts(self) -> None:
        """Let the last day follow the first until it is typed."""
        starts_on = self.starts_on.value()
        if starts_on is not None and not self.ends_on.is_typed() and self._card is None:
            self.ends_on.set_value(usual_end(starts_on))


class EndForm(Form):
    """Ends an agreement early."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.cancelled_on = self.add(
            DateField("First day it covers &nothing", today=today, needed=True, key="cancelled_on")
        )
        self.reason = self.add(TextField("&Why", needed=True, key="reason", max_length=400))
        self.cancelled_on.set_value(today())

    def request(self, card: AgreementCard) -> EndAgreement:
        """Return what was typed."""
        return EndAgreement(
            agreement_id=card.row.id,
            seen_version=card.row.version,
            cancelled_on=self.cancelled_on.value() or date.max,
            reason=self.reason.value(),
        )
