"""What `tests.benchmarks.start` starts: each a process of its own."""
