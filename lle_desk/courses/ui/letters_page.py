"""Letters to the people of an event, in the inspector: which kind, to whom, and how they go."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from lle_desk.core.days import day_words, london_time
from lle_desk.core.errors import OfficerError
from lle_desk.courses.queries import EventCard
from lle_desk.courses.queries.posting import LETTERS, Addressee, addressees
from lle_desk.courses.rules import EventState, counted
from lle_desk.courses.ui.post import Post
from lle_desk.letters.queries import SentBefore, sent_before
from lle_desk.letters.rules import KIND_WORDS, STATE_WORDS, LetterKind, PostState
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.flow import Flow
from lle_desk.qt.form import ChoiceField, Form
from lle_desk.qt.inspector import Page
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

ROW, MOST_ROWS = 40, 14


class LettersPage(Page):
    """All letters of one kind to an event's people; everybody is ticked until unticked."""

    def __init__(
        self,
        desk: Desk,
        card: EventCard,
        today: Callable[[], date],
        kind: LetterKind | None = None,
        parent: QWidget | None = None,
    ) -> None:
        row = card.row
        super().__init__("Letters", code=row.code, lines=[row.title], parent=parent)
        self._desk, self._card = desk, card
        self._rows: tuple[Addressee, ...] = ()
        self._off: set[tuple[int, int]] = set()
        self._before: dict[int, SentBefore] = {}
        self.post = Post(desk, self, today)
        self.post.refused.connect(self._refused)
        self.post.busy_changed.connect(self._on_busy)
        self.fields = Form()
        self.kind: ChoiceField[str] = ChoiceField(
            "&Which letter", [(str(one), KIND_WORDS[one]) for one in LETTERS], key="kind"
        )
        self.fields.add(self.kind)
        self.kind.set_value(str(kind or _usual(card)))
        self.kind.changed.connect(self._kind_changed)
        self.form(self.fields)
        self._add_table()
        self._add_buttons()
        self._fresh = Refresher(self, desk, frozenset({"message", "place"}), self._read)

    def is_typed(self) -> bool:
        return False  # nothing here is lost by leaving

    def focus_first(self) -> None:
        self.kind.setFocus()

    @property
    def chosen(self) -> tuple[Addressee, ...]:
        """Those who are ticked."""
        return tuple(row for row in self._rows if row.key not in self._off)

    # Making

    def _add_table(self) -> None:
        self.model: RowTableModel[Addressee] = RowTableModel(self._columns(), _key, parent=self)
        self.table = Table(self.model, row_height=ROW, name="To whom")
        self.table.row_checked.connect(self._flip)
        self.table.horizontalHeader().hide()
        self._note = label("", "small", wrap=True)
        section = self.section("To whom")
        section.add(self._note)
        self.add(self.table)

    def _columns(self) -> list[Column[Addressee]]:
        return [
            Column("", _nothing, width=30, check=self._is_chosen),
            Column("Who", _who, width=0, strong=True, second=self._second),
        ]

    def _add_buttons(self) -> None:
        self.print_button = Button("Print", "printer", key="Ctrl+P", on_click=self._print)
        self.save_button = Button("Save as PDF", "file-type-pdf", on_click=self._save_pdf)
        self.draft_button = Button(
            "E-mail drafts …",
            "mail",
            key="Ctrl+D",
            tip_text="A file for each letter, which your mail program opens",
            on_click=self._save_drafts,
        )
        self.send_button = Button(
            "Send by e-mail", "send", key="Ctrl+Return", kind="primary", on_click=self._send
        )
        self.send_button.key = "Ctrl+Enter"  # the words on the key
        self._buttons = (
            self.send_button,
            self.print_button,
            self.save_button,
            self.draft_button,
        )
        section = self.section()
        section.add(Flow(self._buttons))
        self._fault = label("", "refusal", wrap=True)
        self._fault.hide()
        section.add(self._fault)

    # Reading

    def _kind_changed(self) -> None:
        self._off.clear()
        self._fault.hide()
        self._read()

    def _read(self) -> None:
        kind = LetterKind(self.kind.value() or LetterKind.CONFIRMATION)
        then = partial(self._show, kind)
        self._desk.load(self, then, addressees, kind, self._card.row.id)

    def _show(self, kind: LetterKind, rows: tuple[Addressee, ...]) -> None:
        if self.kind.value() != str(kind):
            return
        self._rows = rows
        self.table.setFixedHeight(px(ROW) * min(max(len(rows), 1), MOST_ROWS) + 2)
        self._show_rows()
        if self.table.chosen() is None:
            self.table.choose_first()  # Space unticks
        ids = list({row.booking_id for row in rows})
        self._desk.load(self, self._show_before, sent_before, str(kind), "course_booking", ids)

    def _show_before(self, before: list[SentBefore]) -> None:
        self._before = {one.record_id: one for one in before}
        self._show_rows()

    def _show_rows(self) -> None:
        self.model.show_rows(self._rows)
        chosen = self.chosen
        silent = sum(not row.email for row in chosen)
        words = f"{counted(len(chosen), 'letter')} of {len(self._rows)}" if self._rows else ""
        if not self._rows:
            words = "Nobody of this event gets this letter."
        elif silent:
            words += f" · {silent} without an e-mail address"
        self._note.set(words)
        for button in self._buttons:
            button.setEnabled(bool(chosen))

    def _is_chosen(self, row: Addressee) -> bool | None:
        return row.key not in self._off

    def _second(self, row: Addressee) -> str:
        before = self._before.get(row.booking_id)
        parts = [row.booking, row.email or "no e-mail address"]
        if before is not None:
            on = day_words(london_time(before.at).date())
            parts.insert(0, f"{STATE_WORDS[PostState(before.state)]}, {on}")
        return " · ".join(parts)

    def _flip(self, row: Addressee) -> None:
        self._off ^= {row.key}
        self._show_rows()

    # What the buttons do

    def _print(self) -> None:
        self._begin(self.post.print)

    def _save_pdf(self) -> None:
        self._begin(self.post.save)

    def _save_drafts(self) -> None:
        self._begin(self.post.save_drafts)

    def _send(self) -> None:
        self._begin(self.post.send)

    def _begin(self, how: Callable[[Sequence[Addressee]], None]) -> None:
        self._fault.hide()
        how(self.chosen)

    def _on_busy(self, busy: bool) -> None:
        for button in self._buttons:
            button.setEnabled(not busy and bool(self.chosen))

    def _refused(self, refusal: OfficerError) -> None:
        self._fault.set(str(refusal))
        self._fault.show()


def _usual(card: EventCard) -> LetterKind:
    """Return the letter that is likely wanted for an event as it stands."""
    state = card.row.state
    if state == EventState.CANCELLED:
        return LetterKind.CANCELLATION
    return LetterKind.JOINING if state == EventState.CONFIRMED else LetterKind.CONFIRMATION


def _key(row: Addressee) -> object:
    return row.key


def _nothing(_row: Addressee) -> str:
    return ""


def _who(row: Addressee) -> str:
    return f"{row.delegates} · {row.customer}" if row.place_id else row.customer
