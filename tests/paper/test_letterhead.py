from datetime import date
from io import BytesIO
from threading import Thread
from typing import Any

import pypdf
import pytest

from lle_desk.core.days import day_words
from lle_desk.paper.flow import Beside, Block, Text, heading, items, paginate, strong_heading, text
from lle_desk.paper.letterhead import Fact, Sheet, pdf
from lle_desk.paper.sender import WOODLANDS
from lle_desk.paper.styles import BODY_BOTTOM, BODY_TOP, BODY_TOP_PLAIN
from lle_desk.paper.tables import Grid, columns, keep_last, make_row, numbers, table
from lle_desk.paper.words import Strong, words
from tests.paper.hostile import HOSTILE
from tests.paper.pages import boxes, faults_of_layout, fonts, roles, texts

GRID = Grid(columns((0, 60), (63, 60), numbers(140, 30)), named_rows=True)
DAY = date(2014, 3, 4)
SHEET = Sheet(
    title="Letter about room hire",
    heading="Letter",
    name="LLE-2014-00001",
    foot="Kept for six years.",
    sender=WOODLANDS,
    address=("Office Contact", "Demo Primary School", "1 Example Lane", "ZZ99 9ZZ"),
    facts=(Fact("Booking", "LLE-2014-00001", strong=True), Fact("Your order no.", "")),
)


def rows(count: int, what: str = "Row") -> list[Block]:
    made = [
        make_row(GRID, [words(f"{what} {n}"), words("detail"), words("1.00")]) for n in range(count)
    ]
    return table(GRID, ("Name", "What", "Pounds"), made)


def test_it_says_its_title_its_language_and_that_it_is_tagged() -> None:
    reader: Any = pypdf.PdfReader(BytesIO(pdf(SHEET, [text(words("Hello"))])))
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Letter about room hire"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_font_is_embedded_and_of_the_family() -> None:
    found = fonts(pdf(SHEET, [text(words("Hello ", Strong("you")))]))
    assert found
    assert all(found.values())
    assert all("OpenSans" in name for name in found)


def test_readers_hear_headings_cells_and_lists_in_order() -> None:
    story = [strong_heading("Places"), *rows(1), *items([(words("1"), words("Check it."))])]
    heard = roles(pdf(SHEET, story))
    wanted = [
        ("/H1", "Letter"),
        ("/H2", "Places"),
        ("/TH", "Name"),
        ("/TH", "What"),
        ("/TH", "Pounds"),
        ("/TH", "Row 0"),
        ("/TD", "detail"),
        ("/TD", "1.00"),
        ("/Lbl", "1"),
        ("/LBody", "Check it."),
    ]
    assert [one for one in heard if one in wanted] == wanted


def test_a_table_over_pages_says_its_heading_on_each_and_once_to_readers() -> None:
    paper = pdf(SHEET, rows(120))
    pages = texts(paper)
    assert len(pages) > 2
    assert all("Pounds" in page for page in pages)
    assert [words for role, words in roles(paper) if role == "/TH"].count("Pounds") == 1
    assert f"Page 2 of {len(pages)}" in pages[1]


@pytest.mark.parametrize("count", range(18, 34))
def test_a_total_never_stands_alone(count: int) -> None:
    total = Beside(
        (text(words("note")),), (Text(words("Total 1.00").lines(90), left=400),), above=5
    )
    *_, last = texts(pdf(SHEET, [*keep_last(rows(count)), total]))
    assert "Total 1.00" in last
    assert f"Row {count - 1}" in last


@pytest.mark.parametrize("count", range(18, 34))
def test_a_heading_never_stands_alone(count: int) -> None:
    story = [*rows(count), strong_heading("If you need to cancel"), *rows(2, "Notice")]
    [page] = [page for page in texts(pdf(SHEET, story)) if "If you need to cancel" in page]
    assert "Notice 0" in page


def test_a_cell_longer_than_a_page_goes_on_over_the_next() -> None:
    row = make_row(GRID, [words("name " * 1000), words("short"), words("1.00")])
    paper = pdf(SHEET, table(GRID, ("Name", "What", "Pounds"), [row]))
    assert sum(page.count("name") for page in texts(paper)) == 1000
    assert faults_of_layout(paper, SHEET.address) == []


def test_a_long_paragraph_goes_on_over_the_next_page() -> None:
    paper = pdf(SHEET, [strong_heading("Terms"), text(words("term " * 3000))])
    assert sum(page.count("term ") + page.endswith("term") for page in texts(paper)) > 2900
    assert faults_of_layout(paper, SHEET.address) == []


def test_a_number_too_wide_for_its_column_is_set_smaller_and_not_broken() -> None:
    row = make_row(GRID, [words("a"), words("b"), words("−123,456,789,012,345.67")])
    [line] = row.cells[2]
    assert line.wide <= GRID.columns[2].wide
    assert line.style.size < 9


def test_what_stands_beside_goes_on_when_it_is_too_long() -> None:
    note = Text(words("note " * 2000).lines(200))
    paper = pdf(SHEET, [Beside((note,), (Text(words("Total").lines(90), left=400),))])
    assert len(texts(paper)) > 1


def test_blocks_keep_their_order_whatever_their_height() -> None:
    blocks = [text(words("x\n" * count)) for count in (1, 60, 3, 200, 7, 1)]
    pages = paginate(blocks, BODY_TOP, BODY_TOP_PLAIN, BODY_BOTTOM)
    tops = [[placed.top for placed in page] for page in pages]
    assert all(page == sorted(page) for page in tops)
    assert all(
        placed.top + placed.block.height <= BODY_BOTTOM + 0.01 for page in pages for placed in page
    )


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_of_the_letterhead_print_where_they_belong(typed: str) -> None:
    sheet = Sheet(
        title=typed,
        heading="Letter",
        name=typed[:40],
        foot=typed,
        sender=WOODLANDS,
        address=(typed, "Demo Primary School", typed, typed, "ZZ99 9ZZ"),
        facts=(Fact("Booking", typed, strong=True), Fact("Your order no.", typed)),
    )
    paper = pdf(sheet, [heading(words(Strong(typed)), typed), text(words(typed))])
    assert faults_of_layout(paper) == []


def test_papers_made_by_several_threads_at_once_are_the_same() -> None:
    alone = pdf(SHEET, rows(40))
    made: list[bytes] = []
    threads = [Thread(target=lambda: made.append(pdf(SHEET, rows(40)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [alone] * 4


def test_a_sheet_without_an_address_begins_higher_and_has_no_folds() -> None:
    report = Sheet("Report", "Traded activity", "Report", "", WOODLANDS, subtitle=day_words(DAY))
    [page] = boxes(pdf(report, [text(words("First line"))]))
    [first] = [box for box in page if box.text == "First line"]
    assert first.top < BODY_TOP
