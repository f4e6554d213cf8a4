"""Customers and charges to bill, made through the program's own actions and models."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.actions import add_charge
from lle_desk.charges.queries import unbilled_charges
from lle_desk.charges.rules import NewCharge, Source
from lle_desk.core.db import By, Database
from lle_desk.core.money import BasisPoints, Pence
from lle_desk.core.records import new_uuid
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import Route
from lle_desk.invoicing.actions import Issue, IssueNow, issue, issue_for
from lle_desk.invoicing.actions.drafts import new_draft, save_draft
from lle_desk.invoicing.models import Invoice
from lle_desk.invoicing.queries import head_for, lines_for
from lle_desk.offers.models import Offer
from lle_desk.officers.models import Service

ANN, BOB = By("ann", "desk-1"), By("bob", "desk-2")
DAY = date(2014, 2, 28)
ISSUED_ON = date(2014, 3, 4)
_numbers = count(1)


def add_customer(session: Session, /, name: str = "Demo Academy", **words: Any) -> int:
    """Add an academy of the demo and return its id."""
    customer = Customer(
        client_uuid=new_uuid(),
        kind="academy",
        name=name,
        street="2 Example Road",
        town="Exampleton",
        postcode="ZZ99 9ZZ",
        is_demo=True,
        **words,
    )
    session.add(customer)
    session.flush()
    return customer.id


def add_offer(session: Session) -> int:
    """Add an offer and return its id."""
    service = session.scalars(select(Service.id).where(Service.code == "LPDS")).one()
    offer = Offer(
        client_uuid=new_uuid(),
        code=f"OFF-{next(_numbers)}",
        name="Course place",
        service_id=service,
        supply="education",
    )
    session.add(offer)
    session.flush()
    return offer.id


def charge_for(session: Session, /, customer_id: int, **changed: Any) -> int:
    """Add one charge, a course place of £310.00 exempt unless said otherwise; return its id."""
    values: dict[str, Any] = {
        "customer_id": customer_id,
        "offer_id": add_offer(session),
        "source": Source.PLACE,
        "source_id": 7,
        "description": "Course place: Phonics across Key Stage 1",
        "detail": "Delegate Three",
        "quantity": 1,
        "unit_price": Pence(31_000),
        "band": "county",
        "price_reason": "county, from Sun 1 Sep 2013",
        "supply": "education",
        "vat_code": "E",
        "vat_rate": BasisPoints(0),
        "vat_reason": "Education by a council is exempt.",
        "route": "invoice",
        "route_reason": "academy: invoice",
        "tax_point_on": date(2014, 2, 13),
        "order_number": "PO DEMO-1",
    }
    return add_charge(session, NewCharge(**(values | changed)))


STANDARD: dict[str, Any] = {
    "description": "Buffet lunch",
    "detail": "",
    "quantity": 3,
    "unit_price": Pence(101),
    "supply": "catering",
    "vat_code": "S",
    "vat_rate": BasisPoints(2_000),
    "vat_reason": "Catering carries VAT at the standard rate.",
    "tax_point_on": date(2014, 2, 19),
}


def customers_with_charges(
    database: Database, names: Sequence[str] = ("Demo Academy",), **changed: Any
) -> list[int]:
    """Add these customers, each with one charge, and return their ids."""

    def add(session: Session) -> list[int]:
        found = [add_customer(session, name) for name in names]
        for customer_id in found:
            charge_for(session, customer_id, **changed)
        return found

    return database.write(ANN, add)


def recharge(session: Session, /, customer_id: int) -> int:
    """Issue a recharge of all that the customer is to be recharged, and return its id."""
    charges = unbilled_charges(session, customer_id=customer_id, route="recharge")
    head, lines = head_for(session, customer_id, charges), lines_for(charges)
    draft = save_draft(session, new_draft("RCH", new_uuid(), customer_id, head, lines), lines)
    seen = session.get_one(Invoice, draft).version
    return issue(session, Issue(((draft, seen),), ISSUED_ON)).papers[0].invoice_id


def bill(database: Database, customer_id: int, route: str) -> None:
    """Put all that the customer was charged on the paper that its route asks for."""
    if route == Route.RECHARGE:
        database.write(ANN, recharge, customer_id)
        return
    until = date(2014, 12, 31)
    database.write(ANN, issue_for, IssueNow(new_uuid(), (customer_id,), until, ISSUED_ON))


def press(*customer_ids: int) -> IssueNow:
    """Return one press of the button that invoices these customers."""
    return IssueNow(new_uuid(), tuple(customer_ids), DAY, ISSUED_ON)
