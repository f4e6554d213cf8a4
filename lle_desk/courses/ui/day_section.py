"""The part of an event's page that leads to its day: who came, papers, needs, what they thought."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from lle_desk.courses.queries import EventCard
from lle_desk.courses.rules import EventState
from lle_desk.qt.buttons import Button
from lle_desk.qt.inspector import Page
from lle_desk.qt.words import tip


class DayPart(StrEnum):
    """The pages about an event's day and about its decision."""

    ATTENDANCE = "attendance"
    PAPERS = "papers"
    CARE = "care"
    EVALUATION = "evaluation"
    TELL = "tell"


def add_day_section(
    page: Page,
    card: EventCard,
    open_part: Callable[[str], object],
    open_letters: Callable[[], object],
) -> None:
    """Add the buttons to an event's page; `open_part` is told which one was pressed."""
    state = card.row.state
    section = page.section("The day")
    tell = _button("Whom to tell", "phone", "L", DayPart.TELL, open_part)
    letters = Button("Letters", "mail", on_click=open_letters)
    if state == EventState.CANCELLED:
        section.note("It was called off.")
        section.buttons(tell, letters)
        return
    buttons = [_button("Papers", "printer", "P", DayPart.PAPERS, open_part)]
    if card.row.held:
        buttons.insert(0, _button("Who came", "user-check", "A", DayPart.ATTENDANCE, open_part))
        buttons.append(_button("Needs", "eye", "", DayPart.CARE, open_part))
    buttons.append(_button("Evaluation", "chart-bar", "", DayPart.EVALUATION, open_part))
    if state == EventState.CONFIRMED or card.row.held or card.row.waiting:
        buttons += [tell, letters]
    section.buttons(*buttons)


def _button(
    words: str, icon: str, key: str, part: DayPart, open_part: Callable[[str], object]
) -> Button:
    made = Button(words, icon, key=key, on_click=partial(open_part, str(part)))
    if part == DayPart.CARE:
        tip(made, "Access, diet and medical needs")
    return made
