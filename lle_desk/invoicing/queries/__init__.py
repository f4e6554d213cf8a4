"""What the Invoices tab shows, and what a paper says. Plain rows that may cross threads."""

from lle_desk.invoicing.queries.issued import (
    Balance,
    Creditable,
    PaperRow,
    creditable,
    customer_balance,
    next_number,
    paper_row,
    paper_rows,
)
from lle_desk.invoicing.queries.paper import (
    WantedPaper,
    chosen_charges,
    draft_preview,
    frozen_lines,
    head_for,
    lines_for,
    paper_of,
    papers_of,
    wanted_paper,
)
from lle_desk.invoicing.queries.worksheet import (
    ChargeLine,
    CustomerSum,
    GroupSum,
    Worksheet,
    worksheet,
)

__all__ = [
    "Balance",
    "ChargeLine",
    "Creditable",
    "CustomerSum",
    "GroupSum",
    "PaperRow",
    "WantedPaper",
    "Worksheet",
    "chosen_charges",
    "creditable",
    "customer_balance",
    "draft_preview",
    "frozen_lines",
    "head_for",
    "lines_for",
    "next_number",
    "paper_of",
    "paper_row",
    "paper_rows",
    "papers_of",
    "wanted_paper",
    "worksheet",
]
