"""Which of their columns is which of our fields, with samples and what they are read as."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from lle_desk.core import cells
from lle_desk.core.days import day_words
from lle_desk.core.matching import Headings, Match, Wanted, data_rows, samples
from lle_desk.core.sheets import Book, Sheet, SheetRow, Value
from lle_desk.qt.buttons import Button, LinkButton
from lle_desk.qt.fields import CheckBox, ChoiceBox
from lle_desk.qt.theme import px
from lle_desk.qt.words import Label, label, name, short_label
from lle_desk.rooms.imports.sheet_fields import FIELDS, missing_words
from lle_desk.rooms.imports.sheet_lines import OpenWord
from lle_desk.rooms.queries.choices import RoomChoice
from lle_desk.rooms.rules import Category
from lle_desk.rooms.ui.take_in_words import WordsGrid

NOT_THERE = "–"
SHOWN_LINES = 40
DAYS_WRITTEN = (("", "Day first: 31/12/2014"), ("yes", "Month first: 12/31/2014"))


class MatchPane(QWidget):
    """The officer's decisions about one file.

    Signals:
        sheet_chosen: int: another sheet of the workbook.
        line_chosen: int: another line is the heading, its place among the rows.
        changed: a column, an option or a word was decided; `match` has it.
        look_wanted: show what would happen.
    """

    sheet_chosen = Signal(int)
    line_chosen = Signal(int)
    changed = Signal()
    look_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.match = Match()
        self._headings = Headings(0, 1, ())
        self._sheet = Sheet("", ())
        self.boxes: dict[str, ChoiceBox] = {}
        self._samples: dict[str, Label] = {}
        self._read: dict[str, Label] = {}
        self.sheets = self._choice("Sheet", self._sheet_chosen)
        self.lines = self._choice("The headings are in line", self._line_chosen)
        self.note = label("", "quiet", wrap=True)
        self.missing = label("", "warning", wrap=True)
        self.words = WordsGrid()
        self.words.decided.connect(self._decided)
        self.to_words = LinkButton("", self._go_to_words)
        self.to_words.hide()
        self.days = self._choice("How days are written", self._option_chosen)
        self.days.addItems([words for _value, words in DAYS_WRITTEN])
        self.category = self._choice("Category of lines that name none", self._option_chosen)
        self.category.addItems([str(one) for one in Category])
        self.carries = CheckBox("A line without a day is on the day above it")
        self.carries.toggled.connect(self._option_chosen)
        self.look = Button(
            "Show what would happen",
            "eye",
            key="F9",
            kind="primary",
            on_click=self.look_wanted.emit,
        )
        self._lay_out()

    def show_file(self, book: Book, at: int, headings: Headings, match: Match, note: str) -> None:
        """Show a sheet with the match as it is remembered or guessed."""
        self._sheet, self._headings, self.match = book.sheets[at], headings, match
        self.note.set(note)
        self.sheets.clear()
        self.sheets.addItems([one.name for one in book.sheets])
        self.sheets.setCurrentIndex(at)
        self._sheet_line.setVisible(len(book.sheets) > 1)
        self.lines.clear()
        self.lines.addItems([_line_words(row) for row in self._sheet.rows[:SHOWN_LINES]])
        self.lines.setCurrentIndex(headings.at)
        for key, box in self.boxes.items():
            box.clear()
            box.addItems([NOT_THERE, *headings.names])
            box.setCurrentIndex(1 + headings.place(match.columns.get(key, "")))
        self._show_options()
        self._show_samples()

    def show_words(self, found: Sequence[OpenWord], choices: Sequence[RoomChoice]) -> None:
        """Show the words of the file that are none of ours."""
        self.words.show_words(found, choices)
        undecided = sum(one.ours is None for one in found)
        self.to_words.set_text(f"{undecided:,} word{'' if undecided == 1 else 's'} to match, below")
        self.to_words.setVisible(bool(undecided))

    def focus_first(self) -> None:
        """Go to the first column that is missing, else to the first."""
        empty = (box for box in self.boxes.values() if box.currentIndex() <= 0)
        first = next(empty, None) if self.missing.text() else None
        (first or self.look).setFocus(Qt.FocusReason.OtherFocusReason)

    # Deciding

    def _go_to_words(self) -> None:
        """Bring the words that are none of ours into sight, and go to the first."""
        first = next(iter(self.words.boxes.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(self.words)

    def _sheet_chosen(self, at: int) -> None:
        self.sheet_chosen.emit(at)

    def _line_chosen(self, at: int) -> None:
        self.line_chosen.emit(at)

    def _column_chosen(self, _at: int) -> None:
        for key, box in self.boxes.items():
            at = box.currentIndex()
            self.match = self.match.with_column(key, self._headings.names[at - 1] if at > 0 else "")
        self._show_samples()
        self.changed.emit()

    def _option_chosen(self, _value: object = None) -> None:
        told = {
            "month_first": DAYS_WRITTEN[max(0, self.days.currentIndex())][0],
            "carries_day": "yes" if self.carries.isChecked() else "",
            "category": self.category.currentText(),
        }
        if told != self.match.options:
            self.match = replace(self.match, options=told)
            self._show_samples()
            self.changed.emit()

    def _decided(self, key: str, theirs: str, ours: str) -> None:
        self.match = self.match.with_words(key, theirs, ours)
        self.changed.emit()

    # Showing

    def _show_options(self) -> None:
        told = self.match.options
        for widget in (self.days, self.carries, self.category):
            widget.blockSignals(True)
        self.days.setCurrentIndex(1 if told.get("month_first") == "yes" else 0)
        self.carries.setChecked(told.get("carries_day") == "yes")
        self.category.setCurrentText(told.get("category") or str(Category.EXTERNAL))
        for widget in (self.days, self.carries, self.category):
            widget.blockSignals(False)

    def _show_samples(self) -> None:
        rows = data_rows(self._sheet, self._headings)
        for one in FIELDS:
            place = self._headings.place(self.match.columns.get(one.key, ""))
            values = samples(rows, place) if place >= 0 else []
            self._samples[one.key].set(_joined([cells.shown(value) for value in values]))
            words, is_fine = self._read_as(one, values)
            self._read[one.key].set(words, "body" if is_fine else "refusal")
        self.missing.set(missing_words(self.match))
        self.missing.setVisible(bool(self.missing.text()))
        self.look.setEnabled(not self.missing.text())

    def _read_as(self, wanted: Wanted, values: Sequence[Value]) -> tuple[str, bool]:
        """Return what the samples are read as, and whether all of them can be."""
        month_first = self.match.options.get("month_first") == "yes"
        told: list[str] = []
        for value in values:
            try:
                if wanted.key in ("day", "end_day"):
                    told.append(day_words(cells.read_day(value, month_first=month_first)))
                else:
                    told.append(wanted.read(value))
            except ValueError as fault:
                return str(fault), False
        return _joined(told), True

    # Laying out

    def _choice(self, accessible: str, chosen: object) -> ChoiceBox:
        made = ChoiceBox()
        name(made, accessible)
        made.activated.connect(chosen)
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        parts = QVBoxLayout(inside)
        parts.setContentsMargins(px(14), px(10), px(14), px(10))
        parts.setSpacing(px(8))
        self._sheet_line = _named("Sheet", self.sheets)
        parts.addWidget(self._sheet_line)
        parts.addWidget(_named("The headings are in line", self.lines))
        parts.addWidget(self.note)
        parts.addLayout(self._grid())
        parts.addWidget(_named("Days are written", self.days))
        parts.addWidget(_named("Category of lines that name none", self.category))
        parts.addWidget(self.carries)
        parts.addWidget(self.words)
        parts.addStretch(1)
        scroll = self._scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(10), px(6), px(10), px(6))
        foot.addWidget(self.to_words)
        foot.addWidget(self.missing, 1)
        foot.addStretch(1)
        foot.addWidget(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addLayout(foot)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        for at, words in enumerate(("Ours", "Their column", "What stands there", "Read as")):
            grid.addWidget(label(words, "quiet"), 0, at)
        for line, one in enumerate(FIELDS, start=1):
            title = label(one.title, "strong")
            box = self.boxes[one.key] = self._choice(
                f"{one.title}: their column", self._column_chosen
            )
            box.setMinimumWidth(px(150))
            self._samples[one.key] = short_label("", "quiet")
            self._read[one.key] = short_label("", "body")
            named = QHBoxLayout()
            named.setSpacing(px(6))
            named.addWidget(title)
            named.addWidget(label(one.hint, "small"), 1)
            grid.addLayout(named, line, 0)
            grid.addWidget(box, line, 1)
            grid.addWidget(self._samples[one.key], line, 2)
            grid.addWidget(self._read[one.key], line, 3)
        for at, stretch in enumerate((0, 2, 3, 3)):
            grid.setColumnStretch(at, stretch)
        return grid


def _named(words: str, box: QWidget) -> QWidget:
    """Return a line of a box with its words before it."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(px(8))
    said = label(words, "quiet")
    said.setMinimumWidth(px(210))
    line.addWidget(said)
    box.setMinimumWidth(px(260))
    line.addWidget(box)
    line.addStretch(1)
    return holder


def _joined(told: Sequence[str]) -> str:
    return " · ".join(told)


def _line_words(row: SheetRow) -> str:
    told = [cells.shown(value) for value in row.cells if value is not None]
    return f"{row.number}: {_joined(told)[:80]}"
