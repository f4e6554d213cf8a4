from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lle_desk.core.changes import changes_since, history_of, newest_position
from lle_desk.core.db import By, Database
from lle_desk.core.imports import FileRefused, ImportStopped, ImportSummary, Progress
from lle_desk.core.records import new_uuid
from lle_desk.customers.actions import (
    EditCustomerRequest,
    SetStandingRequest,
    edit_customer,
    set_standing,
)
from lle_desk.customers.imports import preview_schools, read_schools, save_schools
from lle_desk.customers.queries import (
    count_customers,
    customer_card,
    find_customers,
    standings_on,
)
from lle_desk.customers.rules import ALWAYS, Band, Kind, Route, Standing, VatClass
from tests.customers.register import (
    HIGHFIELD,
    IMPORTED_ON,
    SAMPLE,
    SOUTHLANDS,
    SOUTHLANDS_ACADEMY,
    changed,
    customer_id,
    sample_rows,
    standings,
    take_in,
    take_in_links,
    write_register,
)
from tests.real_files import SCHOOLS, needs_real_files

ACADEMY = {
    "TypeOfEstablishment (code)": "34",
    "TypeOfEstablishment (name)": "Academy converter",
    "EstablishmentTypeGroup (code)": "10",
    "EstablishmentTypeGroup (name)": "Academies",
}


def test_the_sample_becomes_customers_with_three_standings_each(database: Database, by: By) -> None:
    assert take_in(database, by) == ImportSummary(new=30)
    assert database.read(count_customers) == 30
    card = database.read(customer_card, customer_id(database, HIGHFIELD), IMPORTED_ON)
    assert (card.words.kind, card.dfe, card.words.town) == (
        Kind.MAINTAINED,
        "888/2145",
        "Chorley",
    )
    assert card.band
    assert card.band.value == Band.COUNTY
    assert card.route
    assert card.route.value == Route.RECHARGE
    assert card.vat
    assert card.vat.value == VatClass.SAME_BODY


def test_importing_again_changes_nothing_and_leaves_no_audit_row(
    database: Database, by: By
) -> None:
    take_in(database, by)
    take_in_links(database, by)
    before = database.read(newest_position)
    assert take_in(database, by, on_date=date(2027, 1, 1)) == ImportSummary(unchanged=30)
    take_in_links(database, by)
    assert database.read(newest_position) == before


@needs_real_files
def test_the_real_schools_go_in_and_again_change_nothing(database: Database, by: By) -> None:
    file = read_schools(SCHOOLS)
    assert database.write(by, save_schools, file, IMPORTED_ON) == ImportSummary(new=1_765)
    before = database.read(newest_position)
    again = database.write(by, save_schools, file, date(2027, 1, 1))
    assert again == ImportSummary(unchanged=1_765)
    assert database.read(newest_position) == before
    assert database.read(find_customers, "stonyhurst")[0].town == "Clitheroe"


def test_only_a_changed_school_is_written(database: Database, by: By, tmp_path: Path) -> None:
    take_in(database, by)
    before = database.read(newest_position)
    path = changed(tmp_path / "register.csv", {HIGHFIELD: {"TelephoneNum": "01257000000"}})
    assert take_in(database, by, path) == ImportSummary(changed=1, unchanged=29)
    (row,) = database.read(changes_since, before)
    assert (row.table, row.action) == ("customer", "save_schools")
    newest = database.read(history_of, "customer", row.record_id)[0]
    assert set(newest.after) == {"telephone", "version"}


def test_a_preview_says_the_same_and_writes_nothing(
    database: Database, by: By, tmp_path: Path
) -> None:
    take_in(database, by)
    before = database.read(newest_position)
    file = read_schools(changed(tmp_path / "register.csv", {HIGHFIELD: {"Town": "Leyland"}}))
    assert database.read(preview_schools, file, IMPORTED_ON) == ImportSummary(0, 1, 29, 0)
    assert database.read(newest_position) == before


def test_what_officers_keep_is_not_overwritten(database: Database, by: By, tmp_path: Path) -> None:
    take_in(database, by)
    key = customer_id(database, HIGHFIELD)
    card = database.read(customer_card, key, IMPORTED_ON)
    words = replace(card.words, cost_centre="4217", notes="Ring after 08:30.", email="o@s.example")
    database.write(by, edit_customer, EditCustomerRequest(key, card.version, words))
    take_in(database, by, changed(tmp_path / "register.csv", {HIGHFIELD: {"Town": "Leyland"}}))
    now = database.read(customer_card, key, IMPORTED_ON).words
    assert now == replace(words, town="Leyland")


