"""Finding as one types, the same on both engines."""

import pytest

from lle_desk.core.db import Database
from lle_desk.core.search import find_records
from tests.core.office import add_customer, run


def found(database: Database, typed: str, most: int = 30) -> list[str]:
    return [one.title for one in database.read(find_records, typed, most=most)]


def test_each_typed_word_must_begin_a_word(database: Database) -> None:
    add_customer(database, "Ash Lane Primary School")
    add_customer(database, "Ashworth Primary School")
    add_customer(database, "Lane End Nursery")
    assert found(database, "ash") == ["Ash Lane Primary School", "Ashworth Primary School"]
    assert found(database, "prim ash la") == ["Ash Lane Primary School"]
    assert found(database, "rimary") == []
    assert found(database, "lane ash nurs") == []


def test_a_whole_word_comes_before_one_that_goes_on(database: Database) -> None:
    add_customer(database, "Ashworth Primary School")
    add_customer(database, "Ash Primary School")
    assert found(database, "ash") == ["Ash Primary School", "Ashworth Primary School"]


@pytest.mark.parametrize("typed", ["llŷn", "llyn", "LLYN", "eglwys école", "Ecole"])
def test_accents_and_capitals_make_no_difference(database: Database, typed: str) -> None:
    add_customer(database, "Llŷn Eglwys-École")
    assert found(database, typed) == ["Llŷn Eglwys-École"]


def test_a_record_with_two_such_words_is_found_once_and_crowds_out_none(
    database: Database,
) -> None:
    for n in range(6):
        add_customer(database, f"Sal Sale Sally Salt Same Sand Save {n}")
    add_customer(database, "Sax Band")
    assert len(found(database, "sa")) == 7
    assert len(found(database, "sa", most=7)) == 7
    assert len(found(database, "sa", most=3)) == 3


def test_a_new_name_is_found_and_the_old_one_not(database: Database) -> None:
    school = add_customer(database, "Old Name School")
    run(
        database,
        "UPDATE customer SET name = 'Brandnew School', version = version + 1 WHERE id = :id",
        id=school,
    )
    assert found(database, "brandn") == ["Brandnew School"]
    assert found(database, "old name") == []


def test_a_customer_is_found_by_the_number_on_its_letters(database: Database) -> None:
    add_customer(database, "Other School")
    school = add_customer(database, "Numbered School")
    assert found(database, f"C-{school:05d}") == ["Numbered School"]


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "'", "%school%", "a_h"])
def test_what_is_no_word_finds_nothing_by_chance(database: Database, typed: str) -> None:
    add_customer(database, "Zed Centre")
    assert found(database, typed) == []
