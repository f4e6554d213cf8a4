from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from lle_desk.core.anchors import anchor_of
from lle_desk.core.db import Database
from lle_desk.courses.actions import book_places
from lle_desk.courses.ui.letters import BookingLetter
from lle_desk.qt.desk import Desk
from tests.courses.keyboard import today
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of
from tests.paper.pages import texts


def test_a_confirmation_that_leaves_carries_a_mark_of_the_audit_trail(
    desk: Desk, database: Database, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = an_event(database, a_course(database))
    ask = booking_of(event, a_school(database), "Delegate One")
    booking = database.write(ANN, book_places, ask)
    file = tmp_path / "confirmation.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(file), ""))
    screen = QWidget()
    qtbot.addWidget(screen)
    BookingLetter(desk, screen, today).save_of(booking)
    qtbot.waitUntil(lambda: file.exists() and not desk.is_busy())
    mark = database.read(anchor_of, "Confirmation B-00001")
    assert mark is not None
    assert f"Record {mark.words} · access and diet notes" in texts(file.read_bytes())[0]
