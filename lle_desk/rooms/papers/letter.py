"""What a letter about a room booking prints. Plain values, worked out before they get here."""

from dataclasses import dataclass
from datetime import date, datetime

from lle_desk.core.money import Pence
from lle_desk.paper.sender import WOODLANDS, Sender


@dataclass(frozen=True, slots=True)
class LetterUse:
    """One room at one time, as the customer lives it: event time, without set-up."""

    on: date
    times: str
    room: str
    layout: str
    people: str  # "18", "about 20"
    extras: tuple[str, ...] = ()  # "10:30 Tea and coffee, 18 (2 vegan)"


@dataclass(frozen=True, slots=True)
class LetterCharge:
    """One line of what it costs, before VAT."""

    description: str
    why: str
    vat_code: str
    net: Pence
    vat: Pence


@dataclass(frozen=True, slots=True)
class LetterChange:
    """What is new since the last letter: "" before is added, "" now is gone."""

    what: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class LetterTerm:
    """What cancelling costs in all when notice reaches us from `first` to `last`, both counted."""

    first: date | None
    last: date | None
    amount: Pence


@dataclass(frozen=True, slots=True)
class LastSent:
    """The letter before this one. `sent_at` is London's clock."""

    kind: str
    sent_at: datetime
    sent_by: str
    way: str


@dataclass(frozen=True, slots=True)
class RoomLetter:
    """All that a confirmation, amended confirmation or cancellation prints.

    `kind` is "confirmation", "amended confirmation" or "cancellation".
    `standing` is the sentence that says where the booking stands; it is printed strong between
    `greeting` and `then`. `told` is the text that is kept once it is sent, `anchor` the mark in
    its foot.
    """

    kind: str
    heading: str
    booking_id: int
    address: tuple[str, ...]
    number: str
    written_on: date
    customer: str
    urn: str
    order_number: str
    taken_by: str
    status: str
    greeting: str
    standing: str
    then: str
    title: str
    uses: tuple[LetterUse, ...]
    notes: str
    changes: tuple[LetterChange, ...]
    changed_since: str  # "our confirmation of Tue 4 Mar 2014"
    charges: tuple[LetterCharge, ...]
    vat_words: tuple[tuple[str, str], ...]
    pay_words: str
    terms: tuple[LetterTerm, ...]
    terms_words: str
    steps: tuple[tuple[str, str], ...]
    told: str
    last_sent: LastSent | None = None
    sender: Sender = WOODLANDS
    anchor: str = ""

    @property
    def net(self) -> Pence:
        return Pence(sum(charge.net for charge in self.charges))

    @property
    def vat(self) -> Pence:
        return Pence(sum(charge.vat for charge in self.charges))

    @property
    def total(self) -> Pence:
        return Pence(self.net + self.vat)
