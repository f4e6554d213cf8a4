"""What officers do with papers: propose, issue, credit. Each is one transaction."""

from lle_desk.invoicing.actions import refusals as _refusals  # noqa: F401  (explains the rules)
from lle_desk.invoicing.actions.credits import credit, propose_credit
from lle_desk.invoicing.actions.drafts import propose
from lle_desk.invoicing.actions.giving_back import credit_charges
from lle_desk.invoicing.actions.issuing import issue, issue_for
from lle_desk.invoicing.actions.requests import (
    CreditInvoice,
    CreditLine,
    Issue,
    Issued,
    IssuedPaper,
    IssueNow,
    Propose,
)

__all__ = [
    "CreditInvoice",
    "CreditLine",
    "Issue",
    "IssueNow",
    "Issued",
    "IssuedPaper",
    "Propose",
    "credit",
    "credit_charges",
    "issue",
    "issue_for",
    "propose",
    "propose_credit",
]
