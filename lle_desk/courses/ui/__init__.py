"""Screens of the Courses tab."""
