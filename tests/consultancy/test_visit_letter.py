"""The letter about a visit: the confirmation before, the note after, printed or e-mailed."""

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from lle_desk.consultancy.actions import CancelVisit, WriteNote, cancel_visit, write_note
from lle_desk.consultancy.queries import visit_paper
from lle_desk.consultancy.ui.visit_post import VisitPost
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.qt import pdf_view
from lle_desk.qt.desk import Desk
from tests.consultancy.office import DAY, a_visit, an_office
from tests.courses.people import ANN

NOTE = "Books were looked at.\n\nTwo things were agreed."


def test_the_confirmation_has_price_and_dated_terms_and_the_note_what_was_agreed(
    database: Database,
) -> None:
    office = an_office(database)
    number = a_visit(database, office.asked())
    letter = database.read(visit_paper, number, DAY - timedelta(days=1))
    assert (letter.heading, letter.number) == ("Confirmation of visit", "V-00001")
    rows = dict(letter.rows)
    assert rows["When"] == "Thu 13 Mar 2014, 09:00–12:00"
    assert rows["Price"].startswith("£240.00")
    assert letter.terms[-1][2] == "£240.00 before VAT"
    database.write(ANN, write_note, WriteNote(number, 2, NOTE, DAY))
    letter = database.read(visit_paper, number, DAY + timedelta(days=9))
    assert (letter.heading, letter.written_on, letter.terms) == ("Note of visit", DAY, ())
    assert letter.paragraphs == ("Books were looked at.", "Two things were agreed.")
    other = a_visit(database, office.asked("13:00", "16:00"))
    database.write(ANN, cancel_visit, CancelVisit(other, 2, DAY, "Snow", by_us=True))
    with pytest.raises(OfficerError, match="was cancelled, so there is no letter"):
        database.read(visit_paper, other, DAY)


def test_the_letter_is_printed_and_saved_as_an_email_with_the_paper_inside(
    database: Database,
    desk: Desk,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = a_visit(database, an_office(database).asked())
    screen = QWidget()
    qtbot.addWidget(screen)
    post = VisitPost(desk, screen, lambda: DAY)
    said: list[str] = []
    desk.said.connect(said.append)
    printed: list[bytes] = []

    def sent(_parent: QWidget, data: bytes, _title: str) -> bool:
        printed.append(data)
        return True

    monkeypatch.setattr(pdf_view, "print_pdf", sent)
    post.print(number)
    qtbot.waitUntil(lambda: any("Sent to the printer: Confirmation" in one for one in said))
    path = tmp_path / "letter.eml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    post.save_draft(number)
    qtbot.waitUntil(lambda: any(one.startswith("Saved: letter.eml.") for one in said))
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["X-Unsent"] == "1"
    assert "Maths review" in mail["Subject"]
    [attached] = mail.iter_attachments()
    assert attached.get_content().startswith(b"%PDF")
    assert printed[0].startswith(b"%PDF")
