"""An invented day and week of bookings, for the tests, the benchmark and the pictures."""

import random
from datetime import date, datetime, timedelta

from lle_desk.qt.time_grid import Area, Block, Ghost, Lane, LaneGroup, Verdict

DAY = date(2014, 3, 4)
NOW = datetime(2014, 3, 4, 10, 42)
GROUPS = [LaneGroup("rooms", "Rooms"), LaneGroup("ict", "ICT suites", "fixed PCs")]
KIT = ("presentation", "wifi", "accessible")

ROOMS = [
    Lane("oak", "Oak Room", "20 classroom · 60 theatre", "rooms", icons=KIT),
    Lane("oak1", "Oak 1", "10 classroom", "rooms", part=True, icons=KIT[:1]),
    Lane("oak2", "Oak 2", "8 boardroom", "rooms", part=True, icons=KIT[1:2]),
    Lane("elm", "Elm", "30 classroom", "rooms", icons=KIT[:2]),
    Lane("ash", "Ash", "32 classroom", "rooms", icons=KIT),
    Lane("beech", "Beech", "16 boardroom", "rooms", icons=KIT[:1]),
    Lane("rowan", "Rowan", "24 cabaret", "rooms", icons=KIT[:2]),
    Lane("hazel", "Hazel", "30 classroom", "rooms", icons=KIT[:1]),
    Lane("willow", "Willow", "28 classroom", "rooms", icons=(KIT[0], KIT[2])),
    Lane("birch", "Birch", "14 boardroom", "rooms", icons=KIT[1:2]),
    Lane("maple", "Maple", "30 cabaret", "rooms", icons=KIT[:2]),
    Lane("cedar", "Cedar Hall", "90 theatre", "rooms", icons=KIT),
    Lane("ict1", "ICT Suite 1", "15 PCs", "ict", icons=KIT[:1]),
    Lane("ict2", "ICT Suite 2", "12 PCs", "ict", icons=KIT[:1]),
]


def at(day: date, clock: str) -> datetime:
    """Return that wall-clock time of the day."""
    return datetime.fromisoformat(f"{day} {clock}")


# room, from, to, set-up, clear-down, code, title, short title, second line, what else
_BOOKINGS = """
oak    09:30 12:00 30 30 SC Phonics in Key Stage 1|Phonics|18/20 classroom|coffee
oak    18:30 20:45 30 15 EX Demo Choir|Choir|40/60|
oak1   13:30 15:30 0  15 MT SEN casework|SEN|8/10 classroom|
oak2   14:00 16:00 15 0  EX Demo Trust panel|Trust|6/8 · option Fri 14 Mar|provisional
elm    08:30 12:00 0  15 MT Area heads’ meeting|Area heads|24/30 classroom|coffee
elm    13:00 16:00 30 15 EH PGCE history seminar|PGCE|26/30 classroom|coffee
ash    09:00 12:30 30 15 CF Safeguarding briefing|Safety briefing|31/32 classroom|coffee
ash    13:30 16:00 30 15 SC NQT induction, day 4|NQT day 4|30/32 classroom|coffee
beech  09:00 11:30 0  15 EX Demo Housing interviews|Housing|6/16 · option Tue 11 Mar|provisional
rowan  09:15 16:00 30 30 EH School Direct training day|School Direct|20/24 cabaret|tools-kitchen-2
hazel  10:00 12:00 0  0  SC Numeracy network|Numeracy|24 heads, classroom|
hazel  13:00 14:30 0  0  MT IT team|IT|9/30|
willow 09:00 12:00 30 15 SC Maths subject leaders|Maths|16/28 classroom|coffee
birch  10:00 11:30 0  0  MT HR panel|HR|5/14 boardroom|
birch  13:00 16:00 15 15 EX Demo Credit Union board|Credit Union|12/14 · option 7 Mar|provisional
maple  09:30 16:00 30 30 CF Early Years conference: groups|Early Years|30/30 cabaret|tools-kitchen-2
cedar  09:00 16:30 60 30 CF Early Years conference|Early Years|84/90 theatre · lunch|tools-kitchen-2
cedar  18:30 20:45 30 15 MT Governors|Governors|52/90|coffee
ict1   10:00 12:30 0  0  SC SIMS census|SIMS|16/15|warning
ict1   13:30 16:00 15 0  EH Mentor e-portfolio|Mentor|12/15 · option Mon 10 Mar|provisional
ict2   13:00 15:30 30 0  SC Assessment tracking|Track|11/12 PCs|
"""


