"""The second schema: the whole desk of a room manager, and what follows a course booking.

Plain SQL like the first, one file an engine. SQLite has no statement that changes a check of a
table; there its stored words are changed (https://sqlite.org/lang_altertable.html), and its own
integrity check is run at the end.
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the new tables, and change what old ones allow."""
    connection = op.get_bind()
    engine = connection.dialect.name
    text = (Path(__file__).parents[1] / "second" / f"{engine}.sql").read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(
                statement.replace("%", "%%") if engine != "sqlite" else statement
            )
    if engine == "sqlite":
        found = connection.exec_driver_sql("PRAGMA quick_check").scalar_one()
        if found != "ok":
            raise RuntimeError(f"The upgraded tables are not whole: {found}")
