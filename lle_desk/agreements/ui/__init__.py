"""Screens of agreements: the list, one of them, and what is left beside a customer."""
