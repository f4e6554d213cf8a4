from dataclasses import replace
from datetime import date

import pytest

from lle_desk.core.money import Pence
from lle_desk.courses.documents import confirmation_pdf
from lle_desk.courses.papers import (
    CancellationRow,
    CodeWords,
    Confirmation,
    DelegateRow,
    SessionRow,
    Step,
)
from tests.paper.hostile import HOSTILE
from tests.paper.pages import faults_of_layout, fonts, roles, texts

NOTHING, FULL, FIFTY = Pence(0), Pence(28500), Pence(5000)

CONFIRMATION = Confirmation(
    address=("Office Contact", "Demo Primary School", "1 Example Lane", "Exampleton", "ZZ99 9ZZ"),
    booking="LLE-2014-01873",
    written_on=date(2014, 3, 4),
    customer="C-00417",
    urn="999901",
    order_number="PO DEMO-0231",
    taken_by="officer, desk 4",
    status="Confirmed",
    greeting="Thank you for booking.",
    standing="Two places are confirmed, and the course will run.",
    then="Please check the lines below: nothing else is needed unless something is wrong.",
    course_title="Phonics across Key Stage 1",
    event_code="Course LPD-1412",
    event_words="two days · both days together make one place",
    place_heading="At Woodlands",
    sessions=(
        SessionRow("Day 1", date(2014, 3, 27), "09:30–15:30", "Oak Room", "from 09:00: tea"),
        SessionRow("Day 2", date(2014, 3, 28), "09:30–15:30", "Oak Room", "from 09:15: tea"),
    ),
    delegates=(
        DelegateRow("Delegate One", "Your course agreement, place 12 of 12", "O", NOTHING),
        DelegateRow(
            "Delegate Two",
            "County subscriber price, from 1 Sep 2013",
            "O",
            FULL,
            access="Step-free route and hearing loop: arranged",
            diet="No nuts: caterer told",
        ),
    ),
    vat_words=(CodeWords("O", "outside the scope of VAT."),),
    net=FULL,
    vat=NOTHING,
    total=FULL,
    pay_words="nothing now. Recharged to your cost centre 00000 after the course.",
    cancellation_rows=(
        CancellationRow("by Thu 20 Mar 2014", "5 working days or more", (NOTHING, NOTHING)),
        CancellationRow("from Fri 21 Mar 2014", "or does not attend", (FIFTY, FULL)),
    ),
    steps=(
        Step("Check", "the lines above by Mon 17 Mar 2014.", mind="Mon 17 Mar 2014"),
        Step("Quote", "LLE-2014-01873 whenever you ring."),
    ),
    price_words="Lunch and refreshments are included.",
    cancellation_words="The scale as it stood on Tue 4 Mar 2014, when you booked.",
    cancellation_note="Delegate One has an agreement place, so £50.00 replaces the full fee.",
)


def party(count: int) -> Confirmation:
    """Return the booking with `count` delegates, every third on an agreement place."""
    prices = [FULL if number % 3 else NOTHING for number in range(1, count + 1)]
    return replace(
        CONFIRMATION,
        delegates=tuple(
            DelegateRow(f"Delegate Number{number}", "County price", "O", price)
            for number, price in enumerate(prices, start=1)
        ),
        cancellation_rows=(
            CancellationRow("by Thu 20 Mar 2014", "in time", (NOTHING,) * count),
            CancellationRow(
                "from Fri 21 Mar 2014", "late", tuple(price or FIFTY for price in prices)
            ),
        ),
    )


