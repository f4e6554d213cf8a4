"""Who did not come, as it is typed: "all came but 3, smith, Delegate Two". Plain values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BETWEEN = re.compile(r"[,;\n]+|\band\b", re.IGNORECASE)


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
    for part in (part.strip() for part in _BETWEEN.split(typed)):
        if not part:
            continue
        if part.isdecimal():
            if int(part) in known:
                numbers.add(int(part))
            else:
                faults.append(f"There is no number {part} on the register.")
            continue
        fitting = [one for one in called if _fits(part, one.name)]
        if len(fitting) == 1:
            numbers.add(fitting[0].number)
        elif fitting:
            who = ", ".join(f"{one.number} {one.name}" for one in fitting[:4])
            faults.append(f"“{part}” may be {who}. Type the number.")
        else:
            faults.append(f"Nobody on the register is called “{part}”.")
    return Absent(frozenset(numbers), tuple(faults))


def _fits(typed: str, name: str) -> bool:
    has = name.casefold().replace("-", " ").split()
    wanted = typed.casefold().replace("-", " ").split()
    return all(any(word.startswith(part) for word in has) for part in wanted)
