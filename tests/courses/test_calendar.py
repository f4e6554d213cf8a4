"""The programme as a calendar, and what is kept of it by service, status and venue."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.courses.actions import NewSession
from lle_desk.courses.queries import EventFilter, event_list
from lle_desk.courses.queries.calendar import session_days
from lle_desk.courses.queries.events import HERE, OUTSIDE
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.qt.bar import span_of, span_words_of, stepped
from tests.courses.keyboard import CTRL, Keyboard
from tests.courses.people import THURSDAY, a_course, an_event, at, meeting, service_id
from tests.qt.walk import assert_named, assert_plain

SHIFT = Qt.KeyboardModifier.ShiftModifier
MARCH = EventFilter(date(2014, 3, 1), date(2014, 3, 31))


def to_month(tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot) -> None:
    keyboard.press(Qt.Key.Key_L, CTRL | SHIFT)
    assert tab.programme.filters.view == "month"
    qtbot.waitUntil(tab.programme.calendar.grid.hasFocus)


def test_each_session_stands_on_its_own_day(database: Database) -> None:
    an_event(database, a_course(database))
    entries = database.read(session_days, MARCH)
    assert [entry.day for entry in entries] == [THURSDAY, date(2014, 3, 27)]
    assert entries[0].short == "Phonics"
    assert entries[0].words == (
        "09:30–15:30 Phonics in Key Stage 1, LPDS-0001: 0 of 12 booked, open"
    )


def test_events_are_kept_by_service_status_and_venue(database: Database) -> None:
    here = an_event(database, a_course(database))
    starts, ends = at(THURSDAY, "09:30"), at(THURSDAY, "15:30")
    away = an_event(
        database, a_course(database, "MATH", "Maths"), (NewSession(starts, ends, "Leeds Hall"),)
    )

    def kept(**more: object) -> list[int]:
        ask = EventFilter(MARCH.first, MARCH.last, **more)  # type: ignore[arg-type]
        return [row.id for row in database.read(event_list, ask)]

    assert kept(venue=HERE) == [here]
    assert kept(venue=OUTSIDE) == [away]
    assert set(kept(service_id=database.read(service_id))) == {here, away}
    assert kept(service_id=database.read(service_id, "MUS")) == []
    assert set(kept(state="open")) == {here, away}
    assert kept(state="cancelled") == []


def test_the_calendar_is_walked_by_arrow_keys_and_enter_opens(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    second = an_event(
        database,
        a_course(database, "MATH", "Maths leaders"),
        (meeting(THURSDAY, "13:00", "15:00"),),
    )
    to_month(tab, keyboard, qtbot)
    grid = tab.programme.calendar.grid
    assert tab.programme.dates.span == (date(2014, 3, 1), date(2014, 3, 31))
    assert grid.day in (date(2014, 3, 4), THURSDAY)
    grid._go(date(2014, 3, 12), 0)
    keyboard.press(Qt.Key.Key_Right)
    assert (grid.day, len(grid.entries)) == (THURSDAY, 2)
    keyboard.press(Qt.Key.Key_Down)
    assert grid.chosen is not None
    assert grid.chosen.event_id == second
    assert "2 of 2: 13:00–15:00 Maths leaders" in grid.accessibleDescription()
    keyboard.press(Qt.Key.Key_Return)
    side = tab.programme.side
    qtbot.waitUntil(lambda: side.shown_event is not None and side.shown_event.row.id == second)
    assert_plain(tab)
    assert_named(tab)


def test_friday_is_followed_by_monday_and_a_week_below_by_the_next(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    to_month(tab, keyboard, qtbot)
    grid = tab.programme.calendar.grid
    grid._go(date(2014, 3, 14), 0)
    keyboard.press(Qt.Key.Key_Right)
    assert grid.day == date(2014, 3, 17)
    keyboard.press(Qt.Key.Key_Down)
    assert grid.day == date(2014, 3, 24)
    keyboard.press(Qt.Key.Key_Up)
    assert grid.day == date(2014, 3, 17)
    for _ in range(30):
        keyboard.press(Qt.Key.Key_Left)
    assert grid.day == date(2014, 3, 3)


def test_the_term_is_shown_after_the_month_and_stays_chosen(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database))
    to_month(tab, keyboard, qtbot)
    keyboard.press(Qt.Key.Key_L, CTRL | SHIFT)
    grid = tab.programme.calendar.grid
    qtbot.waitUntil(lambda: grid.choose(event))
    assert tab.programme.dates.span == (date(2014, 1, 1), date(2014, 4, 30))
    cells = [grid.cell(week + timedelta(days=n)) for week in grid.weeks() for n in range(5)]
    for at_, cell in enumerate(cells):
        assert cell.height() >= 50
        assert not any(cell.intersects(other) for other in cells[at_ + 1 :])
    assert isinstance(cells[0], QRect)
    filters = tab.programme.filters
    filters.state.setFocus()
    keyboard.press(Qt.Key.Key_Down)
    assert filters.state_kept == "planned"
    qtbot.waitUntil(lambda: not grid.choose(event))
    keyboard.press(Qt.Key.Key_Tab)
    assert filters.venue.hasFocus()
    keyboard.press(Qt.Key.Key_Tab, SHIFT)
    keyboard.press(Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: grid.choose(event))
    grid.setFocus()
    keyboard.press(Qt.Key.Key_L, CTRL | SHIFT)
    assert tab.programme.events.table.hasFocus()
    assert tab.programme.dates.span[0].weekday() == 0


@pytest.mark.parametrize(
    ("day", "span", "words"),
    [
        (date(2014, 3, 4), (date(2014, 1, 1), date(2014, 4, 30)), "Spring 2014"),
        (date(2014, 8, 31), (date(2014, 5, 1), date(2014, 8, 31)), "Summer 2014"),
        (date(2014, 9, 1), (date(2014, 9, 1), date(2014, 12, 31)), "Autumn 2014"),
    ],
)
def test_a_term_is_a_third_of_the_year(day: date, span: tuple[date, date], words: str) -> None:
    assert span_of(day, "term") == span
    assert span_words_of(day, "term") == words
    assert span_of(stepped(day, "term", 1), "term")[0] == span[1] + timedelta(days=1)
