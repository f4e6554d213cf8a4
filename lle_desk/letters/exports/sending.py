"""Sends what waits in the outbox, one message at a time, never one twice.

Runs in a worker. A message is claimed and committed before the server hears of it; what becomes
of it is written down at once. Up to the server's go-ahead for the words, a fault means that it
did not go; from there to the server's receipt, nobody knows, so it is called unsure.
"""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from lle_desk.core.days import now_utc
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.letters.actions.outbox import (
    Claimed,
    Outcome,
    claim_next,
    finish_message,
    mark_lost,
)
from lle_desk.letters.queries.outbox import Carrier, carrier, outbox_counts
from lle_desk.letters.rules import PostState

TIMEOUT = 60.0  # seconds for each answer of the server
GO_AHEAD = 354  # the server's answer to DATA
NOT_SET = "No mail server is set. An administrator names it under Services, Outbox, Mail server."


@dataclass(frozen=True, slots=True)
class Sent:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    unsure: int = 0

    @property
    def words(self) -> str:
        said = [f"{self.sent} sent"]
        said += [f"{self.failed} refused by the server"] if self.failed else []
        said += [f"{self.unsure} not sure"] if self.unsure else []
        return f"{', '.join(said)}."


class _Unknown(Exception):
    """The connection broke where the server may have taken the message, or not."""


def send_waiting(
    database: Database,
    by: By,
    password: str = "",
    *,
    timeout: float = TIMEOUT,
    encrypted: ssl.SSLContext | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Sent:
    """Send all that waits, and return how it went. `is_over` ends it between two messages.

    Raises:
        OfficerError: no server is set, or it cannot be reached or refuses the login; what waits
            goes on waiting.
    """
    server = database.read(carrier)
    if not server.is_set:
        raise OfficerError(NOT_SET)
    database.write(by, mark_lost, now_utc(), server.lost_minutes)
    if not database.read(outbox_counts).waiting:
        return Sent()
    run = _Run(database, by, server, password, timeout, encrypted)
    return run.send_all(is_over)


class _Run:
    """One desk's run through the outbox over one connection, opened again when it breaks."""

    def __init__(
        self,
        database: Database,
        by: By,
        server: Carrier,
        password: str,
        timeout: float,
        encrypted: ssl.SSLContext | None,
    ) -> None:
        self._database, self._by, self._server = database, by, server
        self._password, self._timeout, self._encrypted = password, timeout, encrypted
        self._name = f"{by.desk[:20]} {new_uuid()}"
        self._line: smtplib.SMTP | None = None

    def send_all(self, is_over: Callable[[], bool]) -> Sent:
        """Claim and send until none waits. A message is tried once in a run."""
        counted = dict.fromkeys((PostState.SENT, PostState.FAILED, PostState.UNSURE), 0)
        last = 0
        try:
            while not is_over():
                line = self._connected()  # before anything is claimed
                found = self._database.write(self._by, claim_next, self._name, now_utc(), last)
                if found is None:
                    break
                last = found.id
                counted[self._send(line, found)] += 1
        finally:
            self._hang_up()
        return Sent(*counted.values())

    def _send(self, line: smtplib.SMTP, message: Claimed) -> PostState:
        state, error = PostState.SENT, ""
        try:
            _hand_over(line, self._server.sender, message)
        except _Unknown as unknown:
            state, error = PostState.UNSURE, str(unknown)
            self._drop()
        except smtplib.SMTPResponseException as refused:
            state, error = PostState.FAILED, _words(refused.smtp_code, refused.smtp_error)
            self._start_anew()
        except (OSError, smtplib.SMTPException) as broken:
            state, error = PostState.FAILED, f"The connection broke before it went: {broken}"
            self._drop()
        outcome = Outcome(message.id, self._name, state, error, now_utc())
        self._database.write(self._by, finish_message, outcome)
        return state

    def _connected(self) -> smtplib.SMTP:
        if self._line is None:
            self._line = _connect(self._server, self._password, self._timeout, self._encrypted)
        return self._line

    def _start_anew(self) -> None:
        """Forget the message that was refused; the connection stays."""
        try:
            if self._line is not None:
                self._line.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _hang_up(self) -> None:
        if self._line is not None:
            try:
                self._line.quit()
            except (OSError, smtplib.SMTPException):
                self._line.close()
            self._line = None


def _hand_over(line: smtplib.SMTP, sender: str, message: Claimed) -> None:
    """Give the server one message.

    Raises:
        SMTPResponseException, OSError: it did not go; with the server's words.
        _Unknown: it may have gone.
    """
    for answer in (line.mail(sender), line.rcpt(message.to_address)):
        _must(answer[0] in (250, 251), answer)
    line.putcmd("data")
    answer = line.getreply()
    _must(answer[0] == GO_AHEAD, answer)
    words = message.eml.encode("ascii").replace(b"\r\n.", b"\r\n..")
    words = words if words.endswith(b"\r\n") else words + b"\r\n"
    try:
        line.send((b"." + words if words.startswith(b".") else words) + b".\r\n")
        answer = line.getreply()
    except (OSError, smtplib.SMTPException) as broken:
        raise _Unknown(
            f"The connection broke while it was being sent ({_told(broken)}). "
            "Ask the school whether it came."
        ) from broken
    _must(answer[0] // 100 == 2, answer)


def _must(is_well: bool, answer: tuple[int, bytes]) -> None:
    if not is_well:
        raise smtplib.SMTPResponseException(answer[0], answer[1])


def _connect(
    server: Carrier, password: str, timeout: float, encrypted: ssl.SSLContext | None
) -> smtplib.SMTP:
    """Return an open connection, logged in.

    Raises:
        OfficerError: in one sentence, why there is none.
    """
    where = f"The mail server {server.host}"
    context = encrypted or ssl.create_default_context()
    try:
        if server.security == "ssl":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=timeout, context=context
            )
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=timeout)
        if server.security == "starttls":
            line.starttls(context=context)
        line.ehlo_or_helo_if_needed()
        if server.login:
            line.login(server.login, password)
    except smtplib.SMTPAuthenticationError as refused:
        said = _words(refused.smtp_code, refused.smtp_error)
        raise OfficerError(f"{where} refuses the login: {said} Nothing was sent.") from refused
    except smtplib.SMTPNotSupportedError as unable:
        raise OfficerError(
            f"{where} cannot do what is set for it: {_told(unable)} Nothing was sent."
        ) from unable
    except ssl.SSLError as unsafe:
        raise OfficerError(
            f"{where} is not the one it says it is, or speaks no encryption. Nothing was sent."
        ) from unsafe
    except (OSError, smtplib.SMTPException) as broken:
        raise OfficerError(
            f"{where} cannot be reached ({_told(broken)}). Nothing was sent; it goes on waiting."
        ) from broken
    return line


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}".strip()[:300]


def _told(error: Exception) -> str:
    return " ".join((getattr(error, "strerror", None) or str(error)).split())[:120]
