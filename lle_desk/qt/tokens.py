"""The colours of the screen by name, light and dark. Every widget asks here, none invents one."""

from dataclasses import dataclass

CATEGORY_WORDS = {
    "SC": "Schools (CPD)",
    "CF": "LCC conferences",
    "EH": "Edge Hill University",
    "EX": "External",
    "MT": "LCC meetings",
}


@dataclass(frozen=True, slots=True)
class Tint:
    """A ground, the line round it and the words on it, as #RRGGBB."""

    fill: str
    edge: str
    words: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """One whole set of colours, as #RRGGBB.

    `words` and `quiet` reach a contrast of 4.5 on `window`, `surface`, `head` and `chosen`;
    `field_edge` reaches 3 on `surface`.
    """

    window: str
    surface: str
    head: str
    hairline: str
    field_edge: str
    words: str
    quiet: str
    accent: str
    on_accent: str
    accent_soft: str
    chosen: str
    hover: str
    bar_fill: str
    bar_low: str
    bar_free: str
    now: str
    tip_fill: str
    tip_words: str
    warning: str
    warning_fill: str
    refusal: str
    refusal_fill: str
    fine: str
    fine_fill: str
    dark: bool


LIGHT = Tokens(
    window="#F5F6F8",
    surface="#FFFFFF",
    head="#EEF1F5",
    hairline="#D5DAE1",
    field_edge="#8A94A3",
    words="#1A222D",
    quiet="#556070",
    accent="#1D5FA6",
    on_accent="#FFFFFF",
    accent_soft="#E3EEFA",
    chosen="#DFEBF8",
    hover="#EDF1F6",
    bar_fill="#4A8ACB",
    bar_low="#BD7600",
    bar_free="#E9EDF2",
    now="#C4291C",
    tip_fill="#1A222D",
    tip_words="#FFFFFF",
    warning="#6B4700",
    warning_fill="#FFECBA",
    refusal="#B3261E",
    refusal_fill="#FDE3E1",
    fine="#17693A",
    fine_fill="#DDF2E4",
    dark=False,
)

DARK = Tokens(
    window="#14181E",
    surface="#1C222A",
    head="#202731",
    hairline="#333C48",
    field_edge="#6F7C8D",
    words="#E6EBF1",
    quiet="#9CA8B6",
    accent="#74B4F4",
    on_accent="#0D1B2A",
    accent_soft="#22354A",
    chosen="#22354A",
    hover="#262E38",
    bar_fill="#5B9BDC",
    bar_low="#D9932B",
    bar_free="#2B333E",
    now="#FF6B5E",
    tip_fill="#E6EBF1",
    tip_words="#14181E",
    warning="#FFD27A",
    warning_fill="#4A370E",
    refusal="#FF9C92",
    refusal_fill="#4B2320",
    fine="#86DBA6",
    fine_fill="#17402A",
    dark=True,
)

LIGHT_CATEGORIES = {
    "SC": Tint("#D5E7F6", "#0B6AAE", "#0C3B5E"),
    "CF": Tint("#D0EEE3", "#007F5F", "#0A4233"),
    "EH": Tint("#F5DCE9", "#A8417B", "#5B1D40"),
    "EX": Tint("#FCE3BD", "#B26A00", "#553300"),
    "MT": Tint("#E0E5EC", "#5A6A80", "#27323F"),
}

DARK_CATEGORIES = {
    "SC": Tint("#1B3F61", "#5FB0EC", "#E2F0FC"),
    "CF": Tint("#14463A", "#41C79F", "#DCF7EE"),
    "EH": Tint("#4F2840", "#E38FBD", "#FBE5F1"),
    "EX": Tint("#50380F", "#EDAE44", "#FDEBCD"),
    "MT": Tint("#323D4A", "#9FB0C4", "#E9EEF4"),
}

# The advisers' diary, never shown beside rooms: visits, done visits, course sessions, leave.
for _tints in (LIGHT_CATEGORIES, DARK_CATEGORIES):
    for _code, _like in (("VI", "SC"), ("DN", "EH"), ("CO", "CF"), ("LV", "MT")):
        _tints[_code] = _tints[_like]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
