"""How many consultancies there were, from the visits themselves."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.rules import VisitState
from lle_desk.officers.models import Service
from lle_desk.reports.rules import LPDS, CourseFigure
from lle_desk.trainers.models import TrainerTime


def consultancy_figures(session: Session, first: date, last: date) -> list[CourseFigure]:
    """Return the consultancy bookings of the days `first` to `last`, cancelled ones left out."""
    begins = datetime.combine(first, time())
    ends = datetime.combine(last, time()) + timedelta(days=1)
    found = (
        select(func.count(Visit.id), func.sum(case((Service.code == LPDS, 1), else_=0)))
        .join(TrainerTime, TrainerTime.id == Visit.trainer_time_id)
        .join(Service, Service.id == Visit.service_id)
        .where(
            Visit.state != str(VisitState.CANCELLED),
            TrainerTime.starts_at >= begins,
            TrainerTime.starts_at < ends,
        )
    )
    everyone, ours = session.execute(found).one()
    return [
        CourseFigure("Consultancy bookings (all groups)", everyone),
        CourseFigure("Consultancy bookings (LPDS)", ours or 0),
    ]
