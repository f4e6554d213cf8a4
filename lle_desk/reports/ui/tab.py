"""The Reports tab: a table and its chart side by side, and below them what is behind a figure."""

from collections.abc import Callable, Hashable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from lle_desk.core.errors import OfficerError
from lle_desk.qt.bar_chart import Bar, BarChart, BarsLook
from lle_desk.qt.desk import Desk
from lle_desk.qt.keys import KeyLine
from lle_desk.qt.paper_pane import PaperPane
from lle_desk.qt.stale import Refresher
from lle_desk.qt.tab import Tab
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.reports.queries import behind_figure, report_of
from lle_desk.reports.rules import (
    Ask,
    Behind,
    Figure,
    Report,
    ReportRow,
    Year,
    figure_words,
    in_file,
)
from lle_desk.reports.rules.choices import REPORTS
from lle_desk.reports.ui.behind_list import BehindList
from lle_desk.reports.ui.figures import FigureTable
from lle_desk.reports.ui.reports_bar import ReportsBar

TABLES = frozenset(table for one in REPORTS for table in one.tables)


class ReportsTab(Tab):
    """Figures computed from the records, this year against last, each with its records.

    Signals:
        record_asked: open what another tab owns. str: its table, int: its number.
    """

    record_asked = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._figure: Figure | None = None
        self.bar = ReportsBar(desk.settings, date.today())  # noqa: DTZ011  (the office's day)
        self.figures = FigureTable()
        self.chart = BarChart("Chart of the report")
        self.behind = BehindList()
        self.paper = PaperPane("Back to the figures", "Report on paper")
        self._title, self._subtitle = label("", "title"), label("", "quiet")
        self._notes = label("", "small", wrap=True)
        self.lay_out(self.bar, self._work())
        self._connect()
        self._refresher = Refresher(self, desk, TABLES, self.reload)

    # What the window asks of a tab

    def refresh(self) -> None:
        """Read everything again."""
        self._refresher.look_again()

    def keys(self) -> list[KeyLine]:
        """Return the keys of this tab for the sheet of keys."""
        return [
            KeyLine("Arrows", "Go over the figures; the list below is what is behind each"),
            KeyLine("Enter", "Go to the records behind the figure; there, open one"),
            KeyLine("Esc", "Back to the figures"),
            KeyLine("Alt+Left, Alt+Right", "The year before or after"),
            KeyLine("T", "This year"),
            KeyLine("Ctrl+S", "Save as a workbook or as CSV"),
            KeyLine("Ctrl+P", "On paper"),
        ]

    def tour_stops(self) -> list[tuple[str, Callable[[], None]]]:
        """Return what the tour takes pictures of."""
        return [
            ("", self._tour_footfall),
            ("-occupancy", self._tour_occupancy),
            ("-courses", self._tour_courses),
        ]

    def show_report(self, what: str, by: str, year: Year | None = None) -> None:
        """Show a report, of the year that is shown unless another is named."""
        self._close_paper()
        self.bar.choose(Ask(what, by, year or self.bar.years.year))

    def _tour_footfall(self) -> None:
        self.show_report("footfall", "category")

    def _tour_occupancy(self) -> None:
        self.show_report("occupancy", "room")

    def _tour_courses(self) -> None:
        self.show_report("courses", "service")

    # Reading

    def reload(self) -> None:
        """Read the report that is chosen."""
        self._desk.load(self, self._show_report, report_of, self.bar.ask)

    def _show_report(self, report: Report) -> None:
        if report.ask != self.bar.ask:
            return  # the officer has gone on; the next answer is under way
        self._title.set(report.title)
        self._subtitle.set(report.subtitle)
        self._notes.set(" ".join(report.notes))
        self.chart.show_bars(bars_of(report), look_of(report))
        self.chart.setAccessibleName(f"Chart: {report.chart.title}")
        self.figures.show_report(report)

    def _figure_chosen(self, figure: Figure, words: str) -> None:
        self._figure = figure
        self.behind.say(words)
        self.chart.choose(figure.key)
        self._desk.load(self, self._show_behind, behind_figure, figure)

    def _show_behind(self, behind: Behind) -> None:
        self.behind.show_behind(behind)

    def _bar_clicked(self, key: Hashable) -> None:
        self.figures.choose_group(key)

    def _to_figures(self) -> None:
        if self.figures.table is not None:
            self.figures.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # On paper and in files

    def _print(self) -> None:
        report = self.figures.report
        if report is not None:
            from lle_desk.reports.documents import report_pdf

            now = datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005
            self._desk.work(self, self._show_paper, report_pdf, report, now)

    def _show_paper(self, data: bytes) -> None:
        self._stack.setCurrentWidget(self.paper)
        self.paper.show_paper(self._title.text(), data)

    def _close_paper(self) -> None:
        if self._stack.currentWidget() is self.paper:
            self._stack.setCurrentIndex(0)
            self._to_figures()

    def _save_csv(self) -> None:
        self._save("csv", "CSV (*.csv)")

    def _save_xlsx(self) -> None:
        self._save("xlsx", "Workbook (*.xlsx)")

    def _save(self, ending: str, kind: str) -> None:
        report = self.figures.report
        if report is None:
            return
        wanted = f"{report.title.replace('/', '-')} by {report.heading.lower()}.{ending}"
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save the report", wanted, kind)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the report that is shown to a file, as the file's ending says."""
        report = self.figures.report
        if report is not None:
            self._desk.finish(self, self._saved, write_report, report, self.behind.shown, path)

    def _saved(self, path: Path) -> None:
        self._desk.say(f"Saved: {path}.")

    # Laying out

    def _work(self) -> QWidget:
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        work = QWidget()
        work.setProperty("ground", "surface")
        work.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack.addWidget(work)
        self._stack.addWidget(self.paper)
        self.beside = QSplitter(Qt.Orientation.Horizontal)
        self.halves = QSplitter(Qt.Orientation.Vertical)
        for splitter, parts in (
            (self.beside, (self.figures, self.chart)),
            (self.halves, (self.beside, self.behind)),
        ):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
            for part in parts:
                splitter.addWidget(part)
        self.beside.setSizes([px(800), px(480)])
        self.beside.setStretchFactor(0, 3)
        self.beside.setStretchFactor(1, 2)
        self.halves.setSizes([px(360), px(300)])
        self._notes.setContentsMargins(px(12), px(4), px(12), px(6))
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.halves, 1)
        column.addWidget(self._notes)
        holder.setFocusProxy(self.figures)
        return holder

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(px(12), px(8), px(12), px(6))
        head.setSpacing(px(12))
        head.addWidget(self._title)
        head.addWidget(self._subtitle)
        head.addStretch(1)
        head.addWidget(self.bar.kinds)
        return head

    def _connect(self) -> None:
        self.bar.changed.connect(self._other_report)
        self.bar.csv_wanted.connect(self._save_csv)
        self.bar.xlsx_wanted.connect(self._save_xlsx)
        self.bar.print_wanted.connect(self._print)
        self.figures.figure_chosen.connect(self._figure_chosen)
        self.figures.figure_opened.connect(self.behind.go_in)
        self.chart.bar_clicked.connect(self._bar_clicked)
        self.behind.opened.connect(self.record_asked)
        self.behind.left.connect(self._to_figures)
        self.paper.closed.connect(self._close_paper)

    def _other_report(self) -> None:
        self._close_paper()
        self.reload()


