"""What the papers of the rooms say: plain values, worked out before they get here."""

from lle_desk.rooms.papers.calendar import CalendarEntry, CalendarFile
from lle_desk.rooms.papers.letter import (
    LastSent,
    LetterChange,
    LetterCharge,
    LetterTerm,
    LetterUse,
    RoomLetter,
)
from lle_desk.rooms.papers.pack import (
    DayPack,
    DoorSign,
    PackPart,
    Register,
    RegisterRow,
    Serving,
    SignRow,
    WelcomeRow,
)
from lle_desk.rooms.papers.set_up import ChartLane, KitRow, SetUpRow, SetUpSheet, TurnRound
from lle_desk.rooms.papers.week import WeekEntry, WeekPlan, WeekRow

__all__ = [
    "CalendarEntry",
    "CalendarFile",
    "ChartLane",
    "DayPack",
    "DoorSign",
    "KitRow",
    "LastSent",
    "LetterChange",
    "LetterCharge",
    "LetterTerm",
    "LetterUse",
    "PackPart",
    "Register",
    "RegisterRow",
    "RoomLetter",
    "Serving",
    "SetUpRow",
    "SetUpSheet",
    "SignRow",
    "TurnRound",
    "WeekEntry",
    "WeekPlan",
    "WeekRow",
    "WelcomeRow",
]
