"""Plainly invented names, many of them alike, as in any staff list."""

GIVEN = (
    "Alan Alice Amy Anna Barbara Ben Brian Carol Claire David Dawn Emma Frank Grace Helen Ian"
    " Jack Jane Janet Jean John Joan Karen Kate Laura Linda Lucy Mark Mary Michael Nina Paul"
    " Peter Ruth Sarah Simon Susan Tom Una Wendy"
).split()
FIRST = (
    "Ash Birch Cole Dun Elm Fern Green Hart Ing Kirk Lang Mill North Oak Pen Rad Stan Thorn Wood"
    " York"
).split()
LAST = "bury croft dale field ford ham ley man shaw stead thorpe ton wick worth".split()


def invented(number: int) -> tuple[str, str]:
    """Return the given and the family name of delegate `number`."""
    family = number * 7919 % (len(FIRST) * len(LAST))
    first, last = divmod(family, len(LAST))
    return GIVEN[number * 31 % len(GIVEN)], FIRST[first] + LAST[last]
