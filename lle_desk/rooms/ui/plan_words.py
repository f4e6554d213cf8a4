"""The plan in the grid's values: lanes, blocks and areas out of what was read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, partial

from lle_desk.core.days import bank_holidays, day_words, short_day, span_words, time_words
from lle_desk.qt.time_grid import (
    Area,
    Block,
    Lane,
    LaneGroup,
    PlanSpan,
    day_plan,
    days_plan,
)
from lle_desk.rooms.queries import Plan, PlanUse
from lle_desk.rooms.rules import (
    CATEGORY_CODES,
    Category,
    Closed,
    Layout,
    OpenTimes,
    SpaceFacts,
    Status,
    cells_in_common,
    minutes_of,
    number_words,
)

LONG_PREFIX = 8  # letters; what all rooms of a site begin with is left out beside the plan
GROUP_WORDS = {"room": ("Rooms", ""), "ICT suite": ("ICT suites", "fixed PCs")}


def span_of_plan(plan: Plan) -> PlanSpan:
    """Return the days of the plan, each with its number of bookings and its bank holiday."""
    days = (plan.last - plan.first).days + 1
    counts = Counter(day for use in plan.uses for day in _days_of(use))
    span = day_plan(plan.first) if days == 1 else days_plan(plan.first, days)
    return PlanSpan(
        tuple(
            replace(
                day,
                note=str(counts[day.day] or "") if days > 1 else "",
                shut=_shut_words(day.day, plan.hours),
            )
            for day in span.days
        )
    )


def lanes_of(spaces: Iterable[SpaceFacts]) -> tuple[list[Lane], list[LaneGroup]]:
    """Return a lane for each space, joined spaces before their parts, and the groups."""
    listed = list(spaces)
    lanes: list[Lane] = []
    groups = []
    prefix = shared_prefix(space.name for space in listed)
    for kind in dict.fromkeys(space.kind for space in listed):
        alike = [space for space in listed if space.kind == kind]
        title, note = GROUP_WORDS.get(kind, (kind[:1].upper() + kind[1:], ""))
        groups.append(LaneGroup(kind, title, note or str(len(alike))))
        lanes.extend(_lane(space, part, prefix) for space, part in _with_parts(alike))
    return lanes, groups


def shared_prefix(names: Iterable[str]) -> str:
    """Return what all names begin with, up to a space, when it is long: "Bedford Way (20) - "."""
    listed = list(names)
    first, last = min(listed, default=""), max(listed, default="")
    alike = 0
    while alike < min(len(first), len(last)) and first[alike] == last[alike]:
        alike += 1
    prefix = first[: first.rfind(" ", 0, alike) + 1]
    return prefix if len(prefix) >= LONG_PREFIX and len(listed) > 1 else ""


def blocks_of(plan: Plan) -> list[Block]:
    """Return a block for each use that has a room on the plan."""
    spaces = {space.id: space for space in plan.spaces}
    one_day = plan.first == plan.last
    return [
        block_of(use, spaces[use.space_id], one_day=one_day)
        for use in plan.uses
        if use.space_id in spaces
    ]


@lru_cache(maxsize=2048)  # read anew at every change of any desk: nearly all are as before
def block_of(use: PlanUse, space: SpaceFacts | None, *, one_day: bool) -> Block:
    """Return the block of one use; without a space it is a card of the parking."""
    capacity = space.capacity(use.layout) if space else None
    words = heads_words(use, capacity)
    option = f" · option {short_day(use.option_on)}" if _has_option(use) and use.option_on else ""
    when = span_words(use.starts_at, use.ends_at)
    over = over_words(use, capacity)
    return Block(
        key=use.id,
        lane=use.space_id,
        start=use.starts_at,
        end=use.ends_at,
        title=use.title,
        short=use.short_title,
        words=f"{words}{option}" if one_day else when,
        short_words=time_words(use.starts_at),
        code=CATEGORY_CODES[Category(use.category)],
        set_up=minutes_of(use.reserved_from, use.starts_at),
        clear_down=minutes_of(use.ends_at, use.reserved_to),
        provisional=use.is_provisional,
        icons=_icons(use),
        warning=over,
        hover=partial(hover_words, use, space),
        said=", ".join(filter(None, (use.status, said_heads(use, capacity), over, _extras(use)))),
    )


def _icons(use: PlanUse) -> tuple[str, ...]:
    """Return the marks of a block: kept in its room, catering, notes."""
    marks = (
        (use.is_pinned, "map-pin"),
        (use.has_catering, "coffee"),
        (use.has_notes, "note"),
    )
    return tuple(icon for shown, icon in marks if shown)


def _extras(use: PlanUse) -> str:
    """Return what the marks mean, in words."""
    marks = (
        (use.is_pinned, "kept in this room"),
        (use.has_catering, "catering"),
        (use.has_notes, "notes"),
    )
    return ", ".join(words for shown, words in marks if shown)


def areas_of(plan: Plan) -> list[Area]:
    """Return where nothing can be put: closures, and rooms in use as part of a joined one."""
    spaces = {space.id: space for space in plan.spaces}
    shared = cells_in_common(plan.spaces)
    return [*_closed_areas(plan), *_shared_areas(plan, spaces, shared)]


def heads_words(use: PlanUse, capacity: int | None) -> str:
    """Return "18/20 classroom", with "about" where nobody said how many come."""
    about = "about " if use.is_estimate else ""
    of = f"/{capacity}" if capacity else ""
    layout = "PCs" if use.layout == Layout.ICT else use.layout
    return f"{about}{use.heads}{of} {layout}"


def said_heads(use: PlanUse, capacity: int | None) -> str:
    """Return "18 of 20 classroom" for a screen reader."""
    return heads_words(use, capacity).replace("/", " of ", 1)


def over_words(use: PlanUse, capacity: int | None) -> str:
    """Return the warning of more heads than seats, "" when they fit."""
    if capacity is None or use.heads <= capacity:
        return ""
    seats = "PCs" if use.layout == Layout.ICT else "seats"
    return f"{use.heads} heads, {capacity} {seats}"


def hover_words(use: PlanUse, space: SpaceFacts | None) -> str:
    """Return what is shown when the mouse rests on a block, one fact a line."""
    capacity = space.capacity(use.layout) if space else None
    reserved = span_words(use.reserved_from, use.reserved_to)
    lines = [
        f"{use.title} · {number_words(use.number)}",
        f"{space.name if space else 'No room yet'}, {day_words(use.starts_at.date())},"
        f" {span_words(use.starts_at, use.ends_at)} (reserved {reserved})",
        f"{use.category}, {use.status}, {heads_words(use, capacity)}",
        ", ".join(filter(None, (use.customer, use.contact))),
        over_words(use, capacity),
        _extras(use).capitalize(),
    ]
    return "\n".join(line for line in lines if line)


def layout_words(space: SpaceFacts) -> str:
    """Return "20 classroom · 60 theatre", the two that matter most."""
    if space.fixed_pcs:
        return f"{space.fixed_pcs} PCs"
    by_layout = {known.layout: known.capacity for known in space.layouts}
    first = Layout.CLASSROOM if Layout.CLASSROOM in by_layout else space.usual_layout
    listed = list(dict.fromkeys((first, space.usual_layout)))
    return " · ".join(f"{by_layout[one]} {one}" for one in listed if one in by_layout)


def _lane(space: SpaceFacts, part: bool, prefix: str) -> Lane:
    name = space.name.removeprefix(prefix)
    return Lane(space.id, name, layout_words(space), space.kind, part)


def _with_parts(spaces: list[SpaceFacts]) -> Iterator[tuple[SpaceFacts, bool]]:
    """Yield each space, and after a joined one its parts."""
    shown: set[int] = set()
    for space in sorted(spaces, key=lambda one: not _is_whole(one, spaces)):
        if not _is_whole(space, spaces):
            break
        yield space, False
        for part in spaces:
            if part.id not in shown and part.cells < space.cells:
                shown.add(part.id)
                yield part, True


def _is_whole(space: SpaceFacts, spaces: Iterable[SpaceFacts]) -> bool:
    return not any(space.cells < other.cells for other in spaces)


def _has_option(use: PlanUse) -> bool:
    return use.status == Status.PROVISIONAL


def _days_of(use: PlanUse) -> Iterator[date]:
    day, last = use.starts_at.date(), (use.ends_at - timedelta(seconds=1)).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _until(closed: Closed) -> str:
    """Return "18:00", with the day where it ends on another one."""
    if closed.starts_at.date() == closed.ends_at.date():
        return f"{closed.ends_at:%H:%M}"
    return f"{short_day(closed.ends_at.date())} {closed.ends_at:%H:%M}"


def _shut_words(day: date, hours: OpenTimes | None) -> str:
    """Return the bank holiday, or that the site is shut that day, "" when it is open."""
    holiday = bank_holidays().get(day, "")
    return holiday or ("Shut" if hours is not None and hours.of(day) is None else "")


def _closed_areas(plan: Plan) -> Iterator[Area]:
    for closed in plan.closed:
        until = _until(closed)
        for space in plan.spaces:
            if closed.cells is None or closed.cells & space.cells:
                words = f"Closed until {until}: {closed.reason}"
                yield Area(space.id, closed.starts_at, closed.ends_at, words, "Closed")


def _shared_areas(
    plan: Plan, spaces: Mapping[int, SpaceFacts], shared: Mapping[int, frozenset[int]]
) -> Iterator[Area]:
    """Yield where a room is in use as part of another, or its parts are; never two at once."""
    taken: dict[int, list[tuple[PlanUse, SpaceFacts]]] = {}
    for use in plan.uses:
        used = spaces.get(use.space_id or 0)
        if used is not None and use.holds_space:
            for other in shared[used.id]:
                taken.setdefault(other, []).append((use, used))
    for lane, uses in taken.items():
        for together in _overlapping(uses):
            yield _shared_area(spaces[lane], together)


def _overlapping(
    uses: list[tuple[PlanUse, SpaceFacts]],
) -> Iterator[list[tuple[PlanUse, SpaceFacts]]]:
    """Yield the uses in runs that overlap or touch, earliest first."""
    run: list[tuple[PlanUse, SpaceFacts]] = []
    for use, used in sorted(uses, key=lambda pair: pair[0].reserved_from):
        if run and use.reserved_from > max(one.reserved_to for one, _ in run):
            yield run
            run = []
        run.append((use, used))
    if run:
        yield run


def _shared_area(space: SpaceFacts, uses: list[tuple[PlanUse, SpaceFacts]]) -> Area:
    names = list(dict.fromkeys(used.name for _, used in uses))
    shorts = list(dict.fromkeys(used.short_name for _, used in uses))
    is_part = all(space.cells < used.cells for _, used in uses)
    verb = "is" if len(names) == 1 else "are"
    listed = " and ".join(names)
    return Area(
        space.id,
        min(use.reserved_from for use, _ in uses),
        max(use.reserved_to for use, _ in uses),
        f"part of {listed}" if is_part else f"{listed} {verb} in use",
        f"part of {shorts[0]}" if is_part else ", ".join(shorts),
    )
