"""States of events and places, what an event needs, and its words. Plain values in and out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lle_desk.core.days import MONTHS, day_words, short_day
from lle_desk.core.money import Pence, pounds
from lle_desk.offers.rules import Scale, cancellation_terms


class EventState(StrEnum):
    """Where an event is on its way."""

    PLANNED = "planned"
    OPEN = "open"
    CONFIRMED = "confirmed to run"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


class PlaceState(StrEnum):
    """What became of a place; booked, attended and did not attend hold a seat."""

    BOOKED = "booked"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    ABSENT = "did not attend"


HOLDING = frozenset({PlaceState.BOOKED, PlaceState.ATTENDED, PlaceState.ABSENT})
BOOKABLE = frozenset({EventState.OPEN, EventState.CONFIRMED})
MOVED = "moved"  # what was decided about an event, beside confirming it and calling it off
UNTIL_RESOLD = "Waived if the place is sold again"  # why a cancellation fee is held back
UNDECIDED = frozenset({EventState.PLANNED, EventState.OPEN})
BETWEEN_NAMES = re.compile(r"[,;\n]+|\band\b", re.IGNORECASE)
MOVED_TO = re.compile(r"Moved to B-\d+: ")  # how the reason of a place that went along begins
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Need:
    """Something an event asks of the office, or tells it: words, how grave, and an icon.

    `kind` is one of "refusal", "warning", "plain" and "fine".
    """

    words: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts of an event that decide what it needs."""

    state: str
    held: int
    waiting: int
    capacity: int
    minimum: int
    decision_on: date | None
    without_room: int  # sessions


def needs_of(event: Standing) -> tuple[Need, ...]:
    """Return what an event needs, the gravest first."""
    if event.state == EventState.CANCELLED:
        return (Need("Cancelled", "plain", "ban"),)
    needs: list[Need] = []
    if event.without_room and event.state != EventState.COMPLETED:
        needs.append(Need("No room", "refusal", "door"))
    short = event.minimum - event.held
    if short > 0 and event.state in UNDECIDED:
        needs.append(Need(f"Needs {short}{_by(event.decision_on)}", "warning", "alert-triangle"))
    elif event.decision_on and event.state in UNDECIDED:
        needs.append(Need(f"Decide{_by(event.decision_on)}", "warning", "clock"))
    if event.capacity and event.held >= event.capacity:
        needs.append(Need("Full", "plain", "lock"))
    if event.waiting:
        needs.append(Need(f"{event.waiting} waiting", "plain", "clock"))
    if event.state == EventState.CONFIRMED:
        needs.append(Need("Confirmed to run", "fine", "check"))
    return tuple(needs)


def full_words(wanted: int, free: int, capacity: int, offered: int = 0) -> str:
    """Return the refusal for more places than are free, those offered to who waits left out."""
    if free <= 0 and offered:
        return (
            f"{counted(offered, 'place')} {'is' if offered == 1 else 'are'} left, but offered to"
            " who waits. Choose another event, or put the caller on the waiting list."
        )
    if free <= 0:
        return (
            f"No place is left: all {capacity} are taken. "
            "Choose another event, or put the caller on the waiting list."
        )
    are = "is" if free == 1 else "are"
    return (
        f"No place is left for {in_words(wanted)}; {free} {are} free. "
        f"Book {in_words(free)}, or choose another event."
    )


def moved_words(number: int, reason: str) -> str:
    """Return why a place is not held any more that went to another event."""
    return f"Moved to {booking_words(number)}: {reason}"


def was_moved(cancelled_reason: str) -> bool:
    """Return whether a cancelled place goes on in another booking."""
    return MOVED_TO.match(cancelled_reason) is not None


def in_words(count: int) -> str:
    """Return a count as it is read out, "two", in figures above ten."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def counted(count: int, one: str, many: str = "") -> str:
    """Return "1 place", "2 places"; `many` for what does not end in s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def counted_in_words(count: int, one: str) -> str:
    """Return "one place" or "two places"."""
    return f"{in_words(count)} {one if count == 1 else one + 's'}"


def days_words(days: Iterable[date]) -> str:
    """Return "Thu 13 and Thu 27 Mar 2014": month and year only where they change."""
    listed = sorted(set(days))
    words: list[str] = []
    for number, day in enumerate(listed):
        after = listed[number + 1] if number + 1 < len(listed) else None
        if after is None or after.year != day.year:
            words.append(day_words(day))
        elif after.month != day.month:
            words.append(short_day(day))
        else:
            words.append(short_day(day).rsplit(" ", 1)[0])
    return joined(words)


