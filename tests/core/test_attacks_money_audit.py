"""Plain SQL against papers, numbers and the audit trail, by one who may do everything."""

import json
import threading

import pytest
from sqlalchemy import text

from lle_desk.core.db import Database
from lle_desk.core.engines import chain_hash
from tests.core.office import (
    ISSUE,
    add_charge,
    add_customer,
    add_invoice,
    add_line,
    assert_refused_by,
    issue,
    issued_invoice,
    run,
)

SHIFT = "version = version + 1"


@pytest.fixture
def database(administrators_database: Database) -> Database:
    """Not an officer's rights: here the rules themselves are tried."""
    return administrators_database


@pytest.mark.parametrize(
    "attack",
    [
        f"UPDATE invoice SET customer_name = 'Other', {SHIFT}",
        f"UPDATE invoice SET total = 1, net = 1, {SHIFT}",
        f"UPDATE invoice SET state = 'draft', number = NULL, issued_at = NULL, {SHIFT}",
        f"UPDATE invoice SET number = 7, {SHIFT}",
        "DELETE FROM invoice",
        f"UPDATE invoice_line SET description = 'Other', {SHIFT}",
        f"UPDATE invoice_line SET net = 1, unit_price = 1, {SHIFT}",
        "DELETE FROM invoice_line",
        "INSERT INTO invoice_line (client_uuid, version, invoice_id, line_number, description,"
        " detail, tax_point_on, quantity, unit_price, net, vat_code, vat_words, vat_rate,"
        " vat_reason, vat) SELECT 'ffffffff-ffff-ffff-ffff-ffffffffffff', 1, invoice_id, 999,"
        " description, detail, tax_point_on, quantity, unit_price, net, vat_code, vat_words,"
        " vat_rate, vat_reason, vat FROM invoice_line",
    ],
)
def test_an_issued_invoice_and_its_lines_never_change(database: Database, attack: str) -> None:
    issued_invoice(database)
    with assert_refused_by("invoice_is_issued"):
        run(database, attack)


def test_a_line_cannot_move_onto_an_issued_invoice(database: Database) -> None:
    invoice, _line, _charge = issued_invoice(database)
    customer = add_customer(database)
    draft = add_invoice(database, customer)
    line = add_line(database, draft, None)
    with assert_refused_by("invoice_is_issued"):
        run(
            database,
            "UPDATE invoice_line SET invoice_id = :invoice, version = 2 WHERE id = :line",
            invoice=invoice,
            line=line,
        )


@pytest.mark.parametrize("database_kind", ["pragma on", "pragma off"])
@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_sqlite_s_replace_cannot_swallow_an_issued_invoice(
    database: Database, database_kind: str
) -> None:
    """With recursive_triggers off, REPLACE deletes rows and no delete trigger fires."""
    _invoice, _line, charge = issued_invoice(database)
    customer = add_customer(database)
    draft = add_invoice(database, customer)
    add_line(database, draft, None)
    on = "ON" if database_kind == "pragma on" else "OFF"
    for attack in (
        "UPDATE OR REPLACE invoice SET id = 1, version = 2 WHERE state = 'draft'",
        "UPDATE OR REPLACE invoice SET number = 1, version = 2 WHERE state = 'draft'",
        "INSERT OR REPLACE INTO invoice SELECT * FROM invoice WHERE state = 'issued'",
        "UPDATE OR REPLACE invoice_line SET id = 1, version = 2 WHERE invoice_id <> 1",
        f"UPDATE OR REPLACE invoice_line SET charge_id = {charge}, version = 2"
        " WHERE invoice_id <> 1",
        "INSERT OR REPLACE INTO invoice_line SELECT * FROM invoice_line WHERE invoice_id = 1",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE position = 3",
        "INSERT OR REPLACE INTO invoice_series VALUES ('INV', 1)",
        "INSERT OR REPLACE INTO audit_head SELECT 1, 0, hash FROM audit_head",
        "INSERT OR REPLACE INTO charge SELECT * FROM charge",
    ):
        with database.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql(f"PRAGMA recursive_triggers = {on}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            with assert_refused_by(
                "identity_fixed",
                "number_is_next",
                "invoice_is_issued",
                "invoice_born_draft",
                "audit_append_only",
                "series_counts_up",
                "audit_head_follows",
                "charge_billed_fixed",
            ):
                connection.exec_driver_sql(attack)
            connection.rollback()
            connection.invalidate()
    assert run(database, "SELECT count(*) FROM invoice WHERE state = 'issued'") == 1


