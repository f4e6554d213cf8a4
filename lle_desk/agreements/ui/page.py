"""One agreement in the inspector: its days, what is left of it, what used it, its money."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from lle_desk.agreements.queries import AgreementCard, AgreementRow, DrawRow
from lle_desk.agreements.rules import (
    NEARLY_USED,
    TAKEN_BACK,
    Allowance,
    DrawSource,
    amount,
    figure,
)
from lle_desk.charges.rules import ChargeState
from lle_desk.core.days import day_words
from lle_desk.core.money import Pence, pounds
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import Badge, Meter
from lle_desk.qt.inspector import Page

SOON_DAYS = 42
TAKEN_BACK_WORDS = "Taken back"
STAYS_BEHIND = (
    "An agreement stays with who made it: end this one early, and make one with the school that "
    "followed."
)
USED_BY = {
    DrawSource.PLACE: "Course place",
    DrawSource.VISIT: "Consultancy visit",
    DrawSource.MEETING: "Clerked meeting",
}


@dataclass(frozen=True, slots=True)
class Opens:
    """What the page's buttons and links do."""

    edit: Callable[[], object]
    end: Callable[[], object]
    customer: Callable[[int], object]
    record: Callable[[str, int], object]


def agreement_page(card: AgreementCard, today: date, opens: Opens) -> Page:
    """Return the page of an agreement as it is on `today`."""
    row = card.row
    actions = []
    if row.cancelled_on is None:
        actions.append(Button("Edit", "pencil", key="Ctrl+E", on_click=opens.edit))
        if row.ends_on >= today:
            actions.append(Button("End early", "ban", on_click=opens.end))
    page = Page(
        row.title,
        code=row.code,
        lines=[f"{row.service_code} · {day_words(row.starts_on)} to {day_words(row.ends_on)}"],
        badges=[standing_badge(card, today)],
        actions=actions,
    )
    with_whom = page.section("Customer")
    with_whom.line(row.customer, on_open=partial(opens.customer, row.customer_id), icon="school")
    if row.closed_on is not None:
        with_whom.note(f"Closed on {day_words(row.closed_on)}. {STAYS_BEHIND}", "warning")
    _left(page, row)
    _uses(page, card, opens)
    _money(page, card)
    if card.cancelled_reason and row.cancelled_on is not None:
        head = TAKEN_BACK_WORDS if _is_taken_back(card) else "Ended early"
        page.section(head, day_words(row.cancelled_on)).note(card.cancelled_reason, "body")
    if card.notes:
        page.section("Notes").note(card.notes, "body")
    return page


def standing_badge(card: AgreementCard, today: date) -> Badge:
    """Return whether it runs, in a word or two."""
    words, kind = standing(card.row, today)
    return Badge(TAKEN_BACK_WORDS if _is_taken_back(card) else words, kind)


def _is_taken_back(card: AgreementCard) -> bool:
    return card.cancelled_reason == TAKEN_BACK


def standing(row: AgreementRow, today: date) -> tuple[str, str]:
    """Return whether an agreement runs, and how grave that is."""
    if row.cancelled_on is not None and row.cancelled_on <= today:
        return "Ended early", "plain"
    if row.ends_on < today:
        return "Ended", "plain"
    if row.starts_on > today:
        return "Not begun", "plain"
    if row.units and not row.left:
        return "Used up", "warning"
    if (row.ends_on - today).days <= SOON_DAYS:
        return "Ends soon", "warning"
    if row.units and row.left * NEARLY_USED <= row.units:
        return "Nearly used", "warning"
    return "Running", "fine"


def _left(page: Page, row: AgreementRow) -> None:
    if row.allowance == Allowance.NONE:
        return
    section = page.section("What is left")
    section.add(Meter(row.used, row.units))
    left = f"{figure(row.allowance, row.left)} of {amount(row.allowance, row.units)} left"
    section.line(left, f"{figure(row.allowance, row.used)} used", role="strong")


def _uses(page: Page, card: AgreementCard, opens: Opens) -> None:
    if card.row.allowance == Allowance.NONE:
        return
    section = page.section("What used it", f"{len(card.draws):,}" if card.draws else "")
    for draw in card.draws:
        section.line(
            draw.charged_as or f"{USED_BY[DrawSource(draw.source)]}, {day_words(draw.drawn_on)}",
            _used_words(card.row, draw),
            on_open=partial(opens.record, draw.source, draw.source_id),
        )
    if not card.draws:
        section.note("Nothing yet. It is used while booking, before anything is charged.")


def _used_words(row: AgreementRow, draw: DrawRow) -> str:
    return "given back" if draw.is_returned else figure(row.allowance, draw.units)


def _money(page: Page, card: AgreementCard) -> None:
    live = (charge.net for charge in card.charges if charge.state != ChargeState.VOID)
    section = page.section("Money", pounds(Pence(sum(live))))
    for charge in card.charges:
        what = "struck out" if charge.state == ChargeState.VOID else charge.state
        section.amount(charge.description, f"{what} · {charge.price_reason}", pounds(charge.net))
    if not card.charges:
        section.note("Nothing is charged for it.")
