"""What is printed for one day in one run. Plain values; diets are numbers, never names."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lle_desk.paper.sender import Sender
from lle_desk.rooms.papers.set_up import SetUpSheet


class PackPart(StrEnum):
    """The papers of a day pack, in the order they are bound."""

    SET_UP = "Room set-up"
    CATERING = "Catering"
    REGISTERS = "Registers"
    SIGNS = "Door signs"
    WELCOME = "Welcome screen"


@dataclass(frozen=True, slots=True)
class SignRow:
    """One line on a door: when and what. `where` names the joined room that the door is part of."""

    starts_at: datetime
    ends_at: datetime
    title: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class DoorSign:
    """What hangs on one door on the day, by time."""

    room: str
    rows: tuple[SignRow, ...]


@dataclass(frozen=True, slots=True)
class WelcomeRow:
    """One line on the screen in the foyer: for everybody's eyes, so a title and no more."""

    starts_at: datetime
    ends_at: datetime
    title: str
    room: str


@dataclass(frozen=True, slots=True)
class Serving:
    """Something served at one time for one use of a room. `diets` is "2 vegetarian, 1 vegan"."""

    served_at: datetime
    what: str
    quantity: int
    room: str
    number: str  # WR-02418
    title: str
    diets: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One delegate to sign in; "" is a place without a name yet."""

    name: str
    customer: str


@dataclass(frozen=True, slots=True)
class Register:
    """The sign-in sheet of one session of a course event, delegates by name."""

    title: str
    code: str
    starts_at: datetime
    ends_at: datetime
    place: str
    rows: tuple[RegisterRow, ...]
    session_words: str = ""  # "day 2 of 3"


@dataclass(frozen=True, slots=True)
class DayPack:
    """All that is printed for one day at one site."""

    set_up: SetUpSheet
    catering: tuple[Serving, ...]
    registers: tuple[Register, ...]
    signs: tuple[DoorSign, ...]
    welcome: tuple[WelcomeRow, ...]

    @property
    def site(self) -> str:
        return self.set_up.site

    @property
    def day(self) -> date:
        return self.set_up.day

    @property
    def printed_at(self) -> datetime:
        return self.set_up.printed_at

    @property
    def sender(self) -> Sender:
        return self.set_up.sender

    def count(self, part: PackPart) -> int:
        """Return how many papers, or lines of one, a part has; 0 is nothing to print."""
        return {
            PackPart.SET_UP: len(self.set_up.rows),
            PackPart.CATERING: len(self.catering),
            PackPart.REGISTERS: len(self.registers),
            PackPart.SIGNS: len(self.signs),
            PackPart.WELCOME: len(self.welcome),
        }[part]
