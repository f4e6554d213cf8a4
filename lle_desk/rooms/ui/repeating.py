"""The fields that say how a booking repeats."""

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.core.days import DAYS, LONG_DAYS
from lle_desk.qt.buttons import FilterChip
from lle_desk.qt.form import CheckField, ChoiceField, DateField, Field, NumberField
from lle_desk.qt.theme import px
from lle_desk.qt.words import Label, name
from lle_desk.rooms.rules.repeats import (
    LAST,
    RepeatRule,
    Repeats,
    nth_weekdays,
    nth_words,
    rule_words,
)

NEVER, DAILY, WORKDAYS, WEEKLY, BY_DATE, BY_WEEKDAY = (
    "",
    "day",
    "workdays",
    "week",
    "date",
    "weekday",
)
LAST_WEEKDAY = "last weekday"
UNITS = {DAILY: "days", WEEKLY: "weeks", BY_DATE: "months"}
WORKDAY_NUMBERS = (0, 1, 2, 3, 4)


class WeekdayField(Field[tuple[int, ...]]):
    """The days of the week, Monday first; each is switched with Space."""

    def __init__(self, title: str, **options: Any) -> None:
        super().__init__(title, **options)
        editor = QWidget()
        line = QHBoxLayout(editor)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(3))
        self.chips = [FilterChip(day[:2]) for day in DAYS]
        for chip, day in zip(self.chips, LONG_DAYS, strict=True):
            name(chip, day)
            chip.toggled.connect(self._on_edited)
            line.addWidget(chip)
        line.addStretch(1)
        self.put(editor)
        self.setFocusProxy(self.chips[0])

    def value(self) -> tuple[int, ...]:
        return tuple(at for at, chip in enumerate(self.chips) if chip.is_on())

    def show_value(self, value: tuple[int, ...]) -> None:
        for at, chip in enumerate(self.chips):
            chip.setChecked(at in value)

    def raw(self) -> Hashable:
        return self.value() if hasattr(self, "chips") else ()


class EveryField(NumberField):
    """How many days, weeks or months lie between two dates."""

    unit: Label

    def put(self, editor: QWidget, *, beside: QWidget | None = None) -> None:
        super().put(editor, beside=beside)
        if isinstance(beside, Label):
            self.unit = beside


class RepeatPart(QWidget):
    """Whether and how a booking repeats. What is not asked for is not shown.

    The fields belong to the form, which checks them; `rule` puts them together.
    """

    def __init__(self) -> None:
        super().__init__()
        self._day: date | None = None
        self.repeats: ChoiceField[str] = ChoiceField(
            "Re&peats", [(NEVER, "Does not repeat")], key="repeats"
        )
        self.every = EveryField("E&very", key="repeat_every", suffix="weeks", max_length=6)
        self.weekdays = WeekdayField("On these days", key="repeat_weekdays")
        self.until = DateField("Unt&il and with", key="repeat_until")
        self.times = NumberField("or so many times", key="repeat_times")
        self.skip_holidays = CheckField("Leave out bank holidays", key="skip_holidays")
        self.skip_closures = CheckField("Leave out days on which it is closed", key="skip_closures")
        self._lay_out()
        self.every.set_value(1)
        self.skip_holidays.set_value(True)
        self.skip_closures.set_value(True)
        self.repeats.changed.connect(self._follow)
        self._follow()

    @property
    def fields(self) -> Sequence[Field[Any]]:
        """The fields in their order."""
        return (
            self.repeats,
            self.every,
            self.weekdays,
            self.until,
            self.times,
            self.skip_holidays,
            self.skip_closures,
        )

    @property
    def is_on(self) -> bool:
        """Whether the booking repeats."""
        return bool(self.repeats.value())

    def show_day(self, day: date | None) -> None:
        """Offer what can be said of the first date: "every month on the second Tuesday"."""
        if day is None or day == self._day:
            return
        was, self._day = self._day, day
        choice = self.repeats.value() or NEVER
        choices = [
            (NEVER, "Does not repeat"),
            (DAILY, "Every day"),
            (WORKDAYS, "Every day, Monday to Friday"),
            (WEEKLY, f"Every week, on {LONG_DAYS[day.weekday()]} or more days"),
            (BY_DATE, _sentence(rule_words(RepeatRule(Repeats.MONTH_DATE, day)))),
        ]
        for nth in nth_weekdays(day):
            key = LAST_WEEKDAY if nth == LAST else BY_WEEKDAY
            choices.append((key, f"Every month on the {nth_words(nth, day)}"))
        self.repeats.set_choices(choices)
        if choice not in dict(choices):
            choice = BY_WEEKDAY if choice == LAST_WEEKDAY else LAST_WEEKDAY
        self.repeats.show_value(choice)
        if was is None or self.weekdays.value() == (was.weekday(),):
            self.weekdays.show_value((day.weekday(),))
        if was is None:
            self.repeats.mark_clean()
            self.weekdays.mark_clean()

    def rule(self, starts_on: date) -> RepeatRule | None:
        """Return the rule as it stands there, None when the booking does not repeat."""
        choice = self.repeats.value()
        if not choice:
            return None
        kind, nth = Repeats.MONTH_DATE, 0
        weekdays: tuple[int, ...] = ()
        every = self.every.value()
        if choice == DAILY:
            kind = Repeats.DAY
        elif choice in (WEEKLY, WORKDAYS):
            kind = Repeats.WEEK
            weekdays = WORKDAY_NUMBERS if choice == WORKDAYS else self.weekdays.value()
            every = 1 if choice == WORKDAYS else every
        elif choice in (BY_WEEKDAY, LAST_WEEKDAY):
            kind = Repeats.MONTH_WEEKDAY
            nth = LAST if choice == LAST_WEEKDAY else nth_weekdays(starts_on)[0]
        return RepeatRule(
            kind,
            starts_on,
            0 if every is None else every,
            weekdays,
            nth,
            self.until.value(),
            self.times.value(),
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        rows: tuple[tuple[Field[Any], ...], ...] = (
            (self.repeats, self.every),
            (self.weekdays,),
            (self.until, self.times),
            (self.skip_holidays,),
            (self.skip_closures,),
        )
        for fields in rows:
            block, line = QVBoxLayout(), QHBoxLayout()
            block.setSpacing(px(3))
            line.setSpacing(px(8))
            for at, field in enumerate(fields):
                field.say_in(block)
                line.addWidget(field, 5 if at == 0 else 3)
            block.insertLayout(0, line)
            column.addLayout(block)

    def _follow(self) -> None:
        choice = self.repeats.value()
        for field in self.fields[1:]:
            field.setVisible(bool(choice))
        self.weekdays.setVisible(choice == WEEKLY)
        self.every.setVisible(bool(choice) and choice != WORKDAYS)
        self.every.unit.set(UNITS.get(choice or "", "months"))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
