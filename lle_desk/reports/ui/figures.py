"""The table of a report. Every figure in it can be looked behind: Enter, a click, the arrows."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedLayout, QWidget

from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.reports.rules import Figure, Kind, Report, ReportColumn, ReportRow, figure_words

TOTAL = "\N{GREEK CAPITAL LETTER SIGMA}"


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the table."""

    row: ReportRow
    is_total: bool

    @property
    def key(self) -> Hashable:
        return (TOTAL,) if self.is_total else ("row", self.row.key)


class FigureTable(QWidget):
    """Shows one report after the other, each with its own columns.

    Signals:
        figure_chosen: another figure has the keyboard. object: the Figure, str: its words.
        figure_opened: the keyboard is to go to what is behind the figure.
    """

    figure_chosen = Signal(object, str)
    figure_opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stack = QStackedLayout(self)
        self._report: Report | None = None
        self._chosen: tuple[Hashable, int] = ((TOTAL,), 0)
        self.table: Table | None = None
        self._model: RowTableModel[Shown] | None = None

    @property
    def report(self) -> Report | None:
        """What is shown."""
        return self._report

    @property
    def rows(self) -> Sequence[Shown]:
        """The lines as shown."""
        return self._model.rows if self._model is not None else ()

    def show_report(self, report: Report) -> None:
        """Show a report; the figure that was chosen stays when there still is one."""
        before = self._report
        self._report = report
        rows = [Shown(row, False) for row in report.rows]
        if report.total is not None:
            rows.append(Shown(report.total, True))
        had_keyboard = self.hasFocus() or (self.table is not None and self.table.hasFocus())
        if before is None or (before.heading, before.columns) != (report.heading, report.columns):
            self._make_table(report)
        assert self._model is not None
        assert self.table is not None
        self._model.show_rows(rows)
        if had_keyboard:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        is_other = before is None or (before.ask.what, before.ask.by) != (
            report.ask.what,
            report.ask.by,
        )
        if is_other:
            self._chosen = (rows[-1].key if rows else (TOTAL,), 0)
        key, column = self._chosen
        if self._model.row_of(key) < 0 and rows:
            key = rows[-1].key
        self.choose(key, column)
        if is_other:
            self.table.scrollToTop()  # the whole year is chosen, and the first group is seen

    def choose(self, key: Hashable, column: int = 0) -> None:
        """Choose the figure of a line; column 0 is its name."""
        if self.table is None or self._model is None:
            return
        line = self._model.row_of(key)
        if line >= 0:
            index = self._model.index(line, column)
            moved = index != self.table.currentIndex()
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)
            if not moved:
                self._on_current(index, index)

    def choose_group(self, group: Hashable) -> None:
        """Choose the line of a group, as a click on its bar does."""
        self.choose(("row", group))

    # Within

    def _make_table(self, report: Report) -> None:
        columns = [self._name_column(report)]
        columns += [self._column(at, one) for at, one in enumerate(report.columns)]
        self._model = RowTableModel(columns, key=lambda shown: shown.key, ground=_ground)
        old, self.table = self.table, Table(self._model, name=f"{report.title}, by group")
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.row_opened.connect(self._on_opened)
        self._stack.addWidget(self.table)
        is_first = old is None and not isinstance(QApplication.focusWidget(), QLineEdit)
        takes_keys = old.hasFocus() if old is not None else is_first and self.isVisible()
        self._stack.setCurrentWidget(self.table)
        self.setFocusProxy(self.table)
        if takes_keys:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def _name_column(self, report: Report) -> Column[Shown]:
        return Column(
            report.heading,
            lambda shown: shown.row.label,
            width=0,
            strong=lambda shown: shown.is_total,
            square=(lambda shown: shown.row.code) if report.ask.by == "category" else None,
        )

    def _column(self, at: int, column: ReportColumn) -> Column[Shown]:
        heading = column.short or column.heading
        return Column(
            heading,
            lambda shown: figure_words(shown.row.cells[at], column.kind),
            width=max(112 if column.kind is Kind.MONEY else 76, 24 + 8 * len(heading)),
            numeric=True,
            strong=lambda shown: column.strong or shown.is_total,
            quiet=column.last_year,
            colour=lambda shown: self._colour(shown, at + 1, column),
            tip=(lambda _shown: column.tip) if column.tip else None,
            link=column.opens,
            give_up=column.give_up,
        )

    def _colour(self, shown: Shown, at: int, column: ReportColumn) -> str:
        if (shown.key, at) == self._chosen and column.opens:
            return "accent"
        return "quiet" if column.last_year or not column.opens else "words"

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        report = self._report
        if report is None or self._model is None or not index.isValid():
            return
        shown = self._model.row_at(index)
        self._chosen = (shown.key, index.column())
        assert self.table is not None
        self.table.viewport().update()
        column = report.columns[index.column() - 1] if index.column() else None
        key = None if shown.is_total else shown.row.key
        if column is None or not column.opens:
            first = next(one for one in report.columns if one.strong)
            self.figure_chosen.emit(Figure(report.ask, key), self._words(shown, first))
        else:
            figure = Figure(report.ask, key, column.last_year, column.part)
            self.figure_chosen.emit(figure, self._words(shown, column))

    def _words(self, shown: Shown, column: ReportColumn) -> str:
        assert self._report is not None
        at = self._report.columns.index(column)
        said = figure_words(shown.row.cells[at], column.kind)
        year = self._report.ask.year.before if column.last_year else self._report.ask.year
        when = "" if any(letter.isdigit() for letter in column.heading) else f" {year.words}"
        return f"{shown.row.label}: {column.heading}{when}, {said}"

    def _on_opened(self, _row: object) -> None:
        self.figure_opened.emit()


def _ground(shown: Shown) -> str | None:
    return "head" if shown.is_total else None
