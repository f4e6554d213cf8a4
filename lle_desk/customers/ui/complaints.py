"""The place on a customer's screen where complaints will stand; none can be recorded yet."""

from lle_desk.customers.ui.places import CustomerPlace, give_place
from lle_desk.qt.section import Section

NOT_YET = "Complaints cannot be recorded here yet."


class ComplaintsPlace(CustomerPlace):
    """Says that it is empty on purpose; nothing beside a booking form, where it would only stand.

    An empty section alone would be read as “this customer never complained”.
    """

    def reload(self) -> None:
        if not self.has_links:
            self.show_section(None)
            return
        section = Section("Complaints")
        section.note(NOT_YET)
        self.show_section(section)


give_place("complaints", ComplaintsPlace)
