"""What a booking is called, its five categories, and how rooms are laid out."""

from enum import StrEnum


class Status(StrEnum):
    """What a booking is called; whether it holds space is stored apart."""

    ENQUIRY = "enquiry"
    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    WAITING = "waiting"


HOLDING = frozenset({Status.PROVISIONAL, Status.CONFIRMED, Status.COMPLETED})
WISHING = frozenset({Status.ENQUIRY, Status.WAITING})  # in the diary, holding nothing


class Category(StrEnum):
    """The five sorts of room booking; each booking has exactly one."""

    EXTERNAL = "External"
    EDGE_HILL = "Edge Hill University"
    CONFERENCES = "LCC conferences"
    SCHOOLS = "Schools (CPD)"
    MEETINGS = "LCC meetings"


CATEGORY_CODES = {
    Category.SCHOOLS: "SC",
    Category.CONFERENCES: "CF",
    Category.EDGE_HILL: "EH",
    Category.EXTERNAL: "EX",
    Category.MEETINGS: "MT",
}


def number_words(number: int) -> str:
    """Return a booking's number as it is printed: "WR-02418"."""
    return f"WR-{number:05d}"


class Layout(StrEnum):
    """How a room is laid out; each gives a space its own capacity."""

    THEATRE = "theatre"
    CLASSROOM = "classroom"
    BOARDROOM = "boardroom"
    CABARET = "cabaret"
    U_SHAPE = "U-shape"
    ICT = "ICT"
