"""Whom to tell of a decision: one line a booking, ticked with Space as each is told."""

from datetime import date

from PySide6.QtCore import Signal

from lle_desk.core.days import span_words
from lle_desk.core.money import pounds
from lle_desk.courses.actions.deciding import Tick, tick_told
from lle_desk.courses.exports.telling import telling_paper
from lle_desk.courses.queries import EventCard, SessionRow
from lle_desk.courses.queries.telling import DecisionRow, PersonToTell, people_to_tell
from lle_desk.courses.rules import MOVED, UNDECIDED, EventState, counted, days_words, joined
from lle_desk.courses.ui.words import when_words
from lle_desk.paper.lists import ListPaper, list_csv, list_pdf
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Page
from lle_desk.qt.list_files import ListFiles
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

ROW = 44
WHAT = {
    str(EventState.CANCELLED): "Called off",
    str(EventState.CONFIRMED): "Confirmed to run",
    MOVED: "Moved",
}
LEAST_ROWS, MOST_ROWS = 3, 14


class TellPage(Page):
    """The list of whom to tell. Space ticks a line off, Enter opens its booking.

    Signals:
        booking_opened: int: the booking's id.
        letters_wanted: object: the bookings to write to: those not told, else all (ints).
    """

    booking_opened = Signal(int)
    letters_wanted = Signal(object)

    def __init__(
        self, desk: Desk, card: EventCard, decision: DecisionRow | None, today: date
    ) -> None:
        row = card.row
        self._about = _about(card, decision, today)
        letters = Button("Letters to all …", "mail", key="L", on_click=self._ask_letters)
        printed = Button("Print", "printer", key="Ctrl+P", on_click=self._print)
        files = MenuButton(
            "Save",
            "download",
            [("As PDF …", "download", self._save_pdf), ("As CSV …", "download", self._save_csv)],
        )
        super().__init__(
            "Whom to tell",
            code=row.code,
            lines=[row.title, *self._about],
            actions=[letters, printed, files],
        )
        self._desk, self._event_id, self._title = desk, row.id, (row.title, row.code)
        self._files = ListFiles(desk, self, list_csv, list_pdf)
        self._section = self.section("Bookings")
        self._model: RowTableModel[PersonToTell] = RowTableModel(
            COLUMNS, key=lambda person: person.booking_id
        )
        self._model.setParent(self)
        self.table = Table(self._model, row_height=ROW, name="Whom to tell")
        self.table.horizontalHeader().hide()
        self.table.row_checked.connect(self._tick)
        self.table.row_opened.connect(self._open)
        self.add(self.table)
        self.reach = self.section("How to reach them")
        self._reach_note = self.reach.note("Choose a line.", "body")
        self.table.row_chosen.connect(self._show_reach)
        keys = label("Space ticks a line off, Enter opens its booking.", "small", wrap=True)
        self.section().add(keys)
        self._refresher = Refresher(self, desk, {"telling", "place", "message"}, self._read)

    def is_about(self, card: EventCard, decision: DecisionRow | None, today: date) -> bool:
        """Return whether it still says what was decided, and where the event is by now."""
        return self._about == _about(card, decision, today)

    def focus_first(self) -> None:
        """Go to the list."""
        self.table.setFocus()

    def _ask_letters(self) -> None:
        people = self._model.rows
        left = [person for person in people if not person.is_told] or people
        self.letters_wanted.emit(tuple(person.booking_id for person in left))

    def _paper(self) -> ListPaper:
        return telling_paper(*self._title, self._about, self._model.rows)

    def _print(self) -> None:
        self._files.print(self._paper())

    def _save_pdf(self) -> None:
        self._files.save_pdf(self._paper())

    def _save_csv(self) -> None:
        self._files.save_csv(self._paper())

    def _read(self) -> None:
        self._desk.load(self, self._show, people_to_tell, self._event_id)

    def _show(self, people: tuple[PersonToTell, ...]) -> None:
        self._model.show_rows(people)
        rows = max(LEAST_ROWS, min(len(people), MOST_ROWS))
        self.table.setFixedHeight(px(ROW) * rows + 2)
        left = sum(not person.is_told for person in people)
        is_decided = any(person.telling_id is not None for person in people)
        told = f"{left} to tell" if left else "all are told"
        self._section.set_note(told if is_decided else counted(len(people), "booking"))
        if self.table.chosen() is None:
            self.table.choose_first()
        self._show_reach(self.table.chosen())

    def _show_reach(self, person: PersonToTell | None) -> None:
        if person is not None:
            ways = [person.contact, person.telephone, person.email, ", ".join(person.delegates)]
            told = f"told by {person.told_by}" if person.is_told else ""
            said = "\n".join(part for part in (*ways, given_back_words(person), told) if part)
            self._reach_note.set(said)

    def _tick(self, person: PersonToTell) -> None:
        if person.telling_id is None:
            self._desk.refused.emit("Nothing is decided about this event, so nobody is to be told.")
            return
        ask = Tick(person.telling_id, person.version, not person.is_told)
        self._desk.act(self, self._ticked, tick_told, ask)

    def _ticked(self, _nothing: object) -> None:
        self._read()

    def _open(self, person: PersonToTell) -> None:
        self.booking_opened.emit(person.booking_id)