def test_it_says_who_what_when_where_and_how_much() -> None:
    [page] = texts(confirmation_pdf(CONFIRMATION))
    for words in (
        "Booking confirmation",
        "LLE-2014-01873",
        "C-00417 · URN 999901",
        "PO DEMO-0231",
        "Two places are confirmed, and the course will run.",
        "Course LPD-1412",
        "Thu 27 Mar 2014 09:30–15:30 Oak Room from 09:00: tea",
        "Step-free route and hearing loop: arranged",
        "Total £285.00",
        "To pay: nothing now.",
        "from Fri 21 Mar 2014 or does not attend £50.00 £285.00",
        "by Thu 20 Mar 2014 5 working days or more nothing nothing",
        "Check the lines above by Mon 17 Mar 2014.",
        "Page 1 of 1",
    ):
        assert words in page, words


def test_nothing_overlaps_and_the_window_shows_only_the_address() -> None:
    assert faults_of_layout(confirmation_pdf(CONFIRMATION), CONFIRMATION.address) == []


def test_the_same_booking_gives_the_same_bytes() -> None:
    assert confirmation_pdf(CONFIRMATION) == confirmation_pdf(replace(CONFIRMATION))


def test_its_fonts_are_embedded_and_its_names_are_heads_of_rows() -> None:
    paper = confirmation_pdf(CONFIRMATION)
    assert all(fonts(paper).values())
    assert ("/TH", "Delegate One") in roles(paper)
    assert ("/H1", "Booking confirmation") in roles(paper)


@pytest.mark.parametrize("count", [1, 3, 4, 9, 20, 60])
def test_a_party_of_any_size_is_printed_whole_and_in_its_place(count: int) -> None:
    booking = party(count)
    paper = confirmation_pdf(booking)
    assert faults_of_layout(paper, booking.address) == []
    whole = " ".join(texts(paper))
    assert all(delegate.name in whole for delegate in booking.delegates)


def test_a_large_party_says_who_would_pay_what_by_number() -> None:
    whole = " ".join(texts(confirmation_pdf(party(7))))
    assert "each of 1–2, 4–5, 7" in whole
    assert "each of 3, 6" in whole
    assert "4 Delegate Number4" in whole


def test_more_kinds_than_columns_are_added_up() -> None:
    booking = party(5)
    late = tuple(Pence(100 * number) for number in range(1, 6))
    rows = (CancellationRow("from Fri 21 Mar 2014", "late", late),)
    whole = " ".join(texts(confirmation_pdf(replace(booking, cancellation_rows=rows))))
    assert "All together" in whole
    assert "from Fri 21 Mar 2014 late £15.00" in whole


def test_a_course_of_twelve_days_keeps_its_heading_over_pages() -> None:
    sessions = CONFIRMATION.sessions * 30
    paper = confirmation_pdf(replace(CONFIRMATION, sessions=sessions))
    assert faults_of_layout(paper, CONFIRMATION.address) == []
    assert sum("At Woodlands" in page for page in texts(paper)) > 1


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_print_as_they_were_typed(typed: str) -> None:
    delegate = DelegateRow(typed, typed, "O", FULL, access=typed, diet=typed)
    booking = replace(
        CONFIRMATION,
        address=(typed, "Demo Primary School"),
        order_number=typed,
        taken_by=typed,
        standing=typed,
        course_title=typed,
        event_words=typed,
        sessions=(SessionRow(typed, date(2014, 3, 27), "09:30–15:30", typed, typed),),
        delegates=(delegate, delegate),
        vat_words=(CodeWords("O", typed),),
        pay_words=typed,
        cancellation_rows=(CancellationRow(typed, typed, (FULL, FULL)),),
        steps=(Step(typed, typed, mind=typed),),
    )
    paper = confirmation_pdf(booking)
    assert faults_of_layout(paper) == []
    assert all(fonts(paper).values())
    assert b"/URI" not in paper
    assert b"/XObject" not in paper


@pytest.mark.parametrize("typed", ["R&D <b>", "Tŷ Gŵyr", "<img src=x>", "&amp; &lt;"])
def test_short_hostile_words_can_be_read(typed: str) -> None:
    [page] = texts(confirmation_pdf(replace(CONFIRMATION, course_title=typed)))
    assert typed in page
