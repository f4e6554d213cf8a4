"""Figures of the office, each worked out from the records when it is asked for."""