def test_numbers_run_on_without_gap_or_repeat(database: Database) -> None:
    customer = add_customer(database)
    issued_invoice(database)
    draft = add_invoice(database, customer)
    add_line(database, draft, add_charge(database, customer))
    for number in (1, 3):
        with assert_refused_by("number_is_next", "uq_invoice_series_number"):
            issue(database, draft, number)
    issue(database, draft, 2)
    assert run(database, "SELECT next_number FROM invoice_series WHERE series = 'INV'") == 3


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE invoice_series SET next_number = next_number + 1 WHERE series = 'INV'",
        "UPDATE invoice_series SET next_number = 1",
        "DELETE FROM invoice_series WHERE series = 'RCH'",
        "INSERT INTO invoice_series (series, next_number) VALUES ('INV', 9)",
    ],
)
def test_a_series_moves_only_by_issuing(database: Database, attack: str) -> None:
    issued_invoice(database)
    with assert_refused_by("series_counts_up", "fk_invoice_series"):
        run(database, attack)


def test_an_invoice_is_born_a_draft(database: Database) -> None:
    customer = add_customer(database)
    with assert_refused_by("invoice_born_draft"):
        add_invoice(
            database,
            customer,
            state="issued",
            number=1,
            issued_on="2014-03-04",
            due_on="2014-04-01",
            issued_at="2014-03-04 09:30:00",
        )


def test_a_paper_must_have_lines_that_add_up(database: Database) -> None:
    customer = add_customer(database)
    draft = add_invoice(database, customer)
    with assert_refused_by("invoice_has_lines"):
        issue(database, draft, 1)
    add_line(database, draft, None, net=9_999)
    with assert_refused_by("invoice_adds_up"):
        issue(database, draft, 1)


def test_a_charge_is_on_one_invoice_only(database: Database) -> None:
    _invoice, _line, charge = issued_invoice(database)
    draft = add_invoice(database, add_customer(database))
    with assert_refused_by("uq_invoice_line_charge_id", "invoice_is_issued"):
        add_line(database, draft, charge)


def test_a_billed_charge_never_changes_and_none_is_deleted(database: Database) -> None:
    _invoice, _line, charge = issued_invoice(database)
    assert run(database, "SELECT state FROM charge WHERE id = :id", id=charge) == "billed"
    for attack in (
        f"UPDATE charge SET net = 1, unit_price = 1, {SHIFT}",
        f"UPDATE charge SET state = 'unbilled', {SHIFT}",
    ):
        with assert_refused_by("charge_billed_fixed"):
            run(database, attack)
    with assert_refused_by("charge_kept"):
        run(database, "DELETE FROM charge")
    other = add_charge(database, add_customer(database))
    with assert_refused_by("charge_billed_fixed"):
        run(database, f"UPDATE charge SET state = 'billed', {SHIFT} WHERE id = :id", id=other)


def test_a_charge_s_sums_follow_from_its_price(database: Database) -> None:
    customer = add_customer(database)
    with assert_refused_by("ck_charge_net_follows"):
        add_charge(database, customer, net=100, unit_price=99)
    with assert_refused_by("ck_charge_vat_follows"):
        add_charge(database, customer, net=103, vat_rate=2000, vat=20)
    add_charge(database, customer, net=103, vat_rate=2000, vat=21)
    add_charge(database, customer, net=-103, vat_rate=2000, vat=-21)


@pytest.mark.parametrize("bad", ["abc", "10.5", "NaN"])
def test_money_is_whole_pence(database: Database, bad: str) -> None:
    customer = add_customer(database)
    charge = add_charge(database, customer)
    with pytest.raises(Exception, match=r"(?i)integer|bigint|cannot store|datatype"):
        run(
            database,
            f"UPDATE charge SET unit_price = '{bad}', {SHIFT} WHERE id = :id",
            id=charge,
        )


def test_a_credit_note_stays_within_its_invoice(database: Database) -> None:
    invoice, _line, _charge = issued_invoice(database, net=10_000)
    customer = run(database, "SELECT customer_id FROM invoice WHERE id = :id", id=invoice)

    def credit(amount: int, number: int) -> None:
        draft = add_invoice(database, customer, net=-amount, series="CRN", credits_id=invoice)
        add_line(database, draft, None, net=-amount)
        run(database, ISSUE, invoice=draft, number=number)

    credit(6_000, 1)
    with assert_refused_by("credit_within_invoice"):
        credit(4_001, 2)
    credit(4_000, 2)
    with assert_refused_by("ck_invoice_credit_names_it"):
        add_invoice(database, customer, series="CRN")
    with assert_refused_by("ck_invoice_credit_names_it"):
        add_invoice(database, customer, series="INV", credits_id=invoice)
    draft = add_invoice(database, customer, net=0, series="RCH", credits_id=invoice)
    add_line(database, draft, None, net=0)
    with assert_refused_by("credit_of_its_kind"):
        run(database, ISSUE, invoice=draft, number=1)


