"""A new course withdrawn again, and a changed one put back: its words and its prices.

A new course goes without a trace while it has no event, so that its code is free again. A price
goes while nobody was booked at it: what was booked keeps the price it had in any case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeAlias

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.undo import Record, Remade, Undoable, Way, versions_of
from lle_desk.courses.actions.programme import AddCourse, EditCourse, add_course, edit_course
from lle_desk.courses.models import Course, Event
from lle_desk.courses.rules import counted
from lle_desk.customers.rules import ALWAYS
from lle_desk.offers.actions import SetPrice, set_price
from lle_desk.offers.models import Offer, Price

PriceKey: TypeAlias = tuple[str, date]  # band, and the day from which it holds

explain(
    {
        "price_kept": (
            "Somebody was booked at this price, so it stays. Set another from a later day instead."
        )
    }
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What a course form changes of a course itself."""

    title: str
    short_title: str
    summary: str
    is_active: bool


def add_course_with_way(session: Session, ask: AddCourse) -> Undoable[int]:
    """Add a course as `add_course` does, with its way back while it has no event."""
    course_id = add_course(session, ask)
    course = session.get_one(Course, course_id)
    made = Remade(course_id, _records, _withdraw, partial(add_course, ask=ask))
    return Undoable(course_id, made.way(session, f"Added {course.title}, {course.code}"))


def edit_course_with_way(session: Session, ask: EditCourse) -> Undoable[int]:
    """Change a course as `edit_course` does, and return its id with the way back."""
    course = session.get_one(Course, ask.course_id)
    record = Record("course", course.id, course.code)
    before, words = versions_of(session, [record]), _words(course)
    prices = _prices(session, course.offer_id)
    edit_course(session, ask)
    session.flush()
    now = _prices(session, course.offer_id)
    changed = sorted(key for key in now if now[key] != prices.get(key))
    was = {key: prices.get(key) for key in changed}
    new = {key: now.get(key) for key in changed}
    if not changed and _words(course) == words:
        return Undoable(course.id, None, f"Saved {course.title}.")
    way = Way(
        f"Saved {course.title}{_changed_words(changed)}",
        partial(_put, course_id=course.id, words=words, prices=was, seen=new),
        partial(_put, course_id=course.id, words=_words(course), prices=new, seen=was),
        before,
        versions_of(session, [record]),
    )
    return Undoable(course.id, way)


def _words(course: Course) -> _Words:
    return _Words(course.title, course.short_title, course.summary, course.is_active)


def _changed_words(changed: list[PriceKey]) -> str:
    if not changed:
        return ""
    days = sorted({day for _band, day in changed})
    since = f" from {day_words(days[0])}" if days[0] != ALWAYS else ""
    return f" with {counted(len(changed), 'price')}{since}"


def _prices(session: Session, offer_id: int) -> dict[PriceKey, Pence]:
    found = select(Price).where(Price.offer_id == offer_id)
    return {(row.band, row.valid_from): Pence(row.amount) for row in session.scalars(found)}


def _put(
    session: Session,
    course_id: int,
    words: _Words,
    prices: Mapping[PriceKey, Pence | None],
    seen: Mapping[PriceKey, Pence | None],
) -> None:
    """Let a course be called so and have these prices; None is a price that is not there.

    Raises:
        OfficerError: a price is not the one that was `seen`, or somebody was booked at one that
            would go.
    """
    course = session.get_one(Course, course_id)
    now = _prices(session, course.offer_id)
    for (band, day), amount in seen.items():
        there = now.get((band, day))
        if there != amount:
            is_now = pounds(there) if there is not None else "gone"
            raise OfficerError(
                f"The price of {course.code}, {band}, is {is_now} by now. Look at it again, and"
                " change it by hand if it should be otherwise."
            )
    course.title, course.short_title = words.title, words.short_title
    course.summary, course.is_active = words.summary, words.is_active
    session.flush()
    for (band, day), amount in prices.items():
        if amount is not None:
            set_price(session, SetPrice(new_uuid(), course.offer_id, band, amount, day))
        else:
            _drop_price(session, course.offer_id, band, day)


def _drop_price(session: Session, offer_id: int, band: str, day: date) -> None:
    """Take a price out of the list; a trigger keeps one that somebody was booked at."""
    session.execute(
        delete(Price).where(Price.offer_id == offer_id, Price.band == band, Price.valid_from == day)
    )


def _records(session: Session, course_id: int) -> list[Record]:
    """Return the rows that make up a new course."""
    course = session.get_one(Course, course_id)
    prices = session.scalars(select(Price.id).where(Price.offer_id == course.offer_id))
    return [
        Record("course", course.id, course.code),
        Record("offer", course.offer_id, course.code),
        *(Record("price", number, f"a price of {course.code}") for number in prices),
    ]


def _withdraw(session: Session, made: int) -> None:
    """Let a new course go.

    Raises:
        OfficerError: it has an event by now.
    """
    course = session.get_one(Course, made)
    codes = session.scalars(
        select(Event.code).where(Event.course_id == course.id).order_by(Event.code)
    ).all()
    if codes:
        more = f" and {counted(len(codes) - 1, 'other event')}" if len(codes) > 1 else ""
        raise OfficerError(
            f"{course.title} has {codes[0]}{more} by now, so it stays. Undo that first, or take"
            " the course out of the programme."
        )
    offer_id = course.offer_id
    for statement in (
        delete(Course).where(Course.id == course.id),
        delete(Price).where(Price.offer_id == offer_id),
        delete(Offer).where(Offer.id == offer_id),
    ):
        session.execute(statement)
