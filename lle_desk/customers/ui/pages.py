"""One screen of a customer in the inspector: facts with their dates, people, links, history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from lle_desk.core.days import MONTHS, day_words, london_time
from lle_desk.customers.queries import CustomerCard, CustomerEvent, LinkedSchool
from lle_desk.customers.rules import ALWAYS, DatedStanding
from lle_desk.customers.ui.facts import add_standings, add_warnings, first_large, quiet_line
from lle_desk.customers.ui.places import CustomerPlace
from lle_desk.qt.buttons import Button, LinkButton
from lle_desk.qt.chips import Badge
from lle_desk.qt.inspector import Page

_DONE = {
    "add_customer": "Added",
    "edit_customer": "Changed",
    "save_schools": "Taken from the register",
    "save_links": "Closed by the register's links",
}
_COLUMNS = {
    "dfe_number": "DfE number",
    "la_code": "council",
    "la_name": "council",
    "urn": "URN",
    "establishment_type": "type",
    "trust_name": "trust",
    "opened_on": "opening day",
    "closed_on": "closing day",
    "cost_centre": "cost centre",
    "short_name": "short name",
    "address3": "address",
    "street": "address",
    "locality": "address",
    "email": "e-mail",
}


@dataclass(frozen=True, slots=True)
class Opens:
    """What the links of the page do."""

    edit: Callable[[], object]
    add_person: Callable[[], object]
    edit_person: Callable[[int], object]
    date_fact: Callable[[], object]
    customer: Callable[[int], object]
    take_booking: Callable[[], object]


def customer_page(
    card: CustomerCard,
    history: tuple[CustomerEvent, ...],
    day: date,
    opens: Opens,
    places: Sequence[CustomerPlace] = (),
) -> Page:
    """Return the page of a customer as it is on `day`, with what other slices tell of it."""
    badges = [Badge("Demo", "plain")] if card.words.is_demo else []
    page = Page(
        card.words.name,
        code=card.number,
        lines=[quiet_line(card)],
        badges=badges,
        actions=[
            Button("Take a booking", "phone", key="Ctrl+B", on_click=opens.take_booking),
            Button("Edit", "pencil", key="Ctrl+E", on_click=opens.edit),
            Button("Add person", "user-plus", key="Ctrl+Shift+P", on_click=opens.add_person),
        ],
    )
    _warn(page, card, day)
    pays = page.section(
        "What they pay, and why", link=LinkButton("Change from a day", opens.date_fact)
    )
    add_standings(pays, card)
    for place in places:
        page.add(place)
    _earlier(page, card, day)
    _people(page, card, opens)
    _where(page, card)
    _register(page, card)
    _links(page, card, opens)
    if card.words.notes:
        page.section("Notes").note(card.words.notes, "body")
    if history:
        page.section("History").history([(_when(one), _what(one)) for one in history])
    return page


def _warn(page: Page, card: CustomerCard, day: date) -> None:
    closed = card.closed_on is not None and card.closed_on < day
    if closed or card.words.is_demo:
        add_warnings(page.section(), card, day)


def _earlier(page: Page, card: CustomerCard, day: date) -> None:
    """List the dated facts that are over or still to come, newest first."""
    in_force = [fact for fact in (card.band, card.route, card.vat) if fact]
    others = [row for row in card.standings if row not in in_force]
    if not others:
        return
    coming = [row for row in others if row.valid_from > day]
    for title, rows in (
        ("Coming changes", coming),
        ("Before", [r for r in others if r not in coming]),
    ):
        if rows:
            page.section(title).history([_dated(row) for row in rows])


def _dated(row: DatedStanding) -> tuple[str, str]:
    begun = row.valid_from
    when = "always" if begun <= ALWAYS else _short(begun)
    return when, f"{first_large(row.standing)}: {row.value} ({row.reason})"


def _people(page: Page, card: CustomerCard, opens: Opens) -> None:
    section = page.section("People", f"{card.people_count:,}" if card.people else "")
    for person in card.people:
        role = person.words.job_title or ("contact" if person.words.is_contact else "")
        section.line(
            person.name,
            role,
            icon="phone" if person.words.is_contact else "user",
            on_open=partial(opens.edit_person, person.person_id),
        )
        if person.words.telephone or person.words.email:
            told = (person.words.telephone, person.words.email)
            section.note(" · ".join(part for part in told if part))
    if card.people_count > len(card.people):
        more = card.people_count - len(card.people)
        section.note(f"and {more:,} more; Ctrl+K finds each by name")
    if not card.people:
        section.note("Nobody yet. Contacts and delegates are added here or while booking.")


def _where(page: Page, card: CustomerCard) -> None:
    section = page.section("Where, and how to reach them")
    lines = card.address
    section.fact("Address", "\n".join(lines) if lines else "not given")
    for name, value in (
        ("Telephone", card.words.telephone),
        ("E-mail", card.words.email),
        ("Website", card.words.website),
        ("Cost centre", card.words.cost_centre),
    ):
        if value:
            section.fact(name, value)


def _register(page: Page, card: CustomerCard) -> None:
    facts: Mapping[str, str] = {
        "URN": str(card.words.urn or ""),
        "DfE number": card.dfe,
        "Council": card.la_name,
        "Type": card.establishment_type,
        "Phase": card.phase if card.phase != "Not applicable" else "",
        "Pupils": f"{card.pupils:,}" if card.pupils is not None else "",
        "Trust": card.trust_name,
        "Opened": day_words(card.opened_on) if card.opened_on else "",
        "Closed": day_words(card.closed_on) if card.closed_on else "",
    }
    shown = {name: value for name, value in facts.items() if value}
    if card.source and shown:
        section = page.section("In the register")
        for name, value in shown.items():
            section.fact(name, value)


def _links(page: Page, card: CustomerCard, opens: Opens) -> None:
    for title, schools in (("Follows", card.predecessors), ("Followed by", card.successors)):
        if not schools:
            continue
        section = page.section(title)
        for school in schools:
            day = _short(school.linked_on) if school.linked_on else "day not told"
            if school.customer_id is None:
                section.line(_linked_name(school), f"{day}, no customer")
            else:
                opened = partial(opens.customer, school.customer_id)
                section.line(_linked_name(school), day, on_open=opened)


def _linked_name(school: LinkedSchool) -> str:
    return school.name or f"URN {school.urn}"


def _when(one: CustomerEvent) -> str:
    return _short(london_time(one.at).date())


def _what(one: CustomerEvent) -> str:
    done = _DONE.get(one.action, first_large(one.action.replace("_", " ")))
    columns = sorted({_COLUMNS.get(name, name.replace("_", " ")) for name in one.columns})
    told = f": {', '.join(columns)}" if columns else ""
    return f"{done}{told}, {one.officer}"


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
