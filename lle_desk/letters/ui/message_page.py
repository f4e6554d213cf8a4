"""One message of the outbox in the inspector, and what can be done about it."""

from datetime import datetime

from PySide6.QtCore import Signal

from lle_desk.core.days import day_words, london_time
from lle_desk.letters.queries import OutboxRow
from lle_desk.letters.rules import KIND_WORDS, STATE_WORDS, LetterKind, PostState
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import Badge
from lle_desk.qt.inspector import Page

KINDS = {
    PostState.SENT: "fine",
    PostState.FAILED: "refusal",
    PostState.UNSURE: "warning",
    PostState.SENDING: "accent",
}
ERASED_WHY = "What it said went with somebody it told of. When and what about is kept."
TO_DO = (
    "It did not go out. If the address is wrong: mend it in the booking, take this out, and send "
    "the letter again from there. Otherwise retry."
)
GOING = "A desk is sending it now. If that desk broke down, this says so after some minutes."
ASKED = "Nobody knows whether this came. Ask the school before it is sent again."


class MessagePage(Page):
    """What a message says, how far it came, and why not further.

    Signals:
        again_wanted: put it back among those that wait.
        arrived_wanted: the school has it.
        withdraw_wanted: never send it.
        save_wanted: save it as a file.
        record_wanted: open what it is about.
    """

    again_wanted = Signal()
    arrived_wanted = Signal()
    withdraw_wanted = Signal()
    save_wanted = Signal()
    record_wanted = Signal()

    def __init__(self, row: OutboxRow) -> None:
        state = PostState(row.state)
        super().__init__(
            row.subject,
            code=row.record_name,
            lines=[f"To {row.to_name} <{row.to_address}>" if row.to_name else row.to_address],
            badges=[Badge(STATE_WORDS[state], KINDS.get(state, "plain"))],
            actions=self._actions(state, row.erased_for is not None),
        )
        if row.error and state in (PostState.FAILED, PostState.UNSURE):
            section = self.section("What happened")
            section.note(row.error, "refusal" if state == PostState.FAILED else "warning")
            section.note(TO_DO if state == PostState.FAILED else ASKED)
        elif state == PostState.SENDING:
            self.section("What happens").note(GOING)
        if row.erased_for is not None:
            self.section("Erased").note(ERASED_WHY)
        facts = self.section("Message")
        facts.fact("Letter", KIND_WORDS[LetterKind(row.kind)])
        facts.fact("About", row.record_name, on_open=self.record_wanted.emit)
        facts.fact("Put in", f"{_at(row.queued_at)} by {row.queued_by}")
        if row.attempts:
            facts.fact("Tried", "once" if row.attempts == 1 else f"{row.attempts} times")
        if row.sent_at is not None:
            facts.fact("Sent", _at(row.sent_at))

    def _actions(self, state: PostState, is_erased: bool) -> list[Button]:
        """Return what the header offers; the signals are there before the page is made."""
        found: list[Button] = []
        if state in (PostState.FAILED, PostState.UNSURE):
            words = "Send again" if state == PostState.UNSURE else "Retry"
            found.append(Button(words, "refresh", key="R", on_click=self._again))
        if state == PostState.UNSURE:
            found.append(Button("It arrived", "check", key="A", on_click=self._arrived))
        if state in (PostState.QUEUED, PostState.FAILED, PostState.UNSURE):
            found.append(Button("Take it out", "trash", kind="quiet", on_click=self._withdraw))
        if not is_erased:
            found.append(Button("Save as e-mail file", "download", on_click=self._keep))
        return found

    def _again(self) -> None:
        self.again_wanted.emit()

    def _arrived(self) -> None:
        self.arrived_wanted.emit()

    def _withdraw(self) -> None:
        self.withdraw_wanted.emit()

    def _keep(self) -> None:
        self.save_wanted.emit()


def _at(moment: datetime) -> str:
    at = london_time(moment)
    return f"{day_words(at.date())} {at:%H:%M}"
