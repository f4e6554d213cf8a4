"""The questions of “Find a room”: when, on which days, how many, laid out how, with what."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal

from lle_desk.core.days import DAYS, bank_holidays
from lle_desk.qt.buttons import FilterChip
from lle_desk.qt.flow import Flow
from lle_desk.qt.form import ChoiceField, DateField, Form, NumberField, TextField, TimeField
from lle_desk.qt.typed import parse_date
from lle_desk.qt.words import tip
from lle_desk.rooms.queries import FreeRoomsQuestion
from lle_desk.rooms.queries.extras import EquipmentFree
from lle_desk.rooms.rules import Layout
from lle_desk.rooms.rules.extras import EquipmentWanted
from lle_desk.rooms.ui.booking_fields import LAYOUTS

MOST_DAYS = 100  # of one question


class FindForm(Form):
    """Asks for a room on one day or on several.

    Signals:
        asked: something was typed.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lent: dict[int, str] = {}  # what the office lends, by number
        self.day = DateField("&Day", key="day", needed=True)
        self.start = TimeField("&From", key="starts_at", needed=True)
        self.end = TimeField("&Until", key="ends_at", needed=True)
        self.heads = NumberField("H&eads", key="heads", needed=True, least=1, most=100_000)
        self.layout_field: ChoiceField[str] = ChoiceField("&Layout", LAYOUTS, key="layout")
        self.pcs = NumberField("&PCs in the room", key="pcs", least=0, most=1000)
        self.equipment: ChoiceField[int] = ChoiceField("E&quipment", [(0, "None")])
        self.quantity = NumberField("How man&y", least=1, most=1000)
        self.row(self.day, self.start, self.end, self.heads, stretch=(4, 2, 2, 2))
        self.row(self.layout_field, self.pcs, self.equipment, self.quantity, stretch=(4, 3, 4, 2))
        self.last = DateField("Each day &to", key="last")
        self.others = TextField(
            "&And also on", key="others", placeholder="11 mar, 13 mar", max_length=400
        )
        self.row(self.last, self.others, stretch=(4, 6))
        self.weekdays = [self._weekday(number) for number in range(7)]
        self._chips = Flow(list(self.weekdays))
        self.widget(self._chips)
        self.typed.connect(self._typed)
        self._typed()

    def show_day(self, day: date) -> None:
        """Start with a usual question for that day."""
        self.day.set_value(day)
        if self.start.value() is None:
            self.start.set_value(time(9, 30))
            self.end.set_value(time(12, 0))
            self.heads.set_value(20)
            self.layout_field.set_value(Layout.CLASSROOM)
            self.equipment.set_value(0)

    def show_equipment(self, listed: Sequence[EquipmentFree]) -> None:
        """Offer what the office lends."""
        self._lent = {one.id: one.name for one in listed}
        choices = [(one.id, f"{one.name} ({one.stock})") for one in listed]
        self.equipment.set_choices([(0, "None"), *choices])

    def question(self, site_id: int) -> FreeRoomsQuestion | None:
        """Return what is asked for the first day, None while it makes no sense."""
        days, start, end = self.days(), self.start.value(), self.end.value()
        heads = self.heads.value()
        if not days or start is None or end is None or end <= start or not heads:
            return None
        return FreeRoomsQuestion(
            starts_at=datetime.combine(days[0], start),
            ends_at=datetime.combine(days[0], end),
            heads=heads,
            layout=self.layout_field.value() or Layout.CLASSROOM,
            site_id=site_id,
            pcs=self.pcs.value() or 0,
        )

    def days(self) -> list[date]:
        """Return the days that are asked for, earliest first: at most a hundred."""
        first, last = self.day.value(), self.last.value()
        if first is None:
            return []
        found = {first}
        if last is not None and last > first:
            wanted = {number for number, chip in enumerate(self.weekdays) if chip.is_on()}
            every = (first + timedelta(days=n) for n in range(min((last - first).days, 400) + 1))
            holidays = bank_holidays()
            found = {day for day in every if day.weekday() in wanted and day not in holidays}
        typed = (parse_date(part, first) for part in self.others.value().split(",") if part.strip())
        found |= {day for day in typed if day is not None}
        return sorted(found)[:MOST_DAYS]

    def wanted_equipment(self) -> tuple[EquipmentWanted, ...]:
        """Return the equipment that is asked for."""
        number = self.equipment.value()
        if not number:
            return ()
        return (EquipmentWanted(number, self.quantity.value() or 1, self._lent.get(number, "")),)

    @property
    def problem(self) -> str:
        """What has to be said before anything can be looked for, "" when all is there."""
        unread = [part for part in self.others.value().split(",") if part.strip()]
        day = self.day.value() or date(2000, 1, 1)
        wrong = [part.strip() for part in unread if parse_date(part, day) is None]
        if wrong:
            return f"“{wrong[0]}” is no day. Type days such as 11 mar, 13 mar."
        last, first = self.last.value(), self.day.value()
        if last is not None and first is not None and last < first:
            return "The last day comes before the first."
        start, end = self.start.value(), self.end.value()
        if start is not None and end is not None and end <= start:
            return "The end must come after the start."
        return "" if self.heads.value() else "Say how many people come."

    def _weekday(self, number: int) -> FilterChip:
        chip = FilterChip(DAYS[number], on=number < 5)
        tip(chip, "Whether the days from the first to the last count on this weekday")
        chip.toggled.connect(self._toggled)
        return chip

    def _toggled(self, _on: bool) -> None:
        self.asked.emit()

    def _typed(self) -> None:
        self._chips.setVisible(self.last.value() is not None)
        self.quantity.setVisible(bool(self.equipment.value()))
        self.asked.emit()
