from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.ready import put_in
from lle_desk.core.records import new_uuid
from lle_desk.customers.models import Customer, Person
from lle_desk.customers.queries import find_people
from lle_desk.customers.rules import Kind

ANN = By("ann", "desk-1")


def test_people_of_a_school_are_found_by_name_alone_though_the_words_hold_the_address(
    database: Database,
) -> None:
    def people(session: Session) -> int:
        school = put_in(
            session,
            Customer(
                client_uuid=new_uuid(), kind=str(Kind.ACADEMY), name="Demo Academy", is_demo=True
            ),
        )
        for given, family, email in (("Zoë", "Jäger", ""), ("Pat", "Mill", "zoe@jager.example")):
            put_in(
                session,
                Person(
                    client_uuid=new_uuid(),
                    customer_id=school,
                    given_name=given,
                    family_name=family,
                    email=email,
                    is_demo=True,
                ),
            )
        return school

    school = database.write(ANN, people)
    for typed in ("zoe", "jag", "ja zo", "Zoë J"):
        assert [one.name for one in database.read(find_people, typed, school)] == ["Zoë Jäger"]
    assert database.read(find_people, "zoe mill", school) == []
    assert len(database.read(find_people, "", school)) == 2