def test_nothing_is_issued_into_closed_books(database: Database) -> None:
    run(database, "INSERT INTO period_lock (id, locked_to) VALUES (1, '2014-03-31')")
    with assert_refused_by("period_locked"):
        issued_invoice(database)
    with assert_refused_by("period_lock_forward"):
        run(database, "UPDATE period_lock SET locked_to = '2014-02-28'")


def test_eleven_connections_issue_dense_numbers(database: Database) -> None:
    """As foreign programs would: each reads the next number and tries its luck."""
    drafts = []
    for _ in range(11):
        customer = add_customer(database)
        draft = add_invoice(database, customer)
        add_line(database, draft, add_charge(database, customer))
        drafts.append(draft)

    def issue_until_it_works(draft: int) -> None:
        for _ in range(200):
            try:
                issue(
                    database,
                    draft,
                    run(database, "SELECT next_number FROM invoice_series WHERE series = 'INV'"),
                )
            except Exception:
                continue
            return

    threads = [threading.Thread(target=issue_until_it_works, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.engine.connect() as connection:
        numbers = connection.execute(text("SELECT number FROM invoice ORDER BY number"))
        assert [number for (number,) in numbers] == list(range(1, 12))


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit SET payload = '{}'",
        "UPDATE audit SET table_name = 'other'",
        "DELETE FROM audit WHERE position = 2",
        "DELETE FROM audit",
        "INSERT INTO audit SELECT position + 1, table_name, record_id, payload, hash FROM audit"
        " ORDER BY position DESC LIMIT 1",
    ],
)
def test_the_audit_trail_only_grows_by_itself(database: Database, attack: str) -> None:
    with assert_refused_by("audit_append_only"):
        run(database, attack)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit_head SET position = 0",
        "UPDATE audit_head SET position = position + 1",
        "DELETE FROM audit_head",
    ],
)
def test_the_head_of_the_chain_cannot_be_moved(database: Database, attack: str) -> None:
    with assert_refused_by("audit_head_follows"):
        run(database, attack)


def test_personal_words_can_be_erased_but_not_forged(database: Database) -> None:
    customer = add_customer(database)
    run(database, f"UPDATE customer SET notes = 'Ring Demo first', {SHIFT}", id=customer)
    with assert_refused_by("audit_detail_only_erased"):
        run(database, "UPDATE audit_detail SET words = 'forged'")
    with assert_refused_by("audit_detail_only_erased"):
        run(database, "DELETE FROM audit_detail")
    run(database, "UPDATE audit_detail SET words = NULL, salt = NULL")
    run(database, f"UPDATE customer SET town = 'Chorley', {SHIFT}")


def test_every_change_is_chained_with_who_what_before_and_after(database: Database) -> None:
    customer = add_customer(database)
    run(
        database,
        f"UPDATE customer SET town = 'Chorley', notes = 'private', {SHIFT} WHERE id = :id",
        id=customer,
    )
    with database.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT position, payload, hash FROM audit ORDER BY position")
        ).all()
    link = bytes(32)
    for at, (position, payload, stored) in enumerate(rows, 1):
        link = chain_hash(link, payload)
        assert (position, bytes(stored)) == (at, link)
    told = json.loads(rows[-1].payload)
    assert (told["officer"], told["desk"], told["reason"]) == ("mallory", "psql", "attack")
    assert (told["table"], told["record"], told["op"]) == ("customer", customer, "update")
    assert (told["before"]["town"], told["after"]["town"]) == ("", "Chorley")
    assert "private" not in rows[-1].payload
    assert told["detail"]


def test_a_row_keeps_its_number_its_uuid_and_steps_its_version(database: Database) -> None:
    add_customer(database)
    with assert_refused_by("version_steps"):
        run(database, "UPDATE customer SET town = 'Chorley'")
    with assert_refused_by("version_steps"):
        run(database, "UPDATE customer SET town = 'Chorley', version = version + 2")
    uuid = "ffffffff-ffff-ffff-ffff-ffffffffffff"
    with assert_refused_by("identity_fixed"):
        run(database, f"UPDATE customer SET client_uuid = '{uuid}', {SHIFT}")


@pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", ["invoice", "invoice_line", "audit", "claim", "place", "charge"])
def test_postgresql_refuses_to_empty_a_table(database: Database, table: str) -> None:
    with assert_refused_by("no_truncate"):
        run(database, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_a_foreign_tool_cannot_write_an_audited_table(database: Database) -> None:
    import pysqlite3.dbapi2 as sqlite

    file = sqlite.connect(str(database.engine.url.database))
    with pytest.raises(sqlite.OperationalError, match="no such function"):
        file.execute("UPDATE site SET name = 'Elsewhere', version = version + 1")
    file.close()
