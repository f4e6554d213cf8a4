from datetime import date
from pathlib import Path

import pytest

from lle_desk.core.imports import FileRefused, ImportStopped, Problem, Progress
from lle_desk.customers.imports import read_links, read_schools
from lle_desk.customers.imports.register import COLUMNS, kind_of
from lle_desk.customers.rules import Kind, school_short
from tests.customers.register import (
    HIGHFIELD,
    LINKS_SAMPLE,
    SAMPLE,
    SOUTHLANDS,
    changed,
    sample_rows,
    write_register,
)
from tests.real_files import SCHOOLS, needs_real_files


def test_the_sample_is_thirty_schools_in_the_registers_own_format() -> None:
    file = read_schools(SAMPLE)
    assert len(file.schools) == 30
    assert file.problems == ()
    assert file.fields == {column.field for column in COLUMNS}


def test_a_school_is_read_with_its_numbers_place_and_days() -> None:
    school = next(one for one in read_schools(SAMPLE).schools if one.urn == SOUTHLANDS)
    assert (school.name, school.kind, school.town) == (
        "Southlands High School",
        Kind.MAINTAINED,
        "Chorley",
    )
    assert school.closed_on == date(2017, 11, 30)
    assert school.is_closed
    assert school.in_county
    assert school.la_code == "888"


@needs_real_files
def test_the_real_register_is_read_whole() -> None:
    file = read_schools(SCHOOLS)
    assert len(file.schools) == 1_765
    assert file.problems == ()
    assert sum(school.in_county for school in file.schools) == 681
    assert sum(school.kind is Kind.ACADEMY for school in file.schools) == 265 + 26


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_names_with_accents_are_read_from_either_encoding(tmp_path: Path, encoding: str) -> None:
    rows = sample_rows()
    rows[0]["EstablishmentName"] = "École d’Été – “Café”"
    file = read_schools(write_register(tmp_path / "register.csv", rows, encoding))
    assert file.schools[0].name == "École d’Été – “Café”"


def test_utf_16_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="UTF-16"):
        read_schools(write_register(tmp_path / "register.csv", sample_rows(), "utf-16"))


def test_a_file_without_urns_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(SAMPLE.read_bytes().replace(b'"URN"', b'"Number"', 1))
    with pytest.raises(FileRefused, match="lacks the column URN"):
        read_schools(path)
    assert len(read_schools(path, {"urn": "Number"}).schools) == 30


def test_a_file_may_lack_what_is_not_needed(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(SAMPLE.read_bytes().replace(b'"SchoolWebsite"', b'"Web"', 1))
    assert "website" not in read_schools(path).fields


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"URN": "abc"}, "its URN, “abc”, is not a number of six or seven digits."),
        ({"URN": ""}, "its URN, left empty, is not a number of six or seven digits."),
        ({"URN": "099999"}, "its URN, “099999”, is not a number of six or seven digits."),
        ({"URN": "٣٤٥٦٧٨"}, "its URN, “٣٤٥٦٧٨”, is not a number of six or seven digits."),
        ({"EstablishmentName": "  "}, "it has no name."),
        ({"EstablishmentName": "x" * 201}, "its EstablishmentName is longer than 200 letters."),
        (
            {"OpenDate": "31-02-2014"},
            "its OpenDate, “31-02-2014”, is not a day such as 31-08-2014.",
        ),
        ({"CloseDate": "soon"}, "its CloseDate, “soon”, is not a day such as 31-08-2014."),
        ({"OpenDate": "02-01-2014", "CloseDate": "01-01-2014"}, "it closes before it opens."),
        ({"NumberOfPupils": "many"}, "its number of pupils, “many”, is not a number."),
        (
            {"TypeOfEstablishment (code)": "99", "EstablishmentTypeGroup (code)": "99"},
            "its type, “Community school (group 99)”, is not one this program knows.",
        ),
    ],
)
def test_a_line_with_a_fault_is_refused_by_number_and_the_others_are_good(
    tmp_path: Path, cells: dict[str, str], said: str
) -> None:
    rows = sample_rows()
    at = next(n for n, row in enumerate(rows) if row["URN"] == str(HIGHFIELD))
    file = read_schools(changed(tmp_path / "register.csv", {HIGHFIELD: cells}))
    assert file.problems == (Problem(at + 2, said),)
    assert len(file.schools) == 29


