"""One letter or a thousand written, drawn and taken away, off the GUI thread.

They are read some at a time, so that no other desk waits for them, and the officer's Stop is
heard at each letter. What stands in the outbox or in the folder by then stays there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from lle_desk.core.anchors import write_anchor
from lle_desk.core.days import now_utc
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.courses.papers import SHORT_FOOT, Confirmation, Posted
from lle_desk.courses.queries.addressing import Addressee
from lle_desk.courses.queries.posting import letters_to
from lle_desk.courses.rules import counted
from lle_desk.letters.actions import queue_messages
from lle_desk.letters.queries import carrier

AT_ONCE = 50  # letters read, or put in the outbox, in one transaction
IsOver = Callable[[], bool]


class Stopped(OfficerError):
    """The officer stopped it; nobody is at fault."""


@dataclass(slots=True)
class LetterRun:
    """One run of letters: how far it is. One thread works, another looks and may stop it."""

    whom: tuple[Addressee, ...]
    written_on: date
    done: int = 0  # steps of `of`: each letter is read, and then drawn
    is_stopped: bool = False

    @property
    def of(self) -> int:
        return 2 * len(self.whom)

    @property
    def name(self) -> str:
        """What its paper is called."""
        return counted(len(self.whom), "letter")

    def share(self) -> tuple[int, int]:
        """Return how much is done, and of how much."""
        return self.done, self.of

    def step(self) -> None:
        """Say that one more is done.

        Raises:
            Stopped: the officer does not want the rest.
        """
        self.done += 1
        if self.is_stopped:
            raise Stopped("Stopped.")


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """Letters in one file, and what it is called."""

    name: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Queued:
    """What a run put in the outbox: whose letters, and whether there is a server to send them."""

    whom: tuple[Addressee, ...]
    new: int
    has_server: bool
    is_stopped: bool


def letters_in_one(database: Database, by: By, is_over: IsOver, run: LetterRun) -> LetterPaper:
    """Return the letters in one PDF.

    Raises:
        Stopped: it was stopped; nothing was drawn.
    """
    from lle_desk.courses.documents import letters_pdf

    posted = [one for some in _written(database, by, is_over, run) for one in some]

    def step(_done: int, _of: int) -> None:
        if run.is_stopped or is_over():
            raise Stopped("Stopped. Nothing was drawn.")

    name = posted[0].name if len(posted) == 1 else run.name
    return LetterPaper(name, letters_pdf(posted, step, run.step))


def drafts_in_folder(
    database: Database, by: By, is_over: IsOver, run: LetterRun, folder: Path
) -> int:
    """Write an e-mail file for each letter; return how many.

    Raises:
        OfficerError: the folder takes no files.
        Stopped: it was stopped; what is written stays.
    """
    from lle_desk.courses.exports.letters import draft_file

    sender = database.read(carrier).sender
    names: set[str] = set()
    try:
        for some in _written(database, by, is_over, run):
            for one in some:
                name, data = draft_file(one, sender, now_utc(), names)
                (folder / name).write_bytes(data)
                run.step()
    except OSError as error:
        why = error.strerror or "it takes no files"
        raise OfficerError(f"The drafts cannot be written to {folder.name}: {why}.") from error
    except Stopped as stopped:
        said = f"Stopped. {counted(len(names), 'e-mail draft')} stand in {folder.name}."
        raise Stopped(said) from stopped
    return len(names)


def letters_in_outbox(
    database: Database, by: By, is_over: IsOver, run: LetterRun, asked: str
) -> Queued:
    """Put the letters in the outbox. `asked` is the screen's own uuid: asked twice, it is once."""
    from lle_desk.courses.exports.letters import as_message

    server = database.read(carrier)
    put_in: list[Addressee] = []
    new = 0
    try:
        for some in _written(database, by, is_over, run):
            asks = []
            for one in some:
                sender = server.sender or one.paper.sender.email
                asks.append(as_message(one, sender, asked, now_utc()))
                run.step()
            new += database.write(by, queue_messages, asks, now_utc())
            put_in += run.whom[len(put_in) : len(put_in) + len(some)]
    except Stopped:
        return Queued(tuple(put_in), new, server.is_set, is_stopped=True)
    return Queued(tuple(put_in), new, server.is_set, is_stopped=False)


def _written(
    database: Database, by: By, is_over: IsOver, run: LetterRun
) -> Iterator[Sequence[Posted]]:
    """Yield the letters, some at a time, with the mark of the audit trail in their feet."""
    mark = ""
    for at in range(0, len(run.whom), AT_ONCE):
        some = database.read(letters_to, run.whom[at : at + AT_ONCE], run.written_on)
        if not mark:
            name = some[0].name if len(run.whom) == 1 else run.name
            mark = database.write(by, write_anchor, name[:200]).words
        for _one in some:
            run.is_stopped = run.is_stopped or is_over()
            run.step()
        yield [_with_foot(one, f"Record {mark}") for one in some]


def _with_foot(one: Posted, record: str) -> Posted:
    if isinstance(one.paper, Confirmation):
        return replace(one, paper=replace(one.paper, foot=f"{record} · {SHORT_FOOT}"))
    return replace(one, paper=replace(one.paper, foot=record))
