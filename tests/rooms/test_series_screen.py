"""Several rooms and days, and bookings that repeat, as an officer enters them in the Rooms tab."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import Field
from lle_desk.qt.time_grid import Slot
from lle_desk.rooms.actions import CloseSpace, close_space, hold_room
from lle_desk.rooms.actions.series import hold_series
from lle_desk.rooms.actions.series_requests import HoldRooms
from lle_desk.rooms.actions.several import hold_rooms
from lle_desk.rooms.queries import DayRow, day_list
from lle_desk.rooms.rules.repeats import Scope
from lle_desk.rooms.ui.around_part import AroundPart
from lle_desk.rooms.ui.booking_page import BookingPage
from lle_desk.rooms.ui.cancel_booking import CancelRoomPage
from lle_desk.rooms.ui.new_booking_form import NewBookingForm
from lle_desk.rooms.ui.repeating import BY_WEEKDAY, WEEKLY
from lle_desk.rooms.ui.saved_booking_form import SavedBookingForm
from lle_desk.rooms.ui.tab import RoomsTab
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.rooms.test_series import TUESDAY, on, places, series, taken, weekly
from tests.rooms.woodlands import Woodlands, card

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
WEEK = timedelta(days=7)


@pytest.fixture
def tab(desk: Desk, woodlands: Woodlands, qtbot: QtBot) -> RoomsTab:
    """The tab on a Tuesday that never passes."""
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1400, 900)
    tab.bar.stepper.set_day(TUESDAY)
    with qtbot.waitSignal(tab.plan_shown):
        tab.show()
    qtbot.waitUntil(lambda: not desk.is_busy())
    return tab


def new_form(tab: RoomsTab, qtbot: QtBot, space_id: int) -> NewBookingForm:
    """Press n on free time and return the form."""
    tab.grid.setFocus()
    tab.grid.select_slot(Slot(space_id, on(TUESDAY), on(TUESDAY, "12:00")))
    qtbot.keyClick(tab.grid, Qt.Key.Key_N)
    form = tab.inspector.booking_form
    assert isinstance(form, NewBookingForm)
    return form


def fill(form: NewBookingForm, qtbot: QtBot, title: str = "Numeracy network") -> None:
    qtbot.keyClicks(form.title.editor, title)
    qtbot.keyClicks(form.heads.editor, "24")


def saved_form(tab: RoomsTab, qtbot: QtBot, use_id: int) -> SavedBookingForm:
    """Open a booking and wait until what belongs to it is shown."""
    tab.open_record("room_use", use_id)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use_id)
    qtbot.waitUntil(lambda: _is_complete(tab))
    shown = tab.inspector.booking_form
    assert isinstance(shown, SavedBookingForm)
    return shown


def _is_complete(tab: RoomsTab) -> bool:
    form = tab.inspector.booking_form
    page = tab.inspector.page
    complete = isinstance(form, SavedBookingForm) and bool(form.around.room_model.rows)
    is_heard = isinstance(page, BookingPage) and bool(page.card.history) and bool(tab._plan)
    return complete and is_heard and len(tab.grid.spoken_blocks()) > 0 and not tab._desk.is_busy()


def save(tab: RoomsTab, qtbot: QtBot) -> None:
    form = tab.inspector.booking_form
    assert form is not None
    qtbot.keyClick(form.title.editor, Qt.Key.Key_Return, CTRL)


def booked(database: Database, day: date) -> list[str]:
    rows: list[DayRow] = database.read(day_list, day)
    return [f"{row.number} {row.room} {row.starts_at:%H:%M}" for row in rows]


# Several rooms and days


def test_two_rooms_and_the_next_day_are_booked_at_once_by_keyboard(
    tab: RoomsTab, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    form = new_form(tab, qtbot, woodlands.elm)
    fill(form, qtbot)
    qtbot.keyClick(form.heads.editor, Qt.Key.Key_K, ALT)  # next day too
    assert form.day.value() == TUESDAY + timedelta(days=1)
    qtbot.keyClick(form.heads.editor, Qt.Key.Key_J, ALT)  # another room
    assert form.room.value() == 0
    qtbot.waitUntil(lambda: form.free_rooms.chosen is not None)
    qtbot.keyClick(form.free_rooms.table, Qt.Key.Key_Return)
    assert form.line_count == 3
    save(tab, qtbot)
    wednesday = TUESDAY + timedelta(days=1)
    qtbot.waitUntil(lambda: len(booked(database, wednesday)) == 2)
    assert booked(database, TUESDAY) == ["1 Elm 09:30"]
    assert booked(database, wednesday) == ["1 Elm 09:30", "1 Ash 09:30"]


def test_each_line_says_whether_it_fits_and_nothing_is_booked_when_one_does_not(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    wednesday = TUESDAY + timedelta(days=1)
    database.write(by, hold_room, taken(woodlands.elm, wednesday))
    form = new_form(tab, qtbot, woodlands.elm)
    fill(form, qtbot)
    form.add_day()
    qtbot.waitUntil(lambda: "taken" in form.lines.texts()[1])
    assert form.lines.texts() == [
        "Tue 3 Mar, 09:30–12:00: Elm, 24 classroom",
        "Wed 4 Mar, 09:30–12:00: Elm is taken 09:30–12:00 by “Spanish”, WR-00001.",
    ]
    save(tab, qtbot)
    qtbot.waitUntil(lambda: bool(form.refusal))
    assert "1 of 2 does not fit, so nothing is booked." in form.refusal
    assert "Wed 4 Mar 09:30–12:00: Elm is taken" in form.refusal
    assert form.title.value() == "Numeracy network"
    assert booked(database, TUESDAY) == []
    form.take_line_out()
    save(tab, qtbot)
    qtbot.waitUntil(lambda: len(booked(database, TUESDAY)) == 1)


def test_going_through_the_lines_shows_each_in_the_fields(
    tab: RoomsTab, woodlands: Woodlands, qtbot: QtBot
) -> None:
    form = new_form(tab, qtbot, woodlands.elm)
    fill(form, qtbot)
    form.add_day()
    form.heads.show_value(12)
    qtbot.keyClick(form.lines.table, Qt.Key.Key_Up)
    assert (form.day.value(), form.heads.value()) == (TUESDAY, 24)
    qtbot.keyClick(form.lines.table, Qt.Key.Key_Down)
    assert form.heads.value() == 12


# Repeating


def test_every_tuesday_is_booked_by_keyboard_and_a_taken_date_is_decided(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    database.write(by, hold_room, taken(woodlands.elm, TUESDAY + WEEK))
    database.write(by, hold_room, taken(woodlands.elm, TUESDAY + 2 * WEEK))
    form = new_form(tab, qtbot, woodlands.elm)
    fill(form, qtbot)
    box = form.repeat.repeats.box
    box.setFocus()
    for _ in range(3):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert form.repeat.repeats.value() == WEEKLY
    qtbot.keyClicks(form.repeat.times.editor, "4")
    qtbot.waitUntil(lambda: len(form.dates.open_dates) == 2)
    assert form.dates.summary.text() == "4 dates: 2 fit, 2 to decide."
    assert form.dates.texts()[1].startswith("Tue 10 Mar: Elm is taken 09:30–12:00 by “Spanish”")
    form.dates.table.choose((TUESDAY + WEEK, 0))
    form.dates.what.box.setFocus()
    qtbot.keyClick(form.dates.what.box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: form.dates.texts()[1] == "Tue 10 Mar: Ash, 09:30")
    qtbot.waitUntil(lambda: not tab._desk.is_busy())
    qtbot.mouseClick(form.dates.leave, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: form.dates.summary.text() == "4 dates: 3 fit, 1 left out.")
    save(tab, qtbot)
    qtbot.waitUntil(lambda: tab.inspector.use_id is not None)
    use = tab.inspector.use_id
    assert use is not None
    assert places(database, use) == [
        "03/03 Elm",
        "10/03 Ash",
        "17/03 left out: not wanted on this date",
        "24/03 Elm",
    ]


def test_what_was_not_decided_is_refused_and_nothing_typed_is_lost(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    database.write(by, hold_room, taken(woodlands.elm, TUESDAY + WEEK))
    form = new_form(tab, qtbot, woodlands.elm)
    fill(form, qtbot)
    form.repeat.repeats.show_value(WEEKLY)
    form.repeat.repeats.changed.emit()
    form.repeat.times.show_value(3)
    save(tab, qtbot)
    qtbot.waitUntil(lambda: "1 date does not fit" in form.dates.what.error + form.refusal)
    assert form.dates.open_dates == [TUESDAY + WEEK]
    assert (form.title.value(), form.repeat.times.value()) == ("Numeracy network", 3)
    assert booked(database, TUESDAY) == []


def test_the_second_tuesday_is_offered_in_words(
    tab: RoomsTab, woodlands: Woodlands, qtbot: QtBot
) -> None:
    form = new_form(tab, qtbot, woodlands.elm)
    form.day.show_value(TUESDAY + WEEK)
    form.typed.emit()
    box = form.repeat.repeats.box
    words = [box.itemText(at) for at in range(box.count())]
    assert words[-2:] == ["Every month on the 10th", "Every month on the second Tuesday"]
    form.repeat.repeats.show_value(BY_WEEKDAY)
    form.day.show_value(date(2150, 3, 31))
    form.typed.emit()
    assert box.currentText() == "Every month on the last Tuesday"


def test_the_inspector_says_which_date_it_is_and_goes_to_the_others(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_series, weekly(woodlands.elm))
    second = series(database, use).days[1].use_id
    assert second is not None
    form = saved_form(tab, qtbot, second)
    assert form.around.words.text() == "2 of 4, every Tuesday until 24 Mar"
    qtbot.mouseClick(form.around.later, Qt.MouseButton.LeftButton)
    third = series(database, use).days[2].use_id
    qtbot.waitUntil(lambda: tab.inspector.use_id == third)


def test_this_and_later_are_changed_and_a_conflict_is_decided_on_the_screen(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_series, weekly(woodlands.elm))
    database.write(by, hold_room, taken(woodlands.ash, TUESDAY + 3 * WEEK))
    second = series(database, use).days[1].use_id
    assert second is not None
    form = saved_form(tab, qtbot, second)
    form.around.scope_choice.choose(Scope.LATER)
    form.room.show_value(woodlands.ash)
    form.heads.show_value(20)
    save(tab, qtbot)
    qtbot.waitUntil(lambda: form.dates.open_dates == [TUESDAY + 3 * WEEK])
    assert places(database, use)[1] == "10/03 Elm"
    qtbot.mouseClick(form.dates.leave, Qt.MouseButton.LeftButton)
    save(tab, qtbot)
    qtbot.waitUntil(lambda: places(database, use)[1] == "10/03 Ash")
    assert places(database, use) == ["03/03 Elm", "10/03 Ash", "17/03 Ash", "24/03 Elm"]


def test_all_dates_to_come_are_cancelled_with_a_reason(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_series, weekly(woodlands.elm))
    around: AroundPart = saved_form(tab, qtbot, use).around
    around.scope_choice.choose(Scope.ALL)
    around.scope_choice.chosen.emit(Scope.ALL)
    qtbot.keyClick(around.cancel, Qt.Key.Key_Space)
    page = tab.inspector.page
    assert isinstance(page, CancelRoomPage)
    qtbot.waitUntil(lambda: "4 dates, nothing to pay." in page.cost_section.words)
    qtbot.keyClicks(page.reason.editor, "network ends")
    qtbot.keyClick(page.reason.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: {day.status for day in series(database, use).days} == {"cancelled"})


def test_a_provisional_booking_is_offered_the_offices_usual_option_date(
    tab: RoomsTab, woodlands: Woodlands, qtbot: QtBot
) -> None:
    form = new_form(tab, qtbot, woodlands.elm)
    form.status.box.setFocus()
    qtbot.keyClick(form.status.box, Qt.Key.Key_Down)
    two_weeks = date.today() + timedelta(days=14)  # noqa: DTZ011  (the office's day)
    qtbot.waitUntil(lambda: form.option_on.value() == two_weeks)
    assert form.option_on.isVisible()


# What nobody means


@pytest.mark.parametrize(
    ("spoil", "field", "sentence"),
    [
        ("end", "end", "The end must come after the start."),
        ("heads", "heads", "Not less than 1."),
        ("title", "title", "Title has 5,000 letters; 200 fit."),
        ("times", "times", "A booking repeats at most 366 times, not 10,000."),
    ],
)
def test_nonsense_is_said_beside_its_field_and_nothing_typed_is_lost(
    tab: RoomsTab,
    database: Database,
    woodlands: Woodlands,
    qtbot: QtBot,
    spoil: str,
    field: str,
    sentence: str,
) -> None:
    form = new_form(tab, qtbot, woodlands.elm)
    fill(form, qtbot)
    qtbot.keyClicks(form.notes_office.editor, "ring back")
    title = form.title.value()
    if spoil == "end":
        form.end.show_value(time(9, 0))
    elif spoil == "heads":
        form.heads.show_value(0)
    elif spoil == "title":
        QApplication.clipboard().setText("x" * 5000)
        form.title.line.clear()
        form.title.line.paste()
        title = "x" * 5000
    else:
        form.repeat.repeats.show_value(WEEKLY)
        form.repeat.repeats.changed.emit()
        qtbot.keyClicks(form.repeat.times.editor, "10000")
    save(tab, qtbot)
    fields: dict[str, Field[Any]] = {
        "end": form.end,
        "heads": form.heads,
        "title": form.title,
        "times": form.repeat.times,
    }
    assert sentence in fields[field].error
    assert fields[field].editor.hasFocus() or not tab.isActiveWindow()
    assert (form.title.value(), form.notes_office.value()) == (title, "ring back")
    assert booked(database, TUESDAY) == []


def test_a_date_in_a_closure_is_refused_with_its_reason(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    closed = CloseSpace(
        client_uuid=new_uuid(),
        site_id=woodlands.site,
        space_id=woodlands.elm,
        starts_at=on(TUESDAY, "00:00"),
        ends_at=on(TUESDAY + timedelta(days=1), "00:00"),
        reason="new carpet",
    )
    database.write(by, close_space, closed)
    form = new_form(tab, qtbot, woodlands.elm)
    fill(form, qtbot)
    save(tab, qtbot)
    qtbot.waitUntil(lambda: "new carpet" in form.room.error)
    assert form.title.value() == "Numeracy network"


def test_words_that_look_like_html_are_shown_as_they_were_typed(
    tab: RoomsTab, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    form = new_form(tab, qtbot, woodlands.elm)
    fill(form, qtbot, "R&D <b>")
    form.add_day()
    save(tab, qtbot)
    qtbot.waitUntil(lambda: tab.inspector.use_id is not None)
    use = tab.inspector.use_id
    assert use is not None
    assert card(database, use).title == "R&D <b>"
    assert "R&D <b>" in shown_texts(tab.inspector)
    assert_plain(tab)


def test_every_widget_of_the_forms_has_a_name(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    form = new_form(tab, qtbot, woodlands.elm)
    form.repeat.repeats.show_value(WEEKLY)
    form.repeat.repeats.changed.emit()
    form.add_day()
    assert_named(form)
    assert_plain(form)
    tab.inspector.show_nothing()
    form.mark_clean()
    lines = HoldRooms(lines=(taken(woodlands.elm, TUESDAY), taken(woodlands.ash, TUESDAY)))
    use = database.write(by, hold_rooms, lines)
    saved = saved_form(tab, qtbot, use)
    assert_named(saved)
    assert_plain(saved)
