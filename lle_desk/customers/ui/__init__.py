"""Screens of the Customers tab."""
