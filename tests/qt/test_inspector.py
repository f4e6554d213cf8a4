import html

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from lle_desk.qt.buttons import Button, LinkButton
from lle_desk.qt.chips import Badge
from lle_desk.qt.form import Form, TextField
from lle_desk.qt.inspector import Inspector, Page
from lle_desk.qt.theme import px, theme
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.screen import put_up

HOSTILE = "<b>Bold</b> <img src=//host/x.png>"


def make_page() -> tuple[Page, TextField]:
    page = Page(HOSTILE, code="WR-02418", lines=[HOSTILE], badges=[Badge.of_category("SC")])
    field = TextField("&Title")
    form = Form()
    form.add(field)
    page.form(form)
    who = page.section("Who", "county subscriber", LinkButton("Open"))
    who.line(HOSTILE, HOSTILE, icon="user")
    who.fact("Order", HOSTILE, on_open=print)
    who.amount("Hire", HOSTILE, "£95.00", strong=True)
    who.chase("clock", HOSTILE, "Fri 7 Mar", "1 day late", kind="warning", buttons=[Button("Ring")])
    who.note(HOSTILE)
    who.history([("Fri 21 Feb", HOSTILE)])
    for number in range(40):
        who.line(f"Line {number}")
    page.foot("Save", danger=Button("Cancel booking", kind="danger"))
    return page, field


@pytest.fixture
def inspector(qtbot: QtBot) -> Inspector:
    inspector = Inspector("Booking")
    put_up(qtbot, inspector, 372, 500)
    return inspector


def test_everything_in_it_is_plain_and_named(inspector: Inspector) -> None:
    inspector.show_page(make_page()[0])
    assert_plain(inspector)
    assert_named(inspector)
    assert HOSTILE in shown_texts(inspector)


def test_control_enter_saves(inspector: Inspector, qtbot: QtBot) -> None:
    page, field = make_page()
    inspector.show_page(page)
    field.setFocus()
    with qtbot.waitSignal(inspector.saved):
        qtbot.keyClick(field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_enter_after_the_last_field_is_at_save_and_at_nothing_that_loses_what_is_typed(
    inspector: Inspector, qtbot: QtBot
) -> None:
    form, field = Form(), TextField("&Title")
    form.add(field)
    page = Page("Simple")
    page.form(form)
    save = page.foot("Save", danger=Button("Erase …", kind="danger"))
    inspector.show_page(page)
    field.setFocus()
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert save.hasFocus()


def test_nothing_is_saved_twice_while_a_save_is_under_way(
    inspector: Inspector, qtbot: QtBot
) -> None:
    page, field = make_page()
    inspector.show_page(page)
    field.setFocus()
    inspector.busy(True)
    with qtbot.assertNotEmitted(inspector.saved):
        qtbot.keyClick(field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_escape_leaves_at_once_when_nothing_was_typed(inspector: Inspector, qtbot: QtBot) -> None:
    page, field = make_page()
    inspector.show_page(page)
    field.setFocus()
    with qtbot.waitSignal(inspector.left):
        qtbot.keyClick(field.line, Qt.Key.Key_Escape)


def test_escape_asks_in_its_place_when_something_was_typed(
    inspector: Inspector, qtbot: QtBot
) -> None:
    page, field = make_page()
    inspector.show_page(page)
    field.setFocus()
    qtbot.keyClicks(field.line, "Phonics")
    with qtbot.assertNotEmitted(inspector.left):
        qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert "What you typed here is not saved." in shown_texts(inspector)
    [leave] = [one for one in inspector.findChildren(Button) if one.words == "Leave it"]
    with qtbot.waitSignal(inspector.left):
        leave.click()


def test_the_place_is_kept_when_the_same_record_is_shown_again(
    inspector: Inspector, qtbot: QtBot
) -> None:
    inspector.show_page(make_page()[0], key=17)
    bar = inspector.page._scroll.verticalScrollBar() if inspector.page else None
    assert bar is not None
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(100)
    again = make_page()[0]
    inspector.show_page(again, key=17)
    qtbot.waitUntil(lambda: again.scroll_place() == 100)
    other = make_page()[0]
    inspector.show_page(other, key=18)
    qtbot.wait(30)
    assert other.scroll_place() == 0


def test_escape_in_it_is_not_the_windows_escape(qtbot: QtBot) -> None:
    """A button elsewhere may have Esc as its key; two owners would leave it to neither."""
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    back, inspector = Button("Courses", key="Esc"), Inspector()
    row.addWidget(back)
    row.addWidget(inspector)
    page, field = make_page()
    inspector.show_page(page)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    with qtbot.waitSignal(inspector.left), qtbot.assertNotEmitted(back.clicked):
        qtbot.keyClick(field.line, Qt.Key.Key_Escape)


LONG = "Adlington St Paul's Church of England Primary and Nursery School with Pre-school"


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_in_it_is_wider_than_the_narrowest_panel(qtbot: QtBot, scale: float) -> None:
    theme().set_text_scale(scale)
    try:
        inspector = Inspector("Booking")
        qtbot.addWidget(inspector)
        badges = [Badge.of_category("SC"), Badge("Provisional", "warning", "hourglass")]
        page = Page(LONG, code="WR-02418", lines=[LONG], badges=badges)
        who = page.section("Who", LONG)
        who.line(LONG, "LCC directorate", icon="building", on_open=print)
        who.fact("Opens", LONG, on_open=print)
        who.amount(LONG, LONG, "£1,095.00")
        who.chase("clock", LONG, "Fri 7 Mar", "in 12 days", kind="warning")
        page.foot("Save", danger=Button("Cancel booking…", kind="danger"))
        inspector.resize(inspector.minimumWidth(), px(300))
        inspector.show_page(page)
        with qtbot.waitExposed(inspector):
            inspector.show()
        area = page.findChild(QScrollArea)
        assert isinstance(area, QScrollArea)
        body = area.widget()
        assert body is not None
        assert body.width() <= area.viewport().width()
        assert inspector.width() == inspector.minimumWidth()
        for button in page.findChildren(Button):
            assert button.kind in ("link", "icon") or button.width() >= button.sizeHint().width()
        opens = next(one for one in page.findChildren(LinkButton) if one.text() == LONG)
        assert html.escape(LONG) in opens.toolTip()  # cut with …, so the tooltip says it whole
    finally:
        theme().set_text_scale(1.0)
