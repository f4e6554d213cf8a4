"""The report of a year rolled forward, as a list."""

from collections.abc import Sequence

from lle_desk.paper.lists import ListColumns, ListPaper

COLUMNS = ListColumns(
    name="Roll forward",
    foot="What would be made, line by line, before anything is.",
    heads=(
        "Event",
        "Title",
        "Service",
        "This year",
        "Next year",
        "Room",
        "Trainers",
        "What stands in the way",
        "To do",
    ),
    shares=(9, 20, 7, 13, 13, 13, 13, 30, 13),
)


def roll_paper(heading: str, note: str, lines: Sequence[Sequence[str]]) -> ListPaper:
    """Return what the screen shows: its heading and a line of words for each event."""
    return ListPaper(COLUMNS, heading, note, lines)
