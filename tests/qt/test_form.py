from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.qt.calendar_popup import CalendarPopup
from lle_desk.qt.form import (
    CheckField,
    ChoiceField,
    DateField,
    Form,
    LinesField,
    MoneyField,
    NumberField,
    TextField,
    TimeField,
)
from tests.qt.walk import assert_named, assert_plain

TODAY = date(2014, 3, 4)


class Booking(Form):
    """A form with every kind of field."""

    def __init__(self) -> None:
        super().__init__()
        self.title = self.add(TextField("&Title", needed=True, key="title"))
        self.day = self.add(DateField("&Day", today=lambda: TODAY))
        self.start = TimeField("&From")
        self.end = TimeField("&To")
        self.row(self.start, self.end)
        self.heads = self.add(NumberField("&Heads", least=1, most=30, key="heads", suffix="of 30"))
        self.price = self.add(MoneyField("&Price"))
        self.layout_of = self.add(
            ChoiceField("&Layout", [(1, "Classroom"), (2, "Theatre")], empty="Not told")
        )
        self.lunch = self.add(CheckField("&Lunch wanted"))
        self.note = self.add(LinesField("&Note"))


@pytest.fixture
def form(qtbot: QtBot) -> Booking:
    form = Booking()
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    form.title.set_value("Phonics")
    form.heads.set_value(18)
    return form


def test_typing_replaces_what_a_form_came_with_and_never_what_was_typed(
    qtbot: QtBot, form: Booking
) -> None:
    form.heads.setFocus()
    qtbot.keyClicks(form.heads.line, "24")
    assert form.heads.value() == 24
    form.title.setFocus()
    form.heads.setFocus()  # back from a look elsewhere
    qtbot.keyClicks(form.heads.line, "0")
    assert form.heads.text() == "240"


def test_all_is_plain_and_has_a_name(form: Booking) -> None:
    assert_plain(form)
    assert_named(form)


def test_typing_is_read_and_tidied_when_the_field_is_left(form: Booking, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.day.line, "+7")
    qtbot.keyClicks(form.start.line, "930")
    qtbot.keyClicks(form.price.line, "1165.5")
    for field in (form.day, form.start, form.price):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert form.day.value() == date(2014, 3, 11)
    assert form.day.line.text() == "Tue 11 Mar 2014"
    assert form.start.value() == time(9, 30)
    assert form.start.line.text() == "09:30"
    assert form.price.value() == Pence(116_550)
    assert form.price.line.text() == "£1,165.50"


def test_it_knows_whether_something_was_typed(form: Booking, qtbot: QtBot) -> None:
    assert not form.is_typed()
    with qtbot.waitSignal(form.typed):
        qtbot.keyClicks(form.note.box, "Signs on door B")
    assert form.is_typed()
    form.mark_clean()
    assert not form.is_typed()


def test_writing_the_same_day_in_another_way_is_not_typing(form: Booking) -> None:
    form.day.set_value(TODAY)
    form.day.line.setText("4/3/14")
    assert not form.is_typed()


def test_what_is_wrong_is_said_at_the_field_and_the_first_is_gone_to(
    form: Booking, qtbot: QtBot
) -> None:
    form.title.set_value("")
    form.heads.line.setText("99")
    form.price.line.setText("lots")
    form.day.line.setText("never")
    form.start.line.setText("25:00")
    assert not form.check()
    assert form.title.error == "Fill in: Title."
    assert form.heads.error == "Not more than 30."
    assert form.price.error.startswith("Type an amount")
    assert form.day.error.startswith("Type a day")
    assert form.start.error.startswith("Type a time")
    qtbot.waitUntil(form.title.line.hasFocus)
    assert form.title.line.accessibleDescription() == "Fill in: Title."


def test_mending_a_field_takes_its_fault_away(form: Booking, qtbot: QtBot) -> None:
    form.heads.line.setText("99")
    assert not form.check()
    qtbot.keyClick(form.heads.line, Qt.Key.Key_Backspace)
    assert form.heads.error == ""
    assert form.check()
    assert form.heads.value() == 9


def test_a_refusal_stands_beside_the_field_it_names(form: Booking) -> None:
    form.show_refusal(OfficerError("Oak Room seats 20, not 99. Choose a larger room.", "heads"))
    assert form.heads.error.startswith("Oak Room seats 20")
    assert form.refusal == ""


def test_a_refusal_of_the_whole_stands_below(form: Booking) -> None:
    form.show_refusal(OfficerError("Someone else is saving just now. Please try again."))
    assert form.refusal.startswith("Someone else")
    assert form.check()
    assert form.refusal == ""


def test_another_desks_value_comes_in_where_nothing_was_typed(form: Booking) -> None:
    form.heads.meet(14, "Officer Sample changed this to 14 at 10:41.")
    assert form.heads.value() == 14
    assert form.heads.error == ""


def test_another_desks_value_never_overwrites_what_was_typed(form: Booking, qtbot: QtBot) -> None:
    form.heads.line.setText("16")
    form.heads.meet(14, "Officer Sample changed this to 14 at 10:41.")
    assert form.heads.value() == 16
    assert "Officer Sample" in form.heads.error
    form.heads._take.click()
    assert form.heads.value() == 14
    assert not form.heads.is_typed()


def test_a_choice_may_be_none_and_keeps_its_value_when_choices_change(form: Booking) -> None:
    assert form.layout_of.value() is None
    form.layout_of.set_value(2)
    form.layout_of.set_choices([(2, "Theatre"), (3, "Cabaret")])
    assert form.layout_of.value() == 2


def test_alt_and_a_letter_reach_a_field(form: Booking, qtbot: QtBot) -> None:
    form.activateWindow()
    qtbot.keyClick(form, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(form.heads.line.hasFocus)


def test_the_calendar_opens_from_the_keyboard_and_takes_typing(form: Booking, qtbot: QtBot) -> None:
    form.day.line.setFocus()
    qtbot.keyClick(form.day.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = form.day.findChild(CalendarPopup)
    assert popup is not None
    qtbot.keyClicks(popup._line, "thu")
    qtbot.keyClick(popup._line, Qt.Key.Key_Return)
    assert form.day.value() == date(2014, 3, 6)
    assert form.day.is_typed()


def test_enter_goes_on_to_the_next_field(form: Booking, qtbot: QtBot) -> None:
    form.activateWindow()
    form.title.setFocus()
    qtbot.keyClick(form.title.line, Qt.Key.Key_Return)
    qtbot.waitUntil(form.day.line.hasFocus)


def test_a_box_is_ticked_by_its_key_before_the_next_key_is_pressed(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    who, first = form.add(TextField("&Who")), form.add(CheckField("&Before the others"))
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    who.line.setFocus()
    qtbot.keyClick(who.line, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert first.value()
    assert first.box.hasFocus()
    qtbot.keyClick(first.box, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert not first.value()
