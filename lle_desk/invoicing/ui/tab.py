"""The Invoices tab: the worksheet and the papers, with the paper itself at the right."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from lle_desk.core.money import pounds
from lle_desk.invoicing.actions import Issued
from lle_desk.invoicing.papers import InvoicePaper
from lle_desk.invoicing.queries import (
    Creditable,
    PaperRow,
    WantedPaper,
    creditable,
    papers_of,
    wanted_paper,
)
from lle_desk.invoicing.rules import Group
from lle_desk.invoicing.ui.credit_page import CreditPage
from lle_desk.invoicing.ui.paper_panel import PaperPanel
from lle_desk.invoicing.ui.papers_view import PapersView
from lle_desk.invoicing.ui.sheet_rows import Filter, SheetRow
from lle_desk.invoicing.ui.worksheet_view import WorksheetView
from lle_desk.qt.bar import Bar
from lle_desk.qt.desk import Desk
from lle_desk.qt.keys import KeyLine
from lle_desk.qt.tab import Tab
from lle_desk.qt.theme import px

WORKSHEET, PAPERS = "worksheet", "papers"


class InvoicesTab(Tab):
    """What waits to be billed, the papers issued, and the one chosen as it prints.

    Signals:
        record_asked: another tab's record is to be opened. str, int: kind and id.
    """

    record_asked = Signal(str, int)

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._desk = desk
        self._today = today
        self._credit: CreditPage | None = None
        self._wanted: WantedPaper | None = None
        self._just_issued: tuple[int, ...] = ()  # shown and printed until the officer moves on
        self.worksheet = WorksheetView(desk, today(), today)
        self.papers = PapersView(desk)
        self.panel = PaperPanel(desk)
        self.bar = self._make_bar()
        self._work = QStackedWidget()
        self._work.addWidget(self.worksheet)
        self._work.addWidget(self.papers)
        self._side = QStackedWidget()
        self._side.addWidget(self.panel)
        self._side.setMinimumWidth(px(300))
        self.lay_out(self.bar, self._work, self._side, inspector_width=410)
        self._splitter.setStretchFactor(1, 1)
        self.remember_split(desk.settings, "invoices")
        self._connect()
        self._show_view(WORKSHEET)

    def sizeHint(self) -> QSize:
        return QSize(px(1280), px(640))

    @property
    def credit_page(self) -> CreditPage | None:
        """The form of a credit note while it is open."""
        return self._credit

    def open_record(self, kind: str, record_id: int) -> None:
        """Show an issued invoice or credit note."""
        if kind == "invoice":
            self.views.choose(PAPERS)
            self._show_view(PAPERS)
            self.finder.clear()
            self.papers.choose(record_id)
            self.papers.table.setFocus()

    def show_worksheet(self) -> None:
        """Show what waits to be billed."""
        self.views.choose(WORKSHEET)
        self._show_view(WORKSHEET)

    def refresh(self) -> None:
        """Look again at what is shown."""
        (self.worksheet if self.views.choice == WORKSHEET else self.papers).refresh()

    def keys(self) -> list[KeyLine]:
        """Return the keys of this tab for F1."""
        return [
            KeyLine("Space", "choose the customer, or a whole group"),
            KeyLine("Right, Left", "open a customer to its charges, close it"),
            KeyLine("Enter", "on a charge: open its booking; on a paper: its customer"),
            KeyLine("Shift+Up, Shift+Down", "in Papers: choose several to print"),
            KeyLine("L", "look as far ahead as there are charges"),
            KeyLine("H", "hold the charge back, or release it"),
            KeyLine("Ctrl+Shift+Enter", "issue what is chosen; the numbers are shown first"),
            KeyLine("Ctrl+P", "print what is shown, chosen or was just issued"),
            KeyLine("Ctrl+S", "save it as a PDF"),
            KeyLine("Ctrl+N", "in Papers: credit the chosen invoice, or reverse the recharge"),
            KeyLine("Ctrl+F", "in Papers: find a number, customer or order"),
        ]

    def _make_bar(self) -> Bar:
        bar = Bar()
        self.views = bar.segments(
            [(WORKSHEET, "Worksheet"), (PAPERS, "Papers")], on_chosen=self._show_view
        )
        bar.gap()
        self._up_to_words = bar.words("Up to")
        self.up_to = bar.dates(self._today())
        self.later = bar.button("Later", key="L", kind="quiet", on_click=self._show_later)
        self.held = bar.chip("Held back", 0, on_toggle=self._on_filter)
        self.no_order = bar.chip("No order number", 0, on_toggle=self._on_filter)
        self.finder = bar.search("Number, customer or order")
        bar.stretch()
        self.print_button = bar.button(
            "Print", "printer", key="Ctrl+P", tip_text="Print the papers chosen or just issued"
        )
        self.save_button = bar.button(
            "Save as PDF", "download", key="Ctrl+S", tip_text="Save the paper that is shown"
        )
        self.credit_button = bar.button("Credit note", "receipt", key="Ctrl+N")
        self.issue_button = bar.button("Issue", "send", key="Ctrl+Shift+Return", kind="primary")
        self.issue_button.key = "Ctrl+Shift+Enter"  # as printed on the key
        keypad = QShortcut(QKeySequence("Ctrl+Shift+Enter"), self.issue_button)
        keypad.activated.connect(self.issue_button.click)
        return bar

    def _connect(self) -> None:
        self.worksheet.row_shown.connect(self._on_row)
        self.worksheet.choice_changed.connect(self._on_choice)
        self.worksheet.issued.connect(self._on_issued)
        self.worksheet.record_asked.connect(self.record_asked)
        self.papers.paper_chosen.connect(self._on_paper)
        self.papers.customer_asked.connect(self._on_customer_asked)
        self.up_to.changed.connect(self.worksheet.show_up_to)
        self.finder.textChanged.connect(self.papers.show_found)
        self.panel.shown_changed.connect(self.print_button.setEnabled)
        self.panel.shown_changed.connect(self.save_button.setEnabled)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.credit_button.clicked.connect(self._start_credit)
        self.issue_button.clicked.connect(self.worksheet.ask_to_issue)
        for button in (self.print_button, self.save_button, self.issue_button):
            button.setEnabled(False)  # until there is something to print or to issue

    def _show_view(self, view: str) -> None:
        on_sheet, sheet = view == WORKSHEET, self.worksheet.sheet
        for widget in (self._up_to_words, self.up_to, self.held, self.no_order, self.issue_button):
            widget.setVisible(on_sheet)
        self.later.setVisible(on_sheet and sheet is not None and sheet.later > 0)
        for widget in (self.finder, self.save_button, self.credit_button):
            widget.setVisible(not on_sheet)
        shows_form = self._credit is not None and not on_sheet
        self._side.setCurrentWidget(self._credit if shows_form and self._credit else self.panel)
        self._just_issued = ()
        self._work.setCurrentWidget(self.worksheet if on_sheet else self.papers)
        if on_sheet:
            self._on_row(self.worksheet.table.chosen())
        else:
            self._on_paper(self.papers.chosen)

    # The worksheet's side

    def _show_later(self) -> None:
        """Look as far ahead as there are charges."""
        sheet = self.worksheet.sheet
        if sheet is not None and sheet.last_on is not None:
            self.up_to.set_day(sheet.last_on)

    def _on_filter(self, _on: bool) -> None:
        self.worksheet.set_filter(Filter(self.held.is_on(), self.no_order.is_on()))

    def _on_choice(self) -> None:
        sheet = self.worksheet.sheet
        if sheet is None:
            return
        held = sheet.group(Group.HELD).customers
        self.held.set_count(sum(row.lines for row in held))
        invoices = sheet.group(Group.INVOICE).customers
        self.no_order.set_count(sum(row.orders_missing > 0 for row in invoices))
        self.later.setVisible(bool(sheet.later) and self.views.choice == WORKSHEET)
        if sheet.last_on is not None:
            self.later.set_text(f"{sheet.later} later")
            self.later.setAccessibleName(f"{sheet.later} charges have a later tax point: show them")
        count = len(self.worksheet.chosen)
        words = "Issue" if not count else f"Issue {count} paper{'s' if count > 1 else ''}"
        self.issue_button.set_text(words)
        self.issue_button.setEnabled(bool(count))

    def _on_row(self, row: SheetRow | None) -> None:
        """Show the paper of the customer the row belongs to."""
        if self.views.choice != WORKSHEET or (row is None and self._just_issued):
            return
        self._just_issued = ()
        customer = row.customer if row is not None else None
        if row is not None and customer is not None and row.group is Group.INVOICE:
            up_to, today = self.up_to.day, self._today()
            self._want(WantedPaper(0, customer.customer_id, up_to, today))
        elif customer is not None and customer.draft_id:
            self._want(WantedPaper(customer.draft_id))
        else:
            self._want_none(_no_paper(row))

    def _want(self, wanted: WantedPaper) -> None:
        self._wanted = wanted
        self._desk.load(self, self._show_paper, wanted_paper, wanted)

    def _want_none(self, why: str) -> None:
        self._wanted = None
        self.panel.show_nothing(why)

    def _show_paper(self, found: tuple[WantedPaper, InvoicePaper | None]) -> None:
        wanted, paper = found
        if wanted == self._wanted and paper is not None:
            self.panel.show_paper(paper)

    def _on_issued(self, done: Issued) -> None:
        """Show the first paper with its number; it stays until the officer moves on."""
        self._just_issued = tuple(paper.invoice_id for paper in done.papers)
        if done.papers:
            self._want(WantedPaper(done.papers[0].invoice_id))

    # The papers' side

    def _on_paper(self, row: PaperRow | None) -> None:
        if self.views.choice != PAPERS:
            return
        self.credit_button.setEnabled(row is not None and row.left > 0)
        if row is None:
            self._want_none("Choose a paper to see it.")
        else:
            self._want(WantedPaper(row.id))

    def _on_customer_asked(self, customer_id: int) -> None:
        self.record_asked.emit("customer", customer_id)

    def _print(self) -> None:
        """Print the paper shown; all of them when several were just issued or are chosen."""
        several = self._just_issued if self.views.choice == WORKSHEET else self.papers.marked
        if len(several) > 1:
            self._desk.load(self, self.panel.print_all, papers_of, several)
        else:
            self.panel.print_it()

    def _save(self) -> None:
        kept = self.panel.save_it()
        if kept is not None:
            self._desk.say(f"Saved: {kept.name}")

    def _start_credit(self) -> None:
        row = self.papers.chosen
        if row is not None and self._credit is None:
            self._desk.load(self, self._open_credit, creditable, row.id)

    def _open_credit(self, billed: Creditable) -> None:
        self._leave_credit()
        self._credit = CreditPage(self._desk, billed, self._today())
        self._credit.issued.connect(self._credit_issued)
        self._credit.left.connect(self._leave_credit)
        self._side.addWidget(self._credit)
        self._side.setCurrentWidget(self._credit)
        self._credit.focus_first()

    def _credit_issued(self, done: Issued) -> None:
        self._leave_credit()
        self.papers.choose(done.papers[0].invoice_id)
        self.papers.table.setFocus()

    def _leave_credit(self) -> None:
        if self._credit is not None:
            self._side.removeWidget(self._credit)
            self._credit.deleteLater()
            self._credit = None
            self.papers.table.setFocus()


def _no_paper(row: SheetRow | None) -> str:
    """Return why there is no paper to show for the row."""
    if row is None:
        return "Nothing is chosen: the paper of a customer is shown here as it will print."
    if row.customer is None:
        amount = f" They come to {pounds(row.total)}." if row.total is not None else ""
        return f"Choose a customer to see its paper.{amount}"
    if row.group is Group.RECHARGE:
        return (
            f"{row.customer.customer} is recharged inside the council: a line of the monthly "
            "journal, not an invoice. The journal file comes in a later version; until then "
            "these charges wait here."
        )
    return f"Held back: {row.customer.why}. No paper takes it until it is released (H)."
