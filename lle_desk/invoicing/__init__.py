"""Invoicing: invoices made from charges, issued once and never changed."""
