"""Agreements made, changed and ended are taken back with their charge, and done again."""

from datetime import timedelta

import pytest

from lle_desk.agreements.actions import EditAgreement, EndAgreement, use_agreement
from lle_desk.agreements.actions.undoing import (
    edit_agreement_with_way,
    end_agreement_with_way,
    make_agreement_with_way,
)
from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.core.undo import Record, Undoable, do_again, take_back
from tests.agreements.test_agreements import YEAR_END, a_use, asked_for, shown
from tests.courses.people import ANN, THURSDAY, a_school


def charged(database: Database) -> list[int]:
    return [charge.unit_price for charge in database.read(unbilled_charges)]


def undone(database: Database, done: Undoable[int]) -> dict[Record, int]:
    assert done.way is not None
    return database.write(ANN, take_back, done.way.back, done.way.after)


def test_a_new_agreement_covers_and_charges_nothing_once_undone_and_all_again_by_redo(
    database: Database,
) -> None:
    school = a_school(database)
    done = database.write(ANN, make_agreement_with_way, asked_for(database, school))
    assert charged(database) == [120000]
    versions = undone(database, done)
    assert charged(database) == []
    assert database.write(ANN, use_agreement, a_use(database, school)) is None
    assert not shown(database, done.answer).row.covers(THURSDAY)
    assert done.way is not None
    assert done.way.forth is not None
    database.write(ANN, do_again, done.way.forth, versions)
    assert charged(database) == [120000]
    assert database.write(ANN, use_agreement, a_use(database, school)) is not None
    with pytest.raises(OfficerError, match="1 place of A-00001 are used by now, so it stays"):
        database.write(ANN, done.way.back)


def test_a_changed_price_and_an_early_end_go_back(database: Database) -> None:
    school = a_school(database)
    made = database.write(ANN, make_agreement_with_way, asked_for(database, school))
    row = shown(database, made.answer).row
    edit = EditAgreement(
        agreement_id=made.answer,
        seen_version=row.version,
        title="LPDS anew",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        price=Pence(90000),
        units=5,
        order_number="",
        notes="",
    )
    edited = database.write(ANN, edit_agreement_with_way, edit)
    assert charged(database) == [90000]
    last = YEAR_END - timedelta(days=30)
    ended = database.write(
        ANN, end_agreement_with_way, EndAgreement(made.answer, row.version + 1, last, "closes")
    )
    assert charged(database) == [90000], "one that ends early is paid as agreed"
    undone(database, ended)
    assert edited.way is not None
    database.write(ANN, edited.way.back)
    card = shown(database, made.answer).row
    assert (card.title, card.units, card.price) == ("LPDS subscription 2013-14", 3, 120000)
    assert charged(database) == [120000]
