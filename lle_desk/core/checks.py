"""Looks whether the database keeps every rule, whoever wrote to it: `lle-desk check`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from lle_desk.core.anchors import AnchorMark
from lle_desk.core.engines import chain_hash
from lle_desk.core.guards import fingerprint

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Check:
    """One rule that was looked at. `fault` says what is wrong, "" when nothing is."""

    rule: str
    fault: str

    @property
    def is_kept(self) -> bool:
        return not self.fault


@dataclass(frozen=True, slots=True)
class Invariant:
    """A rule as a query that finds what breaks it: no row is good."""

    rule: str
    sql: str


# Each says over again what a constraint or trigger refuses, in case that was taken away.
INVARIANTS = (
    Invariant(
        "No two claims that hold space overlap on one resource",
        "SELECT a.id FROM claim a JOIN claim b ON a.resource_id = b.resource_id AND a.id < b.id"
        " AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
        " WHERE a.holds_space AND b.holds_space",
    ),
    Invariant(
        "Every use of a room has its claims",
        "SELECT u.id FROM room_use u JOIN space_cell s ON s.space_id = u.space_id"
        " LEFT JOIN claim c ON c.room_use_id = u.id AND c.resource_id = s.resource_id"
        " AND c.starts_at = u.reserved_from AND c.ends_at = u.reserved_to"
        " AND c.holds_space = u.holds_space WHERE c.id IS NULL",
    ),
    Invariant(
        "Equipment is held exactly as its booking is",
        "SELECT l.id FROM equipment_line l JOIN room_use u ON u.id = l.room_use_id"
        " WHERE l.starts_at <> u.reserved_from OR l.ends_at <> u.reserved_to"
        " OR l.holds_space <> u.holds_space",
    ),
    Invariant(
        "No more equipment is promised for any instant to come than there is",
        "SELECT b.id FROM equipment_line b JOIN equipment e ON e.id = b.equipment_id"
        " WHERE b.holds_space AND b.ends_at > current_timestamp AND e.stock <"
        " (SELECT sum(h.quantity) FROM equipment_line h WHERE h.holds_space"
        " AND h.equipment_id = b.equipment_id AND h.starts_at <= b.starts_at"
        " AND h.ends_at > b.starts_at)",
    ),
    Invariant(
        "Every stretch of a trainer's time has its claim, and no claim has two owners",
        "SELECT u.id FROM trainer_time u JOIN trainer t ON t.id = u.trainer_id"
        " LEFT JOIN claim c ON c.trainer_time_id = u.id AND c.resource_id = t.resource_id"
        " AND c.starts_at = u.reserved_from AND c.ends_at = u.reserved_to"
        " AND c.holds_space = u.holds_space WHERE c.id IS NULL"
        " UNION ALL SELECT id FROM claim"
        " WHERE room_use_id IS NOT NULL AND trainer_time_id IS NOT NULL",
    ),
    Invariant(
        "A visit holds its consultant's time exactly while it is not cancelled",
        "SELECT v.id FROM visit v JOIN trainer_time u ON u.id = v.trainer_time_id"
        " WHERE u.holds_space <> (v.state <> 'cancelled')",
    ),
    Invariant(
        "No event holds more places than its capacity, and they are counted right",
        "SELECT e.id FROM event e WHERE e.places_held > e.capacity OR e.places_held <>"
        " (SELECT count(*) FROM place p WHERE p.event_id = e.id AND p.holds_place)",
    ),
    Invariant(
        "Sessions are missed only of the event a place attended, and never all of them",
        "SELECT m.id FROM missed_session m JOIN place p ON p.id = m.place_id"
        " JOIN event_session s ON s.id = m.event_session_id"
        " WHERE p.state <> 'attended' OR p.event_id <> s.event_id"
        " OR (SELECT count(*) FROM missed_session o WHERE o.place_id = p.id) >="
        " (SELECT count(*) FROM event_session t WHERE t.event_id = p.event_id)",
    ),
    Invariant(
        "No agreement is used above its allowance, and its uses are counted right",
        "SELECT a.id FROM agreement a WHERE a.used > a.units OR a.used <> (SELECT"
        " coalesce(sum(d.units), 0) FROM agreement_draw d"
        " WHERE d.agreement_id = a.id AND NOT d.is_returned)",
    ),
    Invariant(
        "An agreement pays only for what its own customer booked",
        "SELECT d.id FROM agreement_draw d JOIN agreement a ON a.id = d.agreement_id"
        " LEFT JOIN place p ON d.source = 'place' AND p.id = d.source_id"
        " LEFT JOIN course_booking b ON b.id = p.course_booking_id"
        " LEFT JOIN visit v ON d.source = 'visit' AND v.id = d.source_id"
        " WHERE NOT d.is_returned AND a.customer_id <> coalesce(b.customer_id, v.customer_id, 0)",
    ),
    Invariant(
        "Invoice numbers run without gap or repeat",
        "SELECT s.series FROM invoice_series s LEFT JOIN invoice i"
        " ON i.series = s.series AND i.number IS NOT NULL"
        " GROUP BY s.series, s.next_number HAVING count(i.id) <> s.next_number - 1"
        " OR coalesce(max(i.number), 0) <> s.next_number - 1"
        " OR count(DISTINCT i.number) <> count(i.id)",
    ),
    Invariant(
        "Every invoice is the sum of its lines",
        "SELECT i.id FROM invoice i LEFT JOIN invoice_line l ON l.invoice_id = i.id"
        " WHERE i.state = 'issued' GROUP BY i.id, i.net, i.vat, i.total"
        " HAVING coalesce(sum(l.net), 0) <> i.net OR coalesce(sum(l.vat), 0) <> i.vat"
        " OR i.total <> i.net + i.vat",
    ),
    Invariant(
        "Credit notes stay within their invoice",
        "SELECT i.id FROM invoice i JOIN invoice c ON c.credits_id = i.id AND c.state = 'issued'"
        " GROUP BY i.id, i.total HAVING i.total + sum(c.total) < 0",
    ),
    Invariant(
        "A charge is billed exactly when it stands on an issued invoice",
        "SELECT c.id FROM charge c LEFT JOIN invoice_line l ON l.charge_id = c.id"
        " LEFT JOIN invoice i ON i.id = l.invoice_id AND i.state = 'issued'"
        " WHERE (c.state = 'billed') <> (i.id IS NOT NULL)",
    ),
    Invariant(
        "What papers carry of the audit trail is still in it",
        "SELECT n.written_on FROM anchor n LEFT JOIN audit a ON a.position = n.position"
        " WHERE n.position > 0 AND (a.hash IS NULL OR a.hash <> n.hash)",
    ),
    Invariant(
        "Every record can be found by the find box as it is",
        "SELECT c.id FROM customer c LEFT JOIN search_entry s"
        " ON s.kind = 'customer' AND s.record_id = c.id"
        " WHERE s.title IS NULL OR s.title <> c.name",
    ),
)


def check_database(engine: Engine, printed: Sequence[AnchorMark] = ()) -> Iterator[Check]:
    """Yield each rule as it has been looked at, the quick ones first.

    `printed` are marks read off papers: whoever made a whole new chain could not change those.
    """
    with engine.connect() as connection:
        yield _check_guards(connection)
        if connection.dialect.name == "sqlite":
            yield from _check_file(connection)
        for invariant in INVARIANTS:
            rows = connection.execute(text(invariant.sql)).all()
            yield Check(invariant.rule, _listed([row[0] for row in rows]))
        for mark in printed:
            yield _check_printed(connection, mark)
        yield _check_chain(connection)


def _check_printed(connection: Connection, mark: AnchorMark) -> Check:
    found = connection.execute(
        text("SELECT hash FROM audit WHERE position = :position"), {"position": mark.position}
    ).scalar()
    found = GENESIS if not mark.position else found
    same = found is not None and bytes(found).hex().startswith(mark.beginning)
    fault = (
        ""
        if same
        else (
            f"Line {mark.position} is not the one that was printed: the audit trail was made anew"
            " from there or before. Keep the paper, and compare with a backup."
        )
    )
    return Check(f"The audit trail is the one that was printed as {mark.words}", fault)


def _listed(ids: list[object]) -> str:
    if not ids:
        return ""
    shown = ", ".join(str(one) for one in ids[:5])
    return f"{len(ids)} records break it: {shown}{' …' if len(ids) > 5 else ''}"


def _check_guards(connection: Connection) -> Check:
    stored = connection.execute(text("SELECT guards_fingerprint FROM meta")).scalar_one()
    same = stored == fingerprint(connection)
    return Check(
        "The triggers and functions are those the program made",
        ""
        if same
        else "Some were changed, added or taken away. Run lle-desk init to make them "
        "again, then check again.",
    )


def _check_file(connection: Connection) -> Iterator[Check]:
    said = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    yield Check("The file is undamaged", "" if said == ["ok"] else "; ".join(map(str, said)))
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    yield Check(
        "Every reference leads somewhere", _listed([f"{row[0]} {row[1]}" for row in broken])
    )


def _check_chain(connection: Connection) -> Check:
    """Follow the audit chain from its beginning, and each stored personal word to its hash."""
    rule = "The audit trail is whole, from its first line to its last"
    link, expected = GENESIS, 0
    asked = text("SELECT position, payload, hash FROM audit ORDER BY position")
    with connection.execute(asked, execution_options={"stream_results": True}) as rows:
        for position, payload, stored in rows:
            expected += 1
            if position != expected:
                return Check(rule, f"Line {expected} is missing.")
            link = chain_hash(link, payload)
            if bytes(stored) != link:
                return Check(rule, f"Line {position} was changed after it was written.")
    head = connection.execute(text("SELECT position, hash FROM audit_head")).one()
    if (head.position, bytes(head.hash)) != (expected, link):
        return Check(rule, f"Lines after {expected} are missing.")
    return Check(rule, _forged_detail(connection))


def _forged_detail(connection: Connection) -> str:
    import hashlib
    import json

    asked = text(
        "SELECT d.position, d.salt, d.words, a.payload FROM audit_detail d"
        " JOIN audit a ON a.position = d.position WHERE d.words IS NOT NULL"
    )
    with connection.execute(asked, execution_options={"stream_results": True}) as rows:
        for position, salt, words, payload in rows:
            digest = hashlib.sha256(salt.encode() + words.encode()).hexdigest()
            if digest != json.loads(payload)["detail"]:
                return f"The personal words of line {position} were changed later."
    return ""
