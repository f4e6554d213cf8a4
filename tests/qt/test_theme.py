import re
from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lle_desk.core.paths import resources
from lle_desk.qt.icons import is_there, pixmap
from lle_desk.qt.style_text import style_text
from lle_desk.qt.theme import Scheme, colour, font, px, theme
from lle_desk.qt.tokens import (
    CATEGORY_WORDS,
    DARK,
    DARK_CATEGORIES,
    LIGHT,
    LIGHT_CATEGORIES,
    Tint,
    Tokens,
    contrast,
)

SETS = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the program's dress; undressed again afterwards."""
    theme().install(Scheme.LIGHT, 1.0)
    yield qapp
    theme().set_text_scale(1.0)
    theme().set_scheme(Scheme.LIGHT)


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@SETS
def test_words_can_be_read_on_every_ground(tokens: Tokens) -> None:
    grounds = (tokens.window, tokens.surface, tokens.head, tokens.chosen, tokens.hover)
    words = ("words", "quiet", "accent", "warning", "refusal", "fine")
    for name, ground in product(words, grounds):
        assert contrast(getattr(tokens, name), ground) >= 4.5, (name, ground)


@SETS
def test_states_buttons_and_tips_can_be_read(tokens: Tokens) -> None:
    for state in ("warning", "refusal", "fine"):
        ground = getattr(tokens, f"{state}_fill")
        assert contrast(getattr(tokens, state), ground) >= 4.5
        assert contrast(tokens.words, ground) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.accent, tokens.accent_soft) >= 4.5
    assert contrast(tokens.tip_words, tokens.tip_fill) >= 4.5
    assert contrast(tokens.words if tokens.dark else tokens.quiet, tokens.bar_free) >= 4.5


@SETS
def test_edges_bars_and_icons_stand_out(tokens: Tokens) -> None:
    for name in ("field_edge", "bar_fill", "bar_low", "now", "quiet"):
        assert contrast(getattr(tokens, name), tokens.surface) >= 3, name


@pytest.mark.parametrize("tints", [LIGHT_CATEGORIES, DARK_CATEGORIES], ids=["light", "dark"])
def test_categories_can_be_read_and_told_apart(tints: dict[str, Tint]) -> None:
    surface = LIGHT.surface if tints is LIGHT_CATEGORIES else DARK.surface
    rooms, diary = set(CATEGORY_WORDS), {"VI", "DN", "CO", "LV"}
    assert set(tints) == rooms | diary
    for tint in tints.values():
        assert contrast(tint.words, tint.fill) >= 8.9
        assert contrast(tint.edge, surface) >= 3.4
    for shown_together in (rooms, diary):
        assert len({tints[code].edge for code in shown_together}) == len(shown_together)


@SETS
def test_the_style_text_has_only_colours_of_its_set(tokens: Tokens) -> None:
    used = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", style_text(tokens, round)))
    known = {value for name in tokens.__slots__ if isinstance(value := getattr(tokens, name), str)}
    assert used <= known


def test_light_and_dark_are_changed_while_running(dressed: QApplication, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with qtbot.waitSignal(theme().changed):
        theme().set_scheme(Scheme.DARK)
    assert theme().is_dark
    assert colour("surface").name().upper() == DARK.surface
    assert dressed.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window
    theme().set_scheme(Scheme.LIGHT)
    assert dressed.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.window


def test_text_and_what_holds_it_grow_together(dressed: QApplication) -> None:
    usual = font(13).pixelSize()
    theme().set_text_scale(2.0)
    assert font(13).pixelSize() == 2 * usual
    assert px(28) == 56
    theme().set_text_scale(9.0)
    assert theme().text_scale == 2.0


def test_there_is_a_font_even_on_a_bare_system(dressed: QApplication) -> None:
    assert QFontInfo(dressed.font()).family()
    assert QFontInfo(dressed.font()).pixelSize() == 13


def test_icons_take_the_colour_of_their_token(dressed: QApplication) -> None:
    image = pixmap("door", 48, "accent").toImage()
    tints = {
        image.pixelColor(x, y).name().upper()
        for x, y in product(range(48), range(48))
        if image.pixelColor(x, y).alpha() == 255
    }
    assert LIGHT.accent in tints


def test_every_icon_named_in_the_program_is_there() -> None:
    package = resources().parent / "lle_desk"
    assert package.is_dir()
    named: set[str] = set()
    for path in package.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"""\bicon(?:_name)?=["']([a-z0-9-]+)["']""", text))
        named |= set(re.findall(r"""\b(?:icon|icon_of|IconView)\(\s*["']([a-z0-9-]+)["']""", text))
    assert {name for name in named if not is_there(name)} == set()
    assert "search" in named
