"""What one officer's desk remembers: where the window was, columns, filters, light or dark."""

import re

from PySide6.QtCore import QByteArray, QSettings

from lle_desk.core.paths import home


class Settings:
    """The settings of one officer on this PC, in an ini file. GUI thread only.

    Nothing here is about a customer, and nothing is secret: the file may be deleted.
    """

    def __init__(self, officer: str) -> None:
        self._store = QSettings(str(home() / "window.ini"), QSettings.Format.IniFormat)
        self._group = re.sub(r"[^A-Za-z0-9_-]", "_", officer) or "officer"

    def text(self, key: str, default: str = "") -> str:
        """Return the text kept under `key`."""
        value = self._store.value(self._path(key), default)
        if isinstance(value, list):  # an ini file reads a,b,c as a list
            return ",".join(str(part) for part in value)
        return str(value) if value is not None else default

    def set_text(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        self._store.setValue(self._path(key), str(value))  # an enum would be kept as an object

    def number(self, key: str, default: int = 0) -> int:
        """Return the whole number kept under `key`."""
        text = self.text(key)
        return int(text) if re.fullmatch(r"-?\d+", text) else default

    def set_number(self, key: str, value: int) -> None:
        """Keep a whole number under `key`."""
        self.set_text(key, str(value))

    def flag(self, key: str, default: bool = False) -> bool:
        """Return whether `key` is on."""
        return self.number(key, int(default)) == 1

    def set_flag(self, key: str, value: bool) -> None:
        """Turn `key` on or off."""
        self.set_number(key, int(value))

    def data(self, key: str) -> QByteArray:
        """Return the bytes kept under `key`, such as a window's place."""
        return QByteArray.fromBase64(self.text(key).encode())

    def set_data(self, key: str, value: QByteArray) -> None:
        """Keep bytes under `key`."""
        self.set_text(key, bytes(value.toBase64().data()).decode())

    def save(self) -> None:
        """Write the file now."""
        self._store.sync()

    def _path(self, key: str) -> str:
        return f"{self._group}/{key}"
