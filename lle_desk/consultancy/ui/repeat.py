"""The days of a repeated visit in its form: made every so many weeks, or typed, and looked at."""

import re
from collections.abc import Callable, Hashable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from lle_desk.consultancy.queries import SeriesLook, SeriesWanted, series_look
from lle_desk.consultancy.rules import MOST_VISITS, repeated_days
from lle_desk.core.days import day_words
from lle_desk.core.money import pounds
from lle_desk.qt.buttons import LinkButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.field import LineField
from lle_desk.qt.form import ChoiceField, Form, NumberField
from lle_desk.qt.typed import parse_date
from lle_desk.qt.words import label

EVERY = [(1, "Every week"), (2, "Every 2 weeks"), (3, "Every 3 weeks"), (4, "Every 4 weeks")]
OWN_DAYS = 0
USUAL_COUNT = 6
_BETWEEN = re.compile(r"\s*[,;\n]\s*")


class DaysField(LineField[tuple[date, ...]]):
    """Several days, a comma between them; those without a year are the nearest to `near()`."""

    def __init__(self, title: str, near: Callable[[], date | None], **options: Any) -> None:
        super().__init__(title, **{"placeholder": "14 Jan, 28 Jan", "max_length": 2000, **options})
        self._near = near
        self.line.editingFinished.connect(self._tidy)
        self.put(self.line)

    def value(self) -> tuple[date, ...]:
        return tuple(day for day in self._read().values() if day is not None)

    def show_value(self, value: tuple[date, ...]) -> None:
        self.line.setText(", ".join(f"{day.day} {day:%b %Y}" for day in value))
        self.line.setCursorPosition(0)

    def raw(self) -> Hashable:
        return self.line.text()

    def fault(self) -> str:
        wrong = next((typed for typed, day in self._read().items() if day is None), "")
        if wrong:
            return f"“{wrong}” is no day. Type days such as 14 Jan, a comma between them."
        return "Type the other days, such as 14 Jan, 28 Jan." if not self.text() else ""

    def _read(self) -> dict[str, date | None]:
        parts = [part for part in _BETWEEN.split(self.text()) if part]
        near = self._near() or date.today()  # noqa: DTZ011
        return {part: parse_date(part, near) for part in parts}

    def _tidy(self) -> None:
        if not self.fault():
            self.show_value(self.value())


class RepeatPart(QObject):
    """The fields of a form that say when else a visit is made, and what stands against it.

    Signals:
        changed: other days.
    """

    changed = Signal()

    def __init__(self, form: Form, desk: Desk, first: Callable[[], date | None]) -> None:
        super().__init__(form)
        self._desk = desk
        self._first = first
        self._clashing: tuple[date, ...] = ()
        self.every: ChoiceField[int] = ChoiceField(
            "&Repeat", [*EVERY, (OWN_DAYS, "On days of my own")], key="every", empty="Once"
        )
        self.count = NumberField("How &many in all", least=2, most=MOST_VISITS, key="count")
        self.count.set_value(USUAL_COUNT)
        form.row(self.every, self.count)
        self.days = form.add(DaysField("And on these da&ys", first, key="others"))
        self.said, self.against = label("", "quiet", wrap=True), label("", "warning", wrap=True)
        self.leave_out = LinkButton("Leave these days out", self._leave_out, icon="x")
        for shown in (self.said, self.against, self.leave_out):
            form.widget(shown)
        self._show_parts()
        self.every.changed.connect(self.fill)
        self.count.changed.connect(self.fill)
        self.days.changed.connect(self.changed)

    def hide(self) -> None:
        """Show nothing of it: what is there already is not repeated."""
        for part in (self.every, self.count):
            part.hide()

    @property
    def is_repeated(self) -> bool:
        return self.every.value() is not None

    @property
    def others(self) -> tuple[date, ...]:
        """The other days, none when the visit is made once."""
        return self.days.value() if self.is_repeated else ()

    def fill(self) -> None:
        """Fill in the days anew, so many weeks apart from the first."""
        first, weeks, count = self._first(), self.every.value(), self.count.value()
        if weeks and first is not None and count:
            self.days.show_value(tuple(repeated_days(first, weeks, count)))
        self._show_parts()
        self.changed.emit()

    def look(self, wanted: SeriesWanted | None) -> None:
        """Say what the days cost and what is against them; None while something is missing."""
        if wanted is None or not self.is_repeated:
            self._say("", "", ())
            return
        self._desk.load(self, partial(self._show_look, wanted), series_look, wanted)

    def _show_look(self, wanted: SeriesWanted, look: SeriesLook) -> None:
        if not self.is_repeated or set(wanted.days) - {self._first()} != set(self.others):
            return  # other days by now; their answer is under way
        count = len(look.days)
        free = "" if any(one.clash for one in look.days) else ", all free"
        said = f"{count} visits{free}: {pounds(look.net)} before VAT."
        clashing = [one for one in look.days if one.clash]
        against = "\n".join(f"{day_words(one.day)}: {one.clash}." for one in clashing)
        days = tuple(one.day for one in clashing if one.day != self._first())
        self._say(" ".join([said, *(f"{words}." for words in look.drawn)]), against, days)

    def _say(self, said: str, against: str, clashing: tuple[date, ...]) -> None:
        self._clashing = clashing
        self.said.set(said)
        self.said.setVisible(bool(said))
        self.against.set(against)
        self.against.setVisible(bool(against))
        self.leave_out.setVisible(bool(clashing))

    def _leave_out(self) -> None:
        kept = tuple(day for day in self.days.value() if day not in self._clashing)
        self.days.show_value(kept)
        self.days.setFocus()
        self.changed.emit()

    def _show_parts(self) -> None:
        self.count.setVisible(bool(self.every.value()))
        self.days.setVisible(self.is_repeated)
        if not self.is_repeated:
            self._say("", "", ())
