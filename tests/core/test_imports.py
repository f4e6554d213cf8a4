from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lle_desk.core.imports import (
    Column,
    FileRefused,
    ImportStopped,
    ImportSummary,
    Line,
    Problem,
    Progress,
    present_columns,
    read_lines,
    read_mapping,
)

COLUMNS = (Column("code", "Code"), Column("name", "Name"), Column("note", "Note", needed=False))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def read(file: Path, content: bytes, **options: object) -> list[Line | Problem]:
    file.write_bytes(content)
    return list(read_lines(file, COLUMNS, **options))  # type: ignore[arg-type]


def test_lines_are_numbered_as_in_the_file_and_columns_found_by_heading(file: Path) -> None:
    found = read(file, b'Name,Code,Other\n"Oak\nRoom",R1,x\n\nElm,R2,y\n')
    assert found == [Line(2, ("R1", "Oak Room", "")), Line(5, ("R2", "Elm", ""))]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffCode,Name\r\nR1,Tŷ Gŵyr\r\n".encode(),
        "Code,Name\nR1,Tŷ Gŵyr\n".encode(),
    ],
    ids=["with a mark", "without"],
)
def test_utf8_is_read_with_and_without_its_mark(file: Path, content: bytes) -> None:
    assert read(file, content) == [Line(2, ("R1", "Tŷ Gŵyr", ""))]


def test_windows_1252_is_read_as_such(file: Path) -> None:
    assert read(file, "Code,Name\nR1,Café – “A”\n".encode("cp1252")) == [
        Line(2, ("R1", "Café – “A”", ""))
    ]


def test_cells_are_one_clean_line_without_marks_that_turn_text_round(file: Path) -> None:
    found = read(file, "Code,Name\n R1 ,  Oak\u202e   Room\u0007 \n".encode())
    assert found == [Line(2, ("R1", "Oak Room", ""))]


def test_short_and_long_lines_are_refused_by_number_and_the_others_are_read(file: Path) -> None:
    found = read(file, b"Code,Name\nR1\nR2,Elm\nR3,Ash,x\n,\n")
    assert found == [
        Problem(2, "it is too short: 1 value where the heading has 2."),
        Line(3, ("R2", "Elm", "")),
        Problem(4, "it is too long: 3 values where the heading has 2."),
    ]
    assert str(found[0]).startswith("line 2: it is too short")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        ("Code,Name\nR1,Oak\n".encode("utf-16"), "UTF-16"),
        ("Code,Name\nR1,Oak\n".encode("utf-16-le"), "NUL"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"Code;Name\nR1;Oak\n", "lacks the columns Code, Name"),
        (b"Code\nR1\n", "lacks the column Name"),
        (b"Code,Name,Name\nR1,Oak,Elm\n", "two columns called Name"),
        (b'Code,Name\nR1,"Oak\nR2,Elm\n', "is not CSV"),
        (b'Code,Name\nR1,"Oak"x\nR2,Elm\n', "Line 2 of table.csv is not CSV"),
        (b"Code,Name\nR1,Oak\nR2,\x81\n", "neither UTF-8 nor Windows-1252"),
        ("Code,Name\nŷŵ,ŷŵŷŵ\nR2,".encode() + b"\xe9\n", "damaged"),
    ],
)
def test_a_fault_of_the_whole_file_refuses_all_of_it(file: Path, content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        read(file, content)


def test_a_file_that_is_not_there_is_refused_in_words(file: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be opened"):
        list(read_lines(file, COLUMNS))


def test_a_folder_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        list(read_lines(tmp_path, COLUMNS))


def test_their_headings_can_be_mapped_to_ours(file: Path) -> None:
    mapping = {"code": "Room", "name": "Called"}
    assert read(file, b"Called,Room\nOak,R1\n", mapping=mapping) == [Line(2, ("R1", "Oak", ""))]


def test_a_mapped_column_must_be_there_and_a_mapped_field_known(file: Path) -> None:
    with pytest.raises(FileRefused, match="lacks the column Remark"):
        read(file, b"Code,Name\nR1,Oak\n", mapping={"note": "Remark"})
    with pytest.raises(FileRefused, match="names colour, which is unknown"):
        read(file, b"Code,Name\nR1,Oak\n", mapping={"colour": "Name"})


def test_the_fields_a_file_tells_are_known_from_its_heading(file: Path) -> None:
    file.write_bytes(b"Name,Code\n")
    assert present_columns(file, COLUMNS) == {"code", "name"}


def test_a_stopped_import_leaves_off_while_reading(file: Path) -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(ImportStopped):
        read(file, b"Code,Name\n" + b"R1,Oak\n" * 1_000, progress=progress)


def test_progress_ends_at_the_whole_file(file: Path) -> None:
    progress = Progress()
    read(file, b"Code,Name\n" + b"R1,Oak\n" * 1_000, progress=progress)
    assert progress.share == 1.0


@pytest.mark.parametrize("text", ['name = "Called"\n', '[columns]\nname = "Called"\n'])
def test_a_map_is_read_with_or_without_its_heading(tmp_path: Path, text: str) -> None:
    (tmp_path / "map.toml").write_text(text)
    assert read_mapping(tmp_path / "map.toml") == {"name": "Called"}


@pytest.mark.parametrize("text", ["name = ", "name = 3\n", "columns = 3\n"])
def test_a_map_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "map.toml").write_text(text)
    with pytest.raises(FileRefused):
        read_mapping(tmp_path / "map.toml")


def test_a_summary_says_how_it_went_in_words_and_as_an_exit_status() -> None:
    assert ImportSummary(1_690, 3, 71, 1).words("schools") == (
        "1,765 schools: 1,690 new, 3 changed, 71 as they were, 1 line refused"
    )
    statuses = [ImportSummary(1), ImportSummary(1, refused=1), ImportSummary(refused=1)]
    assert [one.exit_status for one in statuses] == [0, 1, 2]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.booleans())
def test_no_file_whatever_brings_more_than_a_refusal(
    file: Path, content: bytes, with_heading: bool
) -> None:
    file.write_bytes((b"Code,Name\n" if with_heading else b"") + content)
    with suppress(FileRefused):
        assert all(isinstance(one, Line | Problem) for one in read_lines(file, COLUMNS))
