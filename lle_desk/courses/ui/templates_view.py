"""The words of the letters, reworded by an administrator with the letter beside them."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.courses.queries.examples import example_certificate, example_letter
from lle_desk.letters.actions import SaveTemplate, save_template
from lle_desk.letters.queries import shipped_template, templates_for
from lle_desk.letters.rules import FIELDS, KIND_WORDS, NEEDED, LetterKind, Template, faults
from lle_desk.qt.bar import Bar
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import Form, LinesField, TextField
from lle_desk.qt.keys import KeyLine
from lle_desk.qt.pdf_view import PdfView
from lle_desk.qt.stale import Refresher
from lle_desk.qt.tab import lay_side_by_side
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

PAUSE_MS = 250
ROWS = 15


class TemplatesView(QWidget):
    """One kind of letter at a time: its words at the left, the letter at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._known: dict[LetterKind, Template] = {}
        self._may_save = False
        self._who_may = ""
        self._kind = LetterKind.CONFIRMATION
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._draw)
        self.letter = PdfView("The letter with an example")
        self._lay_out()
        self.setFocusProxy(self.body)
        self._fresh = Refresher(self, desk, frozenset({"letter_template", "officer"}), self.reload)

    @property
    def typed(self) -> Template:
        """The words as they are typed now."""
        version = self._known[self._kind].version if self._kind in self._known else 0
        return Template(self._kind, self.subject.value(), self.body.value(), version)

    def reload(self) -> None:
        """Read the words again, unless some are being typed."""
        self._desk.load(self, self._show, templates_for, self._desk.by.officer)

    def refresh(self) -> None:
        """Look again."""
        self._fresh.look_again()

    def keys(self) -> list[KeyLine]:
        """Return the keys of this view."""
        return [
            KeyLine("Ctrl+Enter", "save the words"),
            KeyLine("Alt+S, Alt+L", "subject, letter"),
        ]

    def tour_stops(self) -> list[tuple[str, Callable[[], None]]]:
        """Return what the tour takes pictures of."""
        return [("-letters", self._draw)]

    def show_kind(self, kind: str) -> None:
        """Show another letter; typed words are asked about by keeping them here."""
        if self.fields.is_typed():
            self.kinds.choose(str(self._kind))
            self._say("Save the words first, or take them back.", is_fault=True)
            return
        self._kind = LetterKind(kind)
        self.kinds.choose(kind)
        self._show_words()

    def save(self) -> None:
        """Save the words, when nothing is wrong with them."""
        words = self.typed
        ask = SaveTemplate(words.kind, words.subject, words.body, words.version)
        self._desk.act(self, self._saved, save_template, ask, on_refused=self._refused)

    # Making

    def _lay_out(self) -> None:
        bar = Bar()
        choices = [(str(kind), KIND_WORDS[kind]) for kind in LetterKind]
        self.kinds = bar.segments(choices, str(self._kind), on_chosen=self.show_kind)
        bar.stretch()
        self.shipped_button = bar.button(
            "Words as shipped", "arrow-back-up", on_click=self._show_shipped
        )
        self.undo_button = bar.button("Take back", "x", key="Esc", on_click=self._show_words)
        self.save_button = bar.button(
            "Save the words", "check", key="Ctrl+Return", kind="primary", on_click=self.save
        )
        self.save_button.key = "Ctrl+Enter"  # the words on the key
        lay_side_by_side(self, bar, self._make_form(), self.letter)

    def _make_form(self) -> QWidget:
        self.fields = Form()
        self.subject = self.fields.add(TextField("&Subject", key="subject", max_length=400))
        self.body = self.fields.add(
            LinesField("&Letter", rows=ROWS, key="body", hint="An empty line parts paragraphs.")
        )
        for field in (self.subject, self.body):
            field.changed.connect(self._typed)
        self._fault = label("", "refusal", wrap=True)
        self._names = label("", "small", wrap=True)
        box = QFrame()
        box.setProperty("ground", "surface")
        column = QVBoxLayout(box)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        self._rights = label("", "warning", wrap=True)
        column.addWidget(self._rights)
        column.addWidget(self.fields)
        column.addWidget(self._fault)
        column.addWidget(label("Fields that may stand in it", "strong"))
        column.addWidget(self._names)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(box)
        return area

    # Showing

    def _show(self, found: tuple[tuple[Template, ...], bool, str]) -> None:
        words, self._may_save, self._who_may = found
        was = self._known.get(self._kind)
        self._known = {one.kind: one for one in words}
        if not self.fields.is_typed():
            self._show_words()
        elif was != self._known[self._kind]:
            self._say("Somebody else reworded this letter meanwhile.", is_fault=True)

    def _show_words(self) -> None:
        if self._kind not in self._known:
            return
        words = self._known[self._kind]
        self.subject.set_value(words.subject)
        self.body.set_value(words.body)
        for field in (self.subject, self.body):
            field.clear_error()
        self._show_who_may()
        needed = NEEDED[self._kind]
        self._names.set(
            "\n".join(
                f"{{{field.name}}}  {field.meaning}{' · needed' if field.name in needed else ''}"
                for field in FIELDS[self._kind]
            )
        )
        self._look()
        self._draw()

    def _show_who_may(self) -> None:
        """Leave the words to be read and copied by those who may not change them."""
        self.subject.line.setReadOnly(not self._may_save)
        self.body.box.setReadOnly(not self._may_save)
        self._rights.set(self._who_may)
        self._rights.setVisible(not self._may_save)
        self.save_button.setVisible(self._may_save)
        self.undo_button.setVisible(self._may_save)

    def _show_shipped(self) -> None:
        shipped = shipped_template(self._kind)
        self.subject.show_value(shipped.subject)
        self.body.show_value(shipped.body)
        self._typed()

    def _typed(self) -> None:
        self._look()
        self._pause.start()

    def _look(self) -> None:
        """Say what is wrong, or whose words these are."""
        found = faults(self.typed)
        is_typed = self.fields.is_typed()
        self.save_button.setEnabled(is_typed and not found and self._may_save)
        self.undo_button.setEnabled(is_typed)
        words = self._known.get(self._kind)
        self.shipped_button.setVisible(self._may_save and words is not None and words.is_own)
        if found:
            more = f" {len(found) - 1} more after it." if len(found) > 1 else ""
            self._say(f"{found[0].text}{more}", is_fault=True)
        else:
            is_own = words is not None and words.is_own
            self._say("The office's own words." if is_own else "The words as shipped.")

    def _say(self, text: str, *, is_fault: bool = False) -> None:
        self._fault.set(text, "refusal" if is_fault else "quiet")

    def _draw(self) -> None:
        self._desk.work(self, self._drawn, draw_example, self.typed)

    def _drawn(self, data: bytes) -> None:
        self.letter.show_pdf(data)

    def _saved(self, words: Template) -> None:
        self._known[words.kind] = words
        self.fields.mark_clean()
        self._desk.say(f"Reworded: {KIND_WORDS[words.kind]}.")
        self._show_words()

    def _refused(self, refusal: OfficerError) -> None:
        self._say(str(refusal), is_fault=True)


def draw_example(words: Template) -> bytes:
    """Return the letter with an example as PDF."""
    from lle_desk.courses.documents import letters_pdf
    from lle_desk.courses.documents.day import certificates_pdf

    if words.kind == LetterKind.CERTIFICATE:
        return certificates_pdf([example_certificate(words)])
    return letters_pdf([example_letter(words)])
