"""Rules of the office that an administrator edits. They are data, never constants in code."""

import json
from typing import TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lle_desk.core.models import Setting

Value = TypeVar("Value", int, str)

_VALUE = select(Setting.value).where(Setting.name == bindparam("name"))


def setting(session: Session, name: str, kind: type[Value]) -> Value:
    """Return the value of a setting.

    Raises:
        LookupError: there is none of that name, or it is of another kind: the set-up is broken.
    """
    stored = session.scalar(_VALUE, {"name": name})
    value = None if stored is None else json.loads(stored)
    if not isinstance(value, kind):
        raise LookupError(f"The setting {name!r} is missing or not {kind.__name__}.")
    return value
