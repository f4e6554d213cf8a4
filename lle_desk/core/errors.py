"""Errors an officer can act on. Every other exception is a bug."""


class OfficerError(Exception):
    """Something the officer can put right; its text is shown to them as it is.

    Write one or two plain sentences: what is wrong, then what to do about it.
    `field` names the form's field it belongs beside, "" when it is about the whole.
    """

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class RecordChanged(OfficerError):
    """Another officer saved this record after it was opened here."""


class DatabaseBusy(OfficerError):
    """The write lock did not come free in time; nothing was saved."""


class DatabaseOutOfReach(OfficerError):
    """The server did not answer, or the file's drive is not there; nothing was saved."""


class DatabaseUnusable(OfficerError):
    """The database is there but this program may not work on it: too new, not ours, damaged."""
