"""Axis, rows, words and stops: the parts of the time grid that need no window."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lle_desk.qt.time_grid import Block, Lane, LaneGroup, PlanSpan, day_plan, days_plan
from lle_desk.qt.time_grid.axis import Axis
from lle_desk.qt.time_grid.layout import Layout, Plan
from lle_desk.qt.time_grid.look import Look
from lle_desk.qt.time_grid.rows import Rows
from lle_desk.qt.time_grid.running import Room, run_of
from lle_desk.qt.time_grid.words import fit_words
from tests.qt.plan_demo import DAY, at, day_blocks

MONDAY = date(2014, 3, 3)


def measure(text: str, number: int) -> float:
    """Every letter is six pixels wide; the small font's five."""
    return len(text) * (5.0 if number == 4 else 6.0)


def block(**changes: object) -> Block:
    values: dict[str, object] = {
        "key": 1,
        "lane": "oak",
        "start": at(DAY, "09:00"),
        "end": at(DAY, "10:00"),
        "title": "Phonics in Key Stage 1",
        "short": "Phonics",
        "words": "18/20 classroom",
        "short_words": "18/20",
        "code": "SC",
    }
    return Block(**(values | changes))  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(
    minutes=st.integers(0, 14 * 24 * 60),
    span=st.sampled_from([day_plan(MONDAY), days_plan(MONDAY, 5), days_plan(MONDAY, 14)]),
    width=st.floats(300, 4000),
)
def test_a_time_shown_comes_back_from_its_pixel(minutes: int, span: PlanSpan, width: float) -> None:
    axis = Axis(span, width)
    when = datetime(2014, 3, 3) + timedelta(minutes=minutes)
    column = axis.column_of(when)
    if column and column.plan.start <= when < column.plan.end:
        assert abs(axis.time(axis.x(when)) - when) <= timedelta(seconds=1)
        assert column.left <= axis.x(when) <= column.right


def test_the_evening_of_one_day_is_at_half_scale() -> None:
    axis = Axis(day_plan(DAY), 1150)
    morning = axis.x(at(DAY, "09:00")) - axis.x(at(DAY, "08:00"))
    evening = axis.x(at(DAY, "19:00")) - axis.x(at(DAY, "18:00"))
    assert morning == pytest.approx(100)
    assert evening == pytest.approx(50)


def test_a_night_has_no_width() -> None:
    axis = Axis(days_plan(MONDAY, 5), 1000)
    tuesday = datetime(2014, 3, 4, 8, 30)
    assert axis.x(datetime(2014, 3, 3, 23)) == pytest.approx(axis.x(tuesday))


def test_hours_widen_so_that_no_reserved_time_is_cut_off() -> None:
    early = block(start=at(DAY, "07:30"), end=at(DAY, "08:45"), set_up=45)
    late = block(start=at(DAY, "20:00"), end=at(DAY, "22:10"), clear_down=15)
    day = day_plan(DAY).covering([early, late]).days[0]
    assert (day.opens, day.closes) == (6 * 60, 23 * 60)
    assert day_plan(DAY).covering(day_blocks()) == day_plan(DAY)


def test_overlapping_bookings_get_a_storey_each() -> None:
    lanes = [Lane("oak", "Oak"), Lane("elm", "Elm")]
    held = [block(key=1), block(key=2, start=at(DAY, "09:30"), end=at(DAY, "11:00"))]
    rows = Rows(lanes, (), held, (), frozenset(), 46, 24)
    assert [row.height for row in rows.rows] == [92, 46]
    assert rows.storey == {1: 0, 2: 1}


def test_a_folded_group_keeps_its_line_and_hides_its_lanes() -> None:
    groups = [LaneGroup("a", "A"), LaneGroup("b", "B")]
    lanes = [Lane(1, "One", group="a"), Lane(2, "Two", group="b")]
    rows = Rows(lanes, groups, (), (), frozenset(["b"]), 46, 24)
    assert [row.lane.key for row in rows.rows] == [1]
    assert [(heading.group.key, heading.is_open) for heading in rows.headings] == [
        ("a", True),
        ("b", False),
    ]
    assert rows.height == 46 + 24


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (200, ["Phonics in Key Stage 1", "18/20 classroom"]),
        (133, ["Phonics in Key Stage 1", "18/20 classroom"]),
        (100, ["Phonics in", "Key Stage 1"]),
        (60, ["Phonics", "18/20"]),
        (43, ["Phonics"]),
        (37, ["Phonics"]),
        (20, ["PIK"]),
        (13, ["PI"]),
        (7, ["S", "C"]),
        (3, []),
    ],
)
def test_words_fall_back_and_are_never_cut(width: float, words: list[str]) -> None:
    fitted = fit_words(block(), width, 0, measure)
    assert [text for text, _ in fitted.lines] == words
    assert all(measure(*line) <= width for line in fitted.lines)


@settings(max_examples=200, deadline=None)
@given(
    title=st.text(min_size=1, max_size=40),
    short=st.text(max_size=12),
    warning=st.sampled_from(["", "16 heads, 15 PCs"]),
    width=st.floats(0, 300),
    icons=st.sampled_from([0.0, 23.0]),
)
def test_no_words_ever_stick_out_or_end_in_dots(
    title: str, short: str, warning: str, width: float, icons: float
) -> None:
    shown = fit_words(block(title=title, short=short, warning=warning), width, icons, measure)
    for line in shown.lines:
        assert measure(*line) <= width
        assert "…" in title + short or "…" not in line[0]


def test_the_code_stays_before_the_second_line_does() -> None:
    fitted = fit_words(block(title="Trust", short="", words="09:30"), 45, 0, measure)
    assert fitted.lines == (("Trust", 0),)
    assert fitted.code_line == 1


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (Room(0, 100, 160), ("Phonics", 0, 100, 142)),  # over its right edge
        (Room(0, 100, 140), ("Phonics", 0, 48, 90)),  # its right is taken: left of the block
        (Room(70, 100, 141), ("Phonics", 4, 100, 135)),  # in the smaller letters
        (Room(70, 100, 130), None),  # nowhere
    ],
)
def test_a_short_block_has_its_name_beside_it_where_that_is_free(
    room: Room, said: tuple[str, int, float, float] | None
) -> None:
    short = block(runs_over=True)
    own = fit_words(short, 20, 0, measure)
    run = run_of(short, own, [room], measure)
    assert (run and (run.words, run.font, run.left, run.right)) == said
    assert run_of(short, fit_words(short, 60, 0, measure), [room], measure) is None


def test_names_beside_blocks_keep_clear_of_their_neighbours(qapp: object) -> None:
    look = Look(1.0)
    names = [("09:00", "12:00"), ("15:45", "16:30")]
    held = [
        block(key=at, title="A school", short="St Michael's", code="VI", runs_over=True, **hours)
        for at, hours in enumerate(
            {
                "start": datetime.combine(MONDAY, time.fromisoformat(start)),
                "end": datetime.combine(MONDAY, time.fromisoformat(end)),
            }
            for start, end in names
        )
    ]
    layout = Layout(
        Plan(days_plan(MONDAY, 5), (Lane("oak", "Oak"),), blocks=tuple(held)), look, 720
    )
    shapes = [layout.shape(one) for one in held]
    assert [shape.run is not None for shape in shapes if shape] == [True, True]
    edges = [(shape.far_left, shape.far_right) for shape in shapes if shape]
    assert all(before[1] <= after[0] for before, after in pairwise(edges))
