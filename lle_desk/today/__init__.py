"""Today: what happens today and what waits for an officer."""
