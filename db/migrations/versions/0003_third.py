"""The third schema: what is kept about working through a year of courses.

Plain SQL like the two before it, one file an engine.
"""

from alembic import op

from lle_desk.core.migrate import run_plain_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the new tables and columns."""
    run_plain_sql(op.get_bind(), "third")
