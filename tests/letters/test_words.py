"""The words of a letter: what is refused, and how facts stand in them."""

from email import message_from_bytes, policy

import pytest

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.letters.actions import SaveTemplate, save_template
from lle_desk.letters.exports.mail import eml
from lle_desk.letters.queries import shipped_template, template_of
from lle_desk.letters.rules import (
    LetterKind,
    Piece,
    Template,
    address_fault,
    faults,
    fill,
    plain,
)
from lle_desk.officers.models import Officer
from tests.letters.post import BY, a_mail

GOOD = "Thank you. {standing}\n\n{facts}\n\nYours, {office_email}"


def said(body: str, subject: str = "Booked") -> list[str]:
    return [fault.text for fault in faults(Template(LetterKind.CONFIRMATION, subject, body))]


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_shipped_words_have_no_fault(kind: LetterKind) -> None:
    assert faults(shipped_template(kind)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("{standing}\n{facts}\n{nobody}", "Line 3: there is no field {nobody} in this letter."),
        ("{facts}", "The letter needs {standing}, where the booking stands, and does not have it."),
        ("{standing} {\n\n{facts}", "Line 1: a brace has no partner, or no field name in it: “{”."),
        (
            "{standing}\n\nsee {facts}",
            "Line 3: {facts} is a table and stands in a line of its own.",
        ),
        ("", "The letter is empty."),
        (GOOD + "x" * 4000, "The letter is too long: 4,053 letters, and 4,000 are the most."),
    ],
)
def test_each_fault_is_one_sentence_with_line_and_field(body: str, fault: str) -> None:
    assert fault in said(body)


def test_a_fact_with_braces_in_it_is_printed_as_it_is() -> None:
    words = fill(Template(LetterKind.CONFIRMATION, "For {customer}", GOOD), {
        "customer": "R&D <b> {facts}\r\nBcc: all",
        "standing": "{cost}",
    })  # fmt: skip
    assert words.subject == "For R&D <b> {facts} Bcc: all"
    assert words.opening == ((Piece("Thank you. "), Piece("{cost}", is_strong=True)),)
    assert plain(words.closing) == "Yours, "


def test_an_administrator_rewords_and_another_officer_may_not(
    database: Database, administrators_database: Database
) -> None:
    ask = SaveTemplate(LetterKind.CONFIRMATION, "Booked", GOOD, 0)
    saved = database.write(BY, save_template, ask)
    assert (saved.version, database.read(template_of, LetterKind.CONFIRMATION)) == (1, saved)
    with pytest.raises(RecordChanged, match="Somebody else reworded"):
        database.write(BY, save_template, ask)
    administrators_database.write(BY, add_administrator)
    with pytest.raises(OfficerError, match="Only an administrator may reword"):
        database.write(BY, save_template, SaveTemplate(LetterKind.WAITING, "W", GOOD, 0))


def add_administrator(session: object) -> None:
    officer = Officer(
        client_uuid="0" * 32,
        login="boss",
        name="An Administrator",
        initials="AA",
        role="administrator",
        is_active=True,
    )
    session.add(officer)  # type: ignore[attr-defined]
    session.flush()  # type: ignore[attr-defined]


def test_bad_words_are_refused_when_saved_with_the_line(database: Database) -> None:
    ask = SaveTemplate(LetterKind.CONFIRMATION, "Booked", "Hello\n{standing} {gone}\n{facts}", 0)
    with pytest.raises(OfficerError, match=r"Line 2: there is no field \{gone\}") as caught:
        database.write(BY, save_template, ask)
    assert caught.value.field == "body"


NO_ADDRESSES = [
    "",
    "nobody",
    "a@b c.example",
    "a@b.example\nBcc: x@y.example",
    "a@b.example, c@d.example",
    "ä@b.example",
    "@b.example",
]


@pytest.mark.parametrize("bad", NO_ADDRESSES)
def test_what_is_no_address_is_said(bad: str) -> None:
    assert address_fault(bad)


@pytest.mark.parametrize("is_draft", [True, False])
def test_an_email_keeps_to_the_rules_of_its_format(is_draft: bool) -> None:
    name, words = "Łucja O'Neill, “the Head”", "Dear Łucja\n\n.\nFrom here\n" + "x" * 3000
    pdf = bytes(range(256)) * 400
    mail = a_mail("head@demo.example", "Tŷ Gŵyr " * 30, to_name=name, words=words, pdf=pdf)
    data = eml(mail, is_draft=is_draft)
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert max(len(line) for line in data.split(b"\r\n")) <= 78  # RFC 5322: should; 998: must
    assert data.isascii()
    assert b"\0" not in data
    read = message_from_bytes(data, policy=policy.default)
    assert read.defects == []
    assert [part.defects for part in read.walk()] == [[], [], []]
    once = ["Subject", "From", "To", "MIME-Version", "Content-Type"]
    assert [len(read.get_all(header) or ()) for header in once] == [1] * 5
    assert read["To"].addresses[0].display_name == name
    assert (read["X-Unsent"] == "1", "Date" in read, "Message-ID" in read) == (
        (True, False, False) if is_draft else (False, True, True)
    )
    body = read.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").strip() == words
    [letter] = read.iter_attachments()
    assert letter.get_content() == pdf
    assert (letter.get_filename(), letter.get_content_type()) == (mail.pdf_name, "application/pdf")


def test_no_name_or_subject_begins_a_header_of_its_own() -> None:
    mail = a_mail("head@demo.example", "Booked\r\nBcc: all@demo.example", to_name="A\nX-Evil: 1")
    head = eml(mail).partition(b"\r\n\r\n")[0].decode("ascii")
    names = [line.partition(":")[0] for line in head.split("\r\n") if not line.startswith(" ")]
    assert "Bcc" not in names
    assert "X-Evil" not in names
    assert eml(mail) != b""
    assert all(byte < 128 for byte in eml(mail))
