"""The places of a booking that are to be named, all at once from a list."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions.kept_places import KeepingPlaces
from lle_desk.courses.actions.naming import NamePlaces, name_places
from lle_desk.courses.imports import ListedLine
from lle_desk.courses.queries import BookingCard
from lle_desk.courses.rules import PlaceState, counted
from lle_desk.courses.ui.names_box import NamesBox, names_of
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Page
from lle_desk.qt.words import label


class NamesPage(Page):
    """A list of names for a booking; what is charged or invoiced stays.

    Signals:
        done: they are saved. int: the booking's id.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, card: BookingCard) -> None:
        self.to_name = sum(
            not one.delegate and one.state in (PlaceState.BOOKED, PlaceState.WAITING)
            for one in card.places
        )
        super().__init__(
            "Names from a list",
            code=card.words,
            lines=[f"{counted(self.to_name, 'place')} to name · {card.title}, {card.event_code}"],
        )
        self._desk, self._card = desk, card
        self.refusal = label("", "refusal", wrap=True)
        self.refusal.hide()
        self.box = NamesBox(desk)
        self.box.set_whose(self._whose)
        self.box.taken.connect(self._take)
        self.box.close_button.hide()
        section = self.section()
        section.add(self.refusal)
        section.add(self.box)

    def _whose(self) -> tuple[int | None, int | None, frozenset[str]]:
        return self._card.customer_id, self._card.event_id, frozenset()

    def _take(self, lines: Sequence[ListedLine]) -> None:
        """Name as many places as there are; names beyond that stay in the list."""
        self.refusal.hide()
        now, later = lines[: self.to_name], lines[self.to_name :]
        self._over = "\n".join(one.plain for one in later)
        names = names_of(now)
        ask = NamePlaces(self._card.id, tuple(delegate for delegate, _name in names))
        self._desk.do(
            self,
            partial(self._saved, len(names)),
            KeepingPlaces(name_places, partial(self._named, len(names))),
            ask,
            on_refused=partial(self._refused, "\n".join(one.plain for one in lines)),
        )

    def _named(self, count: int, left: int) -> str:
        to_come = f", {left} to come" if left else ""
        return f"{self._card.words}: {counted(count, 'name')} taken{to_come}"

    def _saved(self, count: int, left: int) -> None:
        rest = "\n".join(part for part in (self._over, self.box.lines.value()) if part)
        if rest:
            self.to_name = left
            self.box.lines.show_value(rest)
            self._say(f"{counted(count, 'name')} taken; these lines are left.")
            return
        self.done.emit(self._card.id)

    def _refused(self, lines: str, refusal: OfficerError) -> None:
        self.box.read(lines)
        self._say(str(refusal))

    def _say(self, words: str) -> None:
        self.refusal.set(words)
        self.refusal.show()
