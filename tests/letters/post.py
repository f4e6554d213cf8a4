"""A mail server on loopback that does as it is told, and messages for it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session

from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.letters.actions import QueueMessage, SetCarrier, queue_messages, set_carrier
from lle_desk.letters.exports.mail import Mail, eml, message_id

BY = By("ann", "desk-1")
NOW = datetime(2014, 3, 4, 9, 30)
SENDER = "bookings@lle.example"
PDF = b"%PDF-1.7 a letter"
_numbers = count(1)


@dataclass
class Office:
    """What the server does with mail, and what it was given."""

    refused: set[str] = field(default_factory=set)  # recipients
    hangs_up_on: set[str] = field(default_factory=set)  # while the words come
    hangs_up_after: set[str] = field(default_factory=set)  # having taken them
    slow: float = 0  # seconds to its receipt
    taken: list[Envelope] = field(default_factory=list)
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 No such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        to = set(envelope.rcpt_tos)
        if to & self.hangs_up_on:
            server.transport.abort()
            return "250 nobody hears this"
        with self.lock:
            self.taken.append(envelope)
        if self.slow:
            await asyncio.sleep(self.slow)
        if to & self.hangs_up_after:
            server.transport.abort()
        return "250 OK, taken"

    def mails(self) -> list[EmailMessage]:
        return [
            message_from_bytes(one.content, policy=policy.default)
            for one in self.taken
            if isinstance(one.content, bytes)
        ]

    def to(self) -> list[str]:
        return sorted(address for one in self.taken for address in one.rcpt_tos)


def _authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
    return AuthResult(success=(data.login, data.password) == (b"office", b"secret"), handled=False)


class _AnyPort(Controller):
    """On whatever port is free; aiosmtpd knocks at the port it was asked for, which was none."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(**options: Any) -> Iterator[Office]:
    """Run a server on a free port of this machine."""
    office = Office()
    controller = _AnyPort(
        office, hostname="127.0.0.1", port=0, authenticator=_authenticate, **options
    )
    controller.start()
    office.port = controller.port
    try:
        yield office
    finally:
        controller.stop()


def name_server(database: Database, port: int, *, login: str = "", security: str = "none") -> None:
    database.write(BY, set_carrier, SetCarrier("127.0.0.1", port, security, login, SENDER))


def a_mail(to: str, subject: str = "Booking B-00001 confirmed", **more: Any) -> Mail:
    values: dict[str, Any] = {
        "uuid": new_uuid(),
        "sender": SENDER,
        "sender_name": "Lancashire Learning Excellence",
        "to_address": to,
        "to_name": "Ann Example",
        "subject": subject,
        "words": "Thank you for booking.",
        "pdf": PDF,
        "pdf_name": "Confirmation B-00001.pdf",
        "written_at": NOW,
    }
    return Mail(**(values | more))


def asked(mail: Mail) -> QueueMessage:
    number = next(_numbers)
    return QueueMessage(
        client_uuid=mail.uuid,
        kind="confirmation",
        record_kind="course_booking",
        record_id=number,
        record_name=f"B-{number:05d}",
        to_address=mail.to_address,
        to_name=mail.to_name,
        subject=mail.subject,
        message_id=message_id(mail),
        eml=eml(mail).decode("ascii"),
    )


def put_in(database: Database, *addresses: str) -> None:
    """Put one message to each address in the outbox."""
    asks = [asked(a_mail(address)) for address in addresses]
    database.write(BY, queue_messages, asks, NOW)
