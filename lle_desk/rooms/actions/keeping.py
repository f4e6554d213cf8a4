"""What a change of the diary was before and after, so that it can be undone and done again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeAlias, TypeVar

from sqlalchemy import and_, event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.db import action_name
from lle_desk.core.undo import Record, Undoable, Way, lead_of, versions_of
from lle_desk.rooms.actions.bookings import cancel_booking, restore_booking
from lle_desk.rooms.actions.charging import follow_charges, put_back
from lle_desk.rooms.actions.moving import (
    asked_by,
    known_space,
    moved,
    moving_together,
    refuse_misfit,
    stand_of,
)
from lle_desk.rooms.actions.requests import CancelBooking, RestoreBooking
from lle_desk.rooms.models import CateringLine, EquipmentLine, RoomBooking, RoomUse
from lle_desk.rooms.rules import Status, Wanted, minutes_of, number_words

P = ParamSpec("P")
T = TypeVar("T")
Values: TypeAlias = Mapping[str, Any]
Putter: TypeAlias = Callable[[Session, Any, Values | None], None]
Namer: TypeAlias = Callable[[Session, Any], str]
Listed: TypeAlias = Sequence[tuple[Any, Values | None]]
Lifter: TypeAlias = Callable[[Session, Listed], None]

NEVER_PUT_BACK = frozenset({"id", "client_uuid", "version", "number"})
TAKEN_BACK = "taken back by the officer who made it"


@dataclass(frozen=True, slots=True)
class Kept:
    """One row before and after; None: it was not there."""

    model: type[Any]
    id: int
    before: Values | None
    after: Values


class Keeping(Generic[T]):
    """An action of the diary that can be undone: it keeps what the action changed.

    Call it, or hand it to `desk.do`, with what the action itself takes. `words` say what was
    done, as "Moved Phonics to Elm", or make it out of the action's answer. In the audit trail
    it has the action's own name.
    """

    def __init__(self, action: Callable[..., T], words: str | Callable[[T], str]) -> None:
        self.__name__ = action_name(action)
        self._action = action
        self._words = words

    def __call__(self, session: Session, *args: Any, **kwargs: Any) -> Undoable[T]:
        """Return the action's answer, with the way back.

        Raises:
            OfficerError: as the action does.
        """
        watch = _Watch()
        event.listen(session, "before_flush", watch.look)
        event.listen(session, "detached_to_persistent", watch.meet)
        try:
            answer = self._action(session, *args, **kwargs)
            session.flush()
        finally:
            event.remove(session, "before_flush", watch.look)
            event.remove(session, "detached_to_persistent", watch.meet)
        words = self._words if isinstance(self._words, str) else self._words(answer)
        return Undoable(answer, _way(session, words, watch.kept()), lead=lead_of(session))


def keep_rows(
    model: type[Any], putter: Putter, name: Namer | None = None, lift: Lifter | None = None
) -> None:
    """Let rows of `model` be part of what is undone.

    `putter(session, row, values)` gives the row these values again, under its ordinary rules;
    values None: it was not there before, so it is to count for nothing. Called after bookings
    and uses were put back, in the order of registration. `name(session, row)` is what officers
    call it. `lift(session, listed)` takes out first what would be in the way of the others.
    """
    _putters[model] = putter
    if name is not None:
        _namers[model] = name
    if lift is not None:
        _lifters.append(lift)


class _Watch:
    """Sees each row as it was before the action's first change of it."""

    def __init__(self) -> None:
        self._before: dict[Any, Values | None] = {}

    def look(self, session: Session, _context: UOWTransaction, _instances: object) -> None:
        for row in session.new:
            if type(row) in _putters:
                self._before.setdefault(row, None)
        for row in session.dirty:
            if type(row) in _putters and row not in self._before and session.is_modified(row):
                self._before[row] = _values(row, before=True)

    def meet(self, _session: Session, row: object) -> None:
        """Know a row that was put in without a flush; see `core.ready.put_in`."""
        if type(row) in _putters:
            self._before.setdefault(row, None)

    def kept(self) -> list[Kept]:
        """Return the rows that the action changed, in the order they are put back in."""
        found = [
            Kept(type(row), row.id, before, _values(row)) for row, before in self._before.items()
        ]
        order = list(_putters)
        changed = (one for one in found if one.before != one.after)
        return sorted(changed, key=lambda one: (order.index(one.model), one.id))


def _way(session: Session, words: str, kept: Sequence[Kept]) -> Way | None:
    if not kept:
        return None
    records = [Record(one.model.__tablename__, one.id, _name(session, one)) for one in kept]
    after: dict[Record, int] = {
        record: one.after["version"]
        for record, one in zip(records, kept, strict=True)
        if one.before is None  # nobody else can have changed it
    }
    after |= versions_of(session, [record for record in records if record not in after])
    before = {
        record: one.before["version"] if one.before is not None else 0
        for record, one in zip(records, kept, strict=True)
    }

    def back(session: Session) -> None:
        put_rows(session, [(one.model, one.id, one.before) for one in kept])

    def forth(session: Session) -> None:
        put_rows(session, [(one.model, one.id, one.after) for one in kept])

    return Way(words, back, forth, before, after)


