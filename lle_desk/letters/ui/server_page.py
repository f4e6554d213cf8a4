"""The office's mail server, and the password that this PC's keyring keeps for it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from lle_desk.core.errors import OfficerError
from lle_desk.letters.actions import SetCarrier, set_carrier
from lle_desk.letters.actions.carrier import SECURITY
from lle_desk.letters.exports.secrets import keep_password
from lle_desk.letters.queries import Carrier
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import ChoiceField, Form, NumberField, TextField
from lle_desk.qt.inspector import Page

READ_ONLY = "Only an administrator may change the server. The password is this PC's own."


class ServerPage(Page):
    """Names the server for the whole office; keeps the password on this PC only.

    Signals:
        done: it is saved. str: the password, where no keyring kept it, else "".
    """

    done = Signal(str)

    def __init__(self, desk: Desk, server: Carrier, may_change: bool) -> None:
        super().__init__("Mail server", lines=["For the whole office"])
        self._desk, self._may_change = desk, may_change
        self.fields = Form()
        self.host = self.fields.add(
            TextField("&Server", key="host", placeholder="mail.example.org", hint="Empty: none")
        )
        self.port = NumberField("&Port", key="port", least=1, most=65535)
        self.security: ChoiceField[str] = ChoiceField(
            "En&cryption", list(SECURITY.items()), key="security"
        )
        self.fields.row(self.port, self.security, stretch=(1, 3))
        self.sender_field = self.fields.add(TextField("Letters come &from", key="sender"))
        self.login = self.fields.add(TextField("&Login", key="login", hint="Empty: none is asked"))
        self.password = self.fields.add(
            TextField(
                "Pass&word", key="password", hint="Kept in this PC's keyring; empty: as it is"
            )
        )
        self._show(server)
        self.form(self.fields)
        if not may_change:
            self.section().note(READ_ONLY)
        self.foot("Save")
        self.saved.connect(self.save)

    def _show(self, server: Carrier) -> None:
        self.host.set_value(server.host)
        self.port.set_value(server.port)
        self.security.set_value(server.security)
        self.sender_field.set_value(server.sender)
        self.login.set_value(server.login)
        self.password.set_value("")
        editor = self.password.editor
        if isinstance(editor, QLineEdit):
            editor.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.host, self.port, self.security, self.sender_field, self.login):
            field.setEnabled(self._may_change)

    def save(self) -> None:
        """Save the server, then hand the password to the keyring."""
        if not self.fields.check():
            return
        self.show_busy(True)
        if not self._may_change:
            self._keep(None)
            return
        ask = SetCarrier(
            host=self.host.value(),
            port=self.port.value() or 0,
            security=self.security.value() or "",
            login=self.login.value(),
            sender=self.sender_field.value(),
        )
        self._desk.act(self, self._keep, set_carrier, ask, on_refused=self.show_refusal)

    def _keep(self, _nothing: object) -> None:
        typed = self.password.value()
        if not typed:
            self._saved("")
            return
        self._desk.work(
            self,
            self._kept,
            keep_password,
            self.host.value().strip(),
            self.login.value().strip(),
            typed,
            on_refused=self._not_kept,
        )

    def _kept(self, _nothing: object) -> None:
        self._saved("")

    def _not_kept(self, refusal: OfficerError) -> None:
        """Use the password until the program ends, and say that it is kept nowhere."""
        self._desk.refused.emit(str(refusal))
        self.fields.mark_clean()
        self.done.emit(self.password.value())

    def _saved(self, password: str) -> None:
        self.fields.mark_clean()
        self._desk.say(f"Mail server: {self.host.value() or 'none'}.")
        self.done.emit(password)
