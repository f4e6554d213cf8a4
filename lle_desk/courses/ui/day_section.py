"""The part of an event's page that leads to its day: who came, papers, needs, what they thought."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from lle_desk.courses.queries import EventCard
from lle_desk.courses.rules import EventState
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.inspector import Page


class DayPart(StrEnum):
    """The pages about an event's day and about its decision."""

    ATTENDANCE = "attendance"
    PAPERS = "papers"
    CARE = "care"
    EVALUATION = "evaluation"
    TELL = "tell"


def add_day_section(page: Page, card: EventCard, open_part: Callable[[str], object]) -> None:
    """Add the buttons to an event's page; `open_part` is told which one was pressed."""
    state = card.row.state
    section = page.section("The day")
    more = MenuButton("Needs and scores", "dots", _entries(card, open_part))
    if state == EventState.CANCELLED:
        section.note("It was called off.")
        section.buttons(_button("Whom to tell", "phone", "L", DayPart.TELL, open_part))
        return
    buttons = []
    if card.row.held:
        buttons.append(_button("Who came", "user-check", "A", DayPart.ATTENDANCE, open_part))
    buttons.append(_button("Papers", "printer", "Ctrl+Shift+P", DayPart.PAPERS, open_part))
    if state == EventState.CONFIRMED or card.row.held or card.row.waiting:
        buttons.append(_button("Whom to tell", "phone", "L", DayPart.TELL, open_part))
    section.buttons(*buttons, more)


def _entries(
    card: EventCard, open_part: Callable[[str], object]
) -> list[tuple[str, str, Callable[[], object]]]:
    entries: list[tuple[str, str, Callable[[], object]]] = []
    if card.row.held:
        care = partial(open_part, str(DayPart.CARE))
        entries.append(("Access, diet and medical needs …", "eye", care))
    scores = partial(open_part, str(DayPart.EVALUATION))
    entries.append(("Evaluation: scores and comments", "chart-bar", scores))
    return entries


def _button(
    words: str, icon: str, key: str, part: DayPart, open_part: Callable[[str], object]
) -> Button:
    return Button(words, icon, key=key, on_click=partial(open_part, str(part)))
