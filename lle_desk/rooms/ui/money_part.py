"""The money of a booking in the inspector: its charges, where they stand, and what is missing."""

from collections.abc import Sequence

from lle_desk.charges.queries import ChargeRow
from lle_desk.charges.rules import ChargeState
from lle_desk.core.money import Pence, pounds
from lle_desk.qt.section import Section
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.rules import Status


def show_money(section: Section, card: UseCard) -> None:
    """Fill the section with what is charged; what is void is only counted."""
    charges = [row for row in card.charges if row.state != ChargeState.VOID]
    section.set_note(money_words(charges))
    for row in charges:
        count = f"{row.quantity} × {pounds(row.unit_price)}" if row.quantity != 1 else ""
        why = " · ".join(part for part in (count, row.vat_code) if part)
        section.amount(row.description, why, pounds(row.net))
    if charges:
        vat = Pence(sum(row.vat for row in charges))
        if vat:
            section.amount("VAT", "", pounds(vat))
        total = Pence(sum(row.gross for row in charges))
        section.amount("Total with VAT", "", pounds(total), strong=True)
        for reason in dict.fromkeys(row.price_reason for row in charges):
            section.note(reason)
    for words in card.uncharged:
        section.note(words, "warning")
    if not charges and not card.uncharged:
        section.note(_nothing_words(card))
    gone = len(card.charges) - len(charges)
    if gone:
        section.note(f"{gone} earlier charge{'' if gone == 1 else 's'} made void.", "small")


def money_words(charges: Sequence[ChargeRow]) -> str:
    """Return where the charges stand, in a word."""
    states = {row.state for row in charges}
    if ChargeState.HELD in states:
        return "Held back"
    if ChargeState.UNBILLED in states:
        return "Unbilled"
    return "Billed" if charges else ""


def _nothing_words(card: UseCard) -> str:
    if card.source == "course":
        return "The course bears its room and catering."
    if card.status in (Status.PROVISIONAL, Status.ENQUIRY, Status.WAITING):
        return "Nothing is charged until it is confirmed."
    if card.customer is None:
        return "No charge: it has no customer."
    return "No charge has been made for this booking."
