"""When a site is open: its hours by the day of the week, and the bank holidays."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lle_desk.core.days import DAYS, EN_DASH, LONG_DAYS, bank_holidays
from lle_desk.rooms.rules.slots import Slot

MOMENT = timedelta(seconds=1)
WEEK = 7


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """The hours of a site: minutes after midnight for each day of the week, Monday first.

    None is a day on which it is shut; on bank holidays it is shut as well.
    """

    days: tuple[tuple[int, int] | None, ...]

    def of(self, day: date) -> Slot | None:
        """Return when the site is open on a day, None when it is shut."""
        hours = None if day in bank_holidays() else self.days[day.weekday()]
        if hours is None:
            return None
        midnight = datetime.combine(day, time())
        return Slot(*(midnight + timedelta(minutes=minutes) for minutes in hours))

    def complaint(self, starts_at: datetime, ends_at: datetime) -> str:
        """Return what is wrong with an event's time, "" when the site is open then.

        Of an event over several days its start and its end count: what stands there stays
        there over night and over a weekend.
        """
        for moment in (starts_at, ends_at - MOMENT):
            open_then = self.of(moment.date())
            if open_then is None:
                return self._shut_words(moment.date())
            if not open_then.starts_at <= moment < open_then.ends_at:
                return f"open {hours_words(self.days[moment.weekday()])} that day"
        return ""

    def _shut_words(self, day: date) -> str:
        holiday = bank_holidays().get(day)
        return f"shut: {holiday}" if holiday else f"shut on {LONG_DAYS[day.weekday()]}s"


def hours_words(hours: tuple[int, int] | None) -> str:
    """Return "08:00–21:30", or "shut"."""
    if hours is None:
        return "shut"
    return EN_DASH.join(f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in hours)


def week_words(times: OpenTimes) -> str:
    """Return "Mon–Fri 08:00–21:30, Sat–Sun shut": days alike are told together."""
    told: list[str] = []
    first = 0
    for day in range(1, WEEK + 1):
        if day == WEEK or times.days[day] != times.days[first]:
            last = f"{EN_DASH}{DAYS[day - 1]}" if day - 1 > first else ""
            told.append(f"{DAYS[first]}{last} {hours_words(times.days[first])}")
            first = day
    return ", ".join(told)
