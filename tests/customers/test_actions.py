from dataclasses import replace
from datetime import date

import pytest

from lle_desk.core.changes import newest_position
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.customers.actions import (
    AddCustomerRequest,
    AddPersonRequest,
    EditCustomerRequest,
    EditPersonRequest,
    SetStandingRequest,
    add_customer,
    add_person,
    edit_customer,
    edit_person,
    set_standing,
)
from lle_desk.customers.queries import (
    count_customers,
    customer_card,
    customer_events,
    find_people,
    people_of,
    standings_on,
)
from lle_desk.customers.rules import (
    ALWAYS,
    Band,
    CustomerWords,
    Kind,
    PersonWords,
    Route,
    Standing,
    VatClass,
)

TODAY = date(2026, 9, 1)
COMPANY = CustomerWords(Kind.COMPANY, "Sample Training Ltd", town="Preston", postcode="pr1 2ab")
BURSAR = PersonWords("Contact", "One", "bursar", "one@sample.example", is_contact=True)


@pytest.fixture
def company(database: Database, by: By) -> int:
    """The number of a company typed in."""
    return database.write(by, add_customer, AddCustomerRequest(new_uuid(), COMPANY, False))


@pytest.mark.parametrize(
    ("kind", "in_county", "band", "route", "vat"),
    [
        (Kind.DIRECTORATE, True, Band.INTERNAL, Route.RECHARGE, VatClass.SAME_BODY),
        (Kind.UNIVERSITY, True, Band.EXTERNAL, Route.INVOICE, VatClass.ELIGIBLE),
        (Kind.COMPANY, False, Band.EXTERNAL, Route.INVOICE, VatClass.ANYONE),
        (Kind.COUNCIL, False, Band.OUT_OF_COUNTY, Route.INVOICE, VatClass.ELIGIBLE),
    ],
)
def test_a_customer_typed_in_pays_as_its_sort_does(
    database: Database, by: By, kind: Kind, in_county: bool, band: str, route: str, vat: str
) -> None:
    ask = AddCustomerRequest(new_uuid(), CustomerWords(kind, "Sample"), in_county)
    facts = database.read(standings_on, database.write(by, add_customer, ask), TODAY)
    assert (facts.band.value, facts.route.value, facts.vat.value) == (band, route, vat)
    assert facts.band.valid_from == ALWAYS


def test_saving_twice_makes_one_customer(database: Database, by: By) -> None:
    ask = AddCustomerRequest(new_uuid(), COMPANY, False)
    first = database.write(by, add_customer, ask)
    assert database.write(by, add_customer, ask) == first
    assert database.read(count_customers) == 1


def test_a_twin_is_refused_and_the_first_is_named(database: Database, by: By, company: int) -> None:
    twin = replace(COMPANY, name="SAMPLE training ltd", postcode="PR1 2AB")
    with pytest.raises(OfficerError, match=f"here already as C-0*{company}") as refused:
        database.write(by, add_customer, AddCustomerRequest(new_uuid(), twin, False))
    assert refused.value.field == "name"


def test_a_urn_that_another_customer_has_is_refused(database: Database, by: By) -> None:
    school = CustomerWords(Kind.INDEPENDENT, "One School", urn=100001)
    database.write(by, add_customer, AddCustomerRequest(new_uuid(), school))
    other = replace(school, name="Another School")
    with pytest.raises(OfficerError, match="URN 100001 is One School") as refused:
        database.write(by, add_customer, AddCustomerRequest(new_uuid(), other))
    assert refused.value.field == "urn"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (CustomerWords(Kind.COMPANY, " \u200b "), "name"),
        (CustomerWords("shop", "Sample"), "kind"),
        (CustomerWords(Kind.COMPANY, "x" * 201), "name"),
        (CustomerWords(Kind.COMPANY, "Sample", notes="x" * 4_001), "notes"),
        (CustomerWords(Kind.COMPANY, "Sample", postcode="x" * 21), "postcode"),
        (CustomerWords(Kind.COMPANY, "Sample", urn=12), "urn"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    database: Database, by: By, words: CustomerWords, field: str
) -> None:
    with pytest.raises(OfficerError) as refused:
        database.write(by, add_customer, AddCustomerRequest(new_uuid(), words))
    assert refused.value.field == field
    assert database.read(count_customers) == 0


def test_an_edit_is_kept_and_its_columns_stand_in_the_history(
    database: Database, by: By, company: int
) -> None:
    words = replace(COMPANY, postcode="PR1 2AB", cost_centre="4217")
    database.write(by, edit_customer, EditCustomerRequest(company, 1, words))
    assert database.read(customer_card, company, TODAY).words == words
    newest, added = database.read(customer_events, company)
    assert (newest.action, newest.columns) == ("edit_customer", ("cost_centre",))
    assert (added.action, added.columns) == ("add_customer", ())


