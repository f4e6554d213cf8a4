from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.ready import known_id, put_in
from lle_desk.core.records import new_uuid
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import Kind

ANN = By("ann", "desk-1")


def academy(uuid: str) -> Customer:
    return Customer(client_uuid=uuid, kind=str(Kind.ACADEMY), name="Demo Academy", is_demo=True)


def test_a_row_that_is_put_in_is_one_the_session_knows_and_may_change(database: Database) -> None:
    uuid = new_uuid()

    def put(session: Session) -> tuple[int, int, str, bool]:
        assert known_id(session, Customer, uuid) is None
        customer = academy(uuid)
        number = put_in(session, customer)
        first = customer.version
        assert customer.town == ""  # the column's default, which nobody gave
        assert session.get(Customer, number) is customer
        customer.town = "Preston"
        session.flush()
        return number, first, customer.town, customer.version == first + 1

    number, first, town, rose = database.write(ANN, put)
    assert (first, town, rose) == (1, "Preston", True)
    assert database.read(known_id, Customer, uuid) == number
    assert database.read(lambda session: session.get_one(Customer, number).town) == "Preston"
