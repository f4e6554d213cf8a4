"""The preview of an allocation: what would move and why, what stays without, and the proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.core.days import day_words, span_words
from lle_desk.qt.buttons import Button
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, Heading, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.rules import number_words
from lle_desk.rooms.rules.allocation import Allocation, Level, Placement, UseToPlace

ASK_FIRST = "Choose the days, then work it out: what would move is shown before anything is saved."
PINNED = "It is pinned there while the room is closed. Unpin it, or move it by hand."


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A line of the preview, or with `group` the heading above some."""

    key: str
    group: Heading | None
    use: UseToPlace | None = None
    now: str = ""
    then: str = ""
    why: str = ""


class GiveRoomsPlan(QWidget):
    """The table with the objective above it and what to do with it below.

    Signals:
        apply_wanted: save it.
        use_chosen: int: a room use in the diary was chosen.
        use_opened: int: it was opened.
    """

    apply_wanted = Signal()
    use_chosen = Signal(int)
    use_opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.proof = label("", "heading", wrap=True)
        self.levels = label("", "quiet", wrap=True)
        self.detail = label("", "body", wrap=True)
        self.refusal = label("", "refusal", wrap=True)
        self._model: RowTableModel[MoveRow] = RowTableModel(
            _columns(), lambda row: row.key, heading=lambda row: row.group
        )
        self.table = Table(self._model, row_height=46, name="What would change")
        self._empty = EmptyState(ASK_FIRST, icon="layout-grid")
        self.table.show_empty(self._empty)
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(self._opened)
        self.apply = Button(
            "Apply", "check", key="F9", kind="primary", on_click=self.apply_wanted.emit
        )
        self._lay_out()
        self.show_nothing(ASK_FIRST)

    @property
    def rows(self) -> Sequence[MoveRow]:
        """The preview as shown."""
        return self._model.rows

    def show_nothing(self, sentence: str) -> None:
        """Show that there is no preview, and why."""
        self._empty.say(sentence)
        self._model.show_rows([])
        self.proof.set("")
        self.show_refusal("")
        self.levels.set("")
        self.detail.set("")
        self._facts.hide()
        self.apply.hide()

    def show_plan(self, plan: Allocation, is_saved: bool = False) -> None:
        """Show what a plan changes, or with `is_saved` what it has changed."""
        changed = len(plan.changed)
        self.show_refusal("")
        self._empty.say("Nothing has to change: every use has a room that it can keep.")
        self._model.show_rows(_rows(plan, is_saved))
        placed, uses = len(plan.placements) - len(plan.unplaced), len(plan.placements)
        self.proof.set(
            f"{placed:,} of {uses:,} have a room; {changed:,}"
            f" {'changed' if is_saved else 'would change'}. {plan.proof_words}"
        )
        self.levels.set(" · ".join(_level_words(level) for level in plan.levels))
        self._facts.show()
        closing = " and close the room" if plan.question.closing is not None else ""
        self.apply.set_text(f"Apply {changed:,} change{'' if changed == 1 else 's'}{closing}")
        self.apply.setVisible(not is_saved and (bool(changed) or bool(closing)))
        self.table.choose_first()

    def show_refusal(self, sentence: str) -> None:
        """Say why it was not saved."""
        self.refusal.set(sentence)
        self.refusal.setVisible(bool(sentence))
        self.detail.setVisible(not sentence)

    def _chosen(self, row: MoveRow | None) -> None:
        self.detail.set("" if row is None else row.why)
        self.detail.setVisible(bool(self.detail.text()))
        if row is not None and row.use is not None and not row.use.wanted_by:
            self.use_chosen.emit(row.use.id)

    def _opened(self, row: MoveRow) -> None:
        if row.use is not None and not row.use.wanted_by:
            self.use_opened.emit(row.use.id)

    def _lay_out(self) -> None:
        self._facts = QWidget()
        head = QVBoxLayout(self._facts)
        head.setContentsMargins(px(10), px(6), px(10), px(6))
        head.setSpacing(px(4))
        head.addWidget(self.proof)
        head.addWidget(self.levels)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(10), px(6), px(10), px(6))
        foot.addWidget(self.detail, 1)
        foot.addWidget(self.refusal, 1)
        foot.addStretch(0)
        foot.addWidget(self.apply, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._facts)
        column.addWidget(self.table, 1)
        column.addLayout(foot)


def _level_words(level: Level) -> str:
    best = "" if level.is_proved else f" (at best {level.bound:,})"
    return f"{level.value:,} {level.words}{best}"


def _rows(plan: Allocation, is_saved: bool) -> list[MoveRow]:
    """Return the lines in groups, what needs the room manager most at the top."""
    rooms = {space.id: space.name for space in plan.question.spaces}
    without = [_row(one) for one in plan.unplaced]
    stuck = [
        MoveRow(_use_key(use), None, use, rooms[use.space_id], rooms[use.space_id], PINNED)
        for use in plan.question.stuck
        if use.space_id is not None
    ]
    placed = [one for one in plan.changed if one.space is not None]
    first = [_row(one) for one in placed if one.today is None]
    moved = [_row(one) for one in placed if one.today is not None]
    would = "" if is_saved else "would "
    return [
        *_group("without", f"{'Left' if is_saved else 'Would be left'} without a room", without),
        *_group("stuck", "Pinned in a closed room", stuck),
        *_group("first", f"{'Got' if is_saved else 'Would get'} a room", first),
        *_group("moved", f"{would}{'moved' if is_saved else 'move'}".capitalize(), moved),
    ]


def _group(key: str, title: str, rows: Sequence[MoveRow]) -> list[MoveRow]:
    return [MoveRow(key, Heading(title, f"{len(rows):,}")), *rows] if rows else []


def _row(one: Placement) -> MoveRow:
    now = one.today.name if one.today else "no room"
    then = one.space.name if one.space else "no room"
    return MoveRow(_use_key(one.use), None, one.use, now, then, one.why)


def _use_key(use: UseToPlace) -> str:
    return f"{use.wanted_by}{use.id}"


def _when(row: MoveRow) -> str:
    if row.use is None:
        return ""
    return day_words(row.use.starts_at.date())


def _times(row: MoveRow) -> str:
    return "" if row.use is None else span_words(row.use.starts_at, row.use.ends_at)


def _about(row: MoveRow) -> str:
    """Return "WR-02418, 18 in classroom layout"."""
    if row.use is None:
        return ""
    number = f"{number_words(row.use.number)}, " if row.use.number else ""
    return f"{number}{row.use.heads} in {row.use.layout} layout"


def _columns() -> list[Column[MoveRow]]:
    return [
        Column("When", _when, width=130, second=_times),
        Column(
            "Booking",
            lambda row: row.use.title if row.use else "",
            width=230,
            strong=True,
            second=_about,
        ),
        Column("Now", lambda row: row.now, width=110),
        Column("Then", lambda row: row.then, width=110, strong=True),
        Column("Why", lambda row: row.why, width=0, tip=lambda row: row.why),
    ]