def test_a_urn_that_stands_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    rows = sample_rows()
    rows[5] = rows[5] | {"URN": rows[2]["URN"]}
    file = read_schools(write_register(tmp_path / "register.csv", rows))
    assert file.problems == (Problem(7, f"URN {rows[2]['URN']} stands already on line 4."),)
    assert len({school.urn for school in file.schools}) == len(file.schools) == 29


def test_a_line_cut_short_is_refused(tmp_path: Path) -> None:
    lines = SAMPLE.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3][:60].rsplit(b",", 1)[0] + b"\r\n"
    path = tmp_path / "register.csv"
    path.write_bytes(b"".join(lines))
    (problem,) = read_schools(path).problems
    assert problem.line == 4
    assert "too short" in problem.sentence


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    rows = [row | {"URN": str(200_000 + n)} for n, row in enumerate(sample_rows() * 20)]
    progress = Progress()
    progress.stop()
    with pytest.raises(ImportStopped):
        read_schools(write_register(tmp_path / "register.csv", rows), progress=progress)


@pytest.mark.parametrize(
    ("type_code", "group_code", "la_code", "kind"),
    [
        ("01", "4", "888", Kind.MAINTAINED),
        ("1", "4", "888", Kind.MAINTAINED),
        ("02", "4", "889", Kind.OTHER_MAINTAINED),
        ("07", "5", "888", Kind.MAINTAINED),
        ("07", "5", "340", Kind.OTHER_MAINTAINED),
        ("10", "5", "888", Kind.INDEPENDENT),
        ("34", "10", "888", Kind.ACADEMY),
        ("35", "11", "888", Kind.ACADEMY),
        ("40", "11", "350", Kind.ACADEMY),
        ("41", "11", "350", Kind.ACADEMY),
        ("11", "3", "888", Kind.INDEPENDENT),
        ("18", "1", "888", Kind.COLLEGE),
        ("29", "2", "888", Kind.UNIVERSITY),
        ("14", "4", "888", Kind.MAINTAINED),
        ("32", "9", "888", Kind.COLLEGE),
        ("99", "99", "888", None),
    ],
)
def test_type_and_council_say_what_sort_of_customer_a_school_is(
    type_code: str, group_code: str, la_code: str, kind: Kind | None
) -> None:
    assert kind_of(type_code, group_code, la_code) is kind


def test_a_link_told_from_both_ends_is_one_link_with_both_names() -> None:
    links = {
        (link.predecessor_urn, link.successor_urn): link for link in read_links(LINKS_SAMPLE).links
    }
    link = links[(119738, 143794)]
    assert (link.link, link.linked_on) == ("became", date(2016, 11, 30))
    assert link.predecessor_name == link.successor_name == "Southlands High School"
    assert links[(130734, 130738)].link == "merged into"


def test_links_that_do_not_say_who_followed_are_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_text(
        "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
        "100001,100002,A,Successor,\n"
        "100001,100003,B,Closure,01-01-2014\n"
        "100001,100001,C,Successor,\n"
        "x,100003,D,Successor,\n"
        "100004,100005,E,Successor,31-04-2014\n"
    )
    file = read_links(path)
    assert [problem.line for problem in file.problems] == [3, 4, 5, 6]
    assert len(file.links) == 1


@pytest.mark.parametrize(
    ("name", "short"),
    [
        (
            "Chorley All Saints Church of England Primary School and Nursery Unit",
            "Chorley All Saints",
        ),
        ("Boltons CofE School", "Boltons"),
        ("Whiston Willis Primary Academy", "Whiston Willis"),
        ("St George's Church of England Primary School, Chorley", "St George's"),
        ("Childfirst Academy", "Childfirst"),
        ("The Primary School", "The Primary School"),
        ("Edge Hill University", "Edge Hill University"),
    ],
)
def test_a_school_is_called_short_by_its_own_name(name: str, short: str) -> None:
    assert school_short(name) == short
