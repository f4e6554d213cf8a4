"""Sending from a desk: with the password of this PC, or the one just typed."""

from collections.abc import Callable

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.letters.exports.secrets import kept_password
from lle_desk.letters.exports.sending import Sent, send_waiting
from lle_desk.letters.queries.outbox import carrier

NO_PASSWORD = (
    "The mail server asks for a password, and this PC has none. "
    "Type it under Services, Outbox, Mail server."
)


def post(database: Database, by: By, is_over: Callable[[], bool], typed: str = "") -> Sent:
    """Send what waits.

    Raises:
        OfficerError: no server, no password, or no way to it; what waits goes on waiting.
    """
    server = database.read(carrier)
    password = typed
    if server.is_set and server.login and not password:
        password = kept_password(server.host, server.login)
        if not password:
            raise OfficerError(NO_PASSWORD, "password")
    return send_waiting(database, by, password, is_over=is_over)
