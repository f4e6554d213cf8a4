"""The line that finds a delegate: the school's people, those who are elsewhere then greyed."""

from typing import Any

from lle_desk.courses.queries import DelegateChoice, delegate_choices
from lle_desk.qt.chooser import FindField
from lle_desk.qt.desk import Desk


class DelegateFinder(FindField[DelegateChoice]):
    """Finds a colleague, or takes a new name; of nobody until `set_whose` says whose and for what.

    Who is on another event while this one is on is greyed and comes last.
    """

    def __init__(self, desk: Desk, title: str = "", **options: Any) -> None:
        super().__init__(
            title,
            desk,
            delegate_choices,
            text=_name,
            detail=_detail,
            key_of=_key,
            icon="user-plus",
            args=(None, None, frozenset()),
            quiet=_is_busy,
            **options,
        )

    def set_whose(
        self,
        customer_id: int | None,
        event_id: int | None,
        taken: frozenset[int] = frozenset(),
    ) -> None:
        """Find the people of this customer for this event, without those `taken` already."""
        self.set_args(customer_id, event_id, taken)


def _name(choice: DelegateChoice) -> str:
    return choice.name


def _detail(choice: DelegateChoice) -> str:
    return choice.detail


def _is_busy(choice: DelegateChoice) -> bool:
    return choice.is_busy


def _key(choice: DelegateChoice) -> object:
    return (choice.person_id, choice.name)
