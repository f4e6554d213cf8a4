"""A spreadsheet of bookings as an office keeps it: titles above, merged days, every manner."""

import csv
from datetime import date, datetime, time
from pathlib import Path

TITLES = ("Woodlands Centre: bookings for March", None, "as at 28 Feb")
HEADINGS = (
    "Date",
    "Venue",
    "Time",
    "Event Name",
    "Organisation",
    "Booked by",
    "No of people",
    "Type",
    "Remarks",
)
LINES: tuple[tuple[object, ...], ...] = (
    # a day merged down over two lines, three manners of time
    (
        datetime(2014, 3, 3),
        "Elm",
        "09:00-12:30",
        "Phonics",
        "Lostock Hall",
        "J Ash",
        12,
        "SC",
        None,
    ),
    (None, "Ash", "9.30am – 4pm", "Numeracy", "LCC", "J Ash", 24, "LCC meetings", "tea at 3"),
    ("4 Mar 2014", "Elm", "1-3pm", "Heads' forum", None, None, None, "External", None),
    ("05/03/2014", "elm", "1330 - 1500", "Governors", None, None, "30ish", "SC", None),
    (41704, "The Barn", "10-12", "Barn dance", None, None, 40, "External", None),
    ("7 Mar 2014", "Elm", "12:00-10:00am", "Backwards", None, None, 5, "SC", None),
    ("7 Mar 2014", "Elm", "10-12", "Visit", None, None, 5, "Outing", None),
    (None, None, None, None, None, None, None, None, "Total 7"),
)


def workbook(path: Path) -> Path:
    """Write it as XLSX: a title merged over the columns, empty lines, a day merged down."""
    from openpyxl import Workbook

    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Read me"
    cover["A1"] = "Please do not change the formulas"
    sheet = book.create_sheet("March")
    sheet.append([TITLES[0]])
    sheet.merge_cells("A1:I1")
    sheet.append([])
    sheet.append([TITLES[2]])
    sheet.append([])
    sheet.append(list(HEADINGS))
    for line in LINES:
        sheet.append(list(line))
    sheet.merge_cells("A6:A7")
    book.save(path)
    return path


def serials(path: Path) -> Path:
    """Write two bookings whose day and times are real Excel dates and times in own columns."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Date", "From", "To", "Room", "Title"])
    sheet.append([date(2014, 3, 3), time(9, 30), time(12, 0), "Elm", "As times"])
    sheet.append([41702, 0.395833, 0.5, "Elm", "As numbers"])
    book.save(path)
    return path


def text_file(path: Path, encoding: str = "utf-8") -> Path:
    """Write the same as CSV, where nothing can be merged."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([[TITLES[0]], [], [TITLES[2]], []])
        writer.writerow(HEADINGS)
        for line in LINES:
            writer.writerow(
                ["03/03/2014" if isinstance(told, datetime) else told or "" for told in line]
            )
    return path
