"""The adviser's diary: advisers down the side, days along, a visit at the right."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from lle_desk.consultancy.actions import MoveVisit, undoing
from lle_desk.consultancy.queries import (
    Diary,
    DiaryVisit,
    VisitCard,
    diary,
    services_of_visits,
    visit_prices,
)
from lle_desk.consultancy.rules import HOURS, half_day_from, usual_morning
from lle_desk.consultancy.ui.diary_bar import DiaryBar
from lle_desk.consultancy.ui.diary_words import DiaryJudge, blocks_of, lanes_of, span_of_diary
from lle_desk.consultancy.ui.people_pages import LeavePage, PricesPage, TimePage, TrainerPage
from lle_desk.consultancy.ui.visit_form import Service, VisitStart
from lle_desk.consultancy.ui.visit_side import VisitSide
from lle_desk.core.errors import OfficerError
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.inspector import Inspector
from lle_desk.qt.keys import KeyLine
from lle_desk.qt.stale import Refresher
from lle_desk.qt.tab import Tab
from lle_desk.qt.time_grid import TimeGrid, Verdict
from lle_desk.trainers.queries import TimeRow, TrainerHit, TrainerRow, time_row

TABLES = frozenset({"visit", "trainer_time", "trainer", "event_session", "customer"})
NEW_VISIT = "new_visit"
NOBODY = "There are no advisers yet. Add the first with “New adviser”."


class DiaryView(Tab):
    """Who is where when, over a week or a month; visits are planned, moved and noted here.

    Signals:
        record_asked: open what another tab owns. str, int: kind and id.
        diary_shown: the diary was read and is on the screen.
    """

    record_asked = Signal(str, int)
    diary_shown = Signal()

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._desk = desk
        self._today = today
        self._diary: Diary | None = None
        self._goes_to: int | None = None  # a time to select as soon as its day is shown
        self._travels = False  # the diary is to be turned to the day of the visit that is wanted
        self.bar = DiaryBar(desk, today())
        self.grid = TimeGrid("Advisers' diary")
        self.inspector = Inspector("Visit")
        self.side = VisitSide(desk, self.inspector, today, self)
        self.lay_out(self.bar, self._work(), self.inspector)
        self.remember_split(desk.settings, "consultancy")
        self._show_nothing()
        self._connect()
        self.grid.follow_clock(datetime.now)
        self._refresher = Refresher(self, desk, TABLES, self.reload)

    # What the tab asks of a view

    def open_record(self, kind: str, record_id: int) -> None:
        """Show a visit, or a stretch of a trainer's time, on its day."""
        if kind == "visit":
            self._travels = True
            self.side.show(record_id)
        elif kind == NEW_VISIT:  # the record is the customer it is for
            self.side.begin(VisitStart(*self._usual(), customer_id=record_id))
        elif kind == "trainer_time":
            self._desk.load(self, self._go_to_time, time_row, record_id)

    def refresh(self) -> None:
        """Read everything again."""
        self._refresher.look_again()

    def keys(self) -> list[KeyLine]:
        """Return the keys of this view."""
        return [
            KeyLine("Arrows", "Go over visits and free time"),
            KeyLine("Enter", "Open the visit, or plan one in the free time"),
            KeyLine("Ctrl+N", "New visit"),
            KeyLine("Ctrl+Shift+L", "Leave"),
            KeyLine("Ctrl+Arrows", "Move the visit by a quarter of an hour or an adviser"),
            KeyLine("Ctrl+Shift+Arrows", "Move it by a day"),
            KeyLine("Shift+Left, Right", "Make it shorter or longer"),
            KeyLine("E", "Change the visit"),
            KeyLine("C", "Confirm the visit"),
        ]

    def tour_stops(self) -> list[tuple[str, Callable[[], None]]]:
        """Return what the tour takes pictures of."""
        return [("", self.reload)]

    # Reading

    def reload(self) -> None:
        """Read the diary of the days shown, and the visit beside it."""
        self._desk.load(self, self._show_diary, diary, *self.bar.stepper.span)
        self.side.reload()

    def _show_diary(self, read: Diary) -> None:
        if (read.first, read.last) != self.bar.stepper.span:
            return  # the officer has gone on; the next answer is under way
        turned = self._diary is None or (self._diary.first, self._diary.last) != (
            read.first,
            read.last,
        )
        self._diary = read
        lanes, groups = lanes_of(read.trainers)
        self.grid.show_span(span_of_diary(read))
        self.grid.show_lanes(lanes, groups)
        self.grid.show_blocks(blocks_of(read, self._today()))
        self.grid.set_judge(DiaryJudge(read).verdicts)
        count = len(read.visits)
        self.grid.show_corner("Advisers", f"{count} visit{'' if count == 1 else 's'}")
        self._stack.setCurrentIndex(0 if read.trainers else 1)
        if turned:  # a month is wider than a small screen: the day asked for comes into sight
            morning = datetime.combine(self.bar.stepper.day, HOURS["morning"].starts)
            QTimer.singleShot(0, self.grid, partial(self.grid.scroll_to, morning))
        if self._goes_to is not None and any(row.id == self._goes_to for row in read.times):
            wanted, self._goes_to = self._goes_to, None
            self.grid.select(wanted)
        self.diary_shown.emit()

    # The inspector

    def _show_nothing(self) -> None:
        self.side.show_nothing("Choose a visit, or press Enter on free time to plan one.")

    def _visit_shown(self, card: VisitCard) -> None:
        if self._travels:
            self._travels = False
            self._goes_to = card.time_id
            self.bar.stepper.set_day(card.starts_at.date())
            self.reload()

    def _go_to_time(self, row: TimeRow | None) -> None:
        if row is not None:
            self._goes_to = row.id
            self.bar.stepper.set_day(row.starts_at.date())
            self.reload()

    def _block_selected(self, key: object) -> None:
        row = self._time(key)
        if self.inspector.is_typed():
            return
        if row is None:
            self._show_nothing()
            return
        visit = self._visit(row.id)
        if visit is not None:
            self.side.show(visit.id)
            return
        self.side.forget()
        trainer = self._trainer(row.trainer_id)
        page = TimePage(self._desk, row, trainer.name if trainer else "")
        page.course_wanted.connect(partial(self.record_asked.emit, "event_session"))
        page.done.connect(self._saved_other)
        self.inspector.show_page(page, ("time", row.id))

    def _new_visit(self) -> None:
        """Plan a visit in the selected time, else on the morning of the day shown."""
        slot = self.grid.selected_slot
        if slot is not None:
            self._slot_chosen(slot.lane, slot.start, slot.end)
            return
        self.side.begin(VisitStart(*self._usual()))

    def _usual(self) -> tuple[datetime, datetime]:
        """Return the usual morning of the day shown."""
        first, last = self.bar.stepper.span
        day = self.bar.stepper.day
        return usual_morning(day if first <= day <= last else first)

    def _slot_chosen(self, lane: object, start: datetime, end: datetime) -> None:
        trainer = self._trainer(lane)
        if end <= start:
            start, end = half_day_from(start)
        hit = _hit(trainer) if trainer else None
        self.side.begin(VisitStart(start, end, hit, trainer.service_id if trainer else None))

    def _saved(self, visit_id: int) -> None:
        self.open_record("visit", visit_id)
        self.grid.setFocus()

    def _saved_other(self, _result: object) -> None:
        self._show_nothing()
        self.reload()
        self.grid.setFocus()

    def _left(self) -> None:
        self._show_nothing()
        self._block_selected(self.grid.selected)
        self.grid.setFocus()

    # Advisers, leave, prices

    def _leave(self) -> None:
        slot = self.grid.selected_slot
        trainer = self._trainer(slot.lane) if slot else None
        day = slot.start.date() if slot else self.bar.stepper.day
        page = LeavePage(self._desk, self._today, day, _hit(trainer) if trainer else None)
        page.done.connect(self._saved_other)
        self.side.put(page, "leave")

    def _new_adviser(self) -> None:
        self._desk.load(self, partial(self._adviser_form, None), services_of_visits)

    def _change_adviser(self) -> None:
        slot, block = self.grid.selected_slot, self.grid.chosen_block()
        row = self._trainer(slot.lane if slot else block.lane if block else None)
        if row is None:
            self._desk.refused.emit("Go to a line of the adviser you want to change first.")
            return
        self._desk.load(self, partial(self._adviser_form, row), services_of_visits)

    def _adviser_form(self, row: TrainerRow | None, services: Sequence[Service]) -> None:
        page = TrainerPage(self._desk, services, row)
        page.done.connect(self._saved_other)
        self.side.put(page, "adviser")

    def _prices(self) -> None:
        self._desk.load(self, self._prices_of, services_of_visits)

    def _prices_of(self, services: Sequence[Service]) -> None:
        self._desk.load(self, partial(self._prices_form, services), visit_prices)

    def _prices_form(self, services: Sequence[Service], known: Sequence[object]) -> None:
        page = PricesPage(self._desk, self._today, services, known)  # type: ignore[arg-type]
        page.done.connect(self._saved_other)
        self.side.put(page, "prices")

    # Moving

    def _move_wanted(self, key: object, lane: object, start: datetime, end: datetime) -> None:
        row = self._time(key)
        visit = self._visit(row.id) if row else None
        if row is None or visit is None or not isinstance(lane, int):
            self.grid.drop_pending(key)
            return
        ask = MoveVisit(visit.id, visit.version, lane, start, end)
        self._goes_to = row.id

        def refused(error: OfficerError) -> None:
            self.grid.drop_pending(row.id)
            self._desk.refused.emit(str(error))

        self._desk.do(self, self._moved, undoing.move, ask, on_refused=refused)

    def _moved(self, _version: int) -> None:
        """Nothing more: the diary reads itself again, and the status bar says it."""

    def _move_refused(self, _key: object, verdict: Verdict) -> None:
        self._desk.refused.emit(f"Not moved. {verdict.reason}.")

    # Within

    def _time(self, key: object) -> TimeRow | None:
        times = self._diary.times if self._diary else ()
        return next((row for row in times if row.id == key), None)

    def _visit(self, time_id: int) -> DiaryVisit | None:
        return self._diary.visits.get(time_id) if self._diary else None

    def _trainer(self, lane: object) -> TrainerRow | None:
        rows = self._diary.trainers if self._diary else ()
        return next((row for row in rows if row.id == lane), None)

    def _opened(self, key: object) -> None:
        self._block_selected(key)
        self.switch_side()

    def _day_opened(self, day: date) -> None:
        self.bar.show_step("days5")
        self.bar.stepper.set_day(day)

    def _work(self) -> QWidget:
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(EmptyState(NOBODY, icon="briefcase"))
        return holder

    def _connect(self) -> None:
        self.setFocusProxy(self.grid)
        self.bar.days_changed.connect(self.reload)
        self.bar.new_wanted.connect(self._new_visit)
        self.bar.leave_wanted.connect(self._leave)
        self.bar.adviser_wanted.connect(self._new_adviser)
        self.bar.change_wanted.connect(self._change_adviser)
        self.bar.prices_wanted.connect(self._prices)
        self.bar.filter_changed.connect(self.grid.set_filter)
        self.grid.block_selected.connect(self._block_selected)
        self.grid.block_opened.connect(self._opened)
        self.grid.slot_chosen.connect(self._slot_chosen)
        self.grid.move_wanted.connect(self._move_wanted)
        self.grid.move_refused.connect(self._move_refused)
        self.grid.day_opened.connect(self._day_opened)
        self.inspector.left.connect(self._left)
        self.side.shown.connect(self._visit_shown)
        self.side.saved.connect(self._saved)
        self.side.record_asked.connect(self.record_asked)


def _hit(row: TrainerRow) -> TrainerHit:
    return TrainerHit(row.id, row.name, row.initials, row.service_code)
