"""Whether an officer agreed that what is on an issued paper is credited and charged anew."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from lle_desk.charges.queries import ChargeRow
from lle_desk.charges.rules import NewCharge, back_word
from lle_desk.core.db import action_name
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds

T = TypeVar("T")
_MAY_CREDIT = "an officer agreed to credit papers"
_GATHERED = "papers that would be credited"
NAMED = 3


class PaperStands(OfficerError):
    """A change was not made: what it credits and charges anew is to be seen first.

    `credited` are on issued papers; `anew` is charged instead. `struck_out` are on no paper yet
    and fall with them.
    """

    def __init__(
        self,
        booking: str,
        credited: Sequence[ChargeRow],
        anew: Sequence[NewCharge],
        struck_out: Sequence[ChargeRow] = (),
    ) -> None:
        self.booking = booking
        self.credited = tuple(credited)
        self.anew = tuple(anew)
        self.struck_out = tuple(struck_out)
        names = ", ".join(
            f"“{row.description}” {pounds(row.gross)}" for row in self.credited[:NAMED]
        )
        more = f" and {len(self.credited) - NAMED} more" if len(self.credited) > NAMED else ""
        are = "is on an issued paper" if len(self.credited) == 1 else "are on issued papers"
        instead = Pence(sum(new.net + new.vat for new in self.anew))
        self.words = (
            f"{names}{more} of {booking} {are}. So changed, {pounds(self.given_back)} is"
            f" {back_word(row.route for row in self.credited)} now and {pounds(instead)} charged"
            " instead."
        )
        super().__init__(f"{self.words} Change it in the booking’s form to agree to that.")

    @property
    def given_back(self) -> Pence:
        """What the credit notes come to."""
        return Pence(sum(row.gross for row in self.credited))


class MayCredit(Generic[T]):
    """An action done again by an officer who saw what it credits and charges anew."""

    def __init__(self, action: Callable[..., T]) -> None:
        self.__name__ = action_name(action)
        self._action = action

    def __call__(self, session: Session, *args: Any, **kwargs: Any) -> T:
        session.info[_MAY_CREDIT] = True
        try:
            return self._action(session, *args, **kwargs)
        finally:
            session.info.pop(_MAY_CREDIT, None)


def may_credit_here(session: Session) -> bool:
    """Return whether an officer agreed to credit what the action changes."""
    return bool(session.info.get(_MAY_CREDIT))


def note_stands(session: Session, paper: PaperStands) -> None:
    """Refuse, or let an action of many bookings gather what it would credit.

    Raises:
        PaperStands: nothing gathers.
    """
    gathered: list[PaperStands] | None = session.info.get(_GATHERED)
    if gathered is None:
        raise paper
    gathered.append(paper)


@contextmanager
def gathering(session: Session) -> Iterator[None]:
    """Refuse at the end with all that would be credited, not with the first booking of many.

    Raises:
        PaperStands: something would be credited, and nobody agreed to that.
    """
    gathered: list[PaperStands] = []
    session.info[_GATHERED] = gathered
    try:
        yield
    finally:
        session.info.pop(_GATHERED, None)
    if len(gathered) == 1:
        raise gathered[0]
    if gathered:
        raise PaperStands(
            f"{len(gathered)} dates",
            [row for paper in gathered for row in paper.credited],
            [new for paper in gathered for new in paper.anew],
        )
