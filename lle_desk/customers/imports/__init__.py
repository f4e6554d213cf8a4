"""The national schools' register, read from its files and saved as customers."""

from lle_desk.customers.imports.links import Link, read_links
from lle_desk.customers.imports.register import SchoolsFile, read_schools
from lle_desk.customers.imports.save_links import preview_links, save_links
from lle_desk.customers.imports.save_schools import preview_schools, save_schools

__all__ = [
    "Link",
    "SchoolsFile",
    "preview_links",
    "preview_schools",
    "read_links",
    "read_schools",
    "save_links",
    "save_schools",
]
