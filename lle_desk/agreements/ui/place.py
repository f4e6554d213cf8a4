"""What is left of a customer's agreements, on their screen and beside the booking form."""

from collections.abc import Sequence

from lle_desk.agreements.queries import AgreementRow, of_customer
from lle_desk.agreements.rules import Allowance, amount, figure
from lle_desk.agreements.ui.page import SOON_DAYS
from lle_desk.core.days import day_words
from lle_desk.customers.ui.places import CustomerPlace, give_place
from lle_desk.qt.section import Section


class AgreementsPlace(CustomerPlace):
    """The agreements that cover the day, each with what is left of it."""

    tables = frozenset({"agreement", "agreement_draw"})

    def reload(self) -> None:
        self.desk.load(self, self._show, of_customer, self.customer_id, self.day)

    def _show(self, found: tuple[Sequence[AgreementRow], Sequence[AgreementRow]]) -> None:
        rows, behind = found
        section = Section("Agreements")
        for row in rows:
            section.line(row.title, row.code, on_open=self.opens("agreement", row.id))
            used_up = bool(row.units and not row.left)
            section.note(left_words(row), "warning" if used_up else "body")
            if (row.ends_on - self.day).days <= SOON_DAYS:
                section.note(
                    f"Ends {day_words(row.ends_on)}: ask whether they renew it.", "warning"
                )
        if not rows:
            section.note("None covers this day.")
        for row in behind:
            section.line(f"{row.code}, {row.title}", on_open=self.opens("agreement", row.id))
            section.note(
                f"Made with {row.customer}, which this school followed: it pays nothing here. "
                f"{left_words(row)}.",
                "warning",
            )
        self.show_section(section)


def left_words(row: AgreementRow) -> str:
    """Return "6 of 10 places left, until Mon 31 Mar 2014"."""
    until = f"until {day_words(row.ends_on)}"
    if row.allowance == Allowance.NONE:
        return f"{row.service_code}, {until}"
    allowed = amount(row.allowance, row.units)
    if not row.left:
        return f"All {allowed} are used; what is over is priced ({until})"
    return f"{figure(row.allowance, row.left)} of {allowed} left, {until}"


give_place("agreements", AgreementsPlace)
