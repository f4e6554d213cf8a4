"""Several rooms on several days, judged at once by the rule that judges one."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from lle_desk.rooms.queries.free import widest
from lle_desk.rooms.queries.house import diary_of
from lle_desk.rooms.queries.spaces import space_facts
from lle_desk.rooms.rules import Diary, Slot, SpaceFacts, best_first, day_of, other_times
from lle_desk.rooms.rules.places import (
    OtherRoom,
    Own,
    Place,
    PlaceVerdict,
    own_clash,
    problem_of,
)

MOST_ROOMS = 4  # offered for one place
MOST_OFFERED = 60  # places that are offered something else; the rest are only refused
MARGIN = timedelta(hours=8)  # no set-up or clear-down is longer


def judge_places(session: Session, places: Sequence[Place]) -> tuple[PlaceVerdict, ...]:
    """Return the verdict of each place, in order; what they move from is not in their way.

    A place is in the way of those after it. What does not fit has the rooms and times that
    do: for the first sixty such places.
    """
    wanted_ids = sorted({place.space_id for place in places if place.space_id is not None})
    spaces = {space.id: space for space in space_facts(session, space_ids=wanted_ids)}
    if not spaces:
        return tuple(_without_room(place) for place in places)
    moving = {place.use_id for place in places if place.use_id is not None}
    diary = diary_of(session, spaces.values(), _span(places, spaces), moving)
    own: list[Own] = []
    offered = 0
    verdicts = []
    for place in places:
        verdict = _judge(place, spaces, diary, own)
        if not verdict.is_fine and place.space_id in spaces and offered < MOST_OFFERED:
            offered += 1
            verdict = _with_others(session, verdict, spaces[place.space_id], moving, own)
        verdicts.append(verdict)
    return tuple(verdicts)


def _judge(
    place: Place, spaces: dict[int, SpaceFacts], diary: Diary, own: list[Own]
) -> PlaceVerdict:
    space = spaces.get(place.space_id or 0)
    if space is None:
        return _without_room(place)
    fit = diary.judge(space, place.wanted)
    problem = problem_of(fit, place.reason) or own_clash(fit.reserved, space.cells, own)
    if problem:
        return PlaceVerdict(
            place,
            problem,
            "heads" if fit.may_force else "space",
            is_closed=fit.closed is not None or fit.outside.startswith("shut"),
            may_force=fit.may_force,
        )
    own.append(Own(space.name, fit.reserved, space.cells))
    return PlaceVerdict(place)


def _without_room(place: Place) -> PlaceVerdict:
    if place.space_id is None:
        return PlaceVerdict(place)  # it waits in the parking
    gone = "That room is not in the list any more. Choose another."
    return PlaceVerdict(place, gone, "space")


def _with_others(
    session: Session,
    verdict: PlaceVerdict,
    space: SpaceFacts,
    moving: set[int],
    own: Sequence[Own],
) -> PlaceVerdict:
    """Return the verdict with the rooms that fit then, and the time at which this room does."""
    wanted = verdict.place.wanted
    spaces = space_facts(session, space.site_id)
    hours = day_of(wanted).with_margins(MARGIN, MARGIN)
    span = widest([hours, wanted.reserved_in(space).with_margins(MARGIN, MARGIN)])
    diary = diary_of(session, spaces, span, moving)
    fits = best_first((diary.judge(one, wanted) for one in spaces), wanted.heads)
    free = [fit for fit in fits if not own_clash(fit.reserved, fit.space.cells, own)]
    rooms = tuple(
        OtherRoom(fit.space.id, fit.space.name, fit.capacity or 0) for fit in free[:MOST_ROOMS]
    )
    times = tuple(one.starts_at for one in other_times([space], wanted, diary))
    return PlaceVerdict(
        verdict.place,
        verdict.problem,
        verdict.field,
        verdict.is_closed,
        verdict.may_force,
        rooms,
        times,
    )


def _span(places: Sequence[Place], spaces: dict[int, SpaceFacts]) -> Slot:
    reserved = [
        place.wanted.reserved_in(spaces[place.space_id])
        for place in places
        if place.space_id in spaces
    ]
    whole = widest(reserved)
    return Slot(
        datetime.combine(whole.starts_at.date(), time()),
        datetime.combine(whole.ends_at.date(), time()) + timedelta(days=1),
    )
