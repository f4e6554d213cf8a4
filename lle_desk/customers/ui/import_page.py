"""Taking in a file of the register, in the inspector: read, look at what it would do, import.

Reading and saving run in the background; the list beside it can be worked with meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar

from lle_desk.core.errors import OfficerError
from lle_desk.core.imports import ImportSummary, Problem, Progress
from lle_desk.customers import imports
from lle_desk.customers.ui.facts import first_large
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Page
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, name

LOOK_MS = 60  # how often the bar follows the work
MOST_SHOWN = 100  # refused lines


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A sort of file: how it is read off the database, looked at, and saved."""

    what: str
    explained: str
    read: Callable[..., Any]
    preview: Callable[..., ImportSummary]
    save: Callable[..., ImportSummary]
    is_dated: bool  # whether preview and save are told the day of the import


SCHOOLS = ImportKind(
    "schools",
    "The national register's file, edubasealldata….csv. Schools that are customers already"
    " keep their people, notes and history; only what changed is written.",
    imports.read_schools,
    imports.preview_schools,
    imports.save_schools,
    is_dated=True,
)
LINKS = ImportKind(
    "links between schools",
    "The register's file of links, links_edubasealldata….csv: which school followed which."
    " Links of schools that are not customers yet are kept until they are.",
    imports.read_links,
    imports.preview_links,
    imports.save_links,
    is_dated=False,
)


class ImportPage(Page):
    """The page of one import. It starts to read at once.

    Signals:
        finished: the file is in. object: the ImportSummary.
    """

    finished = Signal(object)

    def __init__(self, desk: Desk, kind: ImportKind, path: Path, today: date) -> None:
        super().__init__(f"Import {kind.what}", code=path.name, lines=[kind.explained])
        self._desk = desk
        self._kind = kind
        self._path = path
        self._day = (today,) if kind.is_dated else ()
        self._file: Any = None
        self._is_saving = False
        self._progress = Progress()
        self._said = label("", wrap=True)
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        self._bar.setFixedHeight(px(6))
        name(self._bar, "How far the import is")
        self._stop = Button("Stop", "x", key="Ctrl+.", on_click=self.stop)
        self._lay_out()
        self.button = self.foot("Import")
        self.button.setEnabled(False)
        self.saved.connect(self._import)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._follow)
        self._start("Reading the file …")
        desk.work(
            self, self._on_read, kind.read, path, None, self._progress, on_refused=self._on_refused
        )

    @property
    def said(self) -> str:
        """What the page says now: how far it is, what it would do, or why it was refused."""
        return self._said.text()

    def is_typed(self) -> bool:
        return False

    def stop(self) -> None:
        """Leave off; nothing of the file is kept."""
        self._progress.stop()

    def _lay_out(self) -> None:
        section = self.section()
        section.add(self._said)
        section.add(self._bar)
        section.buttons(self._stop)

    def _start(self, words: str) -> None:
        self._said.set(words, "body")
        self._bar.setValue(0)
        self._bar.show()
        self._stop.show()
        self._look.start()

    def _end(self, words: str, role: str) -> None:
        self._look.stop()
        self._bar.hide()
        self._stop.hide()
        self._said.set(words, role)

    def _follow(self) -> None:
        self._bar.setValue(round(self._progress.share * 1000))
        if self._is_saving and self._progress.share >= 1:
            self._said.set("Writing the audit trail …")

    def _on_read(self, file: Any) -> None:
        self._file = file
        self._said.set("Comparing with the customers …")
        self._desk.load(self, self._show_preview, self._kind.preview, file, *self._day)

    def _show_preview(self, summary: ImportSummary) -> None:
        words = summary.words(self._kind.what)
        todo = summary.new + summary.changed
        if not todo:
            words += ". There is nothing to import."
        self._end(f"{words}.".replace("..", "."), "strong")
        self.button.setEnabled(todo > 0)
        if todo:
            self.button.set_text(f"Import {todo:,}")
            self.button.setFocus()
        self._show_problems(self._file.problems)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        if not problems:
            return
        section = self.section("Refused", f"{len(problems):,}")
        section.history(
            [(f"Line {one.line:,}", first_large(one.sentence)) for one in problems[:MOST_SHOWN]]
        )
        if len(problems) > MOST_SHOWN:
            section.note(f"And {len(problems) - MOST_SHOWN:,} more. The command import lists all.")
        section.show()  # now, and not when the layout next looks

    def _import(self) -> None:
        if self._file is None or not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        self._progress = Progress()
        self._is_saving = True
        self._start("Importing …")
        self._desk.act(
            self,
            self._on_saved,
            self._kind.save,
            self._file,
            *self._day,
            self._progress,
            on_refused=self._on_refused,
        )

    def _on_saved(self, summary: ImportSummary) -> None:
        words = summary.words(self._kind.what)
        self._end(f"Imported. {words}.", "fine")
        self._desk.say(f"Imported {words}.")
        self.finished.emit(summary)

    def _on_refused(self, refused: OfficerError) -> None:
        self._end(str(refused), "refusal")
        self.button.setEnabled(False)
