"""The form of a new booking: one room, several rooms and days, or a booking that repeats."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.core.days import add_working_days, day_words, short_day, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from lle_desk.qt.theme import px
from lle_desk.rooms.actions import HoldRoom, hold_room
from lle_desk.rooms.actions.series import hold_series, preview_series
from lle_desk.rooms.actions.series_requests import HoldRooms, HoldSeries
from lle_desk.rooms.actions.several import hold_rooms, place_of
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.queries.around import option_day
from lle_desk.rooms.queries.places import judge_places
from lle_desk.rooms.rules import SpaceFacts, Status, number_words
from lle_desk.rooms.rules.places import DateRow, DatesRefused, PlacesRefused, PlaceVerdict
from lle_desk.rooms.rules.repeats import RepeatRule, repeat_dates
from lle_desk.rooms.ui.booking_fields import PARKED
from lle_desk.rooms.ui.booking_form import BookingForm
from lle_desk.rooms.ui.date_list import DateList
from lle_desk.rooms.ui.lent_part import LentPart
from lle_desk.rooms.ui.pages import RoomWish
from lle_desk.rooms.ui.repeating import RepeatPart
from lle_desk.rooms.ui.room_lines import LineValues, RoomLines
from lle_desk.rooms.ui.saving import Saving

PAUSE_MS = 150  # after a key, before the dates are looked at


class NewBookingForm(BookingForm):
    """A booking to be made, or rooms and days to be added to one that is there.

    The fields of room and time are those of the line that is chosen in the list of rooms and
    days. What fits is looked up while the officer types.
    """

    def __init__(
        self, desk: Desk, spaces: Sequence[SpaceFacts], *, adds_to: UseCard | None = None
    ) -> None:
        super().__init__(desk, spaces, is_new=True)
        self._desk = desk
        self._adds_to = adds_to
        self._names = {space.id: space.name for space in spaces}
        self._lines: list[LineValues] = []
        self._at = 0
        self._uuid = new_uuid()  # of the line that stands in the fields
        self._verdicts: Sequence[PlaceVerdict] = ()
        self._asked_places: object = None
        self._asked_series: object = None
        self.lent = LentPart()
        self.lines = RoomLines()
        self.repeat = RepeatPart()
        self.dates = DateList(is_change=False)
        for field in self.repeat.fields:
            self._take_in(field)
        if adds_to is not None:
            self.repeat.hide()
        self._put_below_reason()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look_up)
        self.typed.connect(self._pause.start)
        self.typed.connect(self._follow)
        self.dates.chosen.connect(self._look_up)
        self.status.changed.connect(self._offer_option_day)
        self.free_rooms.answered.connect(self._prefer_another)
        self.lines.line_chosen.connect(self.go_to_line)
        self.lines.room_wanted.connect(self.add_room)
        self.lines.day_wanted.connect(self.add_day)
        self.lines.removal_wanted.connect(self.take_line_out)

    def show_slot(self, space_id: int | None, starts_at: datetime, ends_at: datetime) -> None:
        """Start a new booking in this room and time."""
        super().show_slot(space_id, starts_at, ends_at)
        self._follow()

    def show_wish(self, wish: RoomWish) -> None:
        """Take all that was looked for, its further days as lines."""
        self.layout_field.show_value(wish.layout)
        self.heads.show_value(wish.heads)
        self.lent.show_wanted(wish.equipment)
        before = self.reason.editor
        for field in self.lent.fields:
            self._take_in(field)
            QWidget.setTabOrder(before, field.editor)
            before = field.editor
        if wish.more and self._keep_line():
            for start in wish.more:
                line = replace(self._lines[0], uuid=new_uuid(), day=start.date(), reason="")
                self._lines.append(line)
            self._show_line(0)
        self.typed.emit()

    # Lines

    @property
    def line_count(self) -> int:
        """How many rooms and days the booking has."""
        return max(1, len(self._lines))

    def add_room(self) -> None:
        """Add another room at the same time, and offer the rooms that fit."""
        if self._keep_line():
            self._add(replace(self._lines[self._at], uuid=new_uuid(), room=PARKED, reason=""))
            self.show_rooms_that_fit()

    def add_day(self) -> None:
        """Add the same room at the same time on the next working day."""
        if self._keep_line():
            last = max(self._lines, key=lambda line: line.day)
            day = add_working_days(last.day, 1)
            self._add(replace(self._lines[self._at], uuid=new_uuid(), day=day, reason=""))
            self.day.setFocus()

    def go_to_line(self, at: int) -> None:
        """Show another line in the fields, unless something in this one is wrong."""
        if at != self._at and self._keep_line():
            self._show_line(at)
        self._show_lines()

    def take_line_out(self) -> None:
        """Take the line that is chosen out of the booking."""
        if len(self._lines) > 1:
            del self._lines[self._at]
            self._show_line(min(self._at, len(self._lines) - 1))
            self.typed.emit()

    def _add(self, line: LineValues) -> None:
        self._lines.insert(self._at + 1, line)
        self._show_line(self._at + 1)
        self.typed.emit()

    def _keep_line(self) -> bool:
        """Keep what the fields hold as a line; return whether it makes sense."""
        line = self._line()
        if line is None or line.ends_at <= line.starts_at:
            super().check()
            return False
        if self._lines:
            self._lines[self._at] = line
        else:
            self._lines = [line]
        return True

    def _line(self) -> LineValues | None:
        day, start, end = self.day.value(), self.start.value(), self.end.value()
        if day is None or start is None or end is None:
            return None
        return LineValues(
            self._uuid,
            day,
            start,
            end,
            self.room.value() or PARKED,
            self.layout_field.value() or "",
            self.heads.value(),
            self.before.value() or 0,
            self.after.value() or 0,
            self.reason.value(),
            self.before.is_typed(),
        )

    def _show_line(self, at: int) -> None:
        line = self._lines[at]
        self._at, self._uuid = at, line.uuid
        self.day.show_value(line.day)
        self.start.show_value(line.start)
        self.end.show_value(line.end)
        self.room.show_value(line.room)
        self.layout_field.show_value(line.layout)
        self.heads.show_value(line.heads)
        self.reason.show_value(line.reason)
        self.before.set_value(line.before)
        self.after.set_value(line.after)
        if line.is_before_typed:
            self.before.show_value(line.before)
        self.free_rooms.hide()
        for field in (self.day, self.start, self.end, self.room, self.heads):
            field.clear_error()
        self.look()
        self._show_lines()

    def _now(self) -> list[LineValues]:
        """Return the lines as they stand there, the chosen one as typed."""
        line = self._line()
        lines = list(self._lines) or ([line] if line else [])
        if line is not None and lines:
            lines[self._at] = line
        return lines

    def _show_lines(self) -> None:
        verdicts = self._verdicts if len(self._verdicts) == self.line_count else ()
        self.lines.show_lines(self._now(), self._at, verdicts, self._names)

    def _offer_option_day(self) -> None:
        """Fill in the usual option date of a provisional booking."""
        if self.status.value() == Status.PROVISIONAL and self.option_on.value() is None:
            self._desk.load(self, self._show_option_day, option_day, date.today())  # noqa: DTZ011

    def _show_option_day(self, day: date) -> None:
        if self.option_on.value() is None:
            self.option_on.show_value(day)

    def _prefer_another(self, _count: int) -> None:
        """Choose the best room in the list that no other line of that day has."""
        day = self.day.value()
        others = [line for at, line in enumerate(self._lines) if at != self._at]
        taken = [self._spaces[line.room].cells for line in others if line.day == day and line.room]
        for fit in self.free_rooms.fits if taken else ():
            if not any(cells & fit.space.cells for cells in taken):
                self.free_rooms.table.choose(fit.space.id)
                return

    # What is asked for

    def saving(self, client_uuid: str) -> Saving:
        """Return what Book saves. The form was checked."""
        lines = self._requests(client_uuid)
        first = lines[0]
        where = self._names.get(first.space_id or PARKED, "Parking")
        when = f"{short_day(first.starts_at.date())} {span_words(first.starts_at, first.ends_at)}"
        rule = self._rule(lines)
        if rule is not None:
            words = f"Booked: {where}, {len(repeat_dates(rule))} dates from {when}, {first.title}"
            return Saving(hold_series, self._series(client_uuid, rule, lines), words)
        if len(lines) > 1 or self._adds_to is not None:
            count = f"{len(lines)} rooms and days" if len(lines) > 1 else where
            return Saving(
                hold_rooms, HoldRooms(lines=lines), f"Booked: {count} from {when}, {first.title}"
            )
        return Saving(hold_room, first, f"Booked: {where}, {when}, {first.title}")

    def check(self) -> bool:
        """Say at each field what is wrong, those of the repeats as well."""
        if not super().check():
            return False
        if len(self._lines) > 1:
            self._keep_line()
            for at, line in enumerate(self._lines):
                if not line.heads:
                    self._show_line(at)
                    return super().check()
        try:
            rule = self._rule(self._requests(self._uuid))
            if rule is not None:
                repeat_dates(rule)
        except OfficerError as refusal:
            self.show_refusal(refusal)
            return False
        return True

    def is_typed(self) -> bool:
        return len(self._lines) > 1 or super().is_typed()

    def mark_clean(self) -> None:
        super().mark_clean()
        self._lines, self._at = [], 0

    def show_refusal(self, refusal: OfficerError | str) -> None:
        super().show_refusal(refusal)
        if isinstance(refusal, DatesRefused):
            self.dates.show_rows(refusal.rows, self._names)
            self.dates.table.setFocus()
        elif isinstance(refusal, PlacesRefused):
            self._verdicts = refusal.verdicts
            self._show_lines()
            self.lines.table.setFocus()

    def _requests(self, client_uuid: str) -> tuple[HoldRoom, ...]:
        """Return each line's request; the first carries the form's own uuid."""
        base = replace(self.hold_request(client_uuid), equipment=self.lent.wanted)
        if self._adds_to is not None:
            base = replace(base, room_booking_id=self._adds_to.booking_id)
        lines = self._now()
        if len(lines) < 2:
            return (base,)
        made = []
        for at, line in enumerate(lines):
            own = client_uuid if at == 0 else str(uuid.uuid5(uuid.UUID(client_uuid), line.uuid))
            made.append(
                replace(
                    base,
                    client_uuid=own,
                    space_id=line.room or None,
                    starts_at=line.starts_at,
                    ends_at=line.ends_at,
                    layout=line.layout,
                    heads=line.heads or 0,
                    before_minutes=line.before,
                    after_minutes=line.after,
                    over_capacity_reason=line.reason,
                )
            )
        return tuple(made)

    def _rule(self, lines: Sequence[HoldRoom]) -> RepeatRule | None:
        first = min(line.starts_at for line in lines).date()
        return self.repeat.rule(first) if self._adds_to is None else None

    def _series(
        self, client_uuid: str, rule: RepeatRule, lines: tuple[HoldRoom, ...]
    ) -> HoldSeries:
        return HoldSeries(
            client_uuid=client_uuid,
            rule=rule,
            lines=lines,
            choices=self.dates.choices,
            skips_bank_holidays=self.repeat.skip_holidays.value(),
            skips_closures=self.repeat.skip_closures.value(),
        )

    # Looking up what fits

    def _follow(self) -> None:
        """Let the list and the choice of repeats follow the fields."""
        self.repeat.show_day(self._first_day())
        if len(self._lines) > 1:
            self._show_lines()

    def _first_day(self) -> date | None:
        lines = self._now()
        return min(line.day for line in lines) if lines else None

    def _look_up(self) -> None:
        """Ask how each line, or each date of the repeats, is answered."""
        if self.wanted() is None:
            return
        lines = tuple(
            replace(line, heads=max(1, line.heads)) for line in self._requests(self._uuid)
        )
        try:
            rule = self._rule(lines)
            if rule is not None:
                repeat_dates(rule)
        except OfficerError as refusal:
            self.dates.say(str(refusal))
            return
        if rule is not None:
            ask = self._series(self._uuid, rule, lines)
            self._desk.load(self, self._show_dates, preview_series, ask)
            return
        self.dates.clear()
        if len(lines) > 1:
            places = [place_of(line) for line in lines]
            self._desk.load(self, self._show_verdicts, judge_places, places)

    def _show_dates(self, rows: Sequence[DateRow]) -> None:
        if self.repeat.is_on:
            self.dates.show_rows(rows, self._names)

    def _show_verdicts(self, verdicts: Sequence[PlaceVerdict]) -> None:
        self._verdicts = verdicts
        self._show_lines()

    # Laying out

    def _put_below_reason(self) -> None:
        """Put lines, repeats and dates below room and time, also in the order of Tab."""
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for part in (self.lent, self.lines, self.repeat, self.dates):
            column.addWidget(part)
        self._layout.insertWidget(self._layout.indexOf(self.reason) + 1, block)
        before = self.reason.editor
        stops: list[QWidget] = [self.lines.table, self.lines.another_room, self.lines.another_day]
        stops += [self.lines.remove, self.repeat.repeats.box, self.repeat.every.line]
        stops += [*self.repeat.weekdays.chips, self.repeat.until.line, self.repeat.times.line]
        stops += [self.repeat.skip_holidays.box, self.repeat.skip_closures.box]
        stops += [self.dates.table, self.dates.what.box, self.dates.best, self.dates.leave]
        for stop in stops:
            QWidget.setTabOrder(before, stop)
            before = stop


def adding_words(card: UseCard) -> tuple[str, str]:
    """Return the heading and the line of a form that adds to a booking."""
    return (
        f"Another room or day, {number_words(card.number)}",
        f"Added to “{card.title}”, {day_words(card.starts_at.date())}.",
    )
