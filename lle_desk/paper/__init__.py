"""What every document stands on: letterhead, styles, tables, fonts. No feature.

A document is values in, bytes out: it makes blocks (`words`, `Heading`, `table`) and gives them
to `letterhead.pdf` with the words of the sheet. Text is never read as markup here, so nothing
that somebody typed has to be escaped, and nothing typed can draw, link or load anything.
"""
