"""The register with chosen columns, badges and certificates, as words and as they lie on paper."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from lle_desk.core.money import Pence
from lle_desk.courses.documents.day import badges_pdf, certificates_pdf, register_pdf
from lle_desk.courses.queries.attendance import Roll, RollRow, RollSession
from lle_desk.courses.queries.day_papers import (
    USUAL_COLUMNS,
    DayFacts,
    SheetColumn,
    certificates,
    hours_words,
    name_badges,
    sign_in_sheets,
    without_certificate,
)
from lle_desk.courses.queries.events import SessionRow
from lle_desk.customers.rules import CareWords
from lle_desk.paper.sender import WOODLANDS
from tests.paper.hostile import HOSTILE
from tests.paper.pages import boxes, fonts, roles, texts

PRINTED = "Printed Wed 12 Mar 2014"


def delegate(number: int, name: str = "", state: str = "attended") -> RollRow:
    given, _, family = (name or f"Delegate Number{number}").rpartition(" ")
    return RollRow(
        number=number,
        place_id=number,
        version=1,
        state=state,
        person_id=number,
        given_name=given,
        family_name=family,
        job_title="Class teacher",
        email=f"d{number}@school.example",
        customer="Demo Primary School",
        booking_id=1,
        booking_number=20881,
        price=Pence(0),
        fee=Pence(0),
    )


def session(number: int, day: int) -> SessionRow:
    return SessionRow(
        id=number,
        version=1,
        starts_at=datetime(2014, 3, day, 9, 30),
        ends_at=datetime(2014, 3, day, 15, 30),
        outside_venue="",
        trainer_names="Trainer Example",
        room_use_id=1,
        space_id=1,
        room="Oak Room",
        layout="cabaret",
        heads=12,
    )


MEETINGS = (session(1, 13), session(2, 27))


def facts(*rows: RollRow) -> DayFacts:
    roll = Roll(
        1,
        "LPDS-0417",
        "Phonics in Key Stage 1",
        "completed",
        date(2014, 3, 13),
        None,
        rows,
        tuple(
            RollSession(one.id, at, one.starts_at, one.ends_at)
            for at, one in enumerate(MEETINGS, 1)
        ),
    )
    return DayFacts(roll, MEETINGS, WOODLANDS, date(2014, 3, 27))


def party(count: int) -> DayFacts:
    return facts(*(delegate(number) for number in range(1, count + 1)))


def overlaps(pdf: bytes) -> list[tuple[str, str]]:
    return [
        (one.text, other.text)
        for page in boxes(pdf)
        for at, one in enumerate(page)
        for other in page[at + 1 :]
        if one.overlaps(other)
    ]


def test_there_is_a_register_for_each_day_with_spare_lines() -> None:
    sheets = sign_in_sheets(party(3), USUAL_COLUMNS, {})
    first, second = texts(register_pdf(sheets, WOODLANDS, PRINTED))
    for words in (
        "Phonics in Key Stage 1",
        "Thu 13 Mar 2014, 09:30–15:30 · Oak Room · day 1 of 2",
        "3 are expected",
        "1 Delegate Number1 Demo Primary School",
        "Signature",
        PRINTED,
    ):
        assert words in first, words
    assert "Thu 27 Mar 2014" in second
    assert "E-mail" not in first
    assert first.endswith("4 5 6 7")


def test_needs_stand_on_the_register_only_when_their_column_is_chosen() -> None:
    care = {2: CareWords("Hearing loop", "No nuts", "Pen")}
    usual = sign_in_sheets(party(2), USUAL_COLUMNS, care)
    assert "nuts" not in " ".join(texts(register_pdf(usual, WOODLANDS, PRINTED)))
    chosen = sign_in_sheets(party(2), (SheetColumn.DIET, SheetColumn.SIGNATURE), care)
    whole = " ".join(texts(register_pdf(chosen, WOODLANDS, PRINTED)))
    assert "No nuts" in whole
    assert "shred it after the session" in whole
    assert "Hearing loop" not in whole
    assert "Pen" not in whole


def test_all_columns_lie_across_the_paper() -> None:
    sheets = sign_in_sheets(party(30), tuple(SheetColumn), {})
    paper = register_pdf(sheets, WOODLANDS, PRINTED)
    assert overlaps(paper) == []
    assert all(fonts(paper).values())


def test_badges_are_ten_a_page_with_the_name_large_and_the_school() -> None:
    paper = badges_pdf(name_badges(party(21)), WOODLANDS)
    pages = texts(paper)
    assert [page.count("Demo Primary School") for page in pages] == [10, 10, 1]
    assert "Delegate Number1 Demo Primary School" in pages[0]
    assert overlaps(paper) == []


def test_certificates_are_only_for_those_who_attended_and_have_a_name() -> None:
    mixed = facts(
        delegate(1, "Delegate One"),
        delegate(2, "Delegate Two", "did not attend"),
        replace(delegate(3), given_name="", family_name=""),
        delegate(4, "Delegate Four"),
    )
    papers = certificates(mixed)
    assert [paper.name for paper in papers] == ["Delegate One", "Delegate Four"]
    pages = texts(certificates_pdf(papers))
    assert len(pages) == 2
    for words in (
        "Certificate of attendance",
        "Delegate One",
        "Phonics in Key Stage 1",
        "2 days, 12 hours: Thu 13 and Thu 27 Mar 2014",
        "Oak Room · led by Trainer Example",
        "Issued Thu 27 Mar 2014 · LPDS-0417",
    ):
        assert words in pages[0], words
    assert [paper.name for paper in certificates(mixed, (4,))] == ["Delegate Four"]
    assert without_certificate(mixed) == ("No certificate: 1 did not come, 1 to be named first.",)


def test_a_certificate_says_the_days_and_hours_that_somebody_was_there() -> None:
    whole = facts(
        replace(delegate(1, "Delegate One"), missed=frozenset({1})),
        delegate(2, "Delegate Two"),
        replace(delegate(3, "Delegate Three"), state="booked"),
    )
    one, two = certificates(whole)
    assert (one.summary, one.days) == ("6 hours", "Thu 27 Mar 2014")
    assert (two.summary, two.days) == ("2 days, 12 hours", "Thu 13 and Thu 27 Mar 2014")
    page = texts(certificates_pdf((one,)))[0]
    assert "6 hours: Thu 27 Mar 2014" in page
    assert "13 Mar" not in page
    assert without_certificate(whole) == (
        "No certificate: 1 not typed yet.",
        "Delegate One: 6 hours, Thu 27 Mar 2014.",
    )
    first, later = whole.roll.sessions
    half_way = replace(
        whole, roll=replace(whole.roll, sessions=(first, replace(later, has_begun=False)))
    )
    assert [(paper.name, paper.summary) for paper in certificates(half_way)] == [
        ("Delegate Two", "6 hours")
    ]
    said = "No certificate: 1 not typed yet, 1 came to no session yet."
    assert without_certificate(half_way) == (said,)


def test_a_certificate_has_a_heading_for_readers_and_nothing_overlaps() -> None:
    paper = certificates_pdf(certificates(party(2)))
    assert ("/H1", "Certificate of attendance") in roles(paper)
    assert overlaps(paper) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_a_name_is_the_papers_are_drawn_whole(words: str) -> None:
    strange = facts(replace(delegate(1), given_name="", family_name=words, customer=words))
    named = replace(strange, roll=replace(strange.roll, title=words))
    papers = certificates(named)  # nobody without a name has one
    assert not papers or overlaps(certificates_pdf(papers)) == []
    assert overlaps(badges_pdf(name_badges(named), WOODLANDS)) == []
    assert register_pdf(sign_in_sheets(named, tuple(SheetColumn), {}), WOODLANDS, PRINTED)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1½ hours"),
        (390, "6½ hours"),
        (380, "6 hours 20 minutes"),
    ],
)
def test_hours_are_said_as_people_say_them(minutes: int, words: str) -> None:
    assert hours_words(minutes) == words
