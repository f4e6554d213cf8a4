"""Offers: the price list, VAT table, cancellation scales and agreements."""
