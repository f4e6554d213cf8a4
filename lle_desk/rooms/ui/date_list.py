"""The dates of a repeating booking, one by one, with what can be chosen for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.core.days import short_day
from lle_desk.qt.buttons import Button
from lle_desk.qt.flow import Flow
from lle_desk.qt.form import ChoiceField
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.rules.places import DateChoice, DateRow, PlaceVerdict

NOT_WANTED = "not wanted on this date"
AS_ASKED = DateChoice(on=date.min)  # nothing was chosen: as the rule says
ROW = 40
Key = tuple[date, int]


@dataclass(frozen=True, slots=True)
class _Line:
    row: DateRow
    words: str
    icon: str

    @property
    def key(self) -> Key:
        return (self.row.on, self.row.line)


class DateList(QWidget):
    """Date by date: it fits, it is left out, or who has the room; and the choice for each.

    Signals:
        chosen: the officer decided something for a date.
    """

    chosen = Signal()

    def __init__(self, *, is_change: bool) -> None:
        super().__init__()
        self._is_change = is_change  # of bookings that are there: what is left out stays
        self._rows: Sequence[DateRow] = ()
        self._choices: dict[Key, DateChoice] = {}
        self._problems: dict[Key, PlaceVerdict] = {}
        self._names: Mapping[int, str] = {}
        self.summary = label("", "small", wrap=True)
        self.model: RowTableModel[_Line] = RowTableModel(
            COLUMNS, key=lambda line: line.key, parent=self
        )
        self.table = Table(self.model, row_height=ROW, name="Dates")
        self.table.setFixedHeight(px(ROW * 5 + 38))
        self.table.row_chosen.connect(self._show_options)
        self.problem = label("", "refusal", wrap=True)
        self.what: ChoiceField[DateChoice] = ChoiceField(
            "On this date", [(AS_ASKED, "")], key="dates"
        )
        self.what.changed.connect(self._take)
        self.best = Button("Best other room on each", kind="link", on_click=self.take_best)
        words = "Leave the others as they are" if is_change else "Leave out the others"
        self.leave = Button(words, kind="link", on_click=self.leave_others)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        for widget in (
            self.summary,
            self.table,
            self.problem,
            self.what,
            Flow([self.best, self.leave]),
        ):
            column.addWidget(widget)
        self.hide()

    @property
    def choices(self) -> tuple[DateChoice, ...]:
        """What was decided, earliest date first."""
        return tuple(self._choices[key] for key in sorted(self._choices))

    @property
    def open_dates(self) -> list[date]:
        """The dates for which something must still be chosen."""
        return [row.on for row in self._rows if self._is_open(row)]

    def texts(self) -> list[str]:
        """Return what the list says, one text a date."""
        return [f"{short_day(line.row.on)}: {line.words}" for line in self.model.rows]

    def show_rows(self, rows: Sequence[DateRow], names: Mapping[int, str]) -> None:
        """Show the dates; what was chosen for dates that are still there stays."""
        self._rows, self._names = rows, names
        for row in rows:
            if not row.verdict.is_fine:
                self._problems[row.on, row.line] = row.verdict
        here = {(row.on, row.line) for row in rows}
        self._choices = {key: one for key, one in self._choices.items() if key in here}
        self._show()
        if self.table.chosen() is None:
            wanted = next((row for row in rows if self._is_open(row)), rows[0] if rows else None)
            if wanted is not None:
                self.table.choose((wanted.on, wanted.line))
        self.setVisible(bool(rows))

    def say(self, sentence: str) -> None:
        """Say why there are no dates."""
        self._rows = ()
        self.model.show_rows([])
        self.summary.set(sentence, "warning")
        self.problem.hide()
        for widget in (self.table, self.what, self.best, self.leave):
            widget.hide()
        self.show()

    def clear(self) -> None:
        """Show nothing and forget what was chosen."""
        self._rows = ()
        self._choices, self._problems = {}, {}
        self.model.show_rows([])
        self.hide()

    def take_best(self) -> None:
        """Choose the best other room on each date that has none yet."""
        for row in self._rows:
            if self._is_open(row) and row.verdict.rooms:
                choice = DateChoice(
                    on=row.on, line=row.line, space_id=row.verdict.rooms[0].space_id
                )
                self._choices[row.on, row.line] = choice
        self._decided()

    def leave_others(self) -> None:
        """Leave out every date that does not fit."""
        for row in self._rows:
            if self._is_open(row):
                choice = DateChoice(on=row.on, line=row.line, skip=NOT_WANTED)
                self._choices[row.on, row.line] = choice
        self._decided()

    def _take(self) -> None:
        line, choice = self.table.chosen(), self.what.value()
        if not isinstance(line, _Line) or choice is None:
            return
        if choice == AS_ASKED:
            self._choices.pop(line.key, None)
        else:
            self._choices[line.key] = choice
        self._decided()

    def _decided(self) -> None:
        self._show()
        self.chosen.emit()

    def _is_open(self, row: DateRow) -> bool:
        return row.is_open and not self._has_answer(row)

    def _has_answer(self, row: DateRow) -> bool:
        """Return whether what was chosen is not what was refused."""
        choice = self._choices.get((row.on, row.line))
        if choice is None:
            return False
        if choice.skip or not self._is_change:
            return bool(choice.skip)
        space = row.verdict.place.space_id
        return choice.space_id not in (None, space) or choice.starts_at is not None

    def _show(self) -> None:
        lines = [_Line(row, self._words(row), self._icon(row)) for row in self._rows]
        self.model.show_rows(lines)
        is_open = len(self.open_dates)
        left = sum(self._is_left(row) for row in self._rows)
        fit = len(self._rows) - left - is_open
        parts = [f"{fit} fit{'s' if fit == 1 else ''}"]
        parts += [f"{left} {'as it is' if self._is_change else 'left out'}"] if left else []
        parts += [f"{is_open} to decide"] if is_open else []
        dates = f"{len(self._rows)} date{'' if len(self._rows) == 1 else 's'}"
        self.summary.set(f"{dates}: {', '.join(parts)}.", "warning" if is_open else "small")
        for widget in (self.table, self.what):
            widget.show()
        self.best.setVisible(is_open > 0)
        self.leave.setVisible(is_open > 0)
        self._show_options(self.table.chosen())

    def _is_left(self, row: DateRow) -> bool:
        choice = self._choices.get((row.on, row.line))
        return bool(choice.skip) if choice is not None else bool(row.skip)

    def _icon(self, row: DateRow) -> str:
        return "x" if self._is_open(row) else "ban" if self._is_left(row) else "check"

    def _words(self, row: DateRow) -> str:
        choice = self._choices.get((row.on, row.line))
        if choice is not None and choice.skip:
            return "stays as it is" if self._is_change else "left out"
        if choice is None and row.skip:
            return f"left out: {row.skip}"
        if self._is_open(row):
            return row.verdict.problem
        space_id = row.verdict.place.space_id
        starts_at = row.verdict.place.starts_at
        if choice is not None:
            space_id = choice.space_id or space_id
            starts_at = choice.starts_at or starts_at
        room = self._names.get(space_id or 0, "No room yet")
        return f"{room}, {starts_at:%H:%M}"

    def _show_options(self, line: object) -> None:
        if not isinstance(line, _Line):
            self.problem.hide()
            return
        row = line.row
        verdict = self._problems.get(line.key)
        options = [(AS_ASKED, _as_asked_words(row, verdict))]
        if row.skip and verdict is None:
            options.append((DateChoice(on=row.on, line=row.line), "Book it all the same"))
        for room in verdict.rooms if verdict else ():
            choice = DateChoice(on=row.on, line=row.line, space_id=room.space_id)
            options.append((choice, f"{room.name} instead ({room.capacity} seats)"))
        for start in verdict.times if verdict else ():
            length = row.verdict.place.ends_at - row.verdict.place.starts_at
            choice = DateChoice(on=row.on, line=row.line, starts_at=start, ends_at=start + length)
            options.append((choice, f"At {start:%H:%M} instead, in the same room"))
        skip = DateChoice(on=row.on, line=row.line, skip=NOT_WANTED)
        leave = "Leave this date as it is" if self._is_change else "Leave this date out"
        options.append((skip, leave))
        self.what.set_choices(options)
        self.what.set_value(self._choices.get(line.key, AS_ASKED))
        self.problem.set(row.verdict.problem if self._is_open(row) else "")
        self.problem.setVisible(self._is_open(row))


def _as_asked_words(row: DateRow, verdict: PlaceVerdict | None) -> str:
    if row.skip and row.skip != NOT_WANTED:
        return f"Left out: {row.skip}"
    return "Nothing chosen yet" if verdict is not None else "Book it as asked"


COLUMNS: list[Column[_Line]] = [
    Column(
        "Date",
        lambda line: short_day(line.row.on),
        width=0,
        strong=True,
        second=lambda line: line.words,
        icon=lambda line: line.icon,
        colour=lambda line: {"x": "refusal", "ban": "quiet"}.get(line.icon),
        tip=lambda line: line.words,
    ),
]
