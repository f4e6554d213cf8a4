"""What happened to an event and to the bookings on it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.changes import HistoryRow, history_of
from lle_desk.courses.models import CourseBooking


def event_history(session: Session, event_id: int, most: int = 12) -> tuple[HistoryRow, ...]:
    """Return the newest changes of an event and of the bookings on it, newest first."""
    bookings = session.scalars(
        select(CourseBooking.id)
        .where(CourseBooking.event_id == event_id)
        .order_by(CourseBooking.id.desc())
        .limit(most)
    )
    rows = history_of(session, "event", event_id, most)
    for booking_id in bookings:
        rows.extend(history_of(session, "course_booking", booking_id, 2))
    return tuple(sorted(rows, key=lambda row: row.position, reverse=True)[:most])
