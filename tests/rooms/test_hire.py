from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.customers.rules import Band, Route, VatClass
from lle_desk.invoicing.actions import IssueNow, issue_for
from lle_desk.invoicing.queries import worksheet
from lle_desk.invoicing.rules import Group
from lle_desk.rooms.actions import (
    CancelBooking,
    ConfirmBooking,
    RestoreBooking,
    SaveCatering,
    SetSpaceRate,
    cancel_booking,
    confirm_booking,
    hold_room,
    move_use,
    restore_booking,
    save_catering,
    save_equipment,
    set_space_rate,
)
from lle_desk.rooms.actions.charging import followed_together
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.models import Site
from lle_desk.rooms.queries.cancelling import room_cancellation_cost
from lle_desk.rooms.queries.extras import equipment_free, extras_of
from lle_desk.rooms.queries.hire import hire_charges
from lle_desk.rooms.rules.hire import HireRules, Part, hired_parts
from tests.courses.people import a_school
from tests.rooms.buying import (
    Buying,
    booking_of,
    charges_of_use,
    for_all,
    lend,
    money,
    order,
)
from tests.rooms.woodlands import Woodlands, at, card, move_of, wish

HALF = ("Hire of Elm, half day", 1, 8000, "E")


@pytest.mark.parametrize(
    ("starts", "ends", "parts"),
    [
        ("09:30", "12:00", {Part.HALF_DAY: 1}),
        ("09:00", "13:00", {Part.HALF_DAY: 1}),
        ("09:00", "13:01", {Part.DAY: 1}),
        ("14:00", "18:00", {Part.HALF_DAY: 1}),  # half an hour of the evening is let pass
        ("18:00", "21:00", {Part.EVENING: 1}),
        ("17:00", "20:00", {Part.EVENING: 1}),
        ("13:00", "20:00", {Part.DAY: 1, Part.EVENING: 1}),
    ],
)
def test_a_room_is_hired_out_by_half_day_day_and_evening(
    starts: str, ends: str, parts: dict[Part, int]
) -> None:
    assert hired_parts(at(starts), at(ends), HireRules(240, time(17, 30), 60)) == parts


def test_each_day_of_a_long_booking_is_a_day_and_a_late_night_is_not_another() -> None:
    assert hired_parts(at("09:00"), at("12:00", 6), HireRules()) == {Part.DAY: 3}
    assert hired_parts(at("19:00"), at("01:00", 5), HireRules()) == {Part.EVENING: 1}


