"""A spreadsheet of bookings taken in whole: what is known of its headings, and the saving."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.core.imports import FileRefused, Progress, present_columns
from lle_desk.core.matching import (
    Headings,
    Match,
    data_rows,
    find_headings,
    guess_match,
    months_stand_first,
)
from lle_desk.core.remembered import RememberMatch, remember_match, remembered_match
from lle_desk.core.sheets import Book, Sheet, read_book
from lle_desk.rooms.imports.booking_lines import COLUMNS, BookingsFile
from lle_desk.rooms.imports.outcome import BookingsOutcome
from lle_desk.rooms.imports.save_bookings import save_room_bookings
from lle_desk.rooms.imports.sheet_fields import FIELDS, KIND, missing_words
from lle_desk.rooms.imports.sheet_lines import BookingSheet, read_booking_sheet
from lle_desk.rooms.queries import sites
from lle_desk.rooms.queries.choices import RoomChoice, room_choices

EMPTY_DAYS = 0.3  # share of lines without a day from which the day above is meant


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """What the database knows about headings: the match the last time, and the rooms."""

    remembered: Match | None
    choices: tuple[RoomChoice, ...]


@dataclass(frozen=True, slots=True)
class TakeInBookings:
    """The bookings of a file, and what was decided about its columns, to be kept for the next."""

    file: BookingsFile
    remember: RememberMatch | None = None


def match_facts(session: Session, headings: Headings) -> MatchFacts:
    """Return what is known of these headings, and all rooms."""
    return MatchFacts(remembered_match(session, KIND, headings), room_choices(session))


def take_in_bookings(
    session: Session, ask: TakeInBookings, progress: Progress | None = None
) -> BookingsOutcome:
    """Put the bookings of a file into the diary and remember its match, all or nothing.

    Raises:
        ImportStopped: the progress was stopped; nothing is kept.
        OfficerError: what was matched is too long to be remembered.
    """
    outcome = save_room_bookings(session, ask.file, progress)
    if ask.remember is not None:
        remember_match(session, ask.remember)
    return outcome


def likeliest_sheet(book: Book) -> int:
    """Return the place of the sheet that looks most like bookings."""
    return max(range(len(book.sheets)), key=lambda at: _promise(book.sheets[at]))


def first_match(sheet: Sheet, headings: Headings) -> Match:
    """Return the guessed match with what the values show: month first, the day above meant."""
    match = guess_match(sheet, headings, FIELDS)
    rows = data_rows(sheet, headings)
    for key in ("day", "start"):
        place = headings.place(match.columns.get(key, ""))
        if place >= 0 and months_stand_first(rows, place):
            match = match.with_option("month_first")
    day = headings.place(match.columns.get("day", ""))
    if day >= 0 and rows:
        empty = sum(row.cell(day) is None for row in rows)
        if empty >= EMPTY_DAYS * len(rows):
            match = match.with_option("carries_day")
    return match


def is_our_own(path: Path, mapping: Mapping[str, str] | None) -> bool:
    """Return whether a file is a CSV file whose first line has our columns, or those mapped."""
    try:
        present_columns(path, COLUMNS, mapping)
    except FileRefused:
        return False
    return True


def booking_sheet(path: Path, mapping: Mapping[str, str] | None) -> tuple[Sheet, Headings, Match]:
    """Return the sheet of a file that has bookings, with the match that its names suggest.

    Raises:
        FileRefused: it cannot be read, or the mapping names headings that it does not have.
    """
    book = read_book(path)
    sheet = book.sheets[likeliest_sheet(book)]
    headings = find_headings(sheet, FIELDS)
    match = first_match(sheet, headings)
    known = {one.key for one in FIELDS}
    for key, name in (mapping or {}).items():
        if key not in known:
            listed = ", ".join(sorted(known))
            raise FileRefused(f"The map names {key}, which is unknown. Known: {listed}.")
        if name not in headings.names:
            listed = ", ".join(headings.names)
            raise FileRefused(
                f"{path.name} has no column {name} in line {headings.line}. It has: {listed}."
            )
        match = match.with_column(key, name)
    return sheet, headings, match


def read_with_facts(
    session: Session, sheet: Sheet, headings: Headings, match: Match, is_mapped: bool
) -> BookingsFile:
    """Return the bookings of a sheet by the match remembered, else by the one suggested.

    Raises:
        OfficerError: a column is missing that has to be matched first.
    """
    facts = match_facts(session, headings)
    if facts.remembered is not None:
        columns = match.columns if is_mapped else facts.remembered.columns
        match = replace(facts.remembered, columns=columns)
    missing = missing_words(match)
    if missing:
        raise OfficerError(
            f"{missing} The headings in line {headings.line} are: {', '.join(headings.names)}."
            " Match them once in the Rooms tab (Lists, Take in a spreadsheet), or with --map."
        )
    first = next(iter(sites(session)), None)
    asked = BookingSheet(sheet, headings, match, facts.choices, first.id if first else None)
    return read_booking_sheet(asked)


def _promise(sheet: Sheet) -> tuple[int, int]:
    """Return how much a sheet looks like bookings: matched fields, then lines."""
    match = guess_match(sheet, find_headings(sheet, FIELDS), FIELDS)
    needed = not missing_words(match)
    return needed * 100 + len(match.columns), len(sheet.rows)
