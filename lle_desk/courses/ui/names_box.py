"""A list of names that a school sent: pasted or from a file, looked at line by line, then taken."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions import Delegate
from lle_desk.courses.imports import ListedLine, Listing, match_names, names_in, names_in_file
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import BadgeText
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import LinesField
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

HINT = "One delegate a line: Given Family; job; e-mail. Or paste them from a spreadsheet."
BADGES = {
    "known": BadgeText("known", "fine"),
    "new": BadgeText("new", "accent"),
    "booked": BadgeText("booked", "warning"),
    "bad": BadgeText("not read", "refusal"),
}
ROW, HEAD = 40, 28
SHOWN = 6  # lines of the list in sight


class NamesBox(QFrame):
    """Lines of names, what each of them means, and a button that takes all that can be taken.

    What cannot be taken stays in the lines, so nothing is lost.

    Signals:
        taken: take these. object: a tuple of `ListedLine`, each with its delegate.
        left: it is not wanted any more.
    """

    taken = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._whose: Callable[[], tuple[int | None, int | None, frozenset[str]]] = _nobodys
        self._at_once = False
        self.listing = Listing(())
        self.lines = LinesField("List of names", rows=4, hint=HINT)
        self.words = label("", "quiet", wrap=True)
        self._model: RowTableModel[ListedLine] = RowTableModel(
            _columns(), key=lambda line: line.line
        )
        self.table = Table(self._model, row_height=ROW, name="What each line means")
        self.table.setFixedHeight(px(ROW * SHOWN + HEAD))
        self.file_button = Button("From a file …", "upload", on_click=self._choose)
        self.take_button = Button("Take them", "check", kind="primary", on_click=self.take)
        self.close_button = Button("Close the list", "x", kind="quiet", on_click=self.left.emit)
        self._lay_out()
        self.lines.changed.connect(self.look)
        self._show(Listing(()))

    def set_whose(self, whose: Callable[[], tuple[int | None, int | None, frozenset[str]]]) -> None:
        """Say whose people are looked for: the customer, the event, names there already."""
        self._whose = whose

    def read(self, text: str, *, at_once: bool = False) -> None:
        """Put these lines in; `at_once` takes what can be taken as soon as it is known."""
        self._at_once = at_once
        before = self.lines.value()
        self.lines.show_value(f"{before}\n{text}" if before else text)

    def read_file(self, path: Path) -> None:
        """Put the lines of a CSV file or a workbook in."""
        self._desk.work(self, self.read, names_in_file, path, on_refused=self._refused)

    def look(self) -> None:
        """Say anew what each line means."""
        try:
            listed = names_in(self.lines.value())
        except OfficerError as refusal:
            self._refused(refusal)
            return
        customer, event, there = self._whose()
        self._desk.load(self, self._show, match_names, listed, customer, event, there)

    def take(self) -> None:
        """Take all that can be taken; the other lines stay."""
        good, rest = self.listing.good, self.listing.left_of(self.lines.value())
        if good:
            self.taken.emit(good)
            self.lines.show_value(rest)
            if not rest:
                self.left.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(2), px(6), px(2), px(2))
        column.setSpacing(px(6))
        column.addWidget(self.lines)
        column.addWidget(self.words)
        column.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for button in (self.take_button, self.file_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)

    def _show(self, listing: Listing) -> None:
        self.listing = listing
        self._model.show_rows(listing.lines)
        self.table.setVisible(bool(listing.lines))
        count = len(listing.good)
        self.words.set(listing.words if listing.lines else "", "quiet")
        self.words.setVisible(bool(listing.lines))
        self.take_button.set_text(f"Take {count} name{'' if count == 1 else 's'}")
        self.take_button.setEnabled(bool(count))
        if self._at_once and listing.lines:
            self._at_once = False
            self.take()

    def _choose(self) -> None:
        kinds = "Spreadsheets (*.xlsx *.csv)"
        chosen, _kind = QFileDialog.getOpenFileName(self, "A list of delegates", "", kinds)
        if chosen:
            self.read_file(Path(chosen))

    def _refused(self, refusal: OfficerError) -> None:
        self._show(Listing(()))
        self.words.set(str(refusal), "refusal")
        self.words.show()


def names_of(lines: Sequence[ListedLine]) -> list[tuple[Delegate, str]]:
    """Return who was taken, each with the name that is shown."""
    return [(one.delegate, one.name) for one in lines if one.delegate is not None]


def _nobodys() -> tuple[int | None, int | None, frozenset[str]]:
    return None, None, frozenset()


def _columns() -> list[Column[ListedLine]]:
    return [
        Column("Line", lambda one: str(one.line), width=44, numeric=True, quiet=True),
        Column("Name", _name, width=0, strong=True, second=_why, tip=_why),
        Column("Job", lambda one: one.job_title, width=130, give_up=1),
        Column("", lambda one: "", width=78, badges=lambda one: [BADGES[one.state]]),
    ]


def _name(one: ListedLine) -> str:
    return one.name or one.text


def _why(one: ListedLine) -> str:
    return one.words if one.delegate is None else one.email
