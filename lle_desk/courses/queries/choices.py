"""Who may be a delegate: the people of the customer first, else the name as typed."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from lle_desk.courses.queries.elsewhere import where_they_are
from lle_desk.courses.rules import counted
from lle_desk.customers.queries import find_people

MOST_UNNAMED = 200
TAKEN = "in this booking already"
MOST_KNOWN = 8  # and a new name: as many lines as are seen at once


@dataclass(frozen=True, slots=True)
class DelegateChoice:
    """One line of the delegates' finder: a known person, a new name, or unnamed places."""

    person_id: int | None
    given_name: str
    family_name: str
    unnamed: int
    detail: str
    is_busy: bool = False  # elsewhere while the event is on, or on it already

    @property
    def name(self) -> str:
        if self.unnamed:
            names = "name" if self.unnamed == 1 else "names"
            return f"{counted(self.unnamed, 'place')}, {names} to come"
        return f"{self.given_name} {self.family_name}".strip()


def delegate_choices(
    session: Session,
    typed: str,
    customer_id: int | None,
    event_id: int | None = None,
    taken: frozenset[int] = frozenset(),
) -> list[DelegateChoice]:
    """Return whom the typed words may mean: of the school's those that became known last.

    They are a few, since who is meant is typed on; who is busy then comes last. A number means
    that many places whose names are to come. Words that are nobody's name may be a new person's.
    Who is `taken` already is shown only to who types their name.
    """
    words = " ".join(typed.split())
    new = as_typed(words)
    if new is not None and new.unnamed:
        return [new]
    people = []
    if customer_id is not None:
        people = find_people(
            session, words, customer_id, MOST_KNOWN + len(taken), newest_first=True
        )
        people = [one for one in people if words or one.person_id not in taken][:MOST_KNOWN]
    busy = where_they_are(session, event_id, [one.person_id for one in people]) if event_id else {}
    busy |= dict.fromkeys(taken, TAKEN)
    known = [
        DelegateChoice(
            person.person_id,
            person.words.given_name,
            person.words.family_name,
            0,
            busy.get(person.person_id) or person.words.job_title or "known at this school",
            is_busy=person.person_id in busy,
        )
        for person in sorted(people, key=lambda one: one.person_id in busy)
    ]
    same = any(choice.name.casefold() == words.casefold() for choice in known)
    return known if same or new is None else [*known, new]


def as_typed(typed: str) -> DelegateChoice | None:
    """Return what the words mean when nobody is chosen: a count, a new name, or nothing."""
    words = " ".join(typed.split())
    if words.isascii() and words.isdecimal():
        count = int(words)
        return DelegateChoice(None, "", "", count, "") if 0 < count <= MOST_UNNAMED else None
    if not words:
        return None
    given, _, family = words.rpartition(" ")
    return DelegateChoice(None, given, family, 0, "new at this school")
