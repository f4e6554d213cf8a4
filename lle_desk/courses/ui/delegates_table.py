"""The columns of the list of all delegates."""

from lle_desk.core.days import day_words
from lle_desk.core.money import pounds
from lle_desk.courses.queries.delegate_rows import UNNAMED, DelegateRow
from lle_desk.courses.rules import PlaceState
from lle_desk.qt.table_model import Column

STATE_COLOURS = {
    PlaceState.WAITING: "warning",
    PlaceState.ABSENT: "refusal",
    PlaceState.CANCELLED: "quiet",
    PlaceState.ATTENDED: "fine",
}


def place_key(row: DelegateRow) -> int:
    """Return what tells a row from all others."""
    return row.place_id


def _delegate_colour(row: DelegateRow) -> str | None:
    return "quiet" if row.delegate == UNNAMED else None


def _school(row: DelegateRow) -> str:
    return row.school


def _course(row: DelegateRow) -> str:
    return row.course


def _day(row: DelegateRow) -> str:
    return day_words(row.day) if row.day is not None else "no day yet"


def _venue(row: DelegateRow) -> str:
    return row.venue or "no room yet"


def _state(row: DelegateRow) -> str:
    if row.part:
        return f"{row.state}, {row.part}"
    return f"{row.state}: {row.reason}" if row.reason else row.state


def _short_state(row: DelegateRow) -> str:
    """Return "attended, 1 of 2", which the column has room for."""
    return _state(row).removesuffix(" sessions") if row.part else _state(row)


def _state_colour(row: DelegateRow) -> str | None:
    return STATE_COLOURS.get(PlaceState(row.state)) if row.state else None


def _price(row: DelegateRow) -> str:
    return pounds(row.price) if row.price is not None else ""


def _how(row: DelegateRow) -> str:
    return row.how


def _taken(row: DelegateRow) -> str:
    return day_words(row.taken_on) if row.taken_on is not None else ""


COLUMNS: list[Column[DelegateRow]] = [
    Column(
        "Delegate",
        lambda row: row.delegate,
        lambda row: row.delegate,
        width=150,
        strong=True,
        colour=_delegate_colour,
    ),
    Column("School or customer", _school, _school, width=0, tip=_school),
    Column("Course", _course, _course, width=172, tip=_course),
    Column("Event", lambda row: row.event, width=84, quiet=True, give_up=4),
    Column("Date", _day, _day, width=132),
    Column("Venue", _venue, width=110, tip=_venue, give_up=2),
    Column("County", lambda row: row.county, width=66, quiet=True, give_up=5),
    Column("Status", _short_state, _state, width=122, colour=_state_colour, tip=_state),
    Column("Price", _price, _price, width=84, numeric=True),
    Column("How paid", _how, _how, width=124, tip=_how, give_up=1),
    Column("Booked on", _taken, _taken, width=132, quiet=True, give_up=3),
]
SORTS = {0: "delegate", 1: "school", 2: "course", 4: "day", 7: "state", 8: "price", 9: "how"}
SORTS[10] = "taken"
DAY_COLUMN = 4
