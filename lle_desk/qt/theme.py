"""How everything looks: Fusion with the program's own light and dark palette and one style text."""

from enum import StrEnum
from functools import cache, lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from lle_desk.core.paths import resources
from lle_desk.qt.style_text import style_text
from lle_desk.qt.tokens import (
    CATEGORY_WORDS,
    DARK,
    DARK_CATEGORIES,
    LIGHT,
    LIGHT_CATEGORIES,
    Tint,
    Tokens,
)

__all__ = [
    "CATEGORY_WORDS",
    "Scheme",
    "Theme",
    "Tint",
    "Tokens",
    "category",
    "colour",
    "font",
    "px",
    "state",
    "theme",
]

BODY = 13  # pixels at 100 %
PLAIN_FALLBACKS = ("", "DejaVu Sans", "Bitstream Vera Sans")  # a bare X server's, wide and coarse


class Scheme(StrEnum):
    """Which palette the officer wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The one look of the process. Lives in the GUI thread.

    It follows the system's light or dark until `set_scheme` says otherwise.

    Signals:
        changed: colours or sizes are different now; painters repaint.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.text_scale = 1.0
        self.family = ""
        self._scheme = Scheme.SYSTEM

    @property
    def is_dark(self) -> bool:
        """Return whether the dark palette is shown."""
        return self.tokens.dark

    @property
    def scheme(self) -> Scheme:
        """Return what the officer chose."""
        return self._scheme

    def install(self, scheme: Scheme = Scheme.SYSTEM, text_scale: float | None = None) -> None:
        """Dress the application. Call once, after QApplication is made and before any window."""
        app = _app()
        app.setStyle("Fusion")
        self.family, system_scale = _system_font()
        self.text_scale = text_scale or system_scale
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.set_scheme(scheme)

    def set_scheme(self, scheme: Scheme) -> None:
        """Show light or dark, or what the system shows."""
        self._scheme = scheme
        self._apply()

    def set_text_scale(self, scale: float) -> None:
        """Make all text and what holds it `scale` times as large, from 1 to 2."""
        self.text_scale = min(2.0, max(1.0, scale))
        self._apply()

    def _follow(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        app = _app()
        dark = self._scheme is Scheme.DARK or (
            self._scheme is Scheme.SYSTEM and app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        self.tokens = DARK if dark else LIGHT
        app.setPalette(_palette(self.tokens))
        app.setFont(font(BODY))
        app.setStyleSheet(style_text(self.tokens, px))
        self.changed.emit()


@cache
def theme() -> Theme:
    """Return the theme of this process."""
    return Theme()


def colour(name: str) -> QColor:
    """Return the colour of that token, "words" or "accent", as it is now."""
    return QColor(_rgb(getattr(theme().tokens, name)))


@lru_cache(maxsize=128)
def _rgb(value: str) -> int:
    """Return the colour as Qt's number: reading the text is most of what a QColor costs."""
    return QColor(value).rgb()


def px(size: float) -> int:
    """Return a size drawn for 100 % in the pixels of today's text scale."""
    return round(size * theme().text_scale)


def font(size: float = BODY, *, bold: bool = False) -> QFont:
    """Return the system's own font at `size` pixels (at 100 %), with tabular figures."""
    now = theme()
    return QFont(_font(now.family, max(1, round(size * now.text_scale)), bold))


@lru_cache(maxsize=64)
def _font(family: str, pixels: int, bold: bool) -> QFont:
    made = QFont(family) if family else QFont()
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def category(code: str) -> Tint:
    """Return the colours of a booking category; an unknown code looks like LCC meetings."""
    tints = DARK_CATEGORIES if theme().is_dark else LIGHT_CATEGORIES
    return tints.get(code, tints["MT"])


def state(kind: str) -> Tint:
    """Return the colours of a state: warning, refusal, fine, accent, or plain for any other."""
    now = theme().tokens
    if kind in ("warning", "refusal", "fine"):
        words = str(getattr(now, kind))
        return Tint(str(getattr(now, f"{kind}_fill")), words, words)
    if kind == "accent":
        return Tint(now.accent_soft, now.accent, now.accent)
    return Tint(now.bar_free, now.field_edge, now.words if now.dark else now.quiet)


def _app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("The theme needs a QApplication first.")
    return app


def _system_font() -> tuple[str, float]:
    """Return the family to use and how much larger than usual the system's text is.

    A system without a desktop offers no font or a coarse fallback: the letters' family is
    used there, so that a screen never consists of empty boxes.
    """
    own = QGuiApplication.font()
    info = QFontInfo(own)
    family = "" if info.family() not in PLAIN_FALLBACKS else _shipped_family()
    usual = 13.4  # 10 points at 96 dots per inch
    return family, min(2.0, max(1.0, info.pixelSize() / usual))


@cache
def _shipped_family() -> str:
    families: list[str] = []
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return "Open Sans" if "Open Sans" in families else (families or [""])[0]


def _palette(now: Tokens) -> QPalette:
    """Return Fusion's palette in the program's colours."""
    role = QPalette.ColorRole
    colours = {
        role.Window: now.window,
        role.WindowText: now.words,
        role.Base: now.surface,
        role.AlternateBase: now.head,
        role.Text: now.words,
        role.Button: now.surface,
        role.ButtonText: now.words,
        role.BrightText: now.refusal,
        role.Highlight: now.accent,
        role.HighlightedText: now.on_accent,
        role.ToolTipBase: now.tip_fill,
        role.ToolTipText: now.tip_words,
        role.PlaceholderText: now.quiet,
        role.Link: now.accent,
        role.LinkVisited: now.accent,
        role.Accent: now.accent,
        role.Light: now.surface,
        role.Midlight: now.hover,
        role.Mid: now.hairline,
        role.Dark: now.field_edge,
        role.Shadow: now.field_edge,
    }
    palette = QPalette()
    for which, value in colours.items():
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(now.quiet))
    return palette
