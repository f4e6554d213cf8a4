"""What comes late, as over a slow network, never takes the place of what is shown by then."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.core.undo import Undoable
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import Form, TextField
from lle_desk.qt.inspector import Inspector, Page
from tests.qt.walk import shown_texts
from tests.screen import put_up

QUESTION = "What you typed here is not saved."
ON_SQLITE = pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)


@pytest.fixture
def inspector(qtbot: QtBot) -> Inspector:
    inspector = Inspector("Booking")
    put_up(qtbot, inspector, 372, 500)
    return inspector


def form_page(title: str) -> tuple[Page, TextField]:
    page, form, field = Page(title), Form(), TextField("&Why")
    form.add(field)
    page.form(form)
    page.foot("Save")
    return page, field


def typed_page(inspector: Inspector, title: str = "Change") -> tuple[Page, TextField]:
    page, field = form_page(title)
    inspector.show_page(page, title)
    field.show_value("they rang")
    return page, field


def title_of(inspector: Inspector) -> str:
    return inspector.page.accessibleName() if inspector.page is not None else ""


def opener(inspector: Inspector, title: str) -> Callable[..., None]:
    def show(_answer: object = None) -> None:
        inspector.show_page(Page(title), title)

    return show


def test_an_answer_shows_its_page_only_if_the_officer_is_still_there(inspector: Inspector) -> None:
    opener(inspector, "Event 1")(None)
    attendance = inspector.awaited(opener(inspector, "Attendance"))
    opener(inspector, "Event 1")(None)  # the same again: another desk changed it meanwhile
    attendance(None)
    assert title_of(inspector) == "Attendance"
    attendance = inspector.awaited(opener(inspector, "Attendance"))
    opener(inspector, "Event 2")(None)
    attendance(None)
    assert title_of(inspector) == "Event 2"  # another was opened
    first = inspector.awaited(opener(inspector, "Papers"))
    second = inspector.awaited(opener(inspector, "Waiting list"))
    second(None)
    first(None)
    assert title_of(inspector) == "Waiting list"  # another was asked for, and came first
    attendance = inspector.awaited(opener(inspector, "Attendance"))
    inspector.show_empty("Choose an event.")
    attendance(None)
    assert title_of(inspector) == ""  # it was left
    _page, field = typed_page(inspector)
    field.show_value("")
    attendance = inspector.awaited(opener(inspector, "Attendance"))
    field.show_value("they wrote")
    attendance(None)
    assert title_of(inspector) == "Change"  # something is being typed


def test_what_is_being_saved_is_neither_left_nor_asked_about(
    inspector: Inspector, qtbot: QtBot
) -> None:
    page, field = typed_page(inspector)
    field.setFocus()
    page.show_busy(True)
    with qtbot.assertNotEmitted(inspector.left):
        qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert QUESTION not in shown_texts(inspector)
    assert not inspector.may_show(opener(inspector, "Event 2"))  # a row is clicked meanwhile
    assert not inspector.may_show(opener(inspector, "Event 3"))  # and one more
    assert title_of(inspector) == "Change"
    assert inspector.settle()  # it is saved
    assert title_of(inspector) == "Event 3"


def test_what_was_asked_for_while_a_save_is_refused_is_forgotten(inspector: Inspector) -> None:
    page, _field = typed_page(inspector)
    page.show_busy(True)
    inspector.may_show(opener(inspector, "Event 2"))
    page.show_refusal(OfficerError("Oak Room seats 20, not 99."))
    assert not inspector.is_busy
    assert inspector.is_typed()
    page.show_busy(True)
    assert not inspector.settle()
    assert title_of(inspector) == "Change"
    assert not inspector.is_typed()  # until the answer that follows is read, nothing is asked


def test_what_is_asked_for_over_something_typed_follows_once_that_may_go(
    inspector: Inspector, qtbot: QtBot
) -> None:
    typed_page(inspector)
    inspector.make_way(opener(inspector, "New event"))
    _press(inspector, "Go on typing", qtbot)
    assert title_of(inspector) == "Change"
    inspector.leave()
    _press(inspector, "Leave it", qtbot)
    assert title_of(inspector) == "Change"  # who stayed does not want the other any more
    inspector.make_way(opener(inspector, "New event"))
    _press(inspector, "Leave it", qtbot)
    assert title_of(inspector) == "New event"


def _press(inspector: Inspector, words: str, qtbot: QtBot) -> None:
    buttons = (one for one in inspector.findChildren(Button) if one.words == words)
    button = next(one for one in buttons if one.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def refuse(session: Session) -> Undoable[int]:
    raise OfficerError("Oak Room seats 20, not 99. Choose a larger room.")


@ON_SQLITE
def test_a_refusal_is_said_even_when_its_form_is_gone(desk: Desk, qtbot: QtBot) -> None:
    for save in (desk.act, desk.do):
        form, heard = QObject(), list[OfficerError]()
        save(form, print, refuse, on_refused=heard.append)
        delete(form)
        with qtbot.waitSignal(desk.refused) as said:
            pass
        assert "seats 20, not 99" in said.args[0]
        assert heard == []
