"""The way back from a closure that was made, changed or taken away."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import CloseSpace, close_space
from lle_desk.rooms.actions.closures import (
    EditClosure,
    LetIn,
    RemoveClosure,
    edit_closure,
    let_in,
    remove_closure,
)
from lle_desk.rooms.queries.closures import ClosureRow


class ClosureUndo(QObject):
    """Says what was done to a closure, with its undo; a closure changed since is refused."""

    def __init__(self, desk: Desk, site_id: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._site_id = desk, site_id

    def made(self, closure_id: int, reason: str) -> None:
        """Say that a closure was made; undo takes it away."""
        ask = RemoveClosure(closure_id=closure_id, seen_version=1)
        self._desk.say(f"Closed: {reason}.", undo=partial(self._do, remove_closure, ask))

    def changed(self, was: ClosureRow, version: int) -> None:
        """Say that a closure was changed; undo gives it room, time and reason again."""
        ask = EditClosure(
            closure_id=was.id,
            seen_version=version,
            space_id=was.space_id,
            starts_at=was.starts_at,
            ends_at=was.ends_at,
            reason=was.reason,
        )
        self._desk.say(f"Closure changed: {was.reason}.", undo=partial(self._do, edit_closure, ask))

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
        self._desk.say(f"Not closed any more: {was.reason}.", undo=partial(self._close, ask, was))

    def _close(self, ask: CloseSpace, was: ClosureRow) -> None:
        again = partial(self._let_in_again, was)
        self._desk.act(self, again, close_space, ask, on_refused=self._refused)

    def _let_in_again(self, was: ClosureRow, closure_id: int) -> None:
        for one in was.allowed:
            ask = LetIn(
                client_uuid=new_uuid(),
                closure_id=closure_id,
                customer_id=one.customer_id,
                booking_number=one.booking_number,
            )
            self._do(let_in, ask)
        self._desk.said.emit(f"Closed again: {was.reason}.")

    def _do(self, action: Callable[..., object], ask: object) -> None:
        self._desk.act(self, _nothing, action, ask, on_refused=self._refused)

    def _refused(self, error: OfficerError) -> None:
        self._desk.refused.emit(f"Not undone. {error}")


def _nothing(_answer: object) -> None:
    """Leave it: the page hears of the change by itself."""
