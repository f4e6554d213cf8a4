"""Which column of a foreign spreadsheet is which of our fields: found, shown, and put right.

The heading line and a first match are guessed by names and then by values; the officer has the
last word. A `Match` is what is remembered for a set of headings.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from lle_desk.core import cells
from lle_desk.core.sheets import Sheet, SheetRow, Value
from lle_desk.core.words import folded

SEARCHED = 40  # lines in which the heading is looked for
LOOKED_AT = 60  # values of a column that tell what it is
ENOUGH = 0.8  # share of them that must read as the field
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of our fields: its words on the screen, headings that mean it, and how it is read.

    `names` are folded, the likeliest first. `read` returns the value in words, or raises
    ValueError; `by_value` lets a column be taken for this field by its values alone.
    """

    key: str
    title: str
    names: tuple[str, ...]
    read: Callable[[Value], str]
    hint: str = ""
    by_value: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """What was decided about a file with these headings.

    `columns`: our field -> their heading. `words`: our field -> their words, folded -> ours, ""
    to leave such lines out. `options`: everything else that was chosen.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    def with_column(self, key: str, heading: str) -> "Match":
        """Return the match with one more column, or without it when the heading is ""."""
        rest = {one: name for one, name in self.columns.items() if one != key}
        return replace(self, columns=rest | ({key: heading} if heading else {}))

    def with_words(self, key: str, theirs: str, ours: str) -> "Match":
        """Return the match that knows what their words mean."""
        known = dict(self.words.get(key, {})) | {folded(theirs): ours}
        return replace(self, words=dict(self.words) | {key: known})

    def with_option(self, name: str) -> "Match":
        """Return the match with one thing chosen."""
        return replace(self, options=dict(self.options) | {name: "yes"})

    def json(self) -> str:
        """Return it as it is stored."""
        told = {"columns": self.columns, "words": self.words, "options": self.options}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)


def match_of(stored: str) -> Match:
    """Return a match as it was stored; the other way round than `Match.json`."""
    told = json.loads(stored)
    return Match(told["columns"], told["words"], told["options"])


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading line of a sheet: its place among the rows, and a name for each column.

    Names differ from one another: a second "Room" is "Room (2)", one without words "Column C".
    """

    at: int
    line: int
    names: tuple[str, ...]

    def place(self, name: str) -> int:
        """Return the column called so, counted from 0; -1 when there is none."""
        return self.names.index(name) if name in self.names else -1

    @property
    def key(self) -> str:
        """Return what is the same for every file with these headings."""
        told = json.dumps([folded(name) for name in self.names], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()


def find_headings(sheet: Sheet, wanted: Sequence[Wanted]) -> Headings:
    """Return the likeliest heading line: below titles, the line with most of our names."""
    known = {name for one in wanted for name in one.names}
    top = sheet.rows[:SEARCHED]
    scores = [_score(row, known) for row in top]
    best = max(range(len(top)), key=lambda at: (scores[at], -at), default=0)
    return headings_at(sheet, best)


def headings_at(sheet: Sheet, at: int) -> Headings:
    """Return the headings when the row in this place is the heading line."""
    row = sheet.rows[at]
    below = sheet.rows[at + 1 : at + 1 + LOOKED_AT]
    width = max((len(one.cells) for one in (row, *below)), default=0)
    names: list[str] = []
    for column in range(width):
        told = cells.shown(row.cell(column))[:120] or f"Column {_letters(column)}"
        count = sum(name == told or name.startswith(f"{told} (") for name in names)
        names.append(f"{told} ({count + 1})" if count else told)
    return Headings(at, row.number, tuple(names))


def data_rows(sheet: Sheet, headings: Headings) -> Sequence[SheetRow]:
    """Return the lines below the heading, without those that say the heading again."""
    said = sheet.rows[headings.at].cells
    return [row for row in sheet.rows[headings.at + 1 :] if row.cells != said]


def guess_match(sheet: Sheet, headings: Headings, wanted: Sequence[Wanted]) -> Match:
    """Return the likeliest columns, by their names first and then by their values."""
    rows = data_rows(sheet, headings)[:LOOKED_AT]
    ranked = sorted(
        (
            (score, -place, one.key, name)
            for one in wanted
            for place, name in enumerate(headings.names)
            if (score := _likeness(name, one))
        ),
        reverse=True,
    )
    columns: dict[str, str] = {}
    for *_rank, key, name in ranked:
        if key not in columns and name not in columns.values():
            columns[key] = name
    for one in wanted:
        if one.by_value and one.key not in columns:
            free = [name for name in headings.names if name not in columns.values()]
            found = next((n for n in free if _reads(rows, headings.place(n), one)), "")
            if found:
                columns[one.key] = found
    return Match(columns)


def still_fits(match: Match, headings: Headings) -> Match:
    """Return a remembered match without columns that this file does not have."""
    kept = {key: name for key, name in match.columns.items() if name in headings.names}
    return replace(match, columns=kept)


def samples(rows: Sequence[SheetRow], column: int, most: int = SAMPLES) -> list[Value]:
    """Return the first values of a column that differ."""
    found: list[Value] = []
    for row in rows:
        value = row.cell(column)
        if value is not None and value not in found:
            found.append(value)
            if len(found) == most:
                break
    return found


def months_stand_first(rows: Iterable[SheetRow], column: int) -> bool:
    """Return whether the days of a column are written month/day, as some of them show."""
    told = [cells.month_stands_first(row.cell(column)) for row in rows]
    return True in told and False not in told


def _score(row: SheetRow, known: set[str]) -> int:
    """Return how much a line looks like headings: our names, and words rather than values."""
    texts = {folded(value) for value in row.cells if isinstance(value, str)} - {""}
    others = sum(isinstance(value, (int, float, date, time)) for value in row.cells)
    if len(texts) < 2:
        return 0
    named = sum(text in known for text in texts)
    like = sum(any(f" {name} " in f" {text} " for name in known) for text in texts) - named
    return 10 * named + 4 * like + len(texts) - 5 * others


def _likeness(name: str, wanted: Wanted) -> int:
    """Return how well a heading names a field, 0 for not at all."""
    told = folded(name)
    if told in wanted.names:
        return 1000 - wanted.names.index(told)
    padded = f" {told} "
    inside = [len(one) for one in wanted.names if len(one) > 3 and f" {one} " in padded]
    return 100 + max(inside) if inside else 0


def _reads(rows: Sequence[SheetRow], column: int, wanted: Wanted) -> bool:
    values = [value for row in rows if (value := row.cell(column)) is not None]
    good = 0
    for value in values:
        try:
            wanted.read(value)
        except ValueError:
            continue
        good += 1
    return bool(values) and good >= ENOUGH * len(values)


def _letters(column: int) -> str:
    """Return "A" for 0 and "AA" for 26."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)
