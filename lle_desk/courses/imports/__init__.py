"""Lists of delegates that schools send: pasted, or in a spreadsheet."""

from lle_desk.courses.imports.matched import ListedLine, Listing, match_names
from lle_desk.courses.imports.name_lists import (
    MOST_LINES,
    ListedName,
    names_in,
    names_in_file,
)

__all__ = [
    "MOST_LINES",
    "ListedLine",
    "ListedName",
    "Listing",
    "match_names",
    "names_in",
    "names_in_file",
]
