"""What the papers of a course booking say. Plain values, worked out before they get here."""

from dataclasses import dataclass
from datetime import date

from lle_desk.core.money import Pence
from lle_desk.letters.rules import KIND_WORDS, LetterKind, Paragraph
from lle_desk.paper.sender import WOODLANDS, Sender


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session as the delegate lives it: when, where, and from when the door is open."""

    day_name: str  # "Day 1", "" when there is only one
    on: date
    times: str  # "09:30–15:30"
    place: str  # "Oak Room"
    arrive: str = ""


@dataclass(frozen=True, slots=True)
class DelegateRow:
    """One delegate's place, with the needs arranged for them and their price."""

    name: str
    price_why: str  # "County subscriber price, from 1 Sep 2013"
    vat_code: str
    net: Pence
    access: str = "None asked for"
    diet: str = "None asked for"


@dataclass(frozen=True, slots=True)
class CodeWords:
    """A VAT code and why it is used on this paper."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class CancellationRow:
    """What one kind of notice costs, for each delegate in the order of the delegates."""

    when: str  # "by Thu 20 Mar 2014"
    meaning: str  # "5 working days or more"
    amounts: tuple[Pence, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something the booker should do now: the verb that leads it, and the rest of the line.

    `mind` is the part of `words` to be set strong, a day or a number.
    """

    lead: str
    words: str
    mind: str = ""


NOT_BOOKED = "Not booked yet"
# Beside the mark of the audit trail, so that both stand on one line.
SHORT_FOOT = "access and diet notes are deleted 30 days after the course"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """All that a booking confirmation prints. Amounts are for the whole booking.

    `standing` is the sentence that says where the booking stands ("Two places are confirmed,
    and the course will run."); it is printed strong between `greeting` and `then`.
    """

    address: tuple[str, ...]
    booking: str
    written_on: date
    customer: str  # "C-00417"
    urn: str
    order_number: str
    taken_by: str
    status: str
    greeting: str
    standing: str
    then: str
    course_title: str
    event_code: str
    event_words: str  # "two days · both days together make one place"
    place_heading: str  # "At Woodlands", over the rooms
    sessions: tuple[SessionRow, ...]
    delegates: tuple[DelegateRow, ...]
    vat_words: tuple[CodeWords, ...]
    net: Pence
    vat: Pence
    total: Pence
    pay_words: str  # "nothing now. Recharged to your cost centre 00000 after the course."
    cancellation_rows: tuple[CancellationRow, ...]
    steps: tuple[Step, ...]
    price_words: str = ""  # "Lunch and refreshments are included."
    cancellation_words: str = ""  # "The scale as it stood on Tue 4 Mar 2014, when you booked."
    cancellation_note: str = ""
    foot: str = (
        "Access and diet notes are seen only by those who need them, "
        "and deleted 30 days after the course."
    )
    sender: Sender = WOODLANDS
    opening: tuple[Paragraph, ...] = ()  # the template's words, instead of greeting to then
    closing: tuple[Paragraph, ...] = ()
    subject: str = ""  # of the e-mail it goes with

    @property
    def is_draft(self) -> bool:
        """Whether it shows a booking that is still being taken."""
        return self.status == NOT_BOOKED


@dataclass(frozen=True, slots=True)
class FactRow:
    """A line of what a letter states: "To pay", "nothing"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class CourseLetter:
    """Any other letter about a booking: the template's words around days, places and facts."""

    kind: LetterKind
    heading: str
    address: tuple[str, ...]
    booking: str
    written_on: date
    customer: str  # "C-00417"
    order_number: str
    taken_by: str
    course_title: str
    event_code: str
    event_words: str
    place_heading: str
    sessions: tuple[SessionRow, ...]
    rows: tuple[FactRow, ...]
    opening: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...]
    foot: str = ""
    sender: Sender = WOODLANDS


@dataclass(frozen=True, slots=True)
class Certificate:
    """That one delegate attended a course: the days and hours that they were there."""

    name: str
    customer: str
    title: str
    summary: str  # "2 days, 12 hours"
    days: str
    place: str
    trainers: str
    code: str
    issued_on: date
    sender: Sender = WOODLANDS
    opening: tuple[Paragraph, ...] = ()  # the office's template with its facts
    closing: tuple[Paragraph, ...] = ()
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter with whom it goes to. `place_id` is 0 when it is about the whole booking.

    `words` are what the e-mail says around the PDF.
    """

    kind: LetterKind
    booking_id: int
    place_id: int
    booking: str
    customer: str
    contact: str
    delegates: str
    email: str
    subject: str
    words: str
    paper: Confirmation | CourseLetter | Certificate

    @property
    def to_name(self) -> str:
        return self.contact or self.customer

    @property
    def name(self) -> str:
        """What the letter is called in a folder and in the PDF's list of letters."""
        who = self.delegates if self.place_id else self.customer
        return f"{KIND_WORDS[self.kind]} {self.booking} {who}"
