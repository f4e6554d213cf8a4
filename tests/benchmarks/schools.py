"""A file of 1,765 schools in the register's own format, for a machine without the register."""

import csv
from pathlib import Path

from lle_desk.core.paths import resources

MANY = 1765
SAMPLE = "schools_sample.csv"
_URN, _NUMBER = "URN", "EstablishmentNumber"


def schools_file(folder: Path, many: int = MANY) -> Path:
    """Write the shipped sample again and again, each time with other numbers; return the file."""
    sample = resources() / "reference" / SAMPLE
    with sample.open(encoding="cp1252", newline="") as lines:
        heading, *schools = csv.reader(lines)
    urn, number = heading.index(_URN), heading.index(_NUMBER)
    file = folder / "schools.csv"
    with file.open("w", encoding="cp1252", newline="") as lines:
        writer = csv.writer(lines, quoting=csv.QUOTE_ALL)
        writer.writerow(heading)
        for n in range(many):
            row = list(schools[n % len(schools)])
            row[urn], row[number] = str(200_000 + n), str(1000 + n)
            writer.writerow(row)
    return file
