"""Reports as tables for CSV files and spreadsheets: the heading first, and never a formula."""

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from sqlalchemy.orm import Session

from lle_desk.paper.lists import plain
from lle_desk.reports.queries import course_figures, footfall
from lle_desk.reports.rules import Behind, Kind, Report, ReportRow, in_file

Table = list[tuple[str | int, ...]]
NUMBERS = {
    Kind.COUNT: "#,##0",
    Kind.CHANGE: "+#,##0;\N{MINUS SIGN}#,##0;0",
    Kind.PERCENT: '0.0" %"',
    Kind.CHANGE_PERCENT: '+0.0" %";\N{MINUS SIGN}0.0" %";0.0" %"',
    Kind.HOURS: "#,##0.0",
    Kind.POINTS: "+0.0;\N{MINUS SIGN}0.0;0.0",
    Kind.MONEY: "£#,##0.00;\N{MINUS SIGN}£#,##0.00",
}


def footfall_table(session: Session, first: date, last: date) -> Table:
    """Return the footfall of Woodlands by category, the sums in the last row."""
    rows = footfall(session, first, last)
    total = ("total", sum(row.bookings for row in rows), sum(row.people for row in rows))
    counted: Table = [(str(row.group), row.bookings, row.people) for row in rows]
    return [("category", "bookings", "people"), *counted, total]


def courses_table(session: Session, first: date, last: date) -> Table:
    """Return bookings, attendance, events and consultancies of all services and of LPDS."""
    counted = course_figures(session, first, last)
    figures: Table = [(figure.row, figure.value) for figure in counted]
    return [("row", "value"), *figures]


REPORTS: dict[str, Callable[[Session, date, date], Table]] = {
    "footfall": footfall_table,
    "courses": courses_table,
}


def report_csv(report: Report) -> bytes:
    """Return a report's table as a CSV file that a spreadsheet program opens by itself."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(plain(words) for words in (report.heading, *_heads(report)))
    for row in _rows(report):
        writer.writerow([plain(row.label), *_values(report, row)])
    return file.getvalue().encode("utf-8-sig")


def report_xlsx(report: Report, behind: Behind | None = None) -> bytes:
    """Return a report as a workbook: the table, and on a second sheet what is behind it."""
    import xlsxwriter

    file = BytesIO()
    with xlsxwriter.Workbook(
        file,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    ) as book:
        _write_report(book, report)
        if behind is not None:
            _write_behind(book, behind)
    return file.getvalue()


def _heads(report: Report) -> list[str]:
    return [column.heading for column in report.columns]


def _rows(report: Report) -> list[ReportRow]:
    return [*report.rows, *([report.total] if report.total else [])]


def _values(report: Report, row: ReportRow) -> list[float | None]:
    pairs = zip(row.cells, report.columns, strict=True)
    return [in_file(cell, column.kind) for cell, column in pairs]


def _write_report(book: Any, report: Report) -> None:
    sheet = book.add_worksheet("Report")
    bold, quiet = book.add_format({"bold": True}), book.add_format({"font_color": "#556070"})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "align": "right"})
    sheet.write_string(0, 0, report.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, report.subtitle, quiet)
    sheet.write_string(3, 0, report.heading, book.add_format({"bold": True, "bottom": 1}))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(report.columns), 13)
    formats = [book.add_format({"num_format": NUMBERS[one.kind]}) for one in report.columns]
    strong = [
        book.add_format({"num_format": NUMBERS[one.kind], "bold": True, "top": 1})
        for one in report.columns
    ]
    for at, heading in enumerate(_heads(report)):
        sheet.write_string(3, at + 1, heading, head)
    line = 4
    for row in _rows(report):
        is_total = row is report.total
        sheet.write_string(line, 0, row.label, bold if is_total else None)
        for at, cell in enumerate(_values(report, row)):
            if cell is not None:
                sheet.write_number(line, at + 1, cell, (strong if is_total else formats)[at])
        line += 1
    for note in report.notes:
        line += 1
        sheet.write_string(line, 0, note, quiet)
    sheet.freeze_panes(4, 1)


def _write_behind(book: Any, behind: Behind) -> None:
    sheet = book.add_worksheet("Records behind")
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "ddd d mmm yyyy", "align": "left"})
    number = book.add_format({"num_format": NUMBERS[behind.kind]})
    where, who, group, amount = behind.heads
    heads = ("Day", "Time", "Number", "Title", where, who, group, "How", amount)
    for at, heading in enumerate(heads):
        sheet.write_string(0, at, heading, bold)
    for line, row in enumerate(behind.rows, 1):
        sheet.write_datetime(line, 0, row.day, day)
        texts = (row.time, row.number, row.title, row.where, row.who, row.group, row.how)
        for at, text in enumerate(texts, 1):
            sheet.write_string(line, at, text)
        sheet.write_number(line, len(heads) - 1, in_file(row.amount, behind.kind) or 0, number)
    sheet.set_column(0, 2, 15)
    sheet.set_column(3, 6, 28)
    sheet.freeze_panes(1, 0)
