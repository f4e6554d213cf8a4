"""What every screen stands on: the desk, background work, tables, forms. No feature."""
