"""Names of delegates out of a list somebody sent: pasted lines or a spreadsheet. No database.

A line is a name, and perhaps what the person does and an e-mail address, in any sensible order and
apart by tabs, semicolons or commas; "Family, Given" is understood, and what stands in quotation
marks is one part. A line of headings says what stands where in the lines below it.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lle_desk.core.cells import shown
from lle_desk.core.errors import OfficerError
from lle_desk.core.sheets import read_book
from lle_desk.core.types import clean_text

MOST_LINES = 200
MOST_NAME, MOST_EMAIL = 100, 200
_HEADINGS = {
    "given": ("given name", "given names", "first name", "forename", "firstname", "given"),
    "family": ("family name", "surname", "last name", "lastname", "family"),
    "name": ("name", "names", "full name", "delegate", "delegates", "delegate name", "attendee"),
    "job": ("job", "job title", "role", "position", "post", "responsibility"),
    "email": ("email", "e-mail", "email address", "e-mail address", "mail"),
}
_COURTESY = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|prof|rev|sir)\b\.?\s*", re.IGNORECASE)
_MEANT_AS_EMAIL = re.compile(r"<?(?:mailto:)?([^\s<>;,()]*@[^\s<>;,()]*)>?")
_EMAIL = re.compile(r"[^\s<>;,()@]+@[^\s<>;,()@.]+(?:\.[^\s<>;,()@.]+)+")
_QUOTED = re.compile(r'"[^"]*"')
_MARK = re.compile(r"^\s*(?:[-–—•*·]\s+|\(?\d{1,3}[.)]\s+)")
_PARTICLES = ("van", "von", "de", "der", "den", "du", "da", "di", "la", "le", "bin", "al")
_JOBS = re.compile(
    r"\b(?:teacher|head|headteacher|deputy|governor|ta|hlta|assistant|leader|lead|senco|manager"
    r"|bursar|clerk|coordinator|co-ordinator|officer|nqt|ect|principal|chair|secretary|business"
    r"|administrator|tutor|year|ks[1-5]|eyfs|reception|maths|english|science|subject)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\(([^()]*)\)|\s[-–—]\s+(.*)$")


@dataclass(frozen=True, slots=True)
class ListedName:
    """One line of a list, by its number from 1. `problem` says why nobody can be made of it."""

    line: int
    text: str
    given_name: str = ""
    family_name: str = ""
    job_title: str = ""
    email: str = ""
    problem: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def names_in(text: str) -> tuple[ListedName, ...]:
    """Return the names of pasted lines; empty lines are passed over.

    Raises:
        OfficerError: there are far too many lines.
    """
    lines = ((at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip())
    return _listed((at, line.strip(), _apart(line)) for at, line in lines)


def names_in_file(path: Path) -> str:
    """Return the lines of a CSV file or workbook as they would be pasted from it.

    Raises:
        OfficerError: it cannot be read.
    """
    rows = read_book(path).sheets[0].rows
    return "\n".join("\t".join(shown(cell) for cell in row.cells) for row in rows)


def _listed(lines: Iterable[tuple[int, str, Sequence[str]]]) -> tuple[ListedName, ...]:
    found: list[ListedName] = []
    seen: dict[str, int] = {}
    columns: Mapping[str, int] = {}
    for at, text, cells in lines:
        headings = _headings(cells)
        if headings:
            columns = headings
            continue
        if len(found) >= MOST_LINES:
            raise OfficerError(
                f"This list has more than {MOST_LINES} lines. Paste the delegates of one booking."
            )
        one = _checked(_by_heading(at, text, cells, columns) if columns else _free(at, text, cells))
        key = one.name.casefold()
        if not one.problem and key in seen:
            one = ListedName(at, text, problem=f"{one.name} stands in line {seen[key]} already.")
        seen.setdefault(key, at)
        found.append(one)
    return tuple(found)


def _apart(line: str) -> list[str]:
    """Return the parts of a pasted line: at tabs, else semicolons or bars, else commas."""
    line = _MARK.sub("", line)
    bare = _QUOTED.sub("", line)
    mark = next((one for one in "\t;|" if one in bare), ",")
    if line.count('"') % 2:  # one that is not closed would swallow the rest of the line
        parts = line.split(mark)
    else:
        (parts,) = csv.reader([line], delimiter=mark, skipinitialspace=mark != "\t")
    return [part.strip() for part in parts]


def _headings(cells: Sequence[str]) -> dict[str, int]:
    """Return which column is what, when the cells are headings; else nothing."""
    words = [" ".join(cell.split()).casefold().strip(" :*") for cell in cells]
    columns = {
        key: at
        for at, word in enumerate(words)
        for key, known in _HEADINGS.items()
        if word in known
    }
    is_sure = len(columns) > 1 or len([word for word in words if word]) == 1
    says_name = any(word in ("name", "full name", "surname") for word in words)
    return columns if columns.keys() & {"name", "family"} and (is_sure or says_name) else {}


def _by_heading(at: int, text: str, cells: Sequence[str], columns: Mapping[str, int]) -> ListedName:
    def cell(key: str) -> str:
        place = columns.get(key, -1)
        return clean_text(cells[place]) if 0 <= place < len(cells) else ""

    given, family = cell("given"), cell("family")
    if not family:
        given, family = _given_and_family(f"{given} {cell('name')}".strip())
    return ListedName(at, text, given, family, cell("job"), cell("email"))


def _free(at: int, text: str, cells: Sequence[str]) -> ListedName:
    """Return what a line means by itself."""
    email, rest = "", []
    for part in cells:
        found = _MEANT_AS_EMAIL.search(part)
        if found and not email:
            email = found[1]
            part = _MEANT_AS_EMAIL.sub(" ", part)
        part = clean_text(_MARK.sub("", part).strip(" <>"))
        if part and not part.isdigit() and _COURTESY.sub("", part):
            rest.append(part)
    if not rest:
        return ListedName(at, text, email=email)
    name, job = rest[0], ", ".join(rest[1:])
    if len(rest) > 1 and _is_other_half(name, rest[1], "\t" in text):
        second, job = rest[1], ", ".join(rest[2:])
        is_comma = not any(mark in text for mark in "\t;|")
        name = f"{name}, {second}" if is_comma else f"{name} {second}"
    aside = _ASIDE.search(name)
    if aside:
        job = job or clean_text(aside[1] or aside[2] or "")
        name = _ASIDE.sub("", name)
    given, family = _given_and_family(name)
    return ListedName(at, text, given, family, job, email)


def _is_other_half(first: str, second: str, has_tabs: bool) -> bool:
    """Return whether two parts are one name: "Sample, Anna", or two columns "Anna", "Sample"."""
    bare = _COURTESY.sub("", first)
    words = bare.split()
    is_half = len(words) == 1 or (words and words[0].casefold() in _PARTICLES)
    if "," in first or not is_half or _JOBS.search(second):
        return False
    return len(second.split()) <= (3 if not has_tabs else 2)


def _given_and_family(name: str) -> tuple[str, str]:
    """Return "Anna", "van Sample" from "Mrs Anna van Sample" or "van Sample, Anna"."""
    name = _COURTESY.sub("", clean_text(name), count=1) if _COURTESY.match(name) else name
    family, comma, given = name.partition(",")
    if comma:
        given = given.strip()
        return (_COURTESY.sub("", given, count=1) if _COURTESY.match(given) else given), family
    words = name.split()
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in _PARTICLES:
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def _checked(one: ListedName) -> ListedName:
    problem = next(_problems(one), "")
    if not problem:
        return one
    return ListedName(one.line, one.text, problem=problem)


def _problems(one: ListedName) -> Iterator[str]:
    if not one.family_name:
        yield "There is no name in it."
    if any(letter.isdigit() for letter in one.name):
        yield f"“{one.name[:40]}” is no name: it has a number in it."
    if max(len(one.given_name), len(one.family_name)) > MOST_NAME:
        yield f"The name has more than {MOST_NAME} letters."
    if len(one.job_title) > MOST_NAME:
        yield f"What {one.name} does has more than {MOST_NAME} letters."
    if len(one.email) > MOST_EMAIL or (one.email and not _EMAIL.fullmatch(one.email)):
        yield f"“{one.email[:40]}” is no e-mail address."