def test_a_confirmed_booking_is_charged_its_hire_with_price_and_reason_frozen(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    use = database.write(
        by, hold_room, wish(woodlands.elm, customer_id=buying.academy, order_number="PO 7")
    )
    [row] = charges_of_use(database, use)
    assert (row.description, row.net, row.vat, row.vat_code) == (HALF[0], 8000, 0, "E")
    assert row.price_reason == "external, from Mon 1 Apr 2013"
    assert row.vat_reason == "Hire of rooms is exempt: the building is not opted to tax."
    assert row.detail == "WR-00001, Tue 4 Mar 09:30–12:00 · Phonics in Key Stage 1"
    assert (row.route, row.order_number, row.tax_point_on) == ("invoice", "PO 7", date(2014, 3, 4))


def test_in_a_building_opted_to_tax_hire_carries_vat_but_not_to_the_council_itself(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    def opt(session: Session) -> None:
        session.scalars(select(Site).where(Site.id == woodlands.site)).one().is_opted_to_tax = True
        session.flush()

    database.write(by, opt)
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    [row] = charges_of_use(database, use)
    assert (row.vat_code, row.vat) == ("S", 1600)
    ours = database.write(by, hold_room, wish(woodlands.ash, customer_id=buying.school))
    assert [row.vat_code for row in charges_of_use(database, ours)] == ["O"]


def test_internal_customers_pay_the_internal_price(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    team = a_school(
        database, "Demo Library Service", Band.INTERNAL, Route.RECHARGE, VatClass.SAME_BODY
    )
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=team))
    assert money(database, use) == [("Hire of Elm, half day", 1, 4000, "O")]


def test_a_provisional_booking_costs_nothing_until_it_is_confirmed(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    ask = wish(woodlands.elm, customer_id=buying.academy, status="provisional")
    use = database.write(by, hold_room, ask)
    database.write(by, save_catering, order(use, buying.coffee, 12))
    assert money(database, use) == []
    seen = card(database, use)
    database.write(by, confirm_booking, ConfirmBooking(booking_id=seen.booking_id, seen_version=1))
    assert money(database, use) == [HALF, ("Coffee and biscuits", 12, 2340, "S")]


def test_a_course_session_has_catering_and_equipment_but_never_hire(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    ask = wish(woodlands.elm, customer_id=buying.academy, source="course")
    use = database.write(by, hold_room, ask)
    database.write(by, save_catering, order(use, buying.lunch, 12, "12:30"))
    database.write(by, save_equipment, lend(use, buying.projector))
    assert money(database, use) == []
    found = database.read(extras_of, [use])[use]
    assert [(line.item, line.quantity) for line in found.catering] == [("Buffet lunch", 12)]
    assert [(line.name, line.quantity) for line in found.equipment] == [("Projector", 1)]


def test_moving_a_booking_before_it_is_billed_writes_its_charge_anew(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    database.write(by, move_use, move_of(database, use, woodlands.ash, "09:00", "16:00"))
    assert money(database, use) == [("Hire of Ash, day", 1, 14400, "E")]
    database.write(by, move_use, move_of(database, use, None, "09:00", "16:00"))
    assert money(database, use) == []
    database.write(by, move_use, move_of(database, use, woodlands.elm, "09:30", "12:00"))
    assert money(database, use) == [HALF]


def test_a_frozen_price_stays_when_the_price_list_changes(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    dearer = SetSpaceRate(
        space_id=woodlands.elm,
        part=Part.HALF_DAY,
        prices=for_all(9900),
        prices_from=date(2014, 1, 1),
    )
    database.write(by, set_space_rate, dearer)
    database.write(by, move_use, move_of(database, use, woodlands.elm, "10:00", "12:00"))
    assert money(database, use) == [HALF]


def test_a_billed_booking_that_is_cancelled_is_credited_and_charged_anew_when_it_comes_back(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    ask = IssueNow(new_uuid(), (buying.academy,), date(2014, 3, 31), date(2014, 3, 31))
    database.write(by, issue_for, ask)
    seen = card(database, use)
    cancel = CancelBooking(
        booking_id=seen.booking_id, seen_version=seen.booking_version, by_us=True
    )
    database.write(by, cancel_booking, cancel)
    with database.engine.connect() as connection:
        notes = connection.exec_driver_sql(
            "SELECT count(*) FROM invoice WHERE series = 'CRN' AND state = 'issued'"
        ).scalar_one()
    assert notes == 1
    assert database.read(unbilled_charges) == []
    at_ = card(database, use)
    back = {"booking_id": at_.booking_id, "seen_version": at_.booking_version}
    database.write(by, restore_booking, RestoreBooking(**back, status="confirmed"))
    assert [row.net for row in database.read(unbilled_charges)] == [HALF[2]]


def test_the_invoices_worksheet_names_the_booking_of_each_line(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    database.write(by, save_catering, order(use, buying.coffee, 12))
    database.write(by, save_equipment, lend(use, buying.projector))
    sheet = database.read(
        worksheet, date(2014, 3, 31), frozenset({(Group.INVOICE, buying.academy)})
    )
    lines = [line for one in sheet.groups for who in one.customers for line in who.charges]
    assert [line.reference for line in lines] == ["WR-00001"] * 3
    assert {line.opens for line in lines} == {"room_booking"}


def test_what_has_no_price_is_told_and_not_charged(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    early = replace(
        wish(woodlands.elm, customer_id=buying.academy),
        starts_at=at("09:30", 6).replace(year=2012),
        ends_at=at("12:00", 6).replace(year=2012),
    )
    use = database.write(by, hold_room, early)
    assert money(database, use) == []
    assert card(database, use).uncharged == (
        "“Hire of Elm, half day” has no price for external on Tue 6 Mar 2012. Add the price first.",
    )


def test_the_charges_of_all_that_changes_together_are_written_once_at_the_end(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))

    def order_both(session: Session) -> int:
        with followed_together(session):
            save_catering(session, order(use, buying.coffee, 20))
            save_catering(session, order(use, buying.lunch, 10))
            return len(hire_charges(session, booking_of(session, use)))

    assert database.write(by, order_both) == 1  # the hire alone, as yet
    assert [row[1] for row in money(database, use)] == [1, 20, 10]


def change(database: Database, use: int, quantity: int) -> SaveCatering:
    [line] = database.read(extras_of, [use])[use].catering
    return SaveCatering(
        client_uuid=new_uuid(),
        use_id=use,
        item_id=line.item_id,
        served_at=line.served_at,
        quantity=quantity,
        line_id=line.id,
        seen_version=line.version,
    )


def test_final_numbers_are_the_least_that_is_charged(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    database.write(by, save_catering, order(use, buying.coffee, 20))
    due = date(2014, 2, 22)
    assert card(database, use).final_on == due
    database.write(by, save_catering, change(database, use, 16), lambda: due)
    assert money(database, use)[1][1] == 16
    late = date(2014, 2, 23)
    for quantity, charged in ((12, 16), (18, 18), (14, 16), (0, 16)):
        database.write(by, save_catering, change(database, use, quantity), lambda: late)
        assert money(database, use)[1][1] == charged
    assert card(database, use).extras.catering[0].least_charged == 16


def test_diets_are_numbers_and_never_more_than_eat(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    ask = order(use, buying.coffee, 12)
    with pytest.raises(OfficerError, match="13 vegan, but only 12 eat"):
        database.write(
            by, save_catering, replace(ask, diets=replace(ask.diets, vegetarian=0, vegan=13))
        )
    database.write(by, save_catering, ask)
    [line] = card(database, use).extras.catering
    assert line.diets.words == "2 vegetarian"


def test_equipment_that_is_out_is_refused_with_who_has_it(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    first = database.write(by, hold_room, wish(woodlands.elm, title="Budget meeting"))
    database.write(by, save_equipment, lend(first, buying.projector, 2))
    other = database.write(by, hold_room, wish(woodlands.ash, "11:00", "13:00"))
    with pytest.raises(OfficerError) as refused:
        database.write(by, save_equipment, lend(other, buying.projector))
    assert str(refused.value) == (
        "Projector: 1 wanted, 0 of 2 are free 11:00–13:00."
        " WR-00001 “Budget meeting” has 2, 09:30–12:00."
    )
    free = database.read(equipment_free, at("11:00"), at("13:00"))
    assert [(one.name, one.free) for one in free] == [("Projector", 0), ("Screen", 1)]
    database.write(by, move_use, move_of(database, other, woodlands.ash, "12:00", "14:00"))
    database.write(by, save_equipment, lend(other, buying.projector))
    with pytest.raises(OfficerError, match="WR-00001 “Budget meeting” has 2"):
        database.write(by, move_use, move_of(database, other, woodlands.ash, "11:30", "13:30"))


NOTICE = {  # the day of notice left out, the day of the event counted
    date(2014, 1, 21): (0, 0),  # 30 working days
    date(2014, 1, 22): (0, 0),
    date(2014, 1, 23): (4000, 0),  # 28
    date(2014, 2, 18): (4000, 0),  # 10
    date(2014, 2, 19): (8000, 0),  # 9
    date(2014, 2, 24): (8000, 0),  # 6
    date(2014, 2, 25): (8000, 2340),  # 5
    date(2014, 3, 4): (8000, 2340),
}


@pytest.mark.parametrize("notice_on", NOTICE)
def test_the_frozen_terms_say_what_cancelling_costs(
    database: Database, by: By, woodlands: Woodlands, buying: Buying, notice_on: date
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    database.write(by, save_catering, order(use, buying.coffee, 12))
    booking = database.read(booking_of, use)
    cost = database.read(room_cancellation_cost, booking, notice_on)
    assert tuple(line.fee for line in cost.lines) == NOTICE[notice_on]


def cancelled(database: Database, by: By, use: int, **more: object) -> None:
    seen = card(database, use)
    ask = CancelBooking(
        booking_id=seen.booking_id,
        seen_version=seen.booking_version,
        reason="Too few come",
        notice_on=date(2014, 2, 25),
        **more,  # type: ignore[arg-type]
    )
    database.write(by, cancel_booking, ask)


def test_from_booking_to_cancelling_with_the_cost_shown_and_back(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    ask = wish(woodlands.elm, customer_id=buying.academy, status="provisional")
    use = database.write(by, hold_room, ask)
    database.write(by, save_catering, order(use, buying.coffee, 12))
    database.write(by, save_equipment, lend(use, buying.projector))
    seen = card(database, use)
    database.write(by, confirm_booking, ConfirmBooking(booking_id=seen.booking_id, seen_version=1))
    booked = [HALF, ("Coffee and biscuits", 12, 2340, "S"), ("Projector", 1, 1500, "E")]
    assert money(database, use) == booked
    cost = database.read(room_cancellation_cost, seen.booking_id, date(2014, 2, 25))
    assert (cost.words, cost.total) == ("5 working days of notice.", 11840)
    cancelled(database, by, use)
    assert money(database, use) == [
        ("Cancelled: Hire of Elm, half day", 1, 8000, "O"),
        ("Cancelled: Coffee and biscuits", 1, 2340, "O"),
        ("Cancelled: Projector", 1, 1500, "O"),
    ]
    reasons = {row.price_reason for row in charges_of_use(database, use)}
    assert "5 working days of notice: 100 % of £80.00" in reasons
    version = card(database, use).booking_version
    back = RestoreBooking(booking_id=seen.booking_id, seen_version=version, status="confirmed")
    database.write(by, restore_booking, back)
    assert money(database, use) == booked


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"by_us": True}, "Too few come (cancelled by us)"),
        ({"waived_because": "snow"}, "Too few come (charge waived: snow)"),
    ],
)
def test_nothing_is_charged_when_we_cancel_or_waive(
    database: Database,
    by: By,
    woodlands: Woodlands,
    buying: Buying,
    more: dict[str, object],
    said: str,
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    cancelled(database, by, use, **more)
    assert money(database, use) == []
    assert card(database, use).cancelled_reason == said


def test_undoing_puts_charges_back_exactly_as_they_were(
    database: Database, by: By, woodlands: Woodlands, buying: Buying
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    database.write(by, save_catering, order(use, buying.coffee, 12))
    before = charges_of_use(database, use)
    seen = card(database, use)
    ask = CancelBooking(
        booking_id=seen.booking_id, seen_version=1, reason="Snow", notice_on=date(2014, 3, 3)
    )
    done = database.write(by, Keeping(cancel_booking, "Cancelled"), ask)
    fees = money(database, use)
    assert done.way is not None
    assert done.way.forth is not None
    database.write(by, done.way.back)
    assert [row.id for row in charges_of_use(database, use)] == [row.id for row in before]
    assert [row.state for row in charges_of_use(database, use)] == ["unbilled"] * 2
    assert card(database, use).status == "confirmed"
    database.write(by, done.way.forth)
    assert money(database, use) == fees
