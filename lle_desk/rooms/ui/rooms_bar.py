"""The bar of the Rooms tab: days, site, categories, and what can be started."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import FilterChip, MenuButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.fields import ChoiceBox
from lle_desk.qt.words import name, tip
from lle_desk.rooms.queries import Plan, SiteRow
from lle_desk.rooms.rules import CATEGORY_CODES, Category
from lle_desk.rooms.ui.booking_fields import SHORT_BOX
from lle_desk.rooms.ui.pages import PAGES, PRINTS
from lle_desk.rooms.ui.request_watch import RequestWatch

STEPS = [
    ("day", "Day"),
    ("days5", "5-day"),
    ("week", "Week"),
    ("fortnight", "2 weeks"),
    ("month", "Month"),
]
ORDER = (
    Category.SCHOOLS,
    Category.CONFERENCES,
    Category.EDGE_HILL,
    Category.EXTERNAL,
    Category.MEETINGS,
)


class RoomsBar(Bar):
    """Chooses what the plan shows. The chips of the categories are its legend as well.

    Signals:
        days_changed: other days are to be shown.
        site_changed: another site is to be shown.
        filter_changed: object: the codes to show, or None for all.
        new_wanted: a new booking.
        print_wanted: the plan on paper.
        set_up_wanted: the room set-up sheet of the day.
        calendar_wanted: a calendar file of the room that is selected, for the days shown.
        page_wanted: str: a list or tool of `pages.PAGES` in the plan's place.
    """

    days_changed = Signal()
    site_changed = Signal()
    filter_changed = Signal(object)
    new_wanted = Signal()
    print_wanted = Signal()
    set_up_wanted = Signal()
    calendar_wanted = Signal()
    page_wanted = Signal(str)

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__()
        self._desk = desk
        self._sites: Sequence[SiteRow] = ()
        step = desk.settings.text("rooms/step", "day")
        step = step if step in dict(STEPS) else "day"
        self.stepper = self.dates(today, step)
        self.stepper.changed.connect(self._day_changed)
        self.gap()
        self.steps = self.segments(STEPS, step, accessible="Days shown")
        self.steps.chosen.connect(self.show_days)
        self.site = ChoiceBox()
        name(self.site, "Site")
        tip(self.site, "The site whose rooms are shown")
        self.site.setSizeAdjustPolicy(SHORT_BOX)
        self.site.setMinimumContentsLength(16)
        self.site.activated.connect(self._site_chosen)
        self.add(self.site)
        self.site.hide()
        self.gap()
        self.chips: dict[str, FilterChip] = {}
        for category in ORDER:
            code = CATEGORY_CODES[category]
            chip = self.chip(str(category), on=True, category=code, on_toggle=self._filter)
            tip(chip, f"{category}: shown or faded")
            self.chips[code] = chip
        self.stretch()
        self._add_actions()

    def _add_actions(self) -> None:
        """Put what can be started at the right of the bar."""
        if PAGES:
            entries = [(p.entry, p.icon, partial(self.page_wanted.emit, p.key)) for p in PAGES]
            self.lists = MenuButton("Lists", "clipboard-list", entries, kind="quiet", key="Ctrl+L")
            self.add(self.lists)
        self.requests = RequestWatch(self._desk)
        self.requests.clicked.connect(self._show_requests)
        self.add(self.requests)
        self.button(
            "New booking", "plus", key="Ctrl+N", kind="primary", on_click=self.new_wanted.emit
        )
        self.printing = MenuButton(
            "Print",
            "printer",
            [
                *((p.entry, p.icon, partial(self.page_wanted.emit, p.key)) for p in PRINTS),
                ("Room &set-up sheet of the day", "clipboard-list", self.set_up_wanted.emit),
                ("The &plan as it stands", "printer", self.print_wanted.emit),
                ("&Calendar file of the room", "calendar", self.calendar_wanted.emit),
            ],
            kind="quiet",
            key="Ctrl+P",
        )
        self.add(self.printing)

    # What is chosen

    @property
    def site_id(self) -> int | None:
        """The site shown, None while there is none."""
        at = self.site.currentIndex()
        return self._sites[at].id if 0 <= at < len(self._sites) else None

    @property
    def site_name(self) -> str:
        """The site's name without its town."""
        at = self.site.currentIndex()
        return self._sites[at].name.partition(",")[0] if at >= 0 else "Rooms"

    def show_sites(self, rows: Sequence[SiteRow]) -> None:
        """Offer these sites; the one that was shown stays."""
        if rows == self._sites:
            return
        chosen = self.site_id or self._desk.settings.number("rooms/site")
        self._sites = rows
        self.site.clear()
        self.site.addItems([row.name for row in rows])
        numbers = [row.id for row in rows]
        self.site.setCurrentIndex(numbers.index(chosen) if chosen in numbers else 0 if rows else -1)
        self.site.setVisible(len(rows) > 1)

    def choose_site(self, site_id: int) -> None:
        """Show another site from now on."""
        numbers = [row.id for row in self._sites]
        if site_id in numbers:
            self.site.setCurrentIndex(numbers.index(site_id))

    def show_day(self, day: date) -> None:
        """Show this one day."""
        self.stepper.set_step("day")
        self.stepper.set_day(day)
        self.show_days("day")

    def show_days(self, step: str) -> None:
        """Show so many days from now on: "day", "days5", "week", "fortnight", "month"."""
        self.steps.choose(step)
        self._desk.settings.set_text("rooms/step", step)
        self.stepper.set_step(step)
        self.days_changed.emit()

    def count(self, plan: Plan) -> None:
        """Say in each chip's words how many bookings of its category are shown."""
        counts = Counter(use.category for use in plan.uses)
        for category in ORDER:
            chip = self.chips[CATEGORY_CODES[category]]
            chip.setAccessibleName(f"{category}, {counts[category]} shown")

    # Within

    def _show_requests(self) -> None:
        self.page_wanted.emit("requests")

    def _day_changed(self, _day: date) -> None:
        self.days_changed.emit()

    def _site_chosen(self, _at: int) -> None:
        if self.site_id is not None:
            self._desk.settings.set_number("rooms/site", self.site_id)
            self.site_changed.emit()

    def _filter(self, _on: bool) -> None:
        codes = frozenset(code for code, chip in self.chips.items() if chip.is_on())
        self.filter_changed.emit(None if len(codes) == len(self.chips) else codes)
