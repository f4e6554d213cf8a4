"""The tables of courses: events and their places, and what happens to them."""

from lle_desk.courses.models.costs import EventCost, EventMaterials
from lle_desk.courses.models.day import (
    Evaluation,
    EvaluationQuestion,
    EvaluationScore,
    EventDecision,
    MissedSession,
    Telling,
)
from lle_desk.courses.models.places import (
    BookingTerm,
    Course,
    CourseBooking,
    Event,
    EventSession,
    Place,
)
from lle_desk.courses.models.waiting import WaitingParty

__all__ = [
    "BookingTerm",
    "Course",
    "CourseBooking",
    "Evaluation",
    "EvaluationQuestion",
    "EvaluationScore",
    "Event",
    "EventCost",
    "EventDecision",
    "EventMaterials",
    "EventSession",
    "MissedSession",
    "Place",
    "Telling",
    "WaitingParty",
]
