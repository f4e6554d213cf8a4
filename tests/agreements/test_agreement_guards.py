"""What the database refuses of an agreement, whatever program writes."""

import threading
from typing import Any

from lle_desk.agreements.actions import (
    use_agreement,
)
from lle_desk.core.db import Database
from tests.agreements.test_agreements import a_use, an_agreement, places_of, shown
from tests.consultancy.office import a_visit, an_office
from tests.core.office import (
    add_customer,
    assert_refused_by,
    flag,
    insert,
    run,
)
from tests.courses.people import (
    ANN,
    a_school,
)


def draw(database: Database, agreement: int, place: int, **more: Any) -> int:
    values = {
        "agreement_id": agreement,
        "units": 1,
        "source": "place",
        "source_id": place,
        "drawn_on": "2014-03-13",
        "is_returned": flag(database, False),
    }
    return insert(database, "agreement_draw", **(values | more))


def test_no_more_is_used_than_is_allowed(administrators_database: Database) -> None:
    database = administrators_database
    school = a_school(database)
    agreement = an_agreement(database, school, places=2)
    first, second, third = places_of(database, school, 3)
    draw(database, agreement, first)
    draw(database, agreement, second)
    with assert_refused_by("ck_agreement_not_over_used"):
        draw(database, agreement, third)
    more = "UPDATE agreement_draw SET units = 2, version = 2 WHERE source_id = :place"
    with assert_refused_by("ck_agreement_not_over_used"):
        run(database, more, place=first)


def test_nothing_outside_its_days_uses_it(administrators_database: Database) -> None:
    database = administrators_database
    school = a_school(database)
    agreement = an_agreement(database, school)
    [place] = places_of(database, school)
    with assert_refused_by("agreement_draw_in_dates"):
        draw(database, agreement, place, drawn_on="2014-04-01")
    draw(database, agreement, place)
    with assert_refused_by("agreement_keeps_draws"):
        run(database, "UPDATE agreement SET ends_on = '2014-03-12', version = version + 1")
    with assert_refused_by("agreement_draw_in_dates"):
        run(database, "UPDATE agreement_draw SET drawn_on = '2014-04-01', version = 2")


def test_what_is_used_cannot_be_made_up_or_taken_away(administrators_database: Database) -> None:
    database = administrators_database
    school = a_school(database)
    agreement = an_agreement(database, school)
    [place] = places_of(database, school)
    draw(database, agreement, place)
    with assert_refused_by("agreement_used_counted"):
        run(database, "UPDATE agreement SET used = 0, version = version + 1")
    with assert_refused_by("agreement_draw_kept"):
        run(database, "DELETE FROM agreement_draw")
    with assert_refused_by("uq_agreement_draw_once", "uq_agreement_draw_source_source_id"):
        draw(database, agreement, place)


def test_an_agreement_pays_only_for_its_own_customer(administrators_database: Database) -> None:
    database = administrators_database
    office = an_office(database)
    visit = a_visit(database, office.asked())
    agreement = an_agreement(database, office.school)
    other = add_customer(database, "Example Academy")
    [own], [theirs] = places_of(database, office.school), places_of(database, other)
    with assert_refused_by("agreement_draw_own"):
        draw(database, agreement, theirs)
    with assert_refused_by("agreement_draw_own"):
        draw(database, agreement, 999_999, source="visit")
    with assert_refused_by("agreement_draw_own"):
        draw(database, agreement, own, source="meeting")
    back = draw(database, agreement, theirs, is_returned=flag(database, True))
    draw(database, agreement, own)
    draw(database, agreement, visit, source="visit")
    for attack in (
        "UPDATE agreement_draw SET source_id = :theirs, version = 2 WHERE source_id = :own"
        " AND source = 'place'",
        "UPDATE agreement_draw SET is_returned = :no, version = 2 WHERE id = :back",
        "UPDATE agreement SET customer_id = :other, version = version + 1",
        "UPDATE visit SET customer_id = :other, contact_id = NULL, version = version + 1",
        "UPDATE course_booking SET customer_id = :other, version = version + 1"
        " WHERE customer_id <> :other",
    ):
        with assert_refused_by("agreement_draw_own"):
            run(
                database,
                attack,
                own=own,
                theirs=theirs,
                back=back,
                other=other,
                no=flag(database, False),
            )


def test_eleven_desks_at_once_use_no_more_than_the_last_two(database: Database) -> None:
    school = a_school(database)
    agreement = an_agreement(database, school, places=2)
    covered: list[bool] = []

    def use(place: int) -> None:
        ask = a_use(database, school, place)
        covered.append(database.write(ANN, use_agreement, ask) is not None)

    desks = [
        threading.Thread(target=use, args=(place,)) for place in places_of(database, school, 11)
    ]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert sorted(covered) == [False] * 9 + [True] * 2
    assert shown(database, agreement).row.left == 0
