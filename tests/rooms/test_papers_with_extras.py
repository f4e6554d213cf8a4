"""Catering, equipment and money on the papers of the rooms, from orders to the printed words."""

from datetime import date, datetime

import pytest

from lle_desk.core.db import By, Database
from lle_desk.rooms.actions import (
    CancelBooking,
    cancel_booking,
    hold_room,
    save_catering,
    save_equipment,
)
from lle_desk.rooms.documents import day_pack_pdf, room_letter_pdf
from lle_desk.rooms.papers import PackPart, RoomLetter
from lle_desk.rooms.queries import day_pack
from lle_desk.rooms.queries.cancelling import room_cancellation_cost
from lle_desk.rooms.queries.letters import room_letter
from tests.paper.pages import faults_of_layout, texts
from tests.rooms.buying import lend, order, stock_up
from tests.rooms.woodlands import Woodlands, card, wish

TUESDAY = date(2014, 3, 4)
TODAY = date(2014, 1, 6)


@pytest.fixture
def use(database: Database, by: By, woodlands: Woodlands) -> int:
    """Elm with coffee and two projectors, booked by an academy."""
    buying = stock_up(database, by, woodlands)
    made = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    database.write(by, save_catering, order(made, buying.coffee, 12))
    database.write(by, save_equipment, lend(made, buying.projector, 2))
    return made


def letter(database: Database, use: int, on: date = TODAY) -> RoomLetter:
    return database.read(room_letter, card(database, use).booking_id, on)


def test_catering_and_kit_stand_on_the_papers_of_the_day(
    database: Database, use: int, woodlands: Woodlands
) -> None:
    pack = database.read(day_pack, woodlands.site, TUESDAY, datetime(2014, 3, 3, 16))
    [serving] = pack.catering
    assert (serving.what, serving.quantity, serving.room) == ("Coffee and biscuits", 12, "Elm")
    kitchen = texts(day_pack_pdf(pack, [PackPart.CATERING]))[0]
    assert "10:30 Coffee and biscuits 12 Elm" in kitchen
    assert "2 vegetarian" in kitchen
    set_up = texts(day_pack_pdf(pack, [PackPart.SET_UP]))[0]
    assert "10:30 Coffee and biscuits, 12" in set_up
    assert "Projector 2" in set_up
    assert "Kit to fetch Item Out Of stock" in set_up
    assert "Projector · none is left for another room 2 2" in set_up


def test_the_letter_says_what_is_served_what_it_costs_and_the_vat(
    database: Database, use: int
) -> None:
    paper = room_letter_pdf(letter(database, use))
    said = " ".join(texts(paper))
    assert "10:30 Coffee and biscuits, 12 (2 vegetarian)" in said
    assert "Projector, 2" in said
    assert "Total £" in said
    assert "S: standard rate" in said
    assert "us the final numbers by Sat 22 Feb 2014" in said
    assert faults_of_layout(paper, letter(database, use).address) == []


def test_the_printed_terms_are_what_cancelling_costs_on_those_days(
    database: Database, use: int
) -> None:
    terms = letter(database, use).terms
    assert len(terms) > 2
    booking = card(database, use).booking_id
    for term in terms:
        on = term.last or term.first
        assert on is not None
        assert database.read(room_cancellation_cost, booking, on).total == term.amount
        if term.first is not None:
            assert database.read(room_cancellation_cost, booking, term.first).total == term.amount


def test_a_cancellation_prints_what_it_costs(database: Database, by: By, use: int) -> None:
    seen = card(database, use)
    late = date(2014, 2, 28)
    cost = database.read(room_cancellation_cost, seen.booking_id, late).total
    ask = CancelBooking(
        booking_id=seen.booking_id,
        seen_version=seen.booking_version,
        reason="Snow",
        notice_on=late,
    )
    database.write(by, cancel_booking, ask)
    now = letter(database, use, late)
    assert now.net == cost > 0
    assert "What there is to pay" in texts(room_letter_pdf(now))[0]
