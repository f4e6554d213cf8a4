"""Screens of the Invoices tab."""