def bars_of(report: Report) -> list[Bar]:
    """Return the bars of a report, one for each row."""
    chart = report.chart
    return [_bar(report, row, chart.before) for row in report.rows[: chart.most or None]]


def _bar(report: Report, row: ReportRow, before: int | None) -> Bar:
    kind = report.columns[report.chart.parts[0].column].kind
    said = figure_words(sum(row.cells[part.column] or 0 for part in report.chart.parts), kind)
    parts = tuple(in_file(row.cells[part.column], kind) or 0 for part in report.chart.parts)
    then = None if before is None else in_file(row.cells[before], kind) or 0
    return Bar(row.key, row.label, parts, then, said, row.code)


def look_of(report: Report) -> BarsLook:
    """Return what the parts of the bars are called."""
    chart = report.chart
    used = tuple((part.words, part.look) for part in chart.parts)
    before = report.ask.year.before.words if report.ask.by != "year" else "the year before"
    return BarsLook(used, before if chart.before is not None else "", chart.suffix, chart.upright)


def write_report(report: Report, behind: Behind | None, path: Path) -> Path:
    """Write a report to a file and return its place.

    Raises:
        OfficerError: the file cannot be written.
    """
    from lle_desk.reports.exports import report_csv, report_xlsx

    is_csv = path.suffix.lower() == ".csv"
    data = report_csv(report) if is_csv else report_xlsx(report, behind)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OfficerError(f"{path} cannot be written: {error.strerror}.") from error
    return path
