"""The views of the Services tab. Each is a module of its own, loaded when it is first shown.

A view is a widget that takes the desk. What the tab looks for on it, all optional:
`open_record(kind, id)`, `refresh()`, `keys()`, and the signal `record_asked(str, int)`.
"""

import importlib
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from lle_desk.qt.desk import Desk


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """One view: its name in the switch, and the kinds of record that it opens."""

    key: str
    title: str
    module: str
    class_name: str
    kinds: frozenset[str] = frozenset()

    def make(self, desk: Desk) -> QWidget:
        """Load the module and make the view."""
        made = vars(importlib.import_module(self.module))[self.class_name](desk)
        if not isinstance(made, QWidget):
            raise TypeError(f"{self.class_name} is no widget")
        return made


VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(
        "consultancy",
        "Diary",
        "lle_desk.consultancy.ui.diary",
        "DiaryView",
        frozenset({"visit", "trainer_time", "new_visit"}),
    ),
    ViewSpec("visits", "Visits", "lle_desk.consultancy.ui.visits_view", "VisitsView"),
    ViewSpec(
        "agreements",
        "Agreements",
        "lle_desk.agreements.ui.view",
        "AgreementsView",
        frozenset({"agreement"}),
    ),
    ViewSpec("letters", "Letters", "lle_desk.courses.ui.templates_view", "TemplatesView"),
    ViewSpec("outbox", "Outbox", "lle_desk.letters.ui.outbox_view", "OutboxView"),
)
