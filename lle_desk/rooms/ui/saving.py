"""What the forms of the Rooms tab ask to be saved: the action, its request and its words."""

from collections.abc import Callable
from dataclasses import dataclass

from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.rules.repeats import Scope

FOR_WHICH = {Scope.LATER: "this and later dates of", Scope.ALL: "all dates to come of"}


@dataclass(frozen=True, slots=True)
class Saving:
    """One save of a form. The action returns a number: the first use, or how many."""

    action: Callable[..., int]
    ask: object
    words: str

    @property
    def kept(self) -> Keeping[int]:
        """Return the action as it is done, so that it can be undone."""
        return Keeping(self.action, self.words)