def joined(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def called_off_words(reason: str) -> str:
    """Return why a place was cancelled when its whole event was called off."""
    return f"Called off: {reason}"[:400].strip()


def booking_words(number: int) -> str:
    """Return a booking's number as it is printed: B-20881."""
    return f"B-{number:05d}"


def keep_words(held: int) -> str:
    """Return "; 6 places booked before keep theirs", their price, and "" when nobody is booked."""
    keep = "keeps its price" if held == 1 else "keep theirs"
    return f"; {counted(held, 'place')} booked before {keep}" if held else ""


def next_code(service_code: str, codes: Iterable[str]) -> str:
    """Return the code after the highest of `codes` that a service counts: LPDS-0418."""
    found = (re.fullmatch(rf"{re.escape(service_code)}-(\d{{1,9}})", code) for code in codes)
    highest = max((int(match[1]) for match in found if match), default=0)
    return f"{service_code}-{highest + 1:04d}"


def places_to_break_even(cost: Pence, income: Pence, price: Pence | None) -> int | None:
    """Return how many more places at `price` cover what is missing, None when nothing would."""
    missing = cost - income
    if missing <= 0:
        return 0
    return None if not price else -(-missing // price)


def break_even_words(needed: int | None, price: Pence | None, missing: Pence) -> str:
    """Return "4 places still needed to break even at £195.00", or that it does."""
    if needed == 0:
        return "It breaks even"
    if needed is None or price is None:
        return f"{pounds(missing)} short of breaking even, and no place is sold"
    return f"{counted(needed, 'place')} still needed to break even at {pounds(price)}"


def cancelling_words(
    scale: Scale | None, event_on: date, fees: Sequence[Pence], today: date
) -> str:
    """Return what cancelling costs from today: "Free to cancel in writing until …; then £165.00".

    `fees` are the prices of the booking's places, before VAT.
    """
    terms = cancellation_terms(scale, event_on, fees, min(today, event_on)) if scale else ()
    costs = [sum(term.amounts) for term in terms]
    if not costs or not max(costs):
        return "Free to cancel"
    words = (
        f"Cancelling costs {pounds(Pence(costs[0]))}" if costs[0] else "Free to cancel in writing"
    )
    last = terms[0].last
    if last is None:
        return f"{words} from now on"
    return f"{words} until {day_words(last)}; then {pounds(Pence(costs[1]))}"


def _by(day: date | None) -> str:
    return f" by {day.day} {MONTHS[day.month - 1]}" if day else ""


@dataclass(frozen=True, slots=True)
class Called:
    """One delegate of the list: the number it has on the register, and the name."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Which numbers were meant, and what could not be understood, as sentences."""

    numbers: frozenset[int]
    faults: tuple[str, ...]


def absent_typed(typed: str, called: Sequence[Called]) -> Absent:
    """Return who is meant by numbers of the register or by parts of names.

    A name must fit one delegate alone: each of its words begins a word of the name.
    """
    numbers: set[int] = set()
    faults: list[str] = []
    known = {one.number for one in called}
    for part in (part.strip() for part in BETWEEN_NAMES.split(typed)):
        if not part:
            continue
        if part.isdecimal():
            if int(part) in known:
                numbers.add(int(part))
            else:
                faults.append(f"There is no number {part} on the register.")
            continue
        fitting = [one for one in called if _fits_name(part, one.name)]
        if len(fitting) == 1:
            numbers.add(fitting[0].number)
        elif fitting:
            who = ", ".join(f"{one.number} {one.name}" for one in fitting[:4])
            faults.append(f"“{part}” may be {who}. Type the number.")
        else:
            faults.append(f"Nobody on the register is called “{part}”.")
    return Absent(frozenset(numbers), tuple(faults))


def _fits_name(typed: str, name: str) -> bool:
    has = name.casefold().replace("-", " ").split()
    wanted = typed.casefold().replace("-", " ").split()
    return all(any(word.startswith(part) for word in has) for part in wanted)


SCORE_WORDS = ("1 poor", "2 fair", "3 good", "4 very good")  # as the printed sheet says them
MOST_QUESTIONS, LONGEST_QUESTION, LONGEST_HEADING = 10, 120, 24  # so that they fit on one page


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the evaluation sheet, and the heading its answers stand under in lists."""

    words: str
    short_words: str


@dataclass(frozen=True, slots=True)
class SheetFault:
    """What is wrong with the questions: the sentence, whose it is (from 0) and the field."""

    text: str
    at: int
    field: str


def sheet_fault(questions: Sequence[Asked]) -> SheetFault | None:
    """Return the first thing wrong with an evaluation sheet that asks these, None when none is."""
    if not questions:
        return SheetFault("The evaluation sheet must ask at least one question.", 0, "words")
    if len(questions) > MOST_QUESTIONS:
        said = f"The printed sheet has room for {MOST_QUESTIONS} questions. Retire one first."
        return SheetFault(said, MOST_QUESTIONS, "words")
    words: dict[str, int] = {}
    headings: dict[str, int] = {}
    for at, one in enumerate(questions):
        said, field = _question_fault(one, at + 1)
        same_words = words.setdefault(one.words.casefold(), at)
        same_heading = headings.setdefault(one.short_words.casefold(), at)
        if not said and same_words != at:
            said, field = f"Questions {same_words + 1} and {at + 1} ask the same.", "words"
        elif not said and same_heading != at:
            said = f"Questions {same_heading + 1} and {at + 1} have the same heading."
            field = "short_words"
        if said:
            return SheetFault(said, at, field)
    return None


def _question_fault(one: Asked, number: int) -> tuple[str, str]:
    """Return what is wrong with one question by itself and in which field, or nothing twice."""
    if not one.words:
        return f"Type what question {number} asks, or retire it.", "words"
    if len(one.words) > LONGEST_QUESTION:
        said = f"Question {number} has {len(one.words)} letters, too long for the printed sheet. "
        return f"{said}It has room for {LONGEST_QUESTION}.", "words"
    if not one.short_words:
        return f"Type the heading of question {number}, a word or two.", "short_words"
    if len(one.short_words) > LONGEST_HEADING:
        said = f"The heading of question {number} may have {LONGEST_HEADING} letters at most."
        return said, "short_words"
    return "", ""
