"""Screens of the Today tab."""
