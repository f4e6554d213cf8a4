"""The outbox and the words of the letters, in the Services tab."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.courses.ui.templates_view import TemplatesView
from lle_desk.letters.exports.sending import send_waiting
from lle_desk.letters.queries import carrier, template_of
from lle_desk.letters.rules import LetterKind
from lle_desk.letters.ui.message_page import MessagePage
from lle_desk.letters.ui.outbox_view import OutboxView
from lle_desk.letters.ui.server_page import ServerPage
from lle_desk.qt.desk import Desk
from tests.courses.keyboard import CTRL, Keyboard
from tests.letters.post import BY, mail_server, name_server, put_in
from tests.letters.test_words import add_administrator
from tests.qt.walk import assert_named, assert_plain
from tests.screen import put_up

pytestmark = pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)


class Kept(KeyringBackend):
    """A keyring that lasts as long as the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.words.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.words[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.words[service, username]


@pytest.fixture
def kept() -> Iterator[Kept]:
    before, kept = keyring.get_keyring(), Kept()
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(before)


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[OutboxView]:
    view = OutboxView(desk)
    put_up(qtbot, view, 1200, 700)
    qtbot.waitUntil(lambda: not desk.is_busy())
    yield view
    qtbot.waitUntil(lambda: not desk.is_busy())


def test_a_failed_message_shows_the_servers_words_and_goes_out_on_retry(
    database: Database, view: OutboxView, desk: Desk, qtbot: QtBot
) -> None:
    keyboard = Keyboard(qtbot, desk)
    with mail_server() as office:
        office.refused = {"gone@demo.example"}
        name_server(database, office.port)
        put_in(database, "gone@demo.example")
        send_waiting(database, BY)
        view.refresh()
        qtbot.waitUntil(lambda: bool(view.model.rows))
        view.table.setFocus()
        view.table.choose_first()
        qtbot.waitUntil(lambda: isinstance(view.inspector.page, MessagePage))
        assert_plain(view)
        assert_named(view)
        assert "550 5.1.1 No such person here" in view.model.rows[0].error
        office.refused = set()
        keyboard.press(Qt.Key.Key_R)
        qtbot.waitUntil(lambda: view.model.rows[0].state == "queued")
        qtbot.waitUntil(view.send_button.isEnabled)
        keyboard.press(Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
        qtbot.waitUntil(lambda: view.model.rows[0].state == "sent")
    assert office.to() == ["gone@demo.example"]
    put_in(database, "next@demo.example")  # and the server is gone
    qtbot.waitUntil(view.send_button.isEnabled)
    keyboard.press(Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "cannot be reached" in view.trouble.text())
    assert [row.state for row in view.model.rows] == ["queued", "sent"]


def open_server(view: OutboxView, qtbot: QtBot) -> ServerPage:
    view._open_server()
    qtbot.waitUntil(lambda: isinstance(view.inspector.page, ServerPage))
    page = view.inspector.page
    assert isinstance(page, ServerPage)
    page.host.show_value("mail.example.org")
    page.login.show_value("office")
    page.password.show_value("secret")
    return page


def test_the_password_goes_to_the_keyring_and_never_to_the_database(
    database: Database, view: OutboxView, desk: Desk, qtbot: QtBot, kept: Kept
) -> None:
    page = open_server(view, qtbot)
    page.save()
    qtbot.waitUntil(lambda: bool(kept.words))
    assert kept.words == {("LLE Desk mail mail.example.org", "office"): "secret"}
    server = database.read(carrier)
    assert (server.host, server.login, server.security) == (
        "mail.example.org",
        "office",
        "starttls",
    )
    assert view._password == ""
    assert "secret" not in repr(server)


def test_without_a_keyring_that_is_said_and_nothing_is_kept(
    view: OutboxView, desk: Desk, qtbot: QtBot
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    try:
        page = open_server(view, qtbot)
        with qtbot.waitSignal(desk.refused) as said:
            page.save()
        assert said.args[0].startswith("This PC has no keyring to keep a password in")
    finally:
        keyring.set_keyring(before)
    assert view._password == "secret"


@pytest.fixture
def words(desk: Desk, qtbot: QtBot) -> Iterator[TemplatesView]:
    view = TemplatesView(desk)
    put_up(qtbot, view, 1200, 700)
    qtbot.waitUntil(lambda: view.letter.page_count > 0)
    yield view
    qtbot.waitUntil(lambda: not desk.is_busy())


def test_words_are_checked_as_typed_and_saved_by_keyboard(
    database: Database, words: TemplatesView, desk: Desk, qtbot: QtBot
) -> None:
    keyboard = Keyboard(qtbot, desk)
    assert_plain(words)
    assert_named(words)
    words.body.setFocus()
    keyboard.press(Qt.Key.Key_Home, CTRL)
    keyboard.type("Hello {contatc} ")
    assert words._fault.text() == "Line 1: there is no field {contatc} in this letter."
    assert not words.save_button.isEnabled()
    for _ in range(5):
        keyboard.press(Qt.Key.Key_Backspace)
    keyboard.type("act} ")
    assert words.save_button.isEnabled(), words._fault.text()
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: database.read(template_of, LetterKind.CONFIRMATION).is_own)
    saved = database.read(template_of, LetterKind.CONFIRMATION)
    assert saved.body.startswith("Hello {contact} Thank you for booking.")
    words.show_kind("joining")
    assert words.body.value().startswith("Dear {delegate}")


def test_who_is_no_administrator_reads_the_words_and_is_told_who_may_change_them(
    administrators_database: Database, words: TemplatesView, desk: Desk, qtbot: QtBot
) -> None:
    administrators_database.write(BY, add_administrator)
    words.reload()
    qtbot.waitUntil(lambda: not words.save_button.isVisible())
    assert words._rights.isVisible()
    assert words._rights.text().startswith("Only An Administrator, an administrator, may reword")
    before = words.body.value()
    words.body.setFocus()
    Keyboard(qtbot, desk).type("x")
    assert words.body.value() == before
