"""Demo data: an office that never was, around today and over whole years."""
