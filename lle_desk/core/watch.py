"""How a desk hears that another saved something, within a second and without asking much."""

from typing import Any

from lle_desk.core.db import Database, everyday_faults

CHANNEL = "lle_desk"


class Watch:
    """A connection of its own that notices commits of others. One thread at a time.

    On PostgreSQL `fileno` is the socket to wait on: the server tells. On SQLite it is None and
    `poll` costs some 0.1 ms: the file's data version is asked. Either may say that something
    changed when nothing did; neither stays silent when something has.
    """

    def __init__(self, database: Database) -> None:
        with everyday_faults():  # `connect` and not `raw_connection`: only its faults have names
            connection = database.engine.connect()
            pooled = connection.connection
            connection.detach()  # its own, for as long as the program runs
        raw: Any = pooled.dbapi_connection
        self._connection = connection
        self._raw = raw
        self._is_postgresql = database.dialect == "postgresql"
        self._seen = -1
        if self._is_postgresql:
            raw.autocommit = True
            raw.execute(f"LISTEN {CHANNEL}")
        else:
            self._seen = self._version()

    def fileno(self) -> int | None:
        """Return the socket that becomes readable when something changed, or None."""
        return int(self._raw.fileno()) if self._is_postgresql else None

    def poll(self) -> bool:
        """Return whether something may have changed since the last call.

        Raises:
            DatabaseOutOfReach: the connection broke; close this watch and make another.
        """
        from lle_desk.core.errors import DatabaseOutOfReach

        try:
            if self._is_postgresql:
                return any(True for _ in self._raw.notifies(timeout=0))
            version = self._version()
        except Exception as error:  # of either driver; whatever it is, this connection is over
            raise DatabaseOutOfReach(
                "The database cannot be reached. Check the network, then try again."
            ) from error
        changed, self._seen = version != self._seen, version
        return changed

    def close(self) -> None:
        """Close the connection; closing twice does no harm."""
        self._raw.close()

    def _version(self) -> int:
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])
