from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.actions import (
    ChargeReason,
    add_charge,
    hold_charge,
    release_charge,
    void_charge,
)
from lle_desk.charges.queries import charge, charges_of, unbilled_charges
from lle_desk.charges.rules import ChargeState, NewCharge, Source
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import BasisPoints, Pence
from lle_desk.core.records import new_uuid
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import Band, Kind, Route
from lle_desk.offers.actions import AddOffer, add_offer
from lle_desk.offers.rules import Supply, VatCode
from lle_desk.officers.models import Service


def make(session: Session) -> NewCharge:
    """A charge for catering that is not written yet, with its customer and offer."""
    customer = Customer(
        client_uuid=new_uuid(), kind=str(Kind.ACADEMY), name="Demo Academy", is_demo=True
    )
    session.add(customer)
    session.flush()
    service = session.scalars(select(Service.id).where(Service.code == "WDL")).one()
    offer = add_offer(
        session, AddOffer(new_uuid(), "LUNCH", "Buffet lunch", service, Supply.CATERING, "")
    )
    return NewCharge(
        customer_id=customer.id,
        offer_id=offer,
        source=Source.ROOM_BOOKING,
        source_id=17,
        description="Buffet lunch, 36 people",
        detail="Final numbers agreed",
        quantity=36,
        unit_price=Pence(895),
        band=Band.COUNTY,
        price_reason="county",
        supply=Supply.CATERING,
        vat_code=VatCode.STANDARD,
        vat_rate=BasisPoints(2000),
        vat_reason="Catering carries VAT at the standard rate.",
        route=Route.INVOICE,
        route_reason="academy: invoice",
        tax_point_on=date(2014, 2, 19),
        order_number="PO 7719",
    )


@pytest.fixture
def new(database: Database, by: By) -> NewCharge:
    return database.write(by, make)


@pytest.fixture
def written(database: Database, by: By, new: NewCharge) -> int:
    return database.write(by, add_charge, new)


def test_a_charge_is_written_unbilled_with_net_and_vat(database: Database, written: int) -> None:
    row = database.read(charge, written)
    assert (row.state, row.net, row.vat, row.gross) == ("unbilled", 32220, 6444, 38664)
    assert (row.customer, row.offer_code, row.service_code) == ("Demo Academy", "LUNCH", "WDL")


def test_the_same_uuid_writes_one_charge(database: Database, by: By, new: NewCharge) -> None:
    uuid = new_uuid()
    assert database.write(by, add_charge, new, uuid) == database.write(by, add_charge, new, uuid)
    assert len(database.read(unbilled_charges)) == 1


def test_charges_are_found_by_the_record_that_made_them(database: Database, written: int) -> None:
    assert [row.id for row in database.read(charges_of, Source.ROOM_BOOKING, [17])] == [written]
    assert database.read(charges_of, Source.PLACE, [17]) == []


def test_a_deposit_that_is_given_back_is_a_negative_line(
    database: Database, by: By, new: NewCharge
) -> None:
    back = replace(new, quantity=1, unit_price=Pence(-16272))
    row = database.read(charge, database.write(by, add_charge, back))
    assert (row.net, row.vat) == (-16272, -3254)


def test_a_charge_is_held_back_with_a_reason_and_released(
    database: Database, by: By, written: int
) -> None:
    database.write(by, hold_charge, ChargeReason(written, 1, "Waits for the order number"))
    row = database.read(charge, written)
    assert (row.state, row.hold_reason) == ("held back", "Waits for the order number")
    assert database.read(unbilled_charges, states=[ChargeState.UNBILLED]) == []
    database.write(by, release_charge, written, row.version)
    row = database.read(charge, written)
    assert (row.state, row.hold_reason) == ("unbilled", "")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_holding_back_needs_a_reason_of_a_sensible_length(
    database: Database, by: By, written: int, reason: str
) -> None:
    with pytest.raises(OfficerError) as refused:
        database.write(by, hold_charge, ChargeReason(written, 1, reason))
    assert refused.value.field == "reason"
    assert database.read(charge, written).state == "unbilled"


def test_a_void_charge_stays_with_its_reason_and_is_never_billed(
    database: Database, by: By, written: int
) -> None:
    database.write(by, void_charge, ChargeReason(written, 1, "Entered twice"))
    assert database.read(unbilled_charges) == []
    assert database.read(charge, written).hold_reason == "Entered twice"
    with pytest.raises(OfficerError, match="void already"):
        database.write(by, void_charge, ChargeReason(written, 2, "Again"))


def test_a_charge_is_changed_only_as_it_was_seen(database: Database, by: By, written: int) -> None:
    database.write(by, hold_charge, ChargeReason(written, 1, "Waits"))
    with pytest.raises(RecordChanged):
        database.write(by, void_charge, ChargeReason(written, 1, "Entered twice"))


def test_unbilled_charges_are_narrowed_by_route_service_and_day(
    database: Database, by: By, new: NewCharge, written: int
) -> None:
    later = replace(new, tax_point_on=date(2014, 4, 1), route=Route.RECHARGE)
    other = database.write(by, add_charge, later)
    until = database.read(unbilled_charges, until=date(2014, 3, 31))
    assert [row.id for row in until] == [written]
    assert [row.id for row in database.read(unbilled_charges, route="recharge")] == [other]
    assert database.read(unbilled_charges, service_id=database.read(other_service)) == []
    both = database.read(unbilled_charges, customer_id=new.customer_id)
    assert [row.id for row in both] == [written, other]


def other_service(session: Session) -> int:
    return session.scalars(select(Service.id).where(Service.code == "MUS")).one()
