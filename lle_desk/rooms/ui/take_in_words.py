"""Words of a file that are none of ours, each with what it means or that its lines are left out."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from lle_desk.qt.fields import ChoiceBox
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, name, short_label
from lle_desk.rooms.imports.sheet_lines import OpenWord
from lle_desk.rooms.queries.choices import RoomChoice
from lle_desk.rooms.rules import Category

MOST_SHOWN = 40
UNDECIDED, LEFT_OUT = "Not decided: a problem", "Leave these lines out"
KINDS = {"room": "Room", "category": "Category"}


class WordsGrid(QWidget):
    """One line for each word: theirs, on how many lines, and ours.

    Signals:
        decided: str: the field, str: their words, str: ours, "" to leave the lines out.
    """

    decided = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[tuple[str, str], ...] = ()
        self.boxes: dict[tuple[str, str], ChoiceBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, px(6), 0, 0)
        self._holder: QWidget | None = None
        self.hide()

    def show_words(self, found: Sequence[OpenWord], choices: Sequence[RoomChoice]) -> None:
        """Show these words; boxes of words that were there stay, so that the focus does."""
        keys = tuple((one.key, one.theirs) for one in found[:MOST_SHOWN])
        if keys != self._found:
            self._found = keys
            self._build(found, choices)
        self.setVisible(bool(found))

    def _build(self, found: Sequence[OpenWord], choices: Sequence[RoomChoice]) -> None:
        if self._holder is not None:
            self._column.removeWidget(self._holder)
            self._holder.deleteLater()
        self.boxes = {}
        self._holder = QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        grid.addWidget(label("Words that are none of ours", "heading"), 0, 0, 1, 3)
        offered = {
            "room": [(str(one.id), one.words) for one in choices],
            "category": [(str(one), str(one)) for one in Category],
        }
        for line, one in enumerate(found[:MOST_SHOWN], start=1):
            lines = f"{one.lines:,} line{'' if one.lines == 1 else 's'}"
            grid.addWidget(short_label(f"{KINDS[one.key]} “{one.theirs}”", "strong"), line, 0)
            grid.addWidget(label(lines, "quiet"), line, 1)
            grid.addWidget(self._box(one, offered[one.key]), line, 2)
        if len(found) > MOST_SHOWN:
            rest = f"and {len(found) - MOST_SHOWN:,} more. Are the rooms of this file taken in?"
            grid.addWidget(label(rest, "quiet"), MOST_SHOWN + 1, 0, 1, 3)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 2)
        self._column.addWidget(self._holder)

    def _box(self, one: OpenWord, offered: Sequence[tuple[str, str]]) -> ChoiceBox:
        box = self.boxes[one.key, one.theirs] = ChoiceBox()
        name(box, f"What “{one.theirs}” is")
        box.addItem(UNDECIDED)
        box.addItem(LEFT_OUT)
        box.addItems([words for _value, words in offered])
        values = ["", *(value for value, _words in offered)]
        if one.ours in values:
            box.setCurrentIndex(1 + values.index(one.ours))
        box.activated.connect(partial(self._chosen, one.key, one.theirs, values))
        return box

    def _chosen(self, key: str, theirs: str, values: Sequence[str], at: int) -> None:
        if at > 0:
            self.decided.emit(key, theirs, values[at - 1])
