"""Charges: the list of what may be billed, one line for each fact."""
