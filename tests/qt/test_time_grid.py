"""The plan under keys and mouse."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lle_desk.qt.theme import Scheme, theme
from lle_desk.qt.time_grid import (
    Block,
    Ghost,
    Slot,
    TimeGrid,
    Verdict,
    day_plan,
    days_plan,
    parked_mime,
)
from lle_desk.qt.time_grid.mouse import plain_tip
from tests.qt.plan_demo import DAY, GROUPS, NOW, ROOMS, at, day_areas, day_blocks, judge

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
PHONICS, CHOIR, SEN, NUMERACY, IT_TEAM = 1, 2, 3, 11, 12


@pytest.fixture
def grid(qtbot: QtBot) -> Iterator[TimeGrid]:
    grid = TimeGrid("Woodlands")
    qtbot.addWidget(grid)
    grid.resize(1228, 760)
    grid.show_span(day_plan(DAY))
    grid.show_lanes(ROOMS, GROUPS)
    grid.show_blocks(day_blocks(), day_areas())
    grid.set_now(NOW)
    grid.show()
    qtbot.waitExposed(grid)
    grid.setFocus()
    yield grid
    theme().set_scheme(Scheme.LIGHT) if theme().is_dark else None


def heard(signal: Any) -> list[tuple[Any, ...]]:
    """Return a list that fills with what the signal says."""
    said: list[tuple[Any, ...]] = []
    signal.connect(lambda *words: said.append(words))
    return said


def spot(grid: TimeGrid, lane: str, clock: str, day: date = DAY) -> QPoint:
    """Return where a time in a lane is in the viewport."""
    layout = grid.layout_now()
    row = layout.rows.row(lane)
    assert row is not None
    x = layout.axis.x(at(day, clock)) + grid.look_now().side - grid.horizontalScrollBar().value()
    y = row.top + row.height / 2 + layout.top - grid.verticalScrollBar().value()
    return QPoint(round(x), round(y))


def drag(grid: TimeGrid, start: QPoint, end: QPoint, *, release: bool = True) -> None:
    port = grid.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    for part in (1, 2, 3):
        QTest.mouseMove(port, start + (end - start) * part / 3)
    if release:
        QTest.mouseRelease(port, LEFT, pos=end)


def test_arrows_walk_over_blocks_and_free_slots(grid: TimeGrid) -> None:
    grid.select(PHONICS)
    QTest.keyClick(grid, Key.Key_Right)
    assert grid.selected_slot == Slot("oak", at(DAY, "12:30"), at(DAY, "13:00"))
    QTest.keyClick(grid, Key.Key_Right)
    assert grid.selected_slot == Slot("oak", at(DAY, "13:00"), at(DAY, "14:00"))
    QTest.keyClick(grid, Key.Key_End)
    assert grid.selected == CHOIR
    QTest.keyClick(grid, Key.Key_Left)
    assert grid.selected_slot == Slot("oak", at(DAY, "17:00"), at(DAY, "18:00"))
    QTest.keyClick(grid, Key.Key_Home)
    assert grid.selected_slot == Slot("oak", at(DAY, "08:00"), at(DAY, "09:00"))


def test_up_and_down_stay_at_about_the_same_time(grid: TimeGrid) -> None:
    grid.select(SEN)  # Oak 1, 13:30
    seen = []
    for _ in range(4):
        QTest.keyClick(grid, Key.Key_Down)
        seen.append((grid.place.lane, grid.selected))
    assert [lane for lane, _ in seen] == ["oak2", "elm", "ash", "beech"]
    assert seen[1][1] is not None  # PGCE, 13:00 to 16:00, is at 13:30 too
    assert seen[3][1] is None  # Beech is free then


def test_up_from_the_first_lane_is_its_group_which_folds(grid: TimeGrid) -> None:
    grid.select(PHONICS)
    QTest.keyClick(grid, Key.Key_Up)
    assert grid.place.group == "rooms"
    QTest.keyClick(grid, Key.Key_Space)
    assert grid.collapsed == {"rooms"}
    QTest.keyClick(grid, Key.Key_Right)
    assert grid.collapsed == frozenset()


def test_enter_opens_a_block_and_takes_a_slot(grid: TimeGrid) -> None:
    opened, chosen = heard(grid.block_opened), heard(grid.slot_chosen)
    grid.select(PHONICS)
    QTest.keyClick(grid, Key.Key_Return)
    QTest.keyClick(grid, Key.Key_N)  # not on an empty slot: nothing
    grid.select_slot(Slot("elm", at(DAY, "16:30"), at(DAY, "17:30")))
    QTest.keyClick(grid, Key.Key_N)
    QTest.keyClick(grid, Key.Key_Return)
    assert opened == [(PHONICS,)]
    assert chosen == [("elm", at(DAY, "16:30"), at(DAY, "17:30"))] * 2


def test_presses_gather_into_one_move(grid: TimeGrid, qtbot: QtBot) -> None:
    wanted = heard(grid.move_wanted)
    grid.select(IT_TEAM)  # Hazel, 13:00 to 14:30
    for _ in range(3):
        QTest.keyClick(grid, Key.Key_Right, CTRL)
    QTest.keyClick(grid, Key.Key_Down, CTRL)
    QTest.keyClick(grid, Key.Key_Left, CTRL)
    assert wanted == []
    assert grid.ghost is not None
    assert grid.ghost.slot == Slot("willow", at(DAY, "13:30"), at(DAY, "15:00"))
    with qtbot.waitSignal(grid.move_wanted):
        pass
    assert wanted == [(IT_TEAM, "willow", at(DAY, "13:30"), at(DAY, "15:00"))]
    assert grid.ghost is None


def test_shift_and_arrows_change_the_length_down_to_a_quarter_hour(grid: TimeGrid) -> None:
    wanted = heard(grid.move_wanted)
    grid.select(IT_TEAM)
    QTest.keyClick(grid, Key.Key_Right, SHIFT)
    QTest.keyClick(grid, Key.Key_Return)
    assert wanted == [(IT_TEAM, "hazel", at(DAY, "13:00"), at(DAY, "14:45"))]
    for _ in range(12):
        QTest.keyClick(grid, Key.Key_Left, SHIFT)
    QTest.keyClick(grid, Key.Key_Return)
    assert wanted[1] == (IT_TEAM, "hazel", at(DAY, "13:00"), at(DAY, "13:15"))


def test_escape_forgets_the_move(grid: TimeGrid, qtbot: QtBot) -> None:
    wanted = heard(grid.move_wanted)
    grid.select(IT_TEAM)
    QTest.keyClick(grid, Key.Key_Right, CTRL)
    QTest.keyClick(grid, Key.Key_Escape)
    qtbot.wait(700)
    assert grid.ghost is None
    assert wanted == []


def test_a_wanted_move_is_drawn_there_until_it_is_answered(grid: TimeGrid) -> None:
    grid.select(IT_TEAM)
    QTest.keyClick(grid, Key.Key_Right, CTRL)
    QTest.keyClick(grid, Key.Key_Return)
    shown = grid.layout_now().block(IT_TEAM)
    assert shown is not None
    assert shown.start == at(DAY, "13:15")
    grid.drop_pending(IT_TEAM)
    back = grid.layout_now().block(IT_TEAM)
    assert back is not None
    assert back.start == at(DAY, "13:00")


def test_days_are_crossed_with_control_and_shift(grid: TimeGrid) -> None:
    grid.show_span(days_plan(date(2014, 3, 3), 5))
    wanted = heard(grid.move_wanted)
    grid.select(IT_TEAM)
    QTest.keyClick(grid, Key.Key_Right, CTRL | SHIFT)
    QTest.keyClick(grid, Key.Key_Return)
    assert wanted == [(IT_TEAM, "hazel", datetime(2014, 3, 5, 13), datetime(2014, 3, 5, 14, 30))]


def test_a_slot_is_moved_and_lengthened_by_the_same_keys(grid: TimeGrid) -> None:
    grid.select_slot(Slot("elm", at(DAY, "16:30"), at(DAY, "17:30")))
    QTest.keyClick(grid, Key.Key_Right, CTRL)
    QTest.keyClick(grid, Key.Key_Right, SHIFT)
    assert grid.selected_slot == Slot("elm", at(DAY, "16:45"), at(DAY, "18:00"))


def test_keys_of_the_tab_are_left_to_it(grid: TimeGrid) -> None:
    grid.select(PHONICS)
    QTest.keyClick(grid, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(grid, Key.Key_C)
    QTest.keyClick(grid, Key.Key_T)
    assert grid.selected == PHONICS


def test_plus_and_minus_zoom_round_what_is_in_sight(grid: TimeGrid) -> None:
    before = grid.layout_now().width
    QTest.keyClick(grid, Key.Key_Plus)
    assert grid.layout_now().width == pytest.approx(before * 1.5)
    assert grid.horizontalScrollBar().value() > 0
    QTest.keyClick(grid, Key.Key_Minus)
    assert grid.layout_now().width == pytest.approx(before)


def test_a_click_selects_and_a_double_click_opens(grid: TimeGrid) -> None:
    opened, selected = heard(grid.block_opened), heard(grid.block_selected)
    place = spot(grid, "oak", "10:30")
    QTest.mouseClick(grid.viewport(), LEFT, pos=place)
    assert selected == [(PHONICS,)]
    QTest.mouseDClick(grid.viewport(), LEFT, pos=place)
    assert opened == [(PHONICS,)]


def test_a_double_click_on_empty_time_takes_the_free_slot(grid: TimeGrid) -> None:
    chosen = heard(grid.slot_chosen)
    place = spot(grid, "beech", "13:20")
    QTest.mouseClick(grid.viewport(), LEFT, pos=place)
    assert chosen == []
    QTest.mouseDClick(grid.viewport(), LEFT, pos=place)
    assert chosen == [("beech", at(DAY, "13:00"), at(DAY, "14:00"))]


def test_dragging_on_empty_time_draws_a_slot(grid: TimeGrid) -> None:
    chosen = heard(grid.slot_chosen)
    drag(grid, spot(grid, "beech", "13:05"), spot(grid, "beech", "14:50"))
    assert chosen == [("beech", at(DAY, "13:00"), at(DAY, "15:00"))]


def test_dragging_a_block_moves_it_where_it_fits(grid: TimeGrid) -> None:
    grid.set_judge(judge)
    wanted = heard(grid.move_wanted)
    drag(grid, spot(grid, "hazel", "10:30"), spot(grid, "willow", "13:30"), release=False)
    assert grid.ghost is not None
    assert grid.verdicts["willow"].fits
    assert not grid.verdicts["ash"].fits
    QTest.mouseRelease(grid.viewport(), LEFT, pos=spot(grid, "willow", "13:30"))
    assert wanted == [(NUMERACY, "willow", at(DAY, "13:00"), at(DAY, "15:00"))]
    assert grid.ghost is None


def test_dropping_where_it_does_not_fit_moves_nothing_and_says_why(grid: TimeGrid) -> None:
    grid.set_judge(judge)
    wanted, refused = heard(grid.move_wanted), heard(grid.move_refused)
    drag(grid, spot(grid, "hazel", "10:30"), spot(grid, "ash", "13:30"))
    assert wanted == []
    assert [(key, verdict.reason) for key, verdict in refused] == [
        (NUMERACY, "Ash is taken 13:00–16:15")
    ]


def test_too_few_seats_may_be_forced(grid: TimeGrid) -> None:
    grid.set_judge(judge)
    wanted = heard(grid.move_wanted)
    drag(grid, spot(grid, "hazel", "10:30"), spot(grid, "beech", "13:30"))
    assert [words[:2] for words in wanted] == [(NUMERACY, "beech")]


def test_dragging_the_right_edge_lengthens(grid: TimeGrid) -> None:
    wanted = heard(grid.move_wanted)
    edge = spot(grid, "hazel", "14:30") - QPoint(2, 0)
    drag(grid, edge, spot(grid, "hazel", "15:30"))
    assert wanted == [(IT_TEAM, "hazel", at(DAY, "13:00"), at(DAY, "15:30"))]


def test_escape_drops_a_drag(grid: TimeGrid) -> None:
    wanted = heard(grid.move_wanted)
    drag(grid, spot(grid, "hazel", "10:30"), spot(grid, "willow", "13:30"), release=False)
    QTest.keyClick(grid, Key.Key_Escape)
    QTest.mouseRelease(grid.viewport(), LEFT, pos=spot(grid, "willow", "13:30"))
    assert grid.ghost is None
    assert wanted == []


def test_a_block_that_may_not_be_moved_stays(grid: TimeGrid) -> None:
    fixed = Block(1, "elm", at(DAY, "09:00"), at(DAY, "10:00"), "Fixed", movable=False)
    grid.show_blocks([fixed])
    wanted = heard(grid.move_wanted)
    drag(grid, spot(grid, "elm", "09:30"), spot(grid, "ash", "12:00"))
    QTest.keyClick(grid, Key.Key_Right, CTRL)
    assert grid.ghost is None
    assert wanted == []


def test_a_drag_stays_within_the_day(grid: TimeGrid) -> None:
    drag(grid, spot(grid, "hazel", "10:30"), spot(grid, "willow", "20:55"), release=False)
    assert grid.ghost is not None
    assert grid.ghost.slot == Slot("willow", at(DAY, "19:00"), at(DAY, "21:00"))


def test_the_judge_is_asked_once_for_each_time_not_for_each_pixel(grid: TimeGrid) -> None:
    asked: list[Ghost] = []

    def count(ghost: Ghost) -> dict[object, Verdict]:
        asked.append(ghost)
        return {}

    grid.set_judge(count)
    start = spot(grid, "hazel", "10:30")
    QTest.mousePress(grid.viewport(), LEFT, pos=start)
    for pixel in range(10, 60):
        QTest.mouseMove(grid.viewport(), start + QPoint(pixel, 0))
    assert len(asked) == len({ghost.slot.start for ghost in asked})


def test_a_parked_card_dropped_on_a_lane_wants_to_go_there(grid: TimeGrid) -> None:
    card = Block(99, None, at(DAY, "09:00"), at(DAY, "11:00"), "Literacy leaders", code="SC")
    grid.set_parked({7: card})
    wanted = heard(grid.move_wanted)
    place = QPointF(spot(grid, "beech", "13:00") + QPoint(12, 0))
    mime = parked_mime(7)  # kept: Qt does not own it
    enter = QDragEnterEvent(
        place.toPoint(), Qt.DropAction.MoveAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(grid.viewport(), enter)
    assert enter.isAccepted()
    event = QDropEvent(place, Qt.DropAction.MoveAction, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(grid.viewport(), event)
    assert wanted == [(99, "beech", at(DAY, "13:00"), at(DAY, "15:00"))]


def test_a_click_on_a_date_asks_for_that_day(grid: TimeGrid) -> None:
    grid.show_span(days_plan(date(2014, 3, 3), 5))
    days = heard(grid.day_opened)
    where = spot(grid, "oak", "12:00", date(2014, 3, 6))
    QTest.mouseClick(grid.viewport(), LEFT, pos=QPoint(where.x(), 10))
    assert days == [(date(2014, 3, 6),)]


def test_new_blocks_keep_selection_scroll_and_zoom(grid: TimeGrid) -> None:
    grid.zoom_in()
    grid.select(IT_TEAM)
    before = grid.horizontalScrollBar().value()
    grid.show_blocks(reversed(day_blocks()), day_areas())
    assert (grid.selected, grid.horizontalScrollBar().value()) == (IT_TEAM, before)
    selected = heard(grid.block_selected)
    grid.show_blocks([block for block in day_blocks() if block.key != IT_TEAM])
    assert grid.selected is None
    assert selected == [(None,)]


def test_the_selected_block_is_said_in_one_sentence(grid: TimeGrid) -> None:
    grid.select(PHONICS)
    assert grid.accessibleName() == "Woodlands"
    assert grid.accessibleDescription() == (
        "Oak Room, Tuesday 4 March, 09:30 to 12:00, Phonics in Key Stage 1, "
        "confirmed, 18/20 classroom"
    )
    QTest.keyClick(grid, Key.Key_Right)
    assert grid.accessibleDescription() == "Oak Room, Tuesday 4 March, 12:30 to 13:00, free"
    assert len(grid.spoken_blocks()) == len(day_blocks())


def test_hover_text_is_plain(grid: TimeGrid) -> None:
    assert plain_tip("A & B\n<img src=//host/x.png>") == (
        "<qt><b>A &amp; B</b><br>&lt;img src=//host/x.png&gt;</qt>"
    )
    assert plain_tip("") == ""


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("days", [1, 5, 14, 31])
def test_every_view_paints_in_light_and_dark(grid: TimeGrid, scheme: Scheme, days: int) -> None:
    theme().set_scheme(scheme)
    grid.show_span(day_plan(DAY) if days == 1 else days_plan(date(2014, 3, 3), days))
    grid.set_judge(judge)
    grid.begin_move(NUMERACY)
    picture = grid.grab().toImage()
    ground = QColor(theme().tokens.surface).rgb()
    assert picture.pixel(2, picture.height() - 3) == ground
    QTest.keyClick(grid, Key.Key_Escape)


def test_a_plan_on_paper_is_light_and_whole_even_when_dark_and_folded(grid: TimeGrid) -> None:
    theme().set_scheme(Scheme.DARK)
    grid.set_collapsed(["rooms", "ict"])
    page = QImage(900, 700, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    grid.render_to(painter, QRect(20, 20, 860, 660))
    painter.end()
    assert page.pixelColor(2, 2) == QColor("white")
    fills = {page.pixelColor(x, y).name() for x in range(0, 900, 3) for y in range(0, 700, 3)}
    assert "#d5e7f6" in fills  # schools, light
    assert theme().tokens.surface not in fills


def test_leaving_the_plan_clears_what_was_under_the_mouse(grid: TimeGrid) -> None:
    QTest.mouseMove(grid.viewport(), spot(grid, "oak", "10:30"))
    assert grid.hovered == PHONICS
    QApplication.sendEvent(grid.viewport(), QEvent(QEvent.Type.Leave))
    assert grid.hovered is None
