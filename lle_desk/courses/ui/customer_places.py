"""What courses tell about a customer on their screen: what is coming, and where nobody came."""

from lle_desk.core.days import day_words, short_day
from lle_desk.courses.queries import Absences, ComingBooking, absences, coming_bookings
from lle_desk.courses.rules import counted
from lle_desk.customers.ui.places import CustomerPlace, give_place
from lle_desk.qt.section import Section

MOST = 8
MOST_IN_PART = 3
TABLES = frozenset({"course_booking", "place", "event"})


class ComingPlace(CustomerPlace):
    """The bookings that are not over yet, the soonest first."""

    tables = TABLES

    def reload(self) -> None:
        self.desk.load(self, self._show, coming_bookings, self.customer_id, self.day)

    def _show(self, bookings: list[ComingBooking]) -> None:
        places = sum(booking.places for booking in bookings)
        note = f"{counted(len(bookings), 'booking')}, {counted(places, 'place')}"
        section = Section("Coming", note if bookings else "")
        for booking in bookings[:MOST]:
            section.line(
                f"{short_day(booking.first_on)}  {booking.title}",
                counted(booking.places, "place"),
                on_open=self.opens("course_booking", booking.booking_id),
            )
        if len(bookings) > MOST:
            section.note(f"and {len(bookings) - MOST} more")
        if not bookings:
            section.note("Nothing booked yet.")
        self.show_section(section)


class AbsencesPlace(CustomerPlace):
    """How often nobody came in the last year, or only in part; nothing when everybody did."""

    tables = TABLES

    def reload(self) -> None:
        self.desk.load(self, self._show, absences, self.customer_id, self.day)

    def _show(self, found: Absences) -> None:
        if not found.absent and not found.in_part:
            self.show_section(None)
            return
        section = Section()
        if found.last_on is not None:
            words = f"{found.absent} of {counted(found.booked, 'place')} not attended in a year"
            section.chase("alert-triangle", words, "", kind="warning")
            section.line(
                f"Last: {found.last_title}",
                day_words(found.last_on),
                on_open=self.opens("course_booking", found.last_booking_id),
            )
        for one in found.in_part[:MOST_IN_PART]:
            section.line(
                one.delegate or "Name to come",
                one.part,
                on_open=self.opens("course_booking", one.booking_id),
            )
            section.note(one.title)
        if len(found.in_part) > MOST_IN_PART:
            section.note(f"and {len(found.in_part) - MOST_IN_PART} more attended in part")
        self.show_section(section)


give_place("coming", ComingPlace)
give_place("warnings", AbsencesPlace)
