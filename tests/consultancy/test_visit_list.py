"""The list of visits: to come, without a note, not billed; found, saved, and the school's own."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from lle_desk.consultancy.actions import VisitAsked, WriteNote, write_note
from lle_desk.consultancy.rules import Which
from lle_desk.consultancy.ui.customer_place import VisitsPlace
from lle_desk.consultancy.ui.visits_view import VisitsView
from lle_desk.core.db import Database
from lle_desk.qt.desk import Desk
from tests.consultancy.office import DAY, Office, a_visit, an_office, at
from tests.courses.people import ANN, a_school
from tests.qt.walk import assert_named, assert_plain, shown_texts

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(database: Database) -> Office:
    return an_office(database)


@pytest.fixture
def visits(database: Database, office: Office) -> None:
    """The day before: V-1 noted, V-2 not; V-3 is free and over; V-4 comes, at another school."""
    before = DAY - timedelta(days=1)
    noted = a_visit(database, asked_on(office, before, "09:00", "12:00"))
    database.write(ANN, write_note, WriteNote(noted, 2, "Two things were agreed.", before))
    a_visit(database, asked_on(office, before, "13:00", "16:00"))
    free = asked_on(office, before - timedelta(days=1), "13:00", "16:00", no_charge_reason="Gift")
    a_visit(database, free)
    other = a_school(database, "Second Primary School")
    coming = asked_on(office, DAY + timedelta(days=1), "09:00", "15:30", customer_id=other)
    a_visit(database, coming)


def asked_on(office: Office, day: date, starts: str, ends: str, **more: object) -> VisitAsked:
    asked = replace(office.asked(), starts_at=at(day, starts), ends_at=at(day, ends))
    return replace(asked, **more)  # type: ignore[arg-type]


@pytest.fixture
def view(desk: Desk, visits: None, qtbot: QtBot) -> Iterator[VisitsView]:
    view = VisitsView(desk, lambda: DAY)
    qtbot.addWidget(view)
    view.resize(1400, 800)
    with qtbot.waitExposed(view), qtbot.waitSignal(view.list_shown):
        view.show()
    view.activateWindow()
    yield view
    qtbot.waitUntil(lambda: not desk.is_busy())


def listed(view: VisitsView) -> list[int]:
    return [row.number for row in view.model.rows]


def narrow(view: VisitsView, qtbot: QtBot, which: Which) -> list[int]:
    """Choose a list by its button and return the visits it shows."""
    with qtbot.waitSignal(view.list_shown):
        view.which.choose(which)
        view.which.chosen.emit(which)
    return listed(view)


def test_each_list_has_its_visits_and_the_first_stands_beside_it(
    view: VisitsView, desk: Desk, qtbot: QtBot
) -> None:
    assert listed(view) == [4]
    assert narrow(view, qtbot, Which.NO_NOTE) == [3, 2]
    qtbot.waitUntil(lambda: "V-00003" in " ".join(shown_texts(view.inspector)))
    assert narrow(view, qtbot, Which.NOT_BILLED) == [1, 2]
    assert [row.money for row in view.model.rows] == ["not billed", "not billed"]
    assert narrow(view, qtbot, Which.CANCELLED) == []
    assert narrow(view, qtbot, Which.ALL) == [4, 2, 1, 3]
    qtbot.keyClick(view, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(view.find_line, "second math")
    qtbot.waitUntil(lambda: listed(view) == [4])
    view.find_line.setText("v-00002")
    qtbot.waitUntil(lambda: listed(view) == [2])
    qtbot.keyClick(view.find_line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: listed(view) == [4, 2, 1, 3])
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: listed(view) == [])  # the autumn before
    assert_plain(view)
    assert_named(view)


def test_the_list_is_saved_as_it_is_shown(
    view: VisitsView, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(view, qtbot, Which.NOT_BILLED)
    for ending, entry in (("csv", view._save_csv), ("pdf", view._save_pdf)):
        path = tmp_path / f"visits.{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, p=path: (str(p), ""))
        entry()
        qtbot.waitUntil(path.exists)
        qtbot.waitUntil(lambda: not desk.is_busy())
    heads, *lines = csv.reader(StringIO((tmp_path / "visits.csv").read_text("utf-8-sig")))
    assert [line[heads.index("Visit")] for line in lines] == ["V-00001", "V-00002"]
    assert lines[0][heads.index("Before VAT")] == "£240.00"
    assert (tmp_path / "visits.pdf").read_bytes().startswith(b"%PDF")


def test_a_schools_screen_has_its_visits_and_plans_another(
    desk: Desk, visits: None, office: Office, qtbot: QtBot
) -> None:
    place = VisitsPlace(desk, office.school, DAY)
    qtbot.addWidget(place)
    place.show()
    place.activateWindow()
    qtbot.waitUntil(lambda: "no note" in " ".join(shown_texts(place)))
    assert "Maths review" in " ".join(shown_texts(place))
    with qtbot.waitSignal(place.record_asked) as asked:
        qtbot.keyClick(place, Qt.Key.Key_V, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert asked.args == ["new_visit", office.school]
