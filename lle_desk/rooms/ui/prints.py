"""Papers of many pages in the plan's place: what to print is chosen above, and seen below."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.core.imports import Progress
from lle_desk.qt.bar import Bar, DateStepper
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.pdf_view import PdfView, print_pdf, save_pdf
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, name
from lle_desk.rooms.ui.pages import RoomsPage

LOOK_MS = 100
PATIENCE = 3  # looks before the progress is worth showing


class DrawingStopped(OfficerError):
    """The officer stopped it; what was shown before stays."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing new was drawn.")


class Drawing(Progress):
    """How far a long paper is."""

    stopped = DrawingStopped


class PrintPage(RoomsPage):
    """Shows a paper made anew whenever something else is chosen, to be printed or saved.

    A subclass puts its choices into `bar`, says which paper in `ask`, and calls `draw`.
    """

    step = "day"
    what = "Paper"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.site_id = 0
        self.data = b""
        self.bar = Bar()
        self.bar.add(Button("Back to the plan", "arrow-left", on_click=self.closed.emit))
        self.stepper: DateStepper = self.bar.dates(self.today(), self.step)
        self.stepper.changed.connect(self._day_changed)
        for shortcut in self.stepper.findChildren(QShortcut):
            shortcut.setEnabled(False)  # the bar above has the same keys, and leads this page
        self.bar.gap()
        self.choices()
        self.bar.stretch()
        self.save = self.bar.button("Save as PDF", "download", on_click=self._save)
        self.print = self.bar.button("Print", "printer", kind="primary", on_click=self._print)
        self.view = PdfView(self.what)
        self._drawing = Drawing()
        self._looks = 0
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._progress())
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self._show_paper(b"")

    def choices(self) -> None:
        """Put what may be chosen into the bar."""

    def ask(self) -> None:
        """Read what the paper says; call `draw` with the answer."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """What the paper is called now."""
        raise NotImplementedError

    def open_at(self, site_id: int, day: date) -> None:
        self.site_id = site_id
        self.stepper.set_day(day)
        self.read_again()
        self.view.setFocus()

    def follow(self, site_id: int, day: date) -> None:
        """Show the paper of what was chosen above."""
        if (site_id, day) != (self.site_id, self.stepper.day):
            self.site_id = site_id
            self.stepper.set_day(day)
            self.read_again()

    def read_again(self) -> None:
        """Make the paper anew; what is still being drawn is left."""
        self._drawing.stop()
        if self.site_id:
            self.ask()

    def draw(self, function: Callable[..., bytes], *values: object) -> None:
        """Draw the paper off this thread: `function(*values, drawing)`."""
        self._drawing.stop()
        self._drawing = Drawing()
        self._looks = 0
        self._look.start()
        self.desk.work(
            self, self._show_paper, function, *values, self._drawing, on_refused=self._refused
        )

    def stop(self) -> None:
        """Leave off drawing."""
        self._drawing.stop()

    def is_drawing(self) -> bool:
        """Return whether a paper is being drawn."""
        return bool(self._look.isActive())

    def leave(self) -> None:
        """Leave off drawing, else leave the page."""
        if self.is_drawing():
            self.stop()
        else:
            super().leave()

    @staticmethod
    def today() -> date:
        """Return the office's day."""
        return date.today()  # noqa: DTZ011

    @staticmethod
    def now() -> datetime:
        """Return the minute on the office's wall."""
        return datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005

    def _progress(self) -> QWidget:
        self.progress = QWidget()
        line = QHBoxLayout(self.progress)
        line.setContentsMargins(px(10), px(4), px(10), px(4))
        self._said = label("", "quiet")
        self._gauge = QProgressBar(textVisible=False, maximum=1000)
        self._gauge.setFixedHeight(px(6))
        name(self._gauge, "How far the paper is")
        line.addWidget(self._said)
        line.addWidget(self._gauge, 1)
        line.addWidget(Button("Stop", "x", key="Ctrl+.", on_click=self.stop))
        self.progress.hide()
        return self.progress

    def _follow(self) -> None:
        self._looks += 1
        if self._looks < PATIENCE:
            return
        done, of = self._drawing.done, self._drawing.of
        self._said.set(f"Page {done + 1} of {of}" if of else "Laying out the pages …")
        self._gauge.setValue(round(1000 * done / of) if of else 0)
        self.progress.show()

    def _ended(self) -> None:
        self._look.stop()
        self.progress.hide()

    def _show_paper(self, data: bytes) -> None:
        self._ended()
        self.data = data
        self.save.setEnabled(bool(data))
        self.print.setEnabled(bool(data))
        if data:
            self.view.show_pdf(data)
        else:
            self.view.show_empty("The paper will be shown here.")

    def _refused(self, error: OfficerError) -> None:
        self._ended()
        self.desk.refused.emit(str(error))

    def _day_changed(self, _day: object) -> None:
        self.read_again()

    def _print(self) -> None:
        if print_pdf(self, self.data, self.title):
            self.desk.say(f"Sent to the printer: {self.title}.")

    def _save(self) -> None:
        path = save_pdf(self, self.data, f"{self.title}.pdf")
        if path is not None:
            self.desk.say(f"Saved: {path.name}.")
