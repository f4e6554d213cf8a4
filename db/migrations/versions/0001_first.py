"""The first schema: everything that would be costly to add later.

Plain SQL, one file an engine, so that what was released can be read and never drifts with the
models. A test compares the two.
"""

import uuid
from datetime import UTC, datetime
from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

SERIES = ("INV", "CRN", "RCH")
GENESIS = bytes(32)


def upgrade() -> None:
    """Make all tables, and the rows that must be there before any other."""
    connection = op.get_bind()
    engine = connection.dialect.name
    text = (Path(__file__).parents[1] / "first" / f"{engine}.sql").read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(
                statement.replace("%", "%%") if engine != "sqlite" else statement
            )
    _first_rows()


def _first_rows() -> None:
    import sqlalchemy as sa

    connection = op.get_bind()
    connection.execute(
        sa.text("INSERT INTO audit_head (id, position, hash) VALUES (1, 0, :hash)"),
        {"hash": GENESIS},
    )
    for series in SERIES:
        connection.execute(
            sa.text("INSERT INTO invoice_series (series, next_number) VALUES (:series, 1)"),
            {"series": series},
        )
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    demo = "0" if connection.dialect.name == "sqlite" else "false"
    connection.execute(
        sa.text(
            "INSERT INTO meta (id, database_uuid, minimum_program, guards_fingerprint,"
            f" holds_demo, made_at) VALUES (1, :uuid, '0.1.0', '', {demo}, :now)"
        ),
        {"uuid": str(uuid.uuid4()), "now": now},
    )