def day_blocks(day: date = DAY) -> list[Block]:
    """Return the bookings of the invented day, keys from 1."""
    lines = [line for line in _BOOKINGS.splitlines() if line]
    return [_block(number, day, line) for number, line in enumerate(lines, start=1)]


def _block(number: int, day: date, line: str) -> Block:
    lane, start, end, before, after, code, words = line.split(maxsplit=6)
    title, short, second, more = words.split("|")
    icons = (more,) if more and more not in ("provisional", "warning") else ()
    return Block(
        number,
        lane,
        at(day, start),
        at(day, end),
        title,
        short,
        second,
        start,
        code,
        int(before),
        int(after),
        provisional=more == "provisional",
        icons=icons,
        warning="16 heads, 15 PCs" if more == "warning" else "",
        hover=f"{title}\n{start}–{end}\nA & B <b>{second}</b>",
        said=f"{'provisional' if more == 'provisional' else 'confirmed'}, {second}",
    )


def day_areas(day: date = DAY) -> list[Area]:
    """Return what cannot be booked on the invented day."""
    areas = [
        Area(
            "ict2",
            at(day, "08:00"),
            at(day, "12:00"),
            "Closed until 12:00: new PCs going in",
            "Closed",
        )
    ]
    for part in ("oak1", "oak2"):
        areas.append(
            Area(part, at(day, "09:00"), at(day, "12:30"), "in use as Oak Room", "Oak Room")
        )
        areas.append(Area(part, at(day, "18:00"), at(day, "21:00"), "as Oak Room", "Oak Room"))
    return areas


def many_blocks(first: date, days: int, count: int, seed: int = 3) -> list[Block]:
    """Return `count` bookings spread over `days` days and all rooms, none overlapping."""
    dice = random.Random(seed)
    places = [(lane, day, part) for lane in ROOMS for day in range(days) for part in (0, 1)]
    patterns = day_blocks()
    blocks = []
    for number, (lane, day, part) in enumerate(dice.sample(places, count), start=1):
        pattern = dice.choice(patterns)
        start = at(first + timedelta(days=day), "09:00" if part == 0 else "13:30")
        start += timedelta(minutes=15 * dice.randrange(3))
        end = start + timedelta(minutes=dice.choice((90, 120, 150, 165)))
        span = f"{start:%H:%M}–{end:%H:%M}"
        blocks.append(
            Block(
                number,
                lane.key,
                start,
                end,
                pattern.title,
                pattern.short,
                span,
                f"{start:%H:%M}",
                pattern.code,
                15,
                dice.choice((0, 15)),
                pattern.provisional,
                icons=pattern.icons,
                warning=pattern.warning,
                said=pattern.said,
            )
        )
    return blocks


def judge(ghost: Ghost) -> dict[object, Verdict]:
    """Return each room's verdict on the ghost, by the invented day's bookings and seats."""
    verdicts: dict[object, Verdict] = {}
    for lane in ROOMS:
        seats = int(lane.words.split()[0])
        clash = next(
            (
                block
                for block in day_blocks(ghost.slot.start.date())
                if block.lane == lane.key
                and block.key != ghost.key
                and block.reserved_start < ghost.reserved_end
                and block.reserved_end > ghost.reserved_start
            ),
            None,
        )
        if clash:
            reason = f"{lane.name} is taken {clash.reserved_start:%H:%M}–{clash.reserved_end:%H:%M}"
            verdicts[lane.key] = Verdict(
                False,
                "taken",
                reason,
                f"{clash.title}, with set-up and clear-down.",
                "Fits: Willow at 13:00, or Ash from 16:15.",
            )
        elif seats < 24:
            verdicts[lane.key] = Verdict(
                False, f"{seats} seats", f"{lane.name} has {seats} seats", may_force=True
            )
        else:
            verdicts[lane.key] = Verdict(True, "fits", slot_words=f"Fits here: {seats} seats")
    return verdicts