def test_a_column_the_file_does_not_have_is_left_as_it_was(
    database: Database, by: By, tmp_path: Path
) -> None:
    take_in(database, by)
    path = tmp_path / "register.csv"
    path.write_bytes(SAMPLE.read_bytes().replace(b'"NumberOfPupils"', b'"Heads"', 1))
    assert take_in(database, by, path) == ImportSummary(unchanged=30)


class TestASchoolThatBecomesAnAcademy:
    def test_keeps_its_row_and_is_dated_from_its_opening(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        take_in(database, by)
        before = customer_id(database, HIGHFIELD)
        path = changed(tmp_path / "register.csv", {HIGHFIELD: ACADEMY | {"OpenDate": "01-01-2024"}})
        assert take_in(database, by, path) == ImportSummary(changed=1, unchanged=29)
        assert customer_id(database, HIGHFIELD) == before
        opened = date(2024, 1, 1)
        assert standings(database, HIGHFIELD) == [
            (Standing.VAT, VatClass.ELIGIBLE, opened),
            (Standing.VAT, VatClass.SAME_BODY, ALWAYS),
            (Standing.ROUTE, Route.INVOICE, opened),
            (Standing.ROUTE, Route.RECHARGE, ALWAYS),
            (Standing.BAND, Band.COUNTY, ALWAYS),
            (Standing.BAND, Band.COUNTY, opened),
        ]
        day_before = database.read(standings_on, before, date(2023, 12, 31))
        assert day_before.route.value == Route.RECHARGE
        assert database.read(standings_on, before, opened).route.value == Route.INVOICE

    def test_is_dated_from_the_import_when_the_register_tells_no_day(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        take_in(database, by)
        take_in(database, by, changed(tmp_path / "register.csv", {HIGHFIELD: ACADEMY}))
        assert (Standing.ROUTE, Route.INVOICE, IMPORTED_ON) in standings(database, HIGHFIELD)

    def test_is_not_dated_twice(self, database: Database, by: By, tmp_path: Path) -> None:
        take_in(database, by)
        path = changed(tmp_path / "register.csv", {HIGHFIELD: ACADEMY})
        take_in(database, by, path)
        assert take_in(database, by, path, date(2027, 1, 1)) == ImportSummary(unchanged=30)
        assert len(standings(database, HIGHFIELD)) == 6

    def test_keeps_a_price_band_that_an_officer_agreed(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        take_in(database, by)
        key = customer_id(database, HIGHFIELD)
        agreed = SetStandingRequest(
            new_uuid(), key, Standing.BAND, Band.SUBSCRIBER, date(2025, 9, 1), "subscription"
        )
        database.write(by, set_standing, agreed)
        take_in(database, by, changed(tmp_path / "register.csv", {HIGHFIELD: ACADEMY}))
        now = database.read(standings_on, key, IMPORTED_ON)
        assert (now.band.value, now.route.value) == (Band.SUBSCRIBER, Route.INVOICE)

    def test_changes_back_on_the_same_day_without_a_clash(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        take_in(database, by)
        take_in(database, by, changed(tmp_path / "register.csv", {HIGHFIELD: ACADEMY}))
        assert take_in(database, by) == ImportSummary(changed=1, unchanged=29)
        key = customer_id(database, HIGHFIELD)
        assert database.read(standings_on, key, IMPORTED_ON).route.value == Route.RECHARGE


class TestClosing:
    def test_a_closed_school_has_its_day(self, database: Database, by: By) -> None:
        take_in(database, by)
        card = database.read(customer_card, customer_id(database, SOUTHLANDS), IMPORTED_ON)
        assert card.closed_on == date(2017, 11, 30)

    def test_a_school_closed_on_a_day_not_told_is_closed_since_the_import(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        path = changed(tmp_path / "register.csv", {HIGHFIELD: {"EstablishmentStatus (code)": "2"}})
        take_in(database, by, path)
        card = database.read(customer_card, customer_id(database, HIGHFIELD), IMPORTED_ON)
        assert card.closed_on == IMPORTED_ON
        assert take_in(database, by, path, date(2027, 1, 1)).changed == 0

    def test_an_older_register_does_not_open_a_school_again(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        take_in(database, by)
        path = changed(
            tmp_path / "register.csv",
            {SOUTHLANDS: {"CloseDate": "", "EstablishmentStatus (code)": "1"}},
        )
        assert take_in(database, by, path).changed == 0


class TestNothingHalfImported:
    def test_stays_when_it_is_stopped_while_saving(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        rows = [row | {"URN": str(200_000 + n)} for n, row in enumerate(sample_rows() * 20)]
        file = read_schools(write_register(tmp_path / "register.csv", rows))
        before = database.read(newest_position)
        with pytest.raises(ImportStopped):
            database.write(by, save_schools, file, IMPORTED_ON, _StopsAt(500))
        assert database.read(count_customers) == 0
        assert database.read(newest_position) == before

    def test_stays_when_the_file_is_refused(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        path = tmp_path / "register.csv"
        path.write_bytes(SAMPLE.read_bytes() + b'"999999","888\r\n')
        with pytest.raises(FileRefused):
            take_in(database, by, path)
        assert database.read(count_customers) == 0

    def test_good_lines_go_in_beside_refused_ones(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        path = changed(tmp_path / "register.csv", {HIGHFIELD: {"OpenDate": "31-02-2014"}})
        summary = take_in(database, by, path)
        assert summary == ImportSummary(new=29, refused=1)
        assert summary.exit_status == 1


def test_hostile_words_are_kept_as_words(database: Database, by: By, tmp_path: Path) -> None:
    name = "'; DROP TABLE customer; -- <img src=//host/x.png> =1+1 \u202eevil"
    rows = sample_rows()
    rows[0]["EstablishmentName"] = name
    take_in(database, by, write_register(tmp_path / "register.csv", rows, "utf-8"))
    hit = database.read(find_customers, rows[0]["URN"])[0]
    assert hit.name == name.replace("\u202e", "")


class TestLinks:
    def test_close_predecessors_and_join_the_two_schools(self, database: Database, by: By) -> None:
        take_in(database, by)
        summary = take_in_links(database, by)
        assert summary.new == 13
        closed = database.read(customer_card, customer_id(database, HIGHFIELD), IMPORTED_ON)
        assert closed.closed_on == date(2023, 12, 31)
        (successor,) = closed.successors
        assert (successor.urn, successor.customer_id) == (150034, None)
        academy = database.read(
            customer_card, customer_id(database, SOUTHLANDS_ACADEMY), IMPORTED_ON
        )
        (before,) = academy.predecessors
        assert before.customer_id == customer_id(database, SOUTHLANDS)
        assert before.name == "Southlands High School"

    def test_do_not_move_a_closing_day_the_register_told(self, database: Database, by: By) -> None:
        take_in(database, by)
        take_in_links(database, by)
        card = database.read(customer_card, customer_id(database, SOUTHLANDS), IMPORTED_ON)
        assert card.closed_on == date(2017, 11, 30)

    def test_date_an_academy_whose_opening_is_not_known(self, database: Database, by: By) -> None:
        take_in(database, by)
        assert (Standing.ROUTE, Route.INVOICE, ALWAYS) in standings(database, 138544)
        take_in_links(database, by)
        assert [day for _, _, day in standings(database, 138544)] == [date(2012, 7, 31)] * 3

    def test_wait_for_a_school_that_comes_later(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        take_in_links(database, by)
        take_in(database, by)
        assert [day for _, _, day in standings(database, 138544)] == [date(2012, 7, 31)] * 3
        card = database.read(customer_card, customer_id(database, HIGHFIELD), IMPORTED_ON)
        assert card.closed_on == date(2023, 12, 31)

    def test_gain_a_name_and_a_day_that_were_not_told_before(
        self, database: Database, by: By, tmp_path: Path
    ) -> None:
        path = tmp_path / "links.csv"
        head = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
        path.write_text(head + "100001,100002,New,Successor,\n")
        take_in_links(database, by, path)
        path.write_text(head + "100002,100001,Old,Predecessor,01-09-2014\n")
        assert take_in_links(database, by, path) == ImportSummary(changed=1)
        assert take_in_links(database, by, path) == ImportSummary(unchanged=1)


class _StopsAt(Progress):
    def __init__(self, done: int) -> None:
        super().__init__()
        self._last = done

    def step(self, done: int, of: int) -> None:
        if done >= self._last:
            self.stop()
        super().step(done, of)
