"""The bar of the adviser's diary: days, what is shown, and what can be started."""

from datetime import date

from PySide6.QtCore import Signal

from lle_desk.consultancy.ui.diary_words import DONE_CODE, LEGEND
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import FilterChip, MenuButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.words import tip

STEPS = [
    ("days5", "5-day"),
    ("week", "Week"),
    ("fortnight", "2 weeks"),
    ("month", "Month"),
    ("term", "Term"),
]


class DiaryBar(Bar):
    """Chooses what the diary shows. The chips are its legend as well.

    Signals:
        days_changed: other days are to be shown.
        filter_changed: object: the codes to show, or None for all.
        new_wanted: a new visit.
        leave_wanted: days of leave.
        adviser_wanted: a new adviser.
        change_wanted: the adviser of the line that the diary stands at.
        prices_wanted: the prices of visits.
    """

    days_changed = Signal()
    filter_changed = Signal(object)
    new_wanted = Signal()
    leave_wanted = Signal()
    adviser_wanted = Signal()
    change_wanted = Signal()
    prices_wanted = Signal()

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__()
        self._desk = desk
        step = desk.settings.text("consultancy/step", "days5")
        step = step if step in dict(STEPS) else "days5"
        self.stepper = self.dates(today, step)
        self.stepper.changed.connect(self._day_changed)
        self.gap()
        self.steps = self.segments(STEPS, step, accessible="Days shown")
        self.steps.chosen.connect(self.show_step)
        self.gap()
        self.chips: dict[str, FilterChip] = {}
        for code, words in (*LEGEND[:1], (DONE_CODE, "Done"), *LEGEND[1:]):
            chip = self.chip(words, on=True, category=code, on_toggle=self._filter)
            tip(chip, f"{words}: shown or faded")
            self.chips[code] = chip
        self.stretch()
        more = MenuButton(
            "Advisers",
            "users",
            [
                ("New adviser", "user-plus", self.adviser_wanted.emit),
                ("Change this adviser", "pencil", self.change_wanted.emit),
                ("Prices of visits", "presentation", self.prices_wanted.emit),
            ],
            kind="quiet",
        )
        self.add(more)
        self.leave = self.button(
            "Leave", "calendar-event", key="Ctrl+Shift+L", on_click=self.leave_wanted.emit
        )
        self.button(
            "New visit", "plus", key="Ctrl+N", kind="primary", on_click=self.new_wanted.emit
        )

    def show_step(self, step: str) -> None:
        """Show so many days from now on: "days5", "week", "fortnight", "month", "term"."""
        self.steps.choose(step)
        self._desk.settings.set_text("consultancy/step", step)
        self.stepper.set_step(step)
        self.days_changed.emit()

    def _day_changed(self, _day: date) -> None:
        self.days_changed.emit()

    def _filter(self, _on: bool) -> None:
        codes = frozenset(code for code, chip in self.chips.items() if chip.is_on())
        self.filter_changed.emit(None if len(codes) == len(self.chips) else codes)
