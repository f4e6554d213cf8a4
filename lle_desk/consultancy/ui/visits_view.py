"""The visits as a list with one of them beside it: found, narrowed, billed or noted, saved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer, Signal

from lle_desk.consultancy.exports import visits_paper
from lle_desk.consultancy.queries import VisitFilter, VisitLine, VisitLines, visit_list
from lle_desk.consultancy.rules import Which, usual_morning
from lle_desk.consultancy.ui.visit_form import VisitStart
from lle_desk.consultancy.ui.visit_list_words import COLUMNS, EMPTY, counted_words
from lle_desk.consultancy.ui.visit_side import VisitSide
from lle_desk.paper.lists import ListPaper, list_csv, list_pdf
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import MenuButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.inspector import Inspector
from lle_desk.qt.keys import KeyLine
from lle_desk.qt.list_files import ListFiles
from lle_desk.qt.stale import Refresher
from lle_desk.qt.tab import Tab
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, tip

PAUSE_MS = 150
TABLES = frozenset({"visit", "trainer_time", "trainer", "customer", "charge", "agreement_draw"})
WHICH = [
    (Which.COMING, "To come"),
    (Which.NO_NOTE, "No note"),
    (Which.NOT_BILLED, "Not billed"),
    (Which.ALL, "All"),
    (Which.CANCELLED, "Cancelled"),
]
OF_DAYS = (Which.ALL, Which.CANCELLED)  # the others are of all days: nothing may be forgotten
STEPS = [("term", "Term"), ("year", "Year")]
FIND_WIDTH = 176


class VisitsView(Tab):
    """The list at the left, the visit at the right.

    Signals:
        record_asked: what another screen owns. str, int: kind and id.
        list_shown: what was asked for is on the screen.
    """

    record_asked = Signal(str, int)
    list_shown = Signal()

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._desk = desk
        self._today = today
        self._found: VisitLines | None = None
        self._asked: VisitFilter | None = None
        self._goes_to = 0  # a visit to choose as soon as it is listed
        self._is_other = True  # another list was asked for: its first visit is chosen
        self.model: RowTableModel[VisitLine] = RowTableModel(COLUMNS, lambda row: row.id)
        self.table = Table(self.model, name="Visits")
        self.table.remember(desk.settings, "consultancy.visits")
        self.inspector = Inspector("Visit")
        self.side = VisitSide(desk, self.inspector, today, self, leads_to_diary=True)
        self._files: ListFiles[ListPaper] = ListFiles(desk, self, list_csv, list_pdf)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self.lay_out(self._make_bar(), self.table, self.inspector)
        self.remember_split(desk.settings, "consultancy.visits")
        self.setFocusProxy(self.table)
        self._show_nothing()
        self._connect()
        self._fresh = Refresher(self, desk, TABLES, self.reload)

    # What the tab asks of a view

    def refresh(self) -> None:
        """Look again."""
        self._fresh.look_again()

    def keys(self) -> list[KeyLine]:
        """Return the keys of this view."""
        return [
            KeyLine("Ctrl+F", "Find by school, topic, adviser or number"),
            KeyLine("Enter", "Go to the visit at the right"),
            KeyLine("Ctrl+N", "New visit, to the school of the line"),
            KeyLine("E", "Change the visit"),
            KeyLine("C", "Confirm the visit"),
            KeyLine("Ctrl+S", "Save the list"),
            KeyLine("Ctrl+P", "Print the list"),
            KeyLine("T", "Go to today’s term or year"),
        ]

    def tour_stops(self) -> list[tuple[str, Callable[[], None]]]:
        """Return what the tour takes pictures of."""
        return [("-visits", self._tour)]

    def _tour(self) -> None:
        self.table.choose_first()

    # Reading

    def reload(self) -> None:
        """Read the list and the visit beside it."""
        self._asked = self._filter()
        self._desk.load(self, self._show_list, visit_list, self._asked)
        self.side.reload()

    def _filter(self) -> VisitFilter:
        which = Which(self.which.choice)
        asked = VisitFilter(which, self._today(), self.find_line.text())
        if which not in OF_DAYS:
            return asked
        first, last = self.stepper.span
        return replace(asked, first=first, last=last)

    def _show_list(self, found: VisitLines) -> None:
        self._found = found
        self.model.show_rows(found.rows)
        self.count.set(counted_words(found))
        self.save_button.setEnabled(bool(found.rows))
        which = Which(self.which.choice)
        self.table.show_empty(EmptyState(EMPTY[which], icon="briefcase"))
        if self._goes_to and self.table.choose(self._goes_to):
            self._goes_to = 0
        elif not self.inspector.is_typed() and (self._is_other or self._is_empty):
            self._show_nothing()
            self.table.choose_first()
            self._on_row(self.table.chosen())
        self._is_other = False
        self.list_shown.emit()

    @property
    def _is_empty(self) -> bool:
        page = self.inspector.page
        return self.table.chosen() is None and page is None

    def _on_row(self, row: VisitLine | None) -> None:
        if row is not None and row.id != self.side.wanted and not self.inspector.is_typed():
            self.side.show(row.id)

    def _on_opened(self, row: VisitLine) -> None:
        self._on_row(row)
        self.switch_side()

    # What officers do

    def _new_visit(self) -> None:
        row = self.table.chosen()
        start, end = usual_morning(self._today())
        self.side.begin(VisitStart(start, end, customer_id=row.customer_id if row else None))

    def _saved(self, visit_id: int) -> None:
        self._goes_to = visit_id
        self.side.show(visit_id)
        self.reload()
        self.table.setFocus()

    def _left(self) -> None:
        self._show_nothing()
        self._on_row(self.table.chosen())
        self.table.setFocus()

    def _show_nothing(self) -> None:
        self.side.show_nothing("Choose a visit to see when it is, its note and its money.")

    def _paper(self) -> ListPaper | None:
        if self._found is None or not self._found.rows:
            return None
        words = dict(WHICH)[Which(self.which.choice)]
        first, last = (self._asked.first, self._asked.last) if self._asked else (None, None)
        return visits_paper(self._found.rows, words, first, last, self._today())

    def _save_csv(self) -> None:
        paper = self._paper()
        if paper is not None:
            self._files.save_csv(paper)

    def _save_pdf(self) -> None:
        paper = self._paper()
        if paper is not None:
            self._files.save_pdf(paper)

    def _print(self) -> None:
        paper = self._paper()
        if paper is not None:
            self._files.print(paper)

    # Laying out

    def _make_bar(self) -> Bar:
        bar = Bar()
        self.find_line = bar.search("Find a visit")
        self.find_line.setFixedWidth(px(FIND_WIDTH))
        tip(self.find_line, "School, topic, adviser, service or number (Ctrl+F)")
        self.which = bar.segments(WHICH, Which.COMING, accessible="Which visits")
        bar.gap()
        self.stepper = bar.dates(self._today(), "term")
        self.steps = bar.segments(STEPS, "term", accessible="Days shown")
        self.count = label("", "quiet")
        bar.add(self.count)
        bar.stretch()
        entries = [
            ("As a table (CSV) …", "table", self._save_csv),
            ("As a PDF …", "file-text", self._save_pdf),
        ]
        self.save_button = MenuButton("Save list", "download", entries, key="Ctrl+S")
        bar.add(self.save_button)
        bar.button("Print", "printer", key="Ctrl+P", kind="icon", on_click=self._print)
        bar.button("New visit", "plus", key="Ctrl+N", kind="primary", on_click=self._new_visit)
        self._show_steps()
        return bar

    def _show_steps(self) -> None:
        of_days = Which(self.which.choice) in OF_DAYS
        self.stepper.setVisible(of_days)
        self.steps.setVisible(of_days)

    def _connect(self) -> None:
        self.table.row_chosen.connect(self._on_row)
        self.table.row_opened.connect(self._on_opened)
        self.find_line.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.reload)
        self.which.chosen.connect(self._other_list)
        self.steps.chosen.connect(self._other_step)
        self.stepper.changed.connect(self._other_days)
        self.inspector.left.connect(self._left)
        self.side.saved.connect(self._saved)
        self.side.record_asked.connect(self.record_asked)

    def _other_list(self, _which: str) -> None:
        self._show_steps()
        self._is_other = True
        self.reload()

    def _other_step(self, step: str) -> None:
        self.stepper.set_step(step)
        self._other_list(step)

    def _other_days(self, _day: date) -> None:
        self._is_other = True
        self.reload()
