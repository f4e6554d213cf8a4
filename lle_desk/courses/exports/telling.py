"""The list of whom to tell, to be rung through or handed to a colleague."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lle_desk.courses.queries.telling import PersonToTell
from lle_desk.courses.rules import counted
from lle_desk.paper.lists import ListColumns, ListPaper

COLUMNS = ListColumns(
    name="Whom to tell",
    foot="",
    heads=("Told", "Customer", "Booking", "Contact", "Telephone", "E-mail", "Places", "Delegates"),
    shares=(9, 24, 8, 16, 13, 24, 9, 34),
)


def telling_paper(
    title: str, code: str, about: Sequence[str], people: Iterable[PersonToTell]
) -> ListPaper:
    """Return the list of an event with a line for each booking; the foot says what of."""
    columns = replace(COLUMNS, foot=" · ".join(about))
    lines = [_line(person) for person in people]
    return ListPaper(columns, f"Whom to tell: {title}", code, lines)


def _line(person: PersonToTell) -> tuple[str, ...]:
    return (
        f"by {person.told_by}" if person.is_told else "",
        person.customer,
        person.words,
        person.contact,
        person.telephone,
        person.email,
        counted(person.places, "place") if person.places else f"{person.waiting} waiting",
        ", ".join(person.delegates),
    )
