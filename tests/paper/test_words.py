import pytest
from hypothesis import given
from hypothesis import strategies as st

from lle_desk.paper.fonts import ITALIC, REGULAR, STRONG, printable, width
from lle_desk.paper.letterhead import address_lines
from lle_desk.paper.styles import BODY
from lle_desk.paper.words import Strong, one_line, words

WIDE = 220.0


def read(text: str, wide: float = WIDE) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in words(text).lines(wide)]


def test_welsh_letters_are_in_all_faces() -> None:
    for font in (REGULAR, STRONG, ITALIC):
        assert all(width(letter, font, 10) > 0 for letter in "ŵŷŴŶẁẃẅỳâêîôûïŷ")
    assert printable("Tŷ Gŵyr") == "Tŷ Gŵyr"


def test_accents_typed_apart_are_joined_to_their_letters() -> None:
    assert printable("w\u0302yr") == "ŵyr"


def test_signs_that_move_others_about_are_left_out() -> None:
    assert printable("a\u202eb\u200bc\x00d\u00ade") == "abcde"


def test_a_letter_that_no_face_has_is_its_base_or_marked_unknown() -> None:
    assert printable("\N{FULLWIDTH LATIN CAPITAL LETTER A}") == "A"
    assert printable("日") == "\N{REPLACEMENT CHARACTER}"


def test_markup_is_text() -> None:
    assert read("R&D <b> &amp; <img src=x>") == ["R&D <b> &amp; <img src=x>"]


def test_a_date_never_breaks_inside() -> None:
    text = "Your course agreement to Tue 31 Mar 2014, place 12 of 12"
    for wide in range(80, 300, 3):
        assert any("Tue\u00a031\u00a0Mar\u00a02014" in line for line in read(text, wide)), wide


def test_a_strong_part_keeps_its_face_over_lines() -> None:
    lines = words("Thank you. ", Strong("Two places are confirmed."), " Please check.").lines(90)
    assert len(lines) > 1
    strong = "".join(run.text for line in lines for run in line.runs if run.font == STRONG)
    assert strong.replace(" ", "") == "Twoplacesareconfirmed."


@given(st.text(max_size=300), st.floats(30, 500))
def test_every_letter_is_kept_and_every_line_fits(text: str, wide: float) -> None:
    lines = words(text).lines(wide)
    assert all(line.wide <= wide + 0.01 for line in lines)
    kept = "".join(run.text for line in lines for run in line.runs)
    assert "".join(kept.split()) == "".join(printable(text).split())


@given(st.lists(st.text(max_size=200), max_size=12))
def test_an_address_always_fits_the_window(address: list[str]) -> None:
    lines = address_lines(address, WIDE)
    assert len(lines) <= 6
    assert all(line.wide <= WIDE for line in lines)


def test_a_long_address_keeps_its_first_and_last_line() -> None:
    given_lines = ["The Head Teacher", "A School", "Unit 4", "Mill", "Long Lane", "Town", "County"]
    lines = address_lines([*given_lines, "ZZ99 9ZZ"], WIDE)
    printed = ["".join(run.text for run in line.runs) for line in lines]
    assert printed[0] == "The Head Teacher"
    assert printed[-1] == "ZZ99 9ZZ"
    assert ", ".join(printed) == ", ".join([*given_lines, "ZZ99 9ZZ"])


def test_a_long_school_is_printed_whole_while_shorter_lines_can_be_joined() -> None:
    school = "St Example and the Holy Sample Church of England Primary School"
    given_lines = ["Contact One", school, "Railway Road", "Anytown", "EXAMPLETON", "ZZ99 9ZZ"]
    lines = address_lines(given_lines, WIDE)
    printed = ["".join(run.text for run in line.runs).strip() for line in lines]
    assert len(printed) == 6
    assert " ".join(printed[1:3]) == school
    assert printed[3:] == ["Railway Road", "Anytown, EXAMPLETON", "ZZ99 9ZZ"]


@pytest.mark.parametrize("wide", [10.0, 40.0, WIDE])
def test_one_long_word_is_broken_rather_than_lost(wide: float) -> None:
    assert "".join(read("W" * 5000, wide)) == "W" * 5000


def test_a_line_that_is_cut_keeps_its_blanks() -> None:
    line = one_line("C-00001 · Anytown Sixth Form College", BODY, 130)
    said = "".join(run.text for run in line.runs)
    assert said.endswith("…")
    assert "C-00001 · Anytown Sixth Form College".startswith(said[:-1])
