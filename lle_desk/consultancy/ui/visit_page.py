"""A visit in the inspector: when and where, its note, its money, its history."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from lle_desk.charges.rules import ChargeState, back_word
from lle_desk.consultancy.queries import VisitCard
from lle_desk.consultancy.rules import VisitState, note_is_due
from lle_desk.core.days import day_words, london_time, short_day, span_words
from lle_desk.core.money import pounds
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.chips import Badge
from lle_desk.qt.inspector import Page

STATE_KINDS = {
    VisitState.PLANNED: "warning",
    VisitState.CONFIRMED: "fine",
    VisitState.DONE: "plain",
    VisitState.CANCELLED: "refusal",
}
DONE_WORDS = {
    "plan_visit": "planned",
    "edit_visit": "changed",
    "move_visit": "moved",
    "set_visit_state": "confirmed, or that taken back",
    "write_note": "note written",
    "cancel_visit": "cancelled",
}


@dataclass(frozen=True, slots=True)
class VisitOpens:
    """What the page's buttons and links do."""

    confirm: Callable[[], object]
    note: Callable[[], object]
    edit: Callable[[], object]
    cancel: Callable[[], object]
    print: Callable[[], object]
    save: Callable[[], object]
    draft: Callable[[], object]
    record: Callable[[str, int], object]
    diary: Callable[[], object] | None = None  # None: it is in the diary already


def visit_page(card: VisitCard, today: date, opens: VisitOpens) -> Page:
    """Return the page of a visit as it is on `today`."""
    state = VisitState(card.state)
    page = Page(
        card.customer,
        code=card.words,
        lines=[card.topic],
        badges=[Badge(state.value.capitalize(), STATE_KINDS[state]), Badge(card.kind.capitalize())],
        actions=_buttons(card, opens),
    )
    if note_is_due(card.state, card.starts_at.date(), card.note_on, today):
        write = Button("Write the note", "note", on_click=opens.note)
        page.section().chase(
            "note", "The visit is over", "", "Its note is due", kind="warning", buttons=[write]
        )
    _when(page, card, opens)
    if card.note:
        noted = page.section("Note of visit", day_words(card.note_on) if card.note_on else "")
        noted.note(card.note, "body")
    _money(page, card)
    if card.cancelled_reason:
        page.section("Cancelled").note(card.cancelled_reason, "body")
    if card.notes_office:
        page.section("Notes for the office").note(card.notes_office, "body")
    lines = [
        (short_day(london_time(row.at).date()), f"{row.officer} {DONE_WORDS[row.action]}")
        for row in card.history
        if row.action in DONE_WORDS
    ]
    if lines:
        page.section("History").history(list(dict.fromkeys(lines)))
    return page


def _buttons(card: VisitCard, opens: VisitOpens) -> list[Button]:
    if card.state == VisitState.CANCELLED:
        return []
    entries = [
        ("Print it", "printer", opens.print),
        ("Save it as PDF …", "file-text", opens.save),
        ("Save an e-mail with it …", "mail", opens.draft),
    ]
    if card.state == VisitState.DONE:
        mend = Button("Mend the note", "pencil", key="E", on_click=opens.note)
        return [mend, MenuButton("Note", "mail", entries)]
    buttons = [Button("Edit", "pencil", key="E", on_click=opens.edit)]
    if card.state == VisitState.PLANNED:
        buttons.insert(0, Button("Confirm", "check", key="C", on_click=opens.confirm))
    more = [
        ("Write the note", "note", opens.note),
        ("Print the confirmation", *entries[0][1:]),
        ("Save it as PDF …", *entries[1][1:]),
        ("Save an e-mail with it …", *entries[2][1:]),
        ("Cancel the visit", "ban", opens.cancel),
    ]
    return [*buttons, MenuButton("More", "dots", more)]


def _when(page: Page, card: VisitCard, opens: VisitOpens) -> None:
    section = page.section("Visit")
    section.fact(
        "When",
        f"{day_words(card.starts_at.date())}, {span_words(card.starts_at, card.ends_at)}",
        on_open=opens.diary,
        role="strong",
    )
    if card.travel_before or card.travel_after:
        travel = f"{card.travel_before} min before, {card.travel_after} min after"
        section.fact("Travel", travel)
    section.fact("Who goes", card.trainer)
    section.fact("Service", f"{card.service_code} · {card.service}")
    section.fact(
        "School", card.customer, on_open=partial(opens.record, "customer", card.customer_id)
    )
    if card.contact:
        section.fact("Contact", card.contact)
    if card.order_number:
        section.fact("Order number", card.order_number)


def _money(page: Page, card: VisitCard) -> None:
    section = page.section("Money", "before VAT")
    live = [row for row in card.charges if row.state != ChargeState.VOID]
    for row in live:
        section.amount(row.description, row.price_reason, pounds(row.net))
        since = "" if row in card.counting else f", {back_word([row.route])} since"
        section.note(f"{row.state.capitalize()}{since} · VAT {row.vat_code}, {row.vat_reason}")
    if not live:
        why = f"No charge: {card.no_charge_reason}" if card.no_charge_reason else "No charge."
        section.note(why)