def test_an_edit_of_an_older_version_is_refused_and_nothing_is_kept(
    database: Database, by: By, company: int
) -> None:
    database.write(by, edit_customer, EditCustomerRequest(company, 1, replace(COMPANY, town="A")))
    before = database.read(newest_position)
    with pytest.raises(RecordChanged):
        database.write(
            by, edit_customer, EditCustomerRequest(company, 1, replace(COMPANY, town="B"))
        )
    assert database.read(newest_position) == before


def test_another_sort_of_customer_is_dated(database: Database, by: By, company: int) -> None:
    words = replace(COMPANY, kind=str(Kind.DIRECTORATE))
    with pytest.raises(OfficerError, match="from which day") as refused:
        database.write(by, edit_customer, EditCustomerRequest(company, 1, words))
    assert refused.value.field == "kind_from"
    from_day = date(2026, 4, 1)
    database.write(by, edit_customer, EditCustomerRequest(company, 1, words, from_day))
    assert database.read(standings_on, company, from_day).route.value == Route.RECHARGE
    assert database.read(standings_on, company, date(2026, 3, 31)).route.value == Route.INVOICE


class TestAFactFromADayOn:
    def ask(
        self, company: int, value: str, day: date, reason: str = "agreed"
    ) -> SetStandingRequest:
        return SetStandingRequest(new_uuid(), company, Standing.BAND, value, day, reason)

    def test_holds_from_that_day_and_not_before(
        self, database: Database, by: By, company: int
    ) -> None:
        database.write(by, set_standing, self.ask(company, Band.COUNTY, date(2026, 4, 1)))
        assert database.read(standings_on, company, date(2026, 4, 1)).band.value == Band.COUNTY
        assert database.read(standings_on, company, date(2026, 3, 31)).band.value == Band.EXTERNAL

    def test_is_put_right_on_the_same_day(self, database: Database, by: By, company: int) -> None:
        first = database.write(by, set_standing, self.ask(company, Band.COUNTY, TODAY))
        again = database.write(by, set_standing, self.ask(company, Band.SUBSCRIBER, TODAY))
        assert first == again
        assert database.read(standings_on, company, TODAY).band.value == Band.SUBSCRIBER

    @pytest.mark.parametrize(
        ("value", "day", "reason", "field"),
        [
            ("free", TODAY, "agreed", "value"),
            (Band.COUNTY, TODAY, " ", "reason"),
            (Band.COUNTY, date(1999, 1, 1), "agreed", "valid_from"),
            (Band.EXTERNAL, TODAY, "agreed", "value"),
            (Band.COUNTY, TODAY, "x" * 201, "reason"),
        ],
    )
    def test_is_refused_beside_its_field(
        self,
        database: Database,
        by: By,
        company: int,
        value: str,
        day: date,
        reason: str,
        field: str,
    ) -> None:
        with pytest.raises(OfficerError) as refused:
            database.write(by, set_standing, self.ask(company, value, day, reason))
        assert refused.value.field == field


def test_before_its_first_fact_a_customer_has_none_in_words(
    database: Database, by: By, company: int
) -> None:
    with pytest.raises(OfficerError, match="has no price band on Fri 31 Dec 1999"):
        database.read(standings_on, company, date(1999, 12, 31))


def test_people_are_added_found_and_edited(database: Database, by: By, company: int) -> None:
    ask = AddPersonRequest(new_uuid(), company, BURSAR)
    person = database.write(by, add_person, ask)
    assert database.write(by, add_person, ask) == person
    database.write(by, add_person, AddPersonRequest(new_uuid(), company, PersonWords("", "Abel")))
    assert [row.name for row in database.read(people_of, company)] == ["Contact One", "Abel"]
    assert [row.name for row in database.read(find_people, "on", company)] == ["Contact One"]
    married = replace(BURSAR, family_name="Two")
    database.write(by, edit_person, EditPersonRequest(person, 1, married))
    assert database.read(people_of, company)[0].words == married
    with pytest.raises(RecordChanged):
        database.write(by, edit_person, EditPersonRequest(person, 1, BURSAR))


def test_a_person_without_a_family_name_is_refused(
    database: Database, by: By, company: int
) -> None:
    with pytest.raises(OfficerError) as refused:
        database.write(
            by, add_person, AddPersonRequest(new_uuid(), company, PersonWords("Only", " "))
        )
    assert refused.value.field == "family_name"
