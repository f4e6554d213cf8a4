"""The Rooms tab: the plan of a site, the parking below it, and the booking at the right."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from lle_desk.core.days import add_working_days, is_working_day
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.keys import KeyLine
from lle_desk.qt.paper_pane import PaperPane
from lle_desk.qt.stale import Refresher
from lle_desk.qt.tab import Tab
from lle_desk.qt.time_grid import TimeGrid
from lle_desk.rooms.queries import (
    Plan,
    SiteRow,
    UseCard,
    plan_of,
    sites,
    use_card,
    uses_of_booking,
)
from lle_desk.rooms.ui.inspector import BookingInspector
from lle_desk.rooms.ui.judging import Judge
from lle_desk.rooms.ui.pages import LETTER, PAGES, PRINTS, RoomsPage
from lle_desk.rooms.ui.parking import ParkedCard, ParkingStrip
from lle_desk.rooms.ui.plan_words import areas_of, block_of, blocks_of, lanes_of, span_of_plan
from lle_desk.rooms.ui.rooms_bar import RoomsBar
from lle_desk.rooms.ui.shuffling import Shuffle
from lle_desk.rooms.ui.swap_bar import SwapBar
from lle_desk.rooms.ui.tab_keys import KEYS
from lle_desk.rooms.ui.tab_papers import TabPapers

TABLES = frozenset(
    {
        "room_use",
        "room_booking",
        "space",
        "space_layout",
        "closure",
        "site",
        "catering_line",
        "equipment_line",
        "charge",
    }
)
USUAL_LENGTH = timedelta(hours=2)
MORNING = 8  # o'clock


class RoomsTab(Tab):
    """Who has which room when, for one site over a day or more.

    Signals:
        record_asked: open what another tab owns. str: its table, int: its number.
        plan_shown: a plan was read and is on the screen.
        badge_changed: how many requests wait for the room manager. int.
    """

    record_asked = Signal(str, int)
    plan_shown = Signal()
    badge_changed = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: Plan | None = None
        self._judge: Judge | None = None
        self._sites: Sequence[SiteRow] = ()
        self._selects_first = self._is_showing = False
        self._days_shown: tuple[date, date] | None = None
        self._pages: dict[str, RoomsPage] = {}
        self._goes_to: int | None = None  # a use to select as soon as its day is shown
        self.bar = RoomsBar(desk, date.today())  # noqa: DTZ011  (the office's day)
        self.grid = TimeGrid("Plan of the rooms")
        self.parking = ParkingStrip()
        self.papers = TabPapers(desk, self.bar, self.grid, self)
        self.swap_bar = SwapBar()
        self.inspector = BookingInspector(desk)
        self.shuffle = Shuffle(desk, self.grid, self.parking, self.swap_bar, self.inspector)
        self.lay_out(self.bar, self._work(), self.inspector)
        self.remember_split(desk.settings, "rooms")
        self.inspector.show_nothing()
        self._connect()
        self.grid.follow_clock(datetime.now)
        self._refresher = Refresher(self, desk, TABLES, self.reload)

    # What the window asks of a tab

    def open_record(self, kind: str, record_id: int) -> None:
        """Show a booking (its first use) or a use on its day."""
        if kind == "room_booking":
            self._desk.load(self, self._open_first, uses_of_booking, record_id)
        elif kind == "room_use":
            self._desk.load(self, self._go_to_use, use_card, record_id)

    def refresh(self) -> None:
        """Read everything again."""
        self._refresher.look_again()

    def keys(self) -> list[KeyLine]:
        """Return the keys of this tab for the sheet of keys."""
        return list(KEYS)

    def tour_stops(self) -> list[tuple[str, Callable[[], None]]]:
        """Return what the tour takes pictures of."""
        return [
            ("", self._tour_day),
            ("-week", self._tour_week),
            ("-new", self._tour_new),
            ("-set-up", self.papers.show_set_up),
        ]

    def _tour_day(self) -> None:
        """Show a working day with its first booking selected."""
        self._close_paper()
        self.inspector.show_nothing()
        day = date.today()  # noqa: DTZ011
        self.bar.show_day(day if is_working_day(day) else add_working_days(day, 1))
        self._selects_first = True
        self.reload()

    def _tour_week(self) -> None:
        self.bar.show_days("days5")

    def _tour_new(self) -> None:
        """Show the form of a new booking with the rooms that fit it."""
        self.bar.show_days("day")
        self._new_booking()
        form = self.inspector.booking_form
        if form is not None:
            form.show_rooms_that_fit()
            form.mark_clean()

    # Reading

    def reload(self) -> None:
        """Read the sites, then the plan."""
        self._desk.load(self, self._show_sites, sites)

    def _show_sites(self, rows: Sequence[SiteRow]) -> None:
        self._sites = rows
        self.bar.show_sites(rows)
        site_id = self.bar.site_id
        if site_id is None:
            self._stack.setCurrentWidget(self.no_rooms)
        elif self._stack.currentWidget() is self.no_rooms:
            self._stack.setCurrentIndex(0)
        if site_id is None:
            return
        first, last = self.bar.stepper.span
        self._desk.load(self, self._show_plan, plan_of, site_id, first, last)

    def _show_plan(self, plan: Plan) -> None:
        if (plan.first, plan.last) != self.bar.stepper.span or plan.site_id != self.bar.site_id:
            return  # the officer has gone on; the next answer is under way
        self._plan = plan
        self._judge = Judge(plan)
        lanes, groups = lanes_of(plan.spaces)
        self._is_showing = True
        self.grid.show_plan(span_of_plan(plan), (lanes, groups), blocks_of(plan), areas_of(plan))
        self._is_showing = False
        self._bring_day_into_sight(plan)
        self.grid.set_judge(self._judge.verdicts)
        self.shuffle.show_plan(plan, self._judge)
        count = len(plan.uses)
        self.grid.show_corner(self.bar.site_name, f"{count} booking{'' if count == 1 else 's'}")
        self.bar.count(plan)
        self._show_parked(plan, self._judge)
        self.inspector.set_plan(self._judge, plan.site_id)
        self._select_wanted()
        self.plan_shown.emit()

    def _bring_day_into_sight(self, plan: Plan) -> None:
        """Scroll other days than before to the day that was chosen: a month begins before it."""
        shown = (plan.first, plan.last)
        if shown != self._days_shown and plan.first <= self.bar.stepper.day <= plan.last:
            morning = datetime.combine(self.bar.stepper.day, time(MORNING))
            QTimer.singleShot(0, self.grid, partial(self.grid.scroll_to, morning))
        self._days_shown = shown

    def _show_parked(self, plan: Plan, judge: Judge) -> None:
        shown = {plan.first + timedelta(days=n) for n in range((plan.last - plan.first).days + 1)}
        cards = [
            ParkedCard(use, judge.count_fits(use) if use.starts_at.date() in shown else None)
            for use in plan.parked
        ]
        self.parking.show_cards(cards)
        self.grid.set_parked({use.id: block_of(use, None, one_day=True) for use in plan.parked})

    def _select_wanted(self) -> None:
        uses = self._plan.uses if self._plan else ()
        if self._selects_first and uses:
            self._selects_first = False
            self._goes_to = uses[0].id
        shown = {use.id for use in uses}
        if self._goes_to in shown:
            wanted, self._goes_to = self._goes_to, None
            if self.grid.selected == wanted:
                self.inspector.show_use(wanted)
            self.grid.select(wanted)

    # Going somewhere

    def _open_first(self, uses: Sequence[int]) -> None:
        if uses:
            self._desk.load(self, self._go_to_use, use_card, uses[0])

    def _go_to_use(self, card: UseCard | None) -> None:
        if card is None:
            return
        if card.space is not None:
            self.bar.choose_site(card.space.site_id)
        self._goes_to = card.use_id
        self.bar.stepper.set_day(card.starts_at.date())
        self.inspector.show_use(card.use_id)
        self.reload()

    def _new_booking(self) -> None:
        """Start a booking in the selected time, else at nine on the day that is shown."""
        slot = self.grid.selected_slot
        if slot is not None:
            self._slot_chosen(slot.lane, slot.start, slot.end)
            return
        first, _last = self.bar.stepper.span
        start = datetime.combine(first, datetime.min.time()).replace(hour=9)
        self.inspector.show_new(None, start, start + USUAL_LENGTH)

    def _slot_chosen(self, lane: object, start: datetime, end: datetime) -> None:
        if end <= start:
            end = start + USUAL_LENGTH
        self.inspector.show_new(lane if isinstance(lane, int) else None, start, end)

    def _block_selected(self, key: object) -> None:
        if self._is_showing and self._goes_to is not None:
            return  # what was selected is not of the days that are opened now
        self._goes_to = None
        self._use_chosen(key)

    def _block_opened(self, key: object) -> None:
        if self.shuffle.is_swapping:
            self.shuffle.confirm_swap()
        elif isinstance(key, int):
            self.inspector.show_use(key)
            self.inspector.go_in()

    def _parked_opened(self, use_id: int) -> None:
        if self.shuffle.is_swapping:
            self.shuffle.confirm_swap()
            return
        self.inspector.show_use(use_id, rooms=True)

    def _day_opened(self, day: date) -> None:
        self.bar.show_day(day)

    def _use_chosen(self, key: object) -> None:
        """Show a booking, or while two are to be swapped, say what would come of it."""
        if not isinstance(key, int):
            self.inspector.show_nothing()
        elif self.shuffle.is_swapping:
            self.shuffle.offer(key)
        else:
            self.inspector.show_use(key)

    def _use_saved(self, use_id: int) -> None:
        self._goes_to = use_id

    def _emptied(self) -> None:
        self.grid.setFocus()

    # Papers, lists and tools in the plan's place

    def _show_paper(self, title: str, data: object) -> None:
        if isinstance(data, bytes):
            self._stack.setCurrentWidget(self.paper)
            self.paper.show_paper(title, data)

    def _save_calendar(self) -> None:
        self.papers.save_calendar(self._plan.uses if self._plan else ())

    def show_page(self, key: str) -> RoomsPage:
        """Show a list or tool in the plan's place; see `pages.PAGES`."""
        if key not in self._pages:
            specs = {spec.key: spec for spec in (*PAGES, *PRINTS, LETTER)}
            page = specs[key].make(self._desk)
            page.closed.connect(self._close_paper)
            page.use_chosen.connect(self.inspector.show_use)
            page.use_opened.connect(self._use_opened)
            page.booking_wanted.connect(self.inspector.show_wish)
            self._pages[key] = page
            self._stack.addWidget(page)
        page = self._pages[key]
        self._stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.bar.site_id is not None:
            page.open_at(self.bar.site_id, self.bar.stepper.day)
        return page

    def _lead_page(self) -> None:
        """Let the list or paper that is shown know of the site and day chosen above it."""
        page = self._stack.currentWidget()
        if isinstance(page, RoomsPage) and self.bar.site_id is not None:
            page.follow(self.bar.site_id, self.bar.stepper.day)

    def show_letter(self, booking_id: int) -> None:
        """Show the letter of a booking in the plan's place."""
        self.show_page(LETTER.key).open_booking(booking_id)

    def _use_opened(self, use_id: int) -> None:
        self._close_paper()
        self.open_record("room_use", use_id)

    def _close_paper(self) -> None:
        self._stack.setCurrentIndex(0)
        self.grid.setFocus()

    # Laying out

    def _work(self) -> QWidget:
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        work = QWidget()
        self._stack.addWidget(work)
        self.no_rooms = EmptyState(
            "There are no rooms yet. An administrator takes them in from a file with"
            " “lle-desk import rooms FILE”; then their plan stands here.",
            icon="door",
        )
        self._stack.addWidget(self.no_rooms)
        self.paper = PaperPane("Back to the plan")
        self._stack.addWidget(self.paper)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grid, 1)
        column.addWidget(self.swap_bar)
        column.addWidget(self.parking)
        return holder

    def _connect(self) -> None:
        self.bar.days_changed.connect(self.reload)
        self.bar.days_changed.connect(self._lead_page)
        self.bar.site_changed.connect(self.reload)
        self.bar.site_changed.connect(self._lead_page)
        self.bar.filter_changed.connect(self.grid.set_filter)
        self.bar.new_wanted.connect(self._new_booking)
        self.bar.print_wanted.connect(self.papers.print_plan)
        self.bar.set_up_wanted.connect(self.papers.show_set_up)
        self.papers.paper_drawn.connect(self._show_paper)
        self.bar.calendar_wanted.connect(self._save_calendar)
        self.bar.page_wanted.connect(self.show_page)
        self.bar.requests.counted.connect(self.badge_changed)
        self.bar.requests.follow(self)
        self.paper.closed.connect(self._close_paper)
        self.grid.block_selected.connect(self._block_selected)
        self.grid.block_opened.connect(self._block_opened)
        self.grid.slot_chosen.connect(self._slot_chosen)
        self.grid.day_opened.connect(self._day_opened)
        self.parking.opened.connect(self._parked_opened)
        self.parking.selected.connect(self._use_chosen)
        self.inspector.record_asked.connect(self.record_asked)
        self.inspector.letter_wanted.connect(self.show_letter)
        self.inspector.use_saved.connect(self._use_saved)
        self.inspector.move_asked.connect(self.grid.begin_move)
        self.inspector.emptied.connect(self._emptied)
        QTimer.singleShot(0, self, self.grid.setFocus)
