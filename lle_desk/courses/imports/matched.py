"""Who is who in a list of delegates: known at the school, new, booked already, or not readable."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.words import folded
from lle_desk.courses.actions import Delegate
from lle_desk.courses.imports.name_lists import ListedName
from lle_desk.courses.models import CourseBooking, Place
from lle_desk.courses.rules import booking_words
from lle_desk.customers.models import Person

KNOWN, NEW, BOOKED, BAD = "known", "new", "booked", "bad"


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One line of a list and what it means; `delegate` None is nobody who can be taken."""

    line: int
    text: str
    name: str
    job_title: str
    email: str
    state: str  # known, new, booked or bad
    words: str  # why it cannot be taken, or who it is
    delegate: Delegate | None

    @property
    def plain(self) -> str:
        """The line again, as it is understood without its headings."""
        if self.delegate is None:
            return self.text
        return "; ".join(part for part in (self.name, self.job_title, self.email) if part)


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole list as it stands against a customer's people and the places of an event."""

    lines: tuple[ListedLine, ...]

    @property
    def good(self) -> tuple[ListedLine, ...]:
        return tuple(one for one in self.lines if one.delegate is not None)

    def left_of(self, text: str) -> str:
        """Return what is left of the pasted lines when the good ones are taken.

        Headings stay with the lines that they explain.
        """
        taken = {one.line for one in self.good}
        if len(taken) == len(self.lines):
            return ""
        lines = enumerate(text.splitlines(), 1)
        return "\n".join(line for at, line in lines if line.strip() and at not in taken)

    @property
    def words(self) -> str:
        """Return "9 to take: 6 known here, 3 new. 1 is booked already, 1 cannot be read."."""
        counts = {state: sum(one.state == state for one in self.lines) for state in _STATES}
        taken = [f"{counts[one]} {_STATES[one]}" for one in (KNOWN, NEW) if counts[one]]
        left = []
        if counts[BOOKED]:
            left.append(f"{counts[BOOKED]} {'is' if counts[BOOKED] == 1 else 'are'} booked already")
        if counts[BAD]:
            left.append(f"{counts[BAD]} cannot be read")
        good = f"{len(self.good)} to take" + (f": {', '.join(taken)}" if taken else "")
        return f"{good}. {', '.join(left)}." if left else f"{good}."


_STATES = {KNOWN: "known here", NEW: "new", BOOKED: "booked already", BAD: "cannot be read"}


def match_names(
    session: Session,
    listed: Sequence[ListedName],
    customer_id: int | None,
    event_id: int | None,
    taken: frozenset[str] = frozenset(),
) -> Listing:
    """Say of each line who it is: names first, then e-mail addresses, are looked for.

    `taken`: names that stand on the booking's form already.
    """
    people = _People(session, customer_id)
    booked = _booked(session, event_id) if event_id else {}
    used = {folded(name) for name in taken}
    lines = []
    for one in listed:
        line = _line(one, people, booked)
        if line.delegate is not None and folded(line.name) in used:
            words = f"{line.name} is on this booking already."
            line = ListedLine(one.line, one.text, line.name, "", "", BOOKED, words, None)
        used.add(folded(line.name))
        lines.append(line)
    return Listing(tuple(lines))


class _People:
    """The people of one customer by name and by e-mail address."""

    def __init__(self, session: Session, customer_id: int | None) -> None:
        found = select(Person).where(Person.customer_id == customer_id, Person.erased_on.is_(None))
        rows = session.scalars(found.order_by(Person.id.desc())).all() if customer_id else ()
        self._by_name = {folded(f"{one.given_name} {one.family_name}"): one for one in rows}
        self._by_email = {one.email.casefold(): one for one in rows if one.email}

    def find(self, one: ListedName) -> Person | None:
        """Return who it is, also when given and family name stand the other way round."""
        turned = f"{one.family_name} {one.given_name}"
        return (
            self._by_name.get(folded(one.name))
            or (self._by_email.get(one.email.casefold()) if one.email else None)
            or self._by_name.get(folded(turned))
        )


def _booked(session: Session, event_id: int) -> dict[int, str]:
    """Return who has a place on the event, with the booking's number."""
    found = (
        select(Place.person_id, CourseBooking.number)
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .where(Place.event_id == event_id, Place.holds_place, Place.person_id.is_not(None))
    )
    return {
        person: booking_words(number)
        for person, number in session.execute(found)
        if person is not None
    }


def _line(one: ListedName, people: _People, booked: dict[int, str]) -> ListedLine:
    if one.problem:
        return ListedLine(one.line, one.text, "", "", "", BAD, one.problem, None)
    person = people.find(one)
    if person is None:
        new = Delegate(None, one.given_name, one.family_name, one.job_title, one.email)
        words = "new at this school"
        return ListedLine(one.line, one.text, one.name, one.job_title, one.email, NEW, words, new)
    name = f"{person.given_name} {person.family_name}".strip()
    if person.id in booked:
        words = f"{name} has a place on this event already, {booked[person.id]}."
        return ListedLine(one.line, one.text, name, person.job_title, "", BOOKED, words, None)
    known = Delegate(person.id, person.given_name, person.family_name)
    return ListedLine(
        one.line,
        one.text,
        name,
        person.job_title or one.job_title,
        person.email or one.email,
        KNOWN,
        "known at this school",
        known,
    )
