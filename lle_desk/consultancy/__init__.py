"""Consultancy: a consultant at a school for a half day, a day or a twilight."""
