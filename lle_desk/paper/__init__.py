"""What every document stands on: letterhead, styles, tables, fonts. No feature."""
