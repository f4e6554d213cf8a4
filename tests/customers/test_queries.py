from datetime import date

import pytest

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.customers.queries import (
    LANCASHIRE_SCHOOLS,
    NOT_SCHOOLS,
    OTHER_SCHOOLS,
    CustomersFilter,
    customer_card,
    customer_hit,
    find_customers,
    letter_address,
    list_customers,
)
from lle_desk.customers.rules import (
    DatedStanding,
    Standing,
    address_lines,
    customer_number,
    since_words,
)
from tests.customers.register import (
    IMPORTED_ON,
    SOUTHLANDS,
    SOUTHLANDS_ACADEMY,
    customer_id,
    take_in,
    take_in_links,
)


@pytest.fixture
def schools(database: Database, by: By) -> Database:
    """The database with the sample's schools and links."""
    take_in(database, by)
    take_in_links(database, by)
    return database


@pytest.mark.parametrize(
    "typed", ["highf", "HIGHFIELD comm", "888/2145", "8882145", "119204", "highfield chorley"]
)
def test_a_school_is_found_by_name_town_dfe_number_or_urn(schools: Database, typed: str) -> None:
    assert schools.read(find_customers, typed)[0].name == "Highfield Community Primary School"


def test_a_school_is_found_by_its_postcode_with_and_without_the_space(schools: Database) -> None:
    hit = schools.read(find_customers, "119204")[0]
    for typed in (hit.postcode, hit.postcode.replace(" ", "").lower(), hit.number):
        assert hit in schools.read(find_customers, typed)


def test_open_schools_come_before_closed_and_lancashires_before_others(schools: Database) -> None:
    first, second = schools.read(find_customers, "southlands")
    assert (first.urn, second.urn) == (SOUTHLANDS_ACADEMY, SOUTHLANDS)
    found = schools.read(find_customers, "primary")
    groups = [(hit.closed_on is not None, not hit.in_county) for hit in found]
    assert [is_closed for is_closed, _ in groups] == sorted(is_closed for is_closed, _ in groups)


@pytest.mark.parametrize("typed", ["", "  ", "%", "*", "'\"", "zzzz", "(", "a & b | !c"])
def test_whatever_is_typed_is_no_fault(schools: Database, typed: str) -> None:
    assert isinstance(schools.read(find_customers, typed), list)


def test_the_list_is_by_name_and_is_narrowed_in_the_database(schools: Database) -> None:
    everybody = schools.read(list_customers, CustomersFilter())
    assert [hit.name.lower() for hit in everybody] == sorted(hit.name.lower() for hit in everybody)
    lancashire = schools.read(list_customers, CustomersFilter(group=LANCASHIRE_SCHOOLS))
    others = schools.read(list_customers, CustomersFilter(group=OTHER_SCHOOLS))
    assert len(lancashire) + len(others) == len(everybody) == 30
    assert schools.read(list_customers, CustomersFilter(group=NOT_SCHOOLS)) == []
    open_ones = CustomersFilter(with_closed=False, on_day=IMPORTED_ON)
    assert all(hit.closed_on is None for hit in schools.read(list_customers, open_ones))


def test_the_list_can_be_read_page_by_page(schools: Database) -> None:
    whole = schools.read(list_customers, CustomersFilter())
    pages = [schools.read(list_customers, CustomersFilter(), 8, skip) for skip in (0, 8, 16, 24)]
    assert [hit for page in pages for hit in page] == whole


def test_a_school_names_its_successor(schools: Database) -> None:
    academy = customer_id(schools, SOUTHLANDS_ACADEMY)
    before = customer_id(schools, SOUTHLANDS)
    card = schools.read(customer_card, before, IMPORTED_ON)
    assert [school.customer_id for school in card.successors] == [academy]


def test_a_customer_that_is_not_there_is_said_in_words(database: Database) -> None:
    for query in (customer_hit, letter_address, customer_card):
        with pytest.raises(OfficerError, match="no longer there"):
            database.read(query, 99, *([IMPORTED_ON] if query is customer_card else []))  # type: ignore[arg-type]


def test_a_letter_goes_to_the_school_in_six_lines_at_most(schools: Database) -> None:
    key = customer_id(schools, SOUTHLANDS)
    lines = schools.read(letter_address, key, "The School Business Manager")
    assert lines[0] == "The School Business Manager"
    assert lines[1] == "Southlands High School"
    assert lines[-2] == "CHORLEY"
    assert len(lines) <= 6


def test_what_does_not_fit_an_envelope_is_joined_and_never_cut() -> None:
    places = ("Unit 1", "2 Street", "Locality", "Further")
    lines = address_lines("School", places, "Chorley", "PR7 1AA", "Contact")
    assert lines == (
        "Contact",
        "School",
        "Unit 1",
        "2 Street, Locality, Further",
        "CHORLEY",
        "PR7 1AA",
    )


def test_numbers_and_facts_have_their_words() -> None:
    assert customer_number(417) == "C-00417"
    fact = DatedStanding(Standing.BAND, "out of county", date(2014, 9, 1), "academy")
    assert since_words(fact) == "from 1 Sep 2014"
