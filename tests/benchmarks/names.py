"""Plainly invented names, many of them alike, as in any staff list."""

_GIVEN = """
Alan Alice Amy Anna Barbara Ben Brian Carol Claire David Dawn Emma Frank Grace Helen Ian Jack Jane
Janet Jean John Joan Karen Kate Laura Linda Lucy Mark Mary Michael Nina Paul Peter Ruth Sarah
Simon Susan Tom Una Wendy
"""
_FIRST = """
Ash Birch Cole Dun Elm Fern Green Hart Ing Kirk Lang Mill North Oak Pen Rad Stan Thorn Wood York
"""
_LAST = "bury croft dale field ford ham ley man shaw stead thorpe ton wick worth"
GIVEN, FIRST, LAST = _GIVEN.split(), _FIRST.split(), _LAST.split()


def invented(number: int) -> tuple[str, str]:
    """Return the given and the family name of delegate `number`."""
    round_, given = divmod(number, len(GIVEN))
    first, last = divmod((round_ * 101 + given * 7) % (len(FIRST) * len(LAST)), len(LAST))
    return GIVEN[given], FIRST[first] + LAST[last]
