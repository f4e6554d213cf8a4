"""Which school followed which, out of the national register's file of links.

The register tells most links twice, once from either end, each with the other's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from lle_desk.core.imports import Column, Line, Problem, Progress, read_lines
from lle_desk.customers.imports.register import parse_day

COLUMNS = (
    Column("urn", "URN"),
    Column("link_urn", "LinkURN"),
    Column("link_name", "LinkName"),
    Column("link_type", "LinkType"),
    Column("linked_on", "LinkEstablishedDate"),
)
# Their word -> ours, and whether the linked school came after the one that tells it. The other
# words of the register ("Closure", "Merged - ...") are told of both ends alike.
_TYPES = {
    "Successor": ("became", True),
    "Predecessor": ("became", False),
    "Successor - merged": ("merged into", True),
    "Predecessor - merged": ("merged into", False),
    "Successor - amalgamated": ("merged into", True),
    "Predecessor - amalgamated": ("merged into", False),
    "Successor - Split School": ("split into", True),
    "Predecessor - Split School": ("split into", False),
}
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Link:
    """One school that followed another; names and day "" and None where they are not told."""

    predecessor_urn: int
    predecessor_name: str
    successor_urn: int
    successor_name: str
    link: str
    linked_on: date | None

    def joined(self, other: "Link") -> "Link":
        """Return this link with what only the other end tells."""
        return replace(
            self,
            predecessor_name=self.predecessor_name or other.predecessor_name,
            successor_name=self.successor_name or other.successor_name,
            linked_on=self.linked_on or other.linked_on,
        )


@dataclass(frozen=True, slots=True)
class LinksFile:
    """What a file of links holds: each link once, and the refused lines."""

    links: tuple[Link, ...]
    problems: tuple[Problem, ...]


def read_links(
    path: Path, mapping: Mapping[str, str] | None = None, progress: Progress | None = None
) -> LinksFile:
    """Return the links of a register file; `mapping` is our field -> their heading.

    Raises:
        FileRefused: the file as a whole is at fault; nothing of it may be used.
        ImportStopped: the progress was stopped.
    """
    links: dict[tuple[int, int], Link] = {}
    problems: list[Problem] = []
    for line in read_lines(path, COLUMNS, mapping, progress):
        told = line if isinstance(line, Problem) else _link(line)
        if isinstance(told, Problem):
            problems.append(told)
            continue
        pair = (told.predecessor_urn, told.successor_urn)
        links[pair] = links[pair].joined(told) if pair in links else told
    return LinksFile(tuple(links.values()), tuple(problems))


def _link(line: Line) -> Link | Problem:
    urn, other, name, word, day = line.cells
    if not (_is_urn(urn) and _is_urn(other)):
        return Problem(line.number, f"“{urn[:20]}” and “{other[:20]}” must be URNs of six digits.")
    if urn == other:
        return Problem(line.number, f"it links {urn} with itself.")
    if word not in _TYPES:
        return Problem(line.number, f"“{word[:60]}” does not say which school followed which.")
    if len(name) > _LONGEST_NAME:
        return Problem(line.number, f"its LinkName is longer than {_LONGEST_NAME} letters.")
    try:
        linked_on = parse_day(day)
    except ValueError:
        return Problem(line.number, f"“{day[:20]}” is not a day such as 31-08-2014.")
    ours, is_after = _TYPES[word]
    if is_after:
        return Link(int(urn), "", int(other), name, ours, linked_on)
    return Link(int(other), name, int(urn), "", ours, linked_on)


def _is_urn(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in (6, 7) and int(text) >= 100_000
