"""The bar of the Reports tab: which report, by what, of which year, and the ways out."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.choices import Segments
from lle_desk.qt.settings import Settings
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.reports.rules import Ask, Year, YearKind, year_of
from lle_desk.reports.rules.choices import REPORTS


class YearStepper(QWidget):
    """A year with steps back and on: Alt+Left, Alt+Right, T for this year.

    Signals:
        changed: another year was chosen.
    """

    changed = Signal()

    def __init__(self, year: Year) -> None:
        super().__init__()
        self.year = year
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        self._words = label("", "strong")
        row.addWidget(
            Button("Year before", "chevron-left", key="Alt+Left", kind="icon", on_click=self._back)
        )
        row.addWidget(self._words)
        row.addWidget(
            Button("Year after", "chevron-right", key="Alt+Right", kind="icon", on_click=self._on)
        )
        row.addWidget(Button("This year", key="T", on_click=self._today))
        self._say()

    def set_year(self, year: Year) -> None:
        """Go to another year."""
        if year != self.year:
            self.year = year
            self._say()
            self.changed.emit()

    def _say(self) -> None:
        self._words.set(self.year.words)
        self._words.setAccessibleName(f"Shown: {self.year.words}, the {self.year.span_words}")

    def _back(self) -> None:
        self.set_year(self.year.before)

    def _on(self) -> None:
        self.set_year(self.year.after)

    def _today(self) -> None:
        self.set_year(year_of(self.year.kind, date.today()))  # noqa: DTZ011


class ReportsBar(Bar):
    """Chooses the report. What is chosen is remembered for the officer, but for the year.

    `kinds` is not in the row, which would take two lines with it: the tab has it below.

    Signals:
        changed: another report, grouping or year.
        csv_wanted, xlsx_wanted, print_wanted: the ways out.
    """

    changed = Signal()
    csv_wanted = Signal()
    xlsx_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, settings: Settings, today: date) -> None:
        super().__init__()
        self._settings = settings
        kept = settings.text("reports/what", REPORTS[0].key)
        what = kept if kept in {one.key for one in REPORTS} else REPORTS[0].key
        kind = settings.text("reports/year", YearKind.FINANCIAL)
        kind = kind if kind in set(YearKind) else YearKind.FINANCIAL
        self.what = self.segments(
            [(one.key, one.words) for one in REPORTS], what, accessible="Report"
        )
        self.what.chosen.connect(self._what_chosen)
        self.gap()
        self.words("by")
        self.groupings: dict[str, Segments] = {}
        for one in REPORTS:
            kept = settings.text(f"reports/by/{one.key}", one.groupings[0][0])
            by = kept if kept in dict(one.groupings) else one.groupings[0][0]
            made = self.segments(one.groupings, by, accessible=f"{one.words} by")
            made.chosen.connect(self._by_chosen)
            made.setVisible(one.key == what)
            self.groupings[one.key] = made
        self.gap()
        self.years = YearStepper(year_of(YearKind(kind), today))
        self.years.changed.connect(self.changed)
        self.add(self.years)
        self.kinds = Segments(
            [(YearKind.FINANCIAL, "Financial"), (YearKind.ACADEMIC, "Academic")],
            kind,
            accessible="Which year",
        )
        self.kinds.chosen.connect(self._kind_chosen)
        self.stretch()
        self.exporting = MenuButton(
            "Save as",
            "download",
            [
                ("A workbook with the records behind (XLSX)", "table", self.xlsx_wanted.emit),
                ("The table alone (CSV)", "file-text", self.csv_wanted.emit),
            ],
            kind="quiet",
            key="Ctrl+S",
        )
        self.add(self.exporting)
        self.button("Print", "printer", key="Ctrl+P", kind="quiet", on_click=self.print_wanted.emit)

    @property
    def ask(self) -> Ask:
        """What is chosen."""
        what = self.what.choice
        return Ask(what, self.groupings[what].choice, self.years.year)

    def choose(self, ask: Ask) -> None:
        """Choose another report, as if it were pressed."""
        self.what.choose(ask.what)
        self.groupings[ask.what].choose(ask.by)
        self.kinds.choose(ask.year.kind)
        self.years.year = ask.year
        self.years._say()
        self._what_chosen(ask.what)

    def _what_chosen(self, what: str) -> None:
        self._settings.set_text("reports/what", what)
        for key, made in self.groupings.items():
            made.setVisible(key == what)
        self._place()
        self.changed.emit()

    def _by_chosen(self, by: str) -> None:
        self._settings.set_text(f"reports/by/{self.what.choice}", by)
        self.changed.emit()

    def _kind_chosen(self, kind: str) -> None:
        self._settings.set_text("reports/year", kind)
        year = self.years.year
        self.years.set_year(Year(YearKind(kind), year.start))
