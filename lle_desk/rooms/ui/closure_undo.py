"""The ways back and forth of closures, of those they let in, and of the opening hours."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import CloseSpace
from lle_desk.rooms.actions.closures import (
    EditClosure,
    LetIn,
    RemoveClosure,
    SetHours,
    close_again,
    edit_closure,
    let_in,
    let_out,
    remove_closure,
    set_hours,
)
from lle_desk.rooms.queries.closures import AllowedRow, ClosureRow
from lle_desk.rooms.rules import OpenTimes


class ClosureUndo(QObject):
    """Says what was done, with its undo and redo; what another desk changed since is refused.

    A closure that is taken away and comes back has another number: the ways know it by the one
    it had first.
    """

    def __init__(self, desk: Desk, site_id: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._site_id = desk, site_id
        self._number: dict[int, int] = {}  # of a closure now, by that before
        self._version: dict[int, int] = {}  # that this desk left a closure with, by its number

    def made(self, closure_id: int, ask: CloseSpace) -> None:
        """Say that a closure was made."""
        self._version[closure_id] = 1
        self._desk.say(
            f"Closed: {ask.reason}.",
            undo=partial(self._remove, closure_id),
            redo=partial(self._close, closure_id, ask, ()),
        )

    def changed(self, was: ClosureRow, now: EditClosure, version: int) -> None:
        """Say that a closure was changed."""
        self._version[was.id] = version
        before = replace(
            now,
            space_id=was.space_id,
            starts_at=was.starts_at,
            ends_at=was.ends_at,
            reason=was.reason,
        )
        self._desk.say(
            f"Closure changed: {was.reason}.",
            undo=partial(self._edit, before),
            redo=partial(self._edit, now),
        )

    def removed(self, was: ClosureRow) -> None:
        """Say that a closure was taken away; undo closes again and lets the same in."""
        ask = CloseSpace(
            client_uuid=new_uuid(),
            site_id=self._site_id(),
            space_id=was.space_id,
            starts_at=was.starts_at,
            ends_at=was.ends_at,
            reason=was.reason,
        )
        self._desk.say(
            f"Not closed any more: {was.reason}.",
            undo=partial(self._close, was.id, ask, was.allowed),
            redo=partial(self._remove, was.id),
        )

    def let_in(self, ask: LetIn) -> None:
        """Say that somebody is let in."""
        self._desk.say(
            "Let in although it is closed.",
            undo=partial(self._entry, let_out, ask),
            redo=partial(self._entry, let_in, ask),
        )

    def kept_out(self, closure_id: int, row: AllowedRow) -> None:
        """Say that somebody is let in no more."""
        ask = _letting(closure_id, row)
        self._desk.say(
            f"Let in no more: {row.words}.",
            undo=partial(self._entry, let_in, ask),
            redo=partial(self._entry, let_out, ask),
        )

    def hours_set(self, was: OpenTimes | None, now: SetHours) -> None:
        """Say that the opening hours are saved; the very first ones have no way back."""
        words = "The opening hours are saved."
        if was is None:
            self._desk.say(words)
            return
        before = replace(now, days=was.days, instead_of=now.days)
        after = replace(now, instead_of=was.days)
        self._desk.say(
            words,
            undo=partial(self._do, set_hours, before),
            redo=partial(self._do, set_hours, after),
        )

    def _now(self, closure_id: int) -> int:
        while closure_id in self._number:
            closure_id = self._number[closure_id]
        return closure_id

    def _remove(self, closure_id: int) -> None:
        number = self._now(closure_id)
        ask = RemoveClosure(closure_id=number, seen_version=self._version.get(number, 1))
        self._do(remove_closure, ask)

    def _edit(self, values: EditClosure) -> None:
        number = self._now(values.closure_id)
        ask = replace(values, closure_id=number, seen_version=self._version.get(number, 1))

        def edited(version: int) -> None:
            self._version[number] = version

        self._desk.act(self, edited, edit_closure, ask, on_refused=self._refused)

    def _close(self, before: int, ask: CloseSpace, allowed: tuple[AllowedRow, ...]) -> None:
        before = self._now(before)

        def closed(closure_id: int) -> None:
            self._number[before] = closure_id
            self._version[closure_id] = 1

        again = replace(ask, client_uuid=new_uuid())
        those = [_letting(0, row) for row in allowed]
        self._desk.act(self, closed, close_again, again, those, on_refused=self._refused)

    def _entry(self, action: Callable[..., object], ask: LetIn) -> None:
        self._do(action, replace(ask, client_uuid=new_uuid(), closure_id=self._now(ask.closure_id)))

    def _do(self, action: Callable[..., object], ask: object) -> None:
        self._desk.act(self, _nothing, action, ask, on_refused=self._refused)

    def _refused(self, error: OfficerError) -> None:
        self._desk.refused.emit(f"Not undone. {error}")


def _letting(closure_id: int, row: AllowedRow) -> LetIn:
    return LetIn(
        client_uuid=new_uuid(),
        closure_id=closure_id,
        customer_id=row.customer_id,
        booking_number=row.booking_number,
    )


def _nothing(_answer: object) -> None:
    """Leave it: the page hears of the change by itself."""
