"""What every slice stands on: errors, money, days, the database. No Qt, no feature."""
