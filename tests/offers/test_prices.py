from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.customers.models import Customer, CustomerStanding
from lle_desk.customers.rules import ALWAYS, Band, Kind, Standing, VatClass
from lle_desk.offers.actions import AddOffer, SetPrice, add_offer, set_price
from lle_desk.offers.queries import price_for, prices_of, scale_of, vat_for
from lle_desk.offers.rules import BandPrice, Supply
from lle_desk.officers.models import Service

BECAME_ACADEMY = date(2014, 9, 1)
OFFER = AddOffer("0" * 32, "PHON", "Phonics", 0, prices=(BandPrice(Band.COUNTY, Pence(19500)),))


def make_school(session: Session) -> int:
    """A county school that leaves the county's services and the council on one day."""
    school = Customer(
        client_uuid=new_uuid(), kind=str(Kind.MAINTAINED), name="Demo Primary School", is_demo=True
    )
    session.add(school)
    session.flush()
    facts = [
        (Standing.BAND, Band.COUNTY, ALWAYS),
        (Standing.BAND, Band.OUT_OF_COUNTY, BECAME_ACADEMY),
        (Standing.VAT, VatClass.SAME_BODY, ALWAYS),
        (Standing.VAT, VatClass.ELIGIBLE, BECAME_ACADEMY),
    ]
    for standing, value, day in facts:
        session.add(
            CustomerStanding(
                client_uuid=new_uuid(),
                customer_id=school.id,
                standing=str(standing),
                value=str(value),
                valid_from=day,
                reason="for the test",
            )
        )
    session.flush()
    return school.id


def make_offer(session: Session, ask: AddOffer = OFFER) -> int:
    service = session.scalars(select(Service.id).where(Service.code == "LPDS")).one()
    return add_offer(session, replace(ask, service_id=service))


def test_a_price_follows_the_band_and_the_day_and_says_why(database: Database, by: By) -> None:
    offer = database.write(by, make_offer)
    school = database.write(by, make_school)
    dearer = SetPrice(new_uuid(), offer, Band.OUT_OF_COUNTY, Pence(24500), BECAME_ACADEMY)
    database.write(by, set_price, dearer)

    before = database.read(price_for, offer, school, date(2014, 8, 31))
    after = database.read(price_for, offer, school, BECAME_ACADEMY)

    assert before is not None
    assert (before.amount, before.reason) == (19500, "county")
    assert after is not None
    assert (after.amount, after.reason) == (24500, "out of county, from Mon 1 Sep 2014")


def test_a_band_without_a_price_has_none(database: Database, by: By) -> None:
    offer = database.write(by, make_offer)
    school = database.write(by, make_school)
    assert database.read(price_for, offer, school, BECAME_ACADEMY) is None


def test_a_new_price_leaves_the_old_days_as_they_were(database: Database, by: By) -> None:
    offer = database.write(by, make_offer)
    school = database.write(by, make_school)
    rise = SetPrice(new_uuid(), offer, Band.COUNTY, Pence(21000), date(2014, 4, 1))
    database.write(by, set_price, rise)
    old = database.read(price_for, offer, school, date(2014, 3, 31))
    new = database.read(price_for, offer, school, date(2014, 4, 1))
    assert old is not None
    assert new is not None
    assert (old.amount, new.amount) == (19500, 21000)


def test_the_same_day_again_corrects_the_price(database: Database, by: By) -> None:
    offer = database.write(by, make_offer)
    for amount in (21000, 20500):
        ask = SetPrice(new_uuid(), offer, Band.COUNTY, Pence(amount), date(2014, 4, 1))
        database.write(by, set_price, ask)
    amounts = [price.amount for price in database.read(prices_of, offer)]
    assert amounts == [19500, 20500]


@pytest.mark.parametrize("amount", [-1, 100_000_001])
def test_a_price_that_is_not_sensible_is_refused_in_words(
    database: Database, by: By, amount: int
) -> None:
    offer = database.write(by, make_offer)
    ask = SetPrice(new_uuid(), offer, Band.COUNTY, Pence(amount), ALWAYS)
    with pytest.raises(OfficerError, match=r"between £0\.00 and £1,000,000\.00"):
        database.write(by, set_price, ask)


def test_a_code_belongs_to_one_offer(database: Database, by: By) -> None:
    database.write(by, make_offer)
    with pytest.raises(OfficerError, match="PHON belongs to “Phonics”"):
        database.write(by, make_offer, replace(OFFER, client_uuid=new_uuid()))


def test_saving_an_offer_twice_makes_one(database: Database, by: By) -> None:
    assert database.write(by, make_offer) == database.write(by, make_offer)


def test_education_is_outside_the_scope_for_a_school_of_the_council_then_exempt(
    database: Database, by: By
) -> None:
    school = database.write(by, make_school)
    before = database.read(vat_for, Supply.EDUCATION, school, date(2014, 8, 31))
    after = database.read(vat_for, Supply.EDUCATION, school, BECAME_ACADEMY)
    assert before is not None
    assert (before.code, before.rate) == ("O", 0)
    assert "one legal body" in before.reason
    assert after is not None
    assert (after.code, after.reason) == ("E", "Education by a council is exempt.")


def test_catering_for_an_academy_carries_the_rate_of_the_day(database: Database, by: By) -> None:
    school = database.write(by, make_school)
    found = database.read(vat_for, Supply.CATERING, school, BECAME_ACADEMY)
    assert found is not None
    assert (found.code, found.rate) == ("S", 2000)


def test_a_course_has_the_courses_scale_shortest_notice_first(database: Database, by: By) -> None:
    scale = database.read(scale_of, database.write(by, make_offer))
    assert scale is not None
    assert (scale.unit, scale.free_place_fee) == ("working days", 5000)
    assert [(step.notice_below, step.percent) for step in scale.steps] == [(5, 100), (None, 0)]
