"""What the letters say, and what stands in the outbox."""

from lle_desk.letters.queries.outbox import (
    Carrier,
    OutboxCounts,
    OutboxRow,
    SentBefore,
    carrier,
    carrier_for,
    eml_of,
    outbox,
    outbox_counts,
    sent_before,
)
from lle_desk.letters.queries.templates import (
    may_administer,
    shipped_template,
    template_of,
    templates,
    templates_for,
)

__all__ = [
    "Carrier",
    "OutboxCounts",
    "OutboxRow",
    "SentBefore",
    "carrier",
    "carrier_for",
    "eml_of",
    "may_administer",
    "outbox",
    "outbox_counts",
    "sent_before",
    "shipped_template",
    "template_of",
    "templates",
    "templates_for",
]
