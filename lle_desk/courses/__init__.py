"""Courses: the programme, its events and sessions, and the places booked on them."""
