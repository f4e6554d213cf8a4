"""What a customer's account comes to, on their screen."""

from lle_desk.core.money import pounds
from lle_desk.customers.ui.places import CustomerPlace, give_place
from lle_desk.invoicing.queries import Balance, customer_balance
from lle_desk.qt.section import Section


class BalancePlace(CustomerPlace):
    """What is not billed yet and what is, with VAT; only what is not nought."""

    tables = frozenset({"charge", "invoice", "invoice_line"})

    def reload(self) -> None:
        self.desk.load(self, self._show, customer_balance, self.customer_id)

    def _show(self, balance: Balance) -> None:
        section = Section("Balance, with VAT")
        shown = [
            (words, amount)
            for words, amount in (
                ("To be invoiced", balance.unbilled),
                ("To be recharged", balance.to_recharge),
                ("Held back", balance.held_back),
                ("Invoiced", balance.invoiced),
                ("Credited", balance.credited),
            )
            if amount
        ]
        for words, amount in shown:
            section.amount(words, "", pounds(amount))
        if not shown:
            section.note("Nothing is charged or invoiced yet.")
        self.show_section(section)


give_place("balance", BalancePlace)
