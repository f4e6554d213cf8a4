"""What a letter about a visit says: its confirmation before, its note after. Plain values."""

from dataclasses import dataclass
from datetime import date

from lle_desk.paper.sender import WOODLANDS, Sender


@dataclass(frozen=True, slots=True)
class VisitPaper:
    """One letter about a visit, every word of it but those of the letterhead.

    `rows` are facts with their labels; `paragraphs` the note, or what stands above the facts;
    `terms` what cancelling costs: when the notice reaches us, what that is, and the amount.
    """

    number: str
    heading: str
    topic: str
    customer: str
    address: tuple[str, ...]
    order_number: str
    written_on: date
    greeting: str
    opening: str
    rows: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...] = ()
    terms: tuple[tuple[str, str, str], ...] = ()
    closing: str = ""
    to_name: str = ""
    email: str = ""
    sender: Sender = WOODLANDS

    @property
    def name(self) -> str:
        """What its file is called: "Note of visit V-00017, Highfield"."""
        return f"{self.heading} {self.number}, {self.customer}"