def _about(card: EventCard, decision: DecisionRow | None, today: date) -> list[str]:
    """Return what was decided, when, by whom and why; of a move, where it is now and was."""
    if decision is None:
        state = card.row.state
        is_open = state in UNDECIDED
        return ["Nothing is decided yet" if is_open else WHAT.get(state, state.capitalize())]
    said = f"{WHAT[decision.decided]}: {when_words(decision.decided_at, today)}"
    found = [f"{said}, {decision.decided_by}"]
    if decision.decided == MOVED and card.sessions:
        first = card.sessions[0]
        days = days_words(one.starts_at.date() for one in card.sessions)
        places = dict.fromkeys(_place_words(one) for one in card.sessions)
        now = f"Now {days}, {span_words(first.starts_at, first.ends_at)}"
        found.append(f"{now}, {joined(list(places))}")
    return [*found, decision.reason] if decision.reason else found


def _place_words(row: SessionRow) -> str:
    if row.outside_venue:
        return f"at {row.outside_venue}"
    return f"in {row.room}" if row.room else "no room yet"


def given_back_words(person: PersonToTell) -> str:
    """Return what a booking got back: "£195.00 struck out; £165.00 credited on CRN-00012"."""
    parts = []
    if person.struck_out:
        parts.append(f"{pounds(person.struck_out)} not billed")
    if person.credited:
        on = f" on {person.credit_notes}" if person.credit_notes else ""
        parts.append(f"{pounds(person.credited)} credited{on}")
    return "; ".join(parts)


def _told(person: PersonToTell) -> bool | None:
    return person.is_told if person.telling_id is not None else None


def _second(person: PersonToTell) -> str:
    failed = "the letter failed: see the outbox" if person.letter_failed else ""
    reach = person.telephone or person.email or "no number known"
    return " · ".join(part for part in (failed, person.words, person.contact, reach) if part)


def _places(person: PersonToTell) -> str:
    if not person.places:
        return f"{person.waiting} waiting"
    return counted(person.places, "place")


def _nothing(_person: PersonToTell) -> str:
    return ""


def _colour(person: PersonToTell) -> str | None:
    if person.letter_failed:
        return "refusal"
    return "quiet" if person.is_told else None


COLUMNS: list[Column[PersonToTell]] = [
    Column("Told", _nothing, width=34, check=_told),
    Column(
        "Booking",
        lambda person: person.customer,
        width=0,
        strong=True,
        second=_second,
        colour=_colour,
    ),
    Column("Places", _places, width=84, numeric=True),
]
