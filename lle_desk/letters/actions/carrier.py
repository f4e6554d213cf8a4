"""Naming the office's mail server."""

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError
from lle_desk.core.models import Setting
from lle_desk.letters.queries.templates import may_administer
from lle_desk.letters.rules import address_fault

SECURITY = {
    "starttls": "Encrypted after the greeting (STARTTLS)",
    "ssl": "Encrypted from the start (SSL)",
    "none": "Not encrypted",
}


@dataclass(frozen=True, slots=True)
class SetCarrier:
    """The server, and whom letters come from. An empty host sends nothing."""

    host: str
    port: int
    security: str
    login: str
    sender: str


def set_carrier(session: Session, ask: SetCarrier) -> None:
    """Keep the settings of the mail server, for the whole office.

    Raises:
        OfficerError: the officer is no administrator, or a value cannot be.
    """
    if not may_administer(session, acting(session).officer):
        raise OfficerError("Only an administrator may set the mail server. Ask one of them.")
    _check(ask)
    values: dict[str, str | int] = {
        "mail_host": ask.host.strip(),
        "mail_port": ask.port,
        "mail_security": ask.security,
        "mail_login": ask.login.strip(),
        "mail_sender": ask.sender.strip(),
    }
    for name, value in values.items():
        row = session.get(Setting, name)
        if row is None:
            row = Setting(name=name)
            session.add(row)
        row.value = json.dumps(value)
    session.flush()


def _check(ask: SetCarrier) -> None:
    host = ask.host.strip()
    if any(letter.isspace() or letter in "/@\\" for letter in host) or len(host) > 200:
        raise OfficerError("The server is a name such as mail.example.org.", "host")
    if not 1 <= ask.port <= 65535:
        raise OfficerError("The port is a number from 1 to 65535; 587 is usual.", "port")
    if ask.security not in SECURITY:
        raise OfficerError("Choose how the connection is encrypted.", "security")
    if ask.login and ask.security == "none" and host not in ("localhost", "127.0.0.1"):
        raise OfficerError("A password is only sent over an encrypted connection.", "security")
    fault = address_fault(ask.sender.strip())
    if host and fault:
        raise OfficerError(fault, "sender")
