"""The form of one closure, with those it lets in, and the form of a site's opening hours."""

from collections.abc import Sequence
from datetime import datetime, time

from lle_desk.core.days import LONG_DAYS
from lle_desk.qt.form import ChoiceField, DateField, Form, TextField, TimeField
from lle_desk.rooms.queries.closures import ClosureRow
from lle_desk.rooms.rules import OpenTimes, SpaceFacts

WHOLE_SITE = 0  # the choice of all rooms; no space has this number


class ClosureForm(Form):
    """A room, or all of them, from when until when, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.room: ChoiceField[int] = ChoiceField("&Room", [(WHOLE_SITE, "All rooms")], key="space")
        self.reason = TextField("Rea&son", key="reason", needed=True, max_length=200)
        self.row(self.room, self.reason, stretch=(2, 3))
        self.first = DateField("From &day", key="starts_on", needed=True)
        self.start = TimeField("&From", key="starts_at", needed=True)
        self.last = DateField("Until da&y", key="ends_on", needed=True)
        self.end = TimeField("&Until", key="ends_at", needed=True)
        self.row(self.first, self.start, stretch=(3, 2))
        self.row(self.last, self.end, stretch=(3, 2))

    def show_rooms(self, spaces: Sequence[SpaceFacts]) -> None:
        """Offer these rooms."""
        chosen = self.room.value()
        rooms = [(space.id, space.name) for space in spaces]
        self.room.set_choices([(WHOLE_SITE, "All rooms"), *rooms])
        self.room.set_value(chosen or WHOLE_SITE)

    def show_closure(self, row: ClosureRow) -> None:
        """Show a closure as it is saved."""
        self.room.set_value(row.space_id or WHOLE_SITE)
        self.reason.set_value(row.reason)
        self.first.set_value(row.starts_at.date())
        self.start.set_value(row.starts_at.time())
        self.last.set_value(row.ends_at.date())
        self.end.set_value(row.ends_at.time())
        self.clear_refusal()

    def show_new(self, starts_at: datetime, ends_at: datetime) -> None:
        """Start a new closure."""
        self.room.set_value(WHOLE_SITE)
        self.reason.set_value("")
        self.first.set_value(starts_at.date())
        self.start.set_value(starts_at.time())
        self.last.set_value(ends_at.date())
        self.end.set_value(ends_at.time())
        self.clear_refusal()

    @property
    def space_id(self) -> int | None:
        return self.room.value() or None

    def times(self) -> tuple[datetime, datetime]:
        """Return from when until when; the form was checked."""
        first, start = self.first.value(), self.start.value()
        last, end = self.last.value(), self.end.value()
        if first is None or start is None or last is None or end is None:
            raise ValueError("The form was not checked")
        return datetime.combine(first, start), datetime.combine(last, end)


class HoursForm(Form):
    """When a site is open on each day of the week; nothing typed: shut."""

    def __init__(self) -> None:
        super().__init__()
        self.days: list[tuple[TimeField, TimeField]] = []
        for day in LONG_DAYS:
            opens = TimeField(f"{day} from", key="hours", placeholder="shut")
            closes = TimeField("until", key="hours_end", placeholder="shut")
            self.row(opens, closes)
            self.days.append((opens, closes))

    def show_hours(self, times: OpenTimes | None) -> None:
        """Show the hours as they are saved."""
        for (opens, closes), hours in zip(
            self.days, times.days if times else (None,) * len(self.days), strict=True
        ):
            opens.set_value(_clock(hours[0]) if hours else None)
            closes.set_value(_clock(hours[1]) if hours else None)
        self.clear_refusal()

    def hours(self) -> tuple[tuple[int, int] | None, ...]:
        """Return what is typed, in minutes after midnight; a day without both times is shut."""
        found: list[tuple[int, int] | None] = []
        for opens, closes in self.days:
            first, last = opens.value(), closes.value()
            is_shut = first is None or last is None
            found.append(None if is_shut else (_minutes(first), _minutes(last)))
        return tuple(found)


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _minutes(moment: time | None) -> int:
    return moment.hour * 60 + moment.minute if moment else 0
