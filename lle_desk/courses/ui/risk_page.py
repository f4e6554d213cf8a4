"""Events at risk: below their minimum or soon to be decided, the most urgent first."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from lle_desk.core.days import short_day
from lle_desk.core.money import Pence, pounds
from lle_desk.courses.queries.deciding import RiskRow, events_at_risk
from lle_desk.courses.rules import EventState, counted
from lle_desk.courses.ui.event_list import places_of_event
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import BadgeText, Places
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.leaving import LeavesOnEsc
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.words import label

TABLES = {"event", "place", "charge", "event_session", "event_cost", "trainer_time"}
NEAR = 7  # days: a decision so near is marked


class RiskPage(LeavesOnEsc):
    """The list in place of the programme.

    Signals:
        event_opened: back to the programme. int: the event to show, 0 for none.
        letters_wanted: letters to the people of these events. object: their ids (ints).
        decision_wanted: int, str: the event, and whether to confirm it or call it off.
    """

    event_opened = Signal(int)
    decision_wanted = Signal(int, str)
    letters_wanted = Signal(object)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk, self._today = desk, today
        self.setAccessibleName("Events at risk")
        bar = Bar()
        bar.add(Button("Programme", "arrow-left", kind="quiet", on_click=self.leave))
        bar.words("Events at risk", "heading")
        self.count = label("", "quiet")
        bar.add(self.count)
        bar.stretch()
        self.letters = bar.button("Letters …", "mail", key="L", on_click=self._want_letters)
        self.call_off = bar.button("Call it off", "ban", key="X", on_click=self._call_off)
        self.confirm = bar.button(
            "Confirm to run", "check", key="C", kind="primary", on_click=self._confirm
        )
        self.model: RowTableModel[RiskRow] = RowTableModel(COLUMNS, key=_key, parent=self)
        self.table = Table(self.model, row_height=40, name="Events at risk")
        self.table.let_choose_several()  # letters go to all that are chosen
        self.table.show_empty(EmptyState("Every coming event has its minimum.", icon="check"))
        self.table.row_opened.connect(self._open)
        self.table.remember(desk.settings, "courses.risk")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self._refresher = Refresher(self, desk, TABLES, self._read)

    def _read(self) -> None:
        self._desk.load(self, self._show, events_at_risk, self._today())

    def _show(self, rows: Sequence[RiskRow]) -> None:
        self.model.show_rows(rows)
        late = sum(row.days_left is not None and row.days_left < 0 for row in rows)
        said = counted(len(rows), "event")
        self.count.set(f"{said}, {late} late" if late else said)
        if self.table.chosen() is None:
            self.table.choose_first()
        for button in (self.confirm, self.call_off, self.letters):
            button.setEnabled(bool(rows))

    def leave(self) -> None:
        self.event_opened.emit(0)

    def _open(self, row: RiskRow) -> None:
        self.event_opened.emit(row.event.id)

    def _want_letters(self) -> None:
        self.letters_wanted.emit(tuple(row.event.id for row in self.table.chosen_rows()))

    def _confirm(self) -> None:
        self._decide(EventState.CONFIRMED)

    def _call_off(self) -> None:
        self._decide(EventState.CANCELLED)

    def _decide(self, decided: EventState) -> None:
        row: RiskRow | None = self.table.chosen()
        if row is not None:
            self.decision_wanted.emit(row.event.id, str(decided))


def days_left_words(row: RiskRow) -> str:
    """Return "in 2 days", "today", "3 days late", or that no day is set."""
    left = row.days_left
    if left is None:
        return "no day set"
    if left < 0:
        return f"{counted(-left, 'day')} late"
    return f"in {counted(left, 'day')}" if left else "today"


def _key(row: RiskRow) -> object:
    return row.event.id


def _decide_on(row: RiskRow) -> str:
    return short_day(row.event.decision_on) if row.event.decision_on else "–"


def _left_kind(row: RiskRow) -> list[BadgeText]:
    left = row.days_left
    kind = "plain" if left is None or left > NEAR else "refusal" if left < 0 else "warning"
    return [BadgeText(days_left_words(row), kind)]


def _title(row: RiskRow) -> str:
    return row.event.title


def _about(row: RiskRow) -> str:
    first = f"begins {short_day(row.event.first_on)}" if row.event.first_on else "no day yet"
    return f"{row.event.code} · {first}"


def _service(row: RiskRow) -> str:
    return row.event.service_code


def _places(row: RiskRow) -> Places | None:
    return places_of_event(row.event)


def _places_words(row: RiskRow) -> str:
    return places_of_event(row.event).words()


def _short(row: RiskRow) -> str:
    return str(row.short) if row.short else "–"


def _short_colour(row: RiskRow) -> str | None:
    return "warning" if row.short else "quiet"


def _income(row: RiskRow) -> str:
    return pounds(row.money.income)


def _cost(row: RiskRow) -> str:
    if row.money.is_known:
        return pounds(row.money.cost)
    return f"{pounds(row.money.cost)} +" if row.money.cost else "not known"


def _cost_tip(row: RiskRow) -> str:
    told = (
        f"{one.what}: {one.why}" if one.amount is None else f"{one.what} {pounds(one.amount)}"
        for one in row.money.costs
    )
    return "\n".join(told) or "No room, trainer or catering with a price."


def _result(row: RiskRow) -> str:
    if not row.money.costs:
        return "–"
    return pounds(Pence(row.money.income - row.money.cost))


def _result_colour(row: RiskRow) -> str | None:
    return "refusal" if row.money.costs and row.money.income < row.money.cost else None


def _needed(row: RiskRow) -> str:
    needed = row.money.needed
    if not row.money.costs:
        return "–"
    if needed is None:
        return "never"
    return str(needed) if needed else "reached"


COLUMNS: list[Column[RiskRow]] = [
    Column("Decide by", _decide_on, width=96, strong=True),
    Column("Left", days_left_words, width=104, badges=_left_kind),
    Column("Event", _title, width=0, strong=True, second=_about),
    Column("Service", _service, width=76, give_up=3),
    Column("Booked of capacity", _places_words, width=158, places=_places),
    Column("Short", _short, width=60, numeric=True, colour=_short_colour),
    Column("Income", _income, width=96, numeric=True, give_up=2),
    Column("Cost", _cost, width=104, numeric=True, tip=_cost_tip, give_up=1),
    Column("Left over", _result, width=104, numeric=True, colour=_result_colour),
    Column("To break even", _needed, width=104, numeric=True, give_up=4),
]