def put_rows(session: Session, rows: Iterable[tuple[type[Any], int, Values | None]]) -> None:
    """Give rows the values they had, each under the rules of any other change.

    Raises:
        OfficerError: a room was taken meanwhile, and by whom.
    """
    listed = [(session.get_one(model, row_id), values) for model, row_id, values in rows]
    with put_back(session), moving_together(session):  # its charges are among the rows
        for lift in _lifters:
            lift(session, listed)
        for row, values in listed:
            _putters[type(row)](session, row, values)
            session.flush()
    for booking_id in _billed_bookings(session, [row for row, _values in listed]):
        follow_charges(session, booking_id)  # what was credited meanwhile is charged anew


def _billed_bookings(session: Session, rows: Sequence[Any]) -> list[int]:
    """Return the bookings among the rows that a paper ever took something of."""
    ids = {row.id for row in rows if isinstance(row, RoomBooking)}
    ids |= {row.room_booking_id for row in rows if isinstance(row, RoomUse)}
    of_use = select(RoomUse.id, RoomUse.room_booking_id).where(RoomUse.room_booking_id.in_(ids))
    billed: set[int] = set()
    for source, model in (
        (Source.CATERING_LINE, CateringLine),
        (Source.EQUIPMENT_LINE, EquipmentLine),
    ):
        uses = of_use.join(model, model.room_use_id == RoomUse.id)
        charged = Charge.source_id == model.id, Charge.source == str(source)
        found = uses.join(Charge, and_(*charged)).where(Charge.state == str(ChargeState.BILLED))
        billed.update(row.room_booking_id for row in session.execute(found))
    charged = Charge.source_id == RoomUse.id, Charge.source == str(Source.ROOM_USE)
    found = of_use.join(Charge, and_(*charged)).where(Charge.state == str(ChargeState.BILLED))
    billed.update(row.room_booking_id for row in session.execute(found))
    return sorted(billed)


def lift_uses(session: Session, uses: Iterable[RoomUse]) -> None:
    """Let uses hold nothing for a moment, so that they can change places; see `put_use`."""
    for use in uses:
        use.holds_space = False
    session.flush()


def _lift(session: Session, listed: Listed) -> None:
    """Take out what is about to move, when there are several, lest they meet half way."""
    going = [
        row
        for row, values in listed
        if isinstance(row, RoomUse)
        and row.holds_space
        and values is not None
        and any(values[name] != getattr(row, name) for name in _PLACE)
    ]
    if len(going) > 1:
        lift_uses(session, going)


def _put_booking(session: Session, booking: RoomBooking, values: Values | None) -> None:
    """Cancel or restore the booking as an officer would, then write the rest."""
    status = Status(values["status"]) if values is not None else Status.CANCELLED
    now = Status(booking.status)
    if booking.source != "course" and now is not status:
        if status is Status.CANCELLED:
            reason = values["cancelled_reason"] if values is not None else TAKEN_BACK
            cancel_booking(session, _cancelled(booking, reason))
        elif now is Status.CANCELLED:
            restore_booking(session, _restored(booking, status))
    if values is not None:
        _write(booking, values)


def _cancelled(booking: RoomBooking, reason: str) -> CancelBooking:
    return CancelBooking(booking_id=booking.id, seen_version=booking.version, reason=reason)


def _restored(booking: RoomBooking, status: Status) -> RestoreBooking:
    return RestoreBooking(booking_id=booking.id, seen_version=booking.version, status=status)


def _put_use(session: Session, use: RoomUse, values: Values | None) -> None:
    """Put the use back into its room and time after looking; one that was made is released."""
    if values is None:
        use.holds_space = False
        return
    booking = session.get_one(RoomBooking, use.room_booking_id)
    was = stand_of(use)
    with session.no_autoflush:
        if values["holds_space"]:
            space = known_space(session, values["space_id"])
            if space is not None:
                reason = values["over_capacity_reason"] or "as it was"
                wanted = asked_by(booking, _wanted(use.id, values))
                refuse_misfit(session, space, wanted, reason)
        _write(use, values)
    session.flush()
    if stand_of(use) != was:
        moved(session, booking, use, was)


def _wanted(use_id: int, values: Values) -> Wanted:
    return Wanted(
        values["starts_at"],
        values["ends_at"],
        values["heads"],
        values["layout"],
        minutes_of(values["reserved_from"], values["starts_at"]),
        minutes_of(values["ends_at"], values["reserved_to"]),
        use_id,
    )


def _write(row: Any, values: Values) -> None:
    for name, value in values.items():
        if name not in NEVER_PUT_BACK and getattr(row, name) != value:
            setattr(row, name, value)


def _values(row: Any, *, before: bool = False) -> Values:
    """Return the columns of a row, as they are, or as they were before they were set."""
    state = inspect(row)
    values: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        old = state.attrs[attribute.key].history.deleted if before else ()
        values[attribute.key] = old[0] if old else getattr(row, attribute.key)
    return values


def _name(session: Session, one: Kept) -> str:
    namer = _namers.get(one.model)
    if namer is not None:
        return namer(session, session.get_one(one.model, one.id))
    booking_id = one.id if one.model is RoomBooking else one.after.get("room_booking_id")
    booking = session.get(RoomBooking, booking_id) if booking_id is not None else None
    return f"“{booking.title}”, {number_words(booking.number)}," if booking is not None else ""


_PLACE = ("space_id", "reserved_from", "reserved_to")
_putters: dict[type[Any], Putter] = {RoomBooking: _put_booking, RoomUse: _put_use}
_namers: dict[type[Any], Namer] = {}
_lifters: list[Lifter] = [_lift]
