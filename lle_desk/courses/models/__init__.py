"""The tables of courses: events and their places, and what happens to them."""

from lle_desk.courses.models.places import (
    BookingTerm,
    Course,
    CourseBooking,
    Event,
    EventSession,
    Place,
)

__all__ = ["BookingTerm", "Course", "CourseBooking", "Event", "EventSession", "Place"]
