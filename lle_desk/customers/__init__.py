"""Customers: schools, directorates, universities and companies, and their history."""
