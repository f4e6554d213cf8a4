"""LLE Desk: bookings, rooms, charges and invoices of the Lancashire Learning Excellence office."""
