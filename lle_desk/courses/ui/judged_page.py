"""How courses and trainers were judged: averages of the sheets of a school year."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from lle_desk.courses.queries.evaluation import Average, Judged, judged
from lle_desk.courses.rules import counted
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.leaving import LeavesOnEsc
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

NOTHING = "No sheet is in for events of these days. Open an event and choose Evaluation."
MOST_COMMENTS = 12
COMMENTS_HIGH = 150
LOW = 2.5  # an average under this is marked


class JudgedPage(LeavesOnEsc):
    """The averages in place of the programme.

    Signals:
        closed: back to the programme. int: 0, no event in particular.
        questions_wanted: the questions of the sheet are asked for.
    """

    closed = Signal(int)
    questions_wanted = Signal()

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk = desk
        self._judged: Judged | None = None
        self.setAccessibleName("Evaluation")
        bar = Bar()
        bar.add(Button("Programme", "arrow-left", kind="quiet", on_click=self.leave))
        self.dates = bar.dates(today(), "year")
        self.dates.changed.connect(self._on_dates)
        choices = [("courses", "By course"), ("trainers", "By trainer")]
        self.kinds = bar.segments(choices, "courses", on_chosen=self._on_kind)
        self._kind = "courses"
        self.count = label("", "quiet")
        bar.add(self.count)
        bar.stretch()
        asked = self.questions_wanted.emit
        bar.button("Questions of the sheet", "list", key="Ctrl+Shift+Q", on_click=asked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(bar)
        self.table: Table | None = None
        self._model: RowTableModel[Average] | None = None
        self.comments = label("", "body", wrap=True)
        self.comments.setMinimumHeight(px(COMMENTS_HIGH))
        self.comments.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.comments.setContentsMargins(px(16), px(10), px(16), px(10))
        self.comments.setProperty("line", "above")
        self._column.addWidget(self.comments)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._refresher = Refresher(
            self, desk, {"evaluation", "evaluation_question", "event"}, self._read
        )

    @property
    def rows(self) -> tuple[Average, ...]:
        """The averages as they are shown."""
        return tuple(self._model.rows) if self._model is not None else ()

    def _read(self) -> None:
        first, last = self.dates.span
        self._desk.load(self, self._show, judged, first, last)

    def _on_dates(self, _day: date) -> None:
        self._read()

    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        if self._judged is not None:
            self._show(self._judged)

    def _show(self, found: Judged) -> None:
        if self._judged is None or self._judged.questions != found.questions:
            self._make_table(found)
        self._judged = found
        if self._model is not None and self.table is not None:
            rows = found.courses if self._kind == "courses" else found.trainers
            self._model.show_rows(rows)
            if self.table.chosen() is None:
                self.table.choose_first()
            self._show_comments(self.table.chosen())
        self.count.set(counted(found.sheets, "sheet"))

    def _make_table(self, found: Judged) -> None:
        """Make the table once the questions are known: one column each."""
        columns: list[Column[Average]] = [
            Column(
                "Course or trainer",
                lambda row: row.name,
                width=0,
                strong=True,
                second=lambda row: row.code,
                sort_key=lambda row: row.name,
            ),
            Column("Events", _events, width=72, numeric=True, sort_key=lambda row: row.events),
            Column("Sheets", _sheets, width=72, numeric=True, sort_key=lambda row: row.sheets),
        ]
        for at, question in enumerate(found.questions):
            mean = partial(_mean, at)
            tint = partial(_tint, at)
            columns.append(Column(question.heading, mean, width=96, numeric=True, colour=tint))
        columns.append(Column("All", _overall, width=72, numeric=True, sort_key=_overall))
        had_focus = self.hasFocus()
        if self.table is not None:  # of other questions
            had_focus = had_focus or self.table.hasFocus()
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self._model = RowTableModel(columns, key=_key, parent=self)
        self.table = Table(self._model, row_height=40, name="Averages")
        self.table.show_empty(EmptyState(NOTHING, icon="star"))
        self.table.row_chosen.connect(self._show_comments)
        self._column.insertWidget(1, self.table, 1)
        self.setFocusProxy(self.table)
        if had_focus:
            self.table.setFocus()

    def _show_comments(self, row: Average | None) -> None:
        if row is None:
            self.comments.hide()
            return
        shown = [f"“{comment}”" for comment in row.comments[-MOST_COMMENTS:]]
        more = len(row.comments) - len(shown)
        rest = [f"and {counted(more, 'earlier comment')}"] if more > 0 else []
        self.comments.set("\n".join([*shown, *rest]) or "No comments.")
        self.comments.show()

    def leave(self) -> None:
        self.closed.emit(0)


def _key(row: Average) -> object:
    return (row.code, row.name)


def _events(row: Average) -> str:
    return str(row.events)


def _sheets(row: Average) -> str:
    return str(row.sheets)


def _mean(at: int, row: Average) -> str:
    return _figure(row.means[at] if at < len(row.means) else None)


def _tint(at: int, row: Average) -> str | None:
    mean = row.means[at] if at < len(row.means) else None
    return "refusal" if mean is not None and mean < LOW else None


def _overall(row: Average) -> str:
    return _figure(row.overall)


def _figure(mean: float | None) -> str:
    return "–" if mean is None else f"{mean:.1f}"
