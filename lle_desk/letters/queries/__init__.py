"""What the letters say, and what stands in the outbox."""

from lle_desk.letters.queries.outbox import (
    Carrier,
    OutboxCounts,
    OutboxRow,
    SentBefore,
    carrier,
    carrier_for,
    eml_of,
    in_trouble,
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
    who_may,
)

__all__ = [
    "Carrier",
    "OutboxCounts",
    "OutboxRow",
    "SentBefore",
    "carrier",
    "carrier_for",
    "eml_of",
    "in_trouble",
    "may_administer",
    "outbox",
    "outbox_counts",
    "sent_before",
    "shipped_template",
    "template_of",
    "templates",
    "templates_for",
    "who_may",
]
