"""The live line of an event: booked, minimum, waiting, and what it needs to break even."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from lle_desk.core.money import Pence, pounds
from lle_desk.courses.queries import EventCard
from lle_desk.courses.queries.breaking_even import BreakEven
from lle_desk.courses.rules import counted
from lle_desk.courses.ui.cost_page import needed_role, needed_words
from lle_desk.courses.ui.event_list import places_of_event
from lle_desk.qt.chips import CapacityBar
from lle_desk.qt.flow import Flow
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, tip

Cell = tuple[str, str, str]  # the figure, what it is, the role of the figure


def live_line(card: EventCard) -> QWidget:
    """Return the figures of an event over the bar of its places."""
    row = card.row
    short = row.minimum - row.held
    free = row.capacity - row.held
    box = QFrame()
    box.setProperty("ground", "head")
    column = QVBoxLayout(box)
    column.setContentsMargins(px(16), px(7), px(16), px(7))
    column.setSpacing(px(5))
    booked = "booked, full" if free <= 0 else f"booked, {free} free"
    minimum = "minimum, reached" if short <= 0 else f"minimum, needs {short}"
    cells: tuple[Cell, ...] = (
        (f"{row.held} of {row.capacity}", booked, "heading"),
        (str(row.minimum), minimum, "fine" if short <= 0 else "warning"),
        (str(row.waiting), "waiting", "heading"),
        break_even_cell(card.break_even),
    )
    figures = [_figure(cell) for cell in cells]
    if card.break_even.costs:
        tip(figures[-1], f"{needed_words(card.break_even)}.")
    column.addWidget(Flow(figures))
    column.addWidget(CapacityBar(places_of_event(row)))
    return box


def break_even_cell(even: BreakEven) -> Cell:
    """Return how many places are still needed; once none, what is left over."""
    if not even.costs:
        return pounds(even.income), "income", "heading"
    role = needed_role(even)
    if even.needed:
        return counted(even.needed, "place"), "to break even", role
    left = Pence(even.income - even.cost)
    if even.needed is None:
        return pounds(left), "short of its costs", role
    return pounds(left), "above its costs" if even.is_known else "a cost not known", role


def _figure(cell: Cell) -> QWidget:
    """Return one figure with its words below it."""
    figure, words, role = cell
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, px(2), 0)
    column.setSpacing(0)
    column.addWidget(label(figure, role))
    column.addWidget(label(words, "small"))
    return made
