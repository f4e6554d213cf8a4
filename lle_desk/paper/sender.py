"""Who a paper comes from. A plain value: it loads no PDF library."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sender:
    """The words of the letterhead: the family of services, the office in it, where it is."""

    name: str
    office: str
    place: str
    telephone: str
    email: str


WOODLANDS = Sender(
    name="Lancashire Learning Excellence",
    office="Business support, Woodlands",
    place="Woodlands, Chorley",
    telephone="01632 960 000",  # a number kept for demonstrations; settings name the real one
    email="bookings@lle.example",
)
