"""The field that finds a trainer."""
