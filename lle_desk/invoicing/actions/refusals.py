"""What officers read when the database itself refuses something about a paper."""

from lle_desk.core.refusals import explain

explain(
    {
        "invoice_is_issued": "An issued paper is never changed. Give it back with another.",
        "invoice_born_draft": "A paper starts as a draft. Propose it, look, then issue it.",
        "invoice_has_lines": "A paper without lines cannot be issued. Discard the draft.",
        "invoice_adds_up": "The totals of this draft are not the sums of its lines, so it was "
        "not issued. Discard it and propose it again.",
        "number_is_next": "Another paper took this number just now. Nothing was issued: please "
        "try again.",
        "uq_invoice_series_number": "Another paper has this number. Nothing was issued: please "
        "try again.",
        "series_counts_up": "Numbers of papers rise one by one, and only by issuing.",
        "period_locked": "The books of that day are closed. Issue with a later date.",
        "period_lock_forward": "Books that are closed stay closed.",
        "charge_not_unbilled": "A charge of this draft was billed, held back or struck out "
        "meanwhile. Discard the draft and propose it again.",
        "charge_billed_fixed": "A billed charge is never changed. Credit its invoice instead.",
        "charge_kept": "A charge is never deleted. Make it void with a reason instead.",
        "credit_within_invoice": "A credit note gives back at most what is left of its invoice, "
        "a reversing recharge what is left of its recharge. Nothing was issued.",
        "credit_of_its_kind": "An invoice is given back by a credit note, a recharge by a "
        "recharge. Nothing was issued.",
        "ck_invoice_credit_names_it": "A credit note names its invoice; an invoice names nothing.",
        "uq_invoice_line_charge_id": "One of these charges is on another paper already. Look "
        "again.",
        "ck_invoice_due_after_issue": "A paper cannot be due before it is issued.",
    }
)
