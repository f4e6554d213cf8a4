"""The visits to a customer on their screen: those to come, those without a note, a new one."""

from functools import partial

from lle_desk.consultancy.queries import VisitFilter, VisitLine, VisitLines, visit_list
from lle_desk.consultancy.rules import Which
from lle_desk.core.days import short_day
from lle_desk.customers.ui.places import CustomerPlace, give_place
from lle_desk.qt.buttons import Button
from lle_desk.qt.section import Section

MOST = 6
NEW_VISIT = "new_visit"  # a record of this kind is the customer it is for


class VisitsPlace(CustomerPlace):
    """The visits to come, the soonest first; before them those whose note is missing."""

    tables = frozenset({"visit", "trainer_time"})

    def reload(self) -> None:
        wanted = VisitFilter(Which.OPEN, self.day, customer_id=self.customer_id)
        self.desk.load(self, self._show, visit_list, wanted)

    def _show(self, found: VisitLines) -> None:
        section = Section("Visits of consultants")
        for row in found.rows[:MOST]:
            section.line(
                f"{short_day(row.starts_at.date())}  {row.topic}",
                self._said(row),
                on_open=self.opens("visit", row.id),
                right_role="warning" if self._is_due(row) else "quiet",
            )
        if found.count > MOST:
            section.note(f"and {found.count - MOST} more")
        if not found.count:
            section.note("None to come.")
        if self.has_links:
            plan = partial(self.record_asked.emit, NEW_VISIT, self.customer_id)
            section.buttons(Button("Plan a visit", "briefcase", key="Ctrl+Shift+V", on_click=plan))
        self.show_section(section)

    def _is_due(self, row: VisitLine) -> bool:
        return row.starts_at.date() < self.day

    def _said(self, row: VisitLine) -> str:
        if self._is_due(row):
            return "no note"
        return f"{row.starts_at:%H:%M}"


give_place("visits", VisitsPlace)
