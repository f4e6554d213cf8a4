from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.days import EN_DASH
from lle_desk.qt.bar import Bar, DateStepper, span_of, span_words_of, stepped
from lle_desk.qt.buttons import Button, FilterChip, Segments
from tests.qt.walk import assert_named, assert_plain
from tests.screen import put_up

TUESDAY = date(2014, 3, 4)


@pytest.fixture
def stepper(qtbot: QtBot) -> DateStepper:
    stepper = DateStepper(TUESDAY, "days5", today=lambda: date(2014, 3, 20))
    put_up(qtbot, stepper)
    return stepper


@pytest.mark.parametrize(
    ("step", "span", "words"),
    [
        ("day", (TUESDAY, TUESDAY), "Tue 4 Mar 2014"),
        ("days5", (date(2014, 3, 3), date(2014, 3, 7)), f"Mon 3 {EN_DASH} Fri 7 Mar 2014"),
        ("week", (date(2014, 3, 3), date(2014, 3, 9)), f"Mon 3 {EN_DASH} Sun 9 Mar 2014"),
        ("fortnight", (date(2014, 3, 3), date(2014, 3, 16)), f"Mon 3 {EN_DASH} Sun 16 Mar 2014"),
        ("month", (date(2014, 3, 1), date(2014, 3, 31)), "March 2014"),
        ("year", (date(2014, 1, 1), date(2014, 12, 31)), "2014"),
    ],
)
def test_a_view_has_its_days_and_words(step: str, span: tuple[date, date], words: str) -> None:
    assert span_of(TUESDAY, step) == span
    assert span_words_of(TUESDAY, step) == words


def test_a_month_on_keeps_the_day_where_it_can() -> None:
    assert stepped(date(2014, 1, 31), "month", 1) == date(2014, 2, 28)
    assert stepped(date(2014, 12, 4), "month", 1) == date(2015, 1, 4)
    assert stepped(date(2012, 2, 29), "year", 1) == date(2013, 2, 28)


def test_keys_step_and_go_to_today(stepper: DateStepper, qtbot: QtBot) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    with qtbot.waitSignal(stepper.changed) as changed:
        qtbot.keyClick(stepper, Qt.Key.Key_Right, alt)
    assert changed.args == [date(2014, 3, 11)]
    qtbot.keyClick(stepper, Qt.Key.Key_Left, alt)
    assert stepper.day == TUESDAY
    qtbot.keyClick(stepper, Qt.Key.Key_T)
    assert stepper.day == date(2014, 3, 20)


def test_a_key_works_only_where_its_button_is_seen(qtbot: QtBot) -> None:
    bar = Bar()
    qtbot.addWidget(bar)
    pressed: list[str] = []
    new = bar.button("New", "plus", key="Ctrl+N", on_click=lambda: pressed.append("new"))
    with qtbot.waitExposed(bar):
        bar.show()
    bar.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(bar, Qt.Key.Key_N, control)
    new.setEnabled(False)
    qtbot.keyClick(bar, Qt.Key.Key_N, control)
    new.setEnabled(True)
    new.hide()
    qtbot.keyClick(bar, Qt.Key.Key_N, control)
    assert pressed == ["new"]


def test_every_part_of_a_bar_is_named_plain_and_says_its_key(qtbot: QtBot) -> None:
    bar = Bar()
    qtbot.addWidget(bar)
    bar.dates(TUESDAY)
    bar.segments([("list", "List"), ("calendar", "Calendar")])
    bar.chip("Schools (CPD)", category="SC", on=True)
    bar.search("Find in this list")
    printer = bar.button("Print", "printer", key="Ctrl+P")
    assert_plain(bar)
    assert_named(bar)
    assert "Ctrl+P" in printer.accessibleDescription()


def test_a_chip_says_its_count(qtbot: QtBot) -> None:
    chip = FilterChip("No room", 1)
    qtbot.addWidget(chip)
    chip.set_count(4)
    assert chip.accessibleName() == "No room, 4"
    with qtbot.waitSignal(chip.toggled) as toggled:
        chip.click()
    assert toggled.args == [True]
    assert chip.is_on()


def test_choosing_a_view_by_program_is_silent(qtbot: QtBot) -> None:
    views = Segments([("day", "Day"), ("week", "Week")])
    qtbot.addWidget(views)
    with qtbot.assertNotEmitted(views.chosen):
        views.choose("week")
    assert views.choice == "week"
    with qtbot.waitSignal(views.chosen) as chosen:
        next(one for one in views.findChildren(Button) if one.words == "Day").click()
    assert chosen.args == ["day"]
    views.show()
    views.activateWindow()
    day, week = views.findChildren(Button)
    assert [bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) for one in (day, week)] == [
        True,
        False,
    ]
    day.setFocus()
    qtbot.waitUntil(day.hasFocus)
    qtbot.keyClick(day, Qt.Key.Key_Right)
    assert views.choice == "week"
    assert week.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_narrow_bar_leaves_out_keys_then_words_then_goes_on_below(qtbot: QtBot) -> None:
    bar = Bar()
    qtbot.addWidget(bar)
    chip = bar.chip("Edge Hill University", category="EH", on=True)
    bar.stretch()
    printer = bar.button("Print the plan", "printer", key="Ctrl+P")
    new = bar.button("New booking", "plus", key="Ctrl+N", kind="primary")
    bar.show()
    printed: list[int] = []
    for compact in (0, 1, 2):
        for button in (chip, printer, new):
            button.set_compact(compact)
        needed = sum(one.sizeHint().width() for one in (chip, printer, new)) + 2 * 8 + 2 * 10
        bar.resize(needed, bar.height())
        printed.append(printer.width())
        assert new.geometry().right() < bar.width()
        assert not chip.geometry().intersects(printer.geometry())
        assert bar.height() == 44
    assert printed[0] > printed[1] > printed[2]
    assert printer.toolTip() == "<span>Print the plan (Ctrl+P)</span>"
    bar.resize(bar.width() - 40, bar.height())
    assert bar.height() == 88


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot) -> None:
    pressed: list[int] = []
    button = Button("Print", on_click=lambda: pressed.append(1))
    qtbot.addWidget(button)
    button.show()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Enter)
    assert pressed == [1, 1]


def test_control_f_goes_to_the_search_and_escape_empties_it(qtbot: QtBot) -> None:
    bar = Bar()
    qtbot.addWidget(bar)
    search = bar.search("Find in this list")
    bar.show()
    bar.activateWindow()
    qtbot.keyClick(bar, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "oak")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
