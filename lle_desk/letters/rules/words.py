"""The kinds of letter, and the fields their words may name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

SUBJECT_MOST, BODY_MOST = 120, 4000  # letters of a template
_FIELD = re.compile(r"\{([a-z_]+)\}")
_BRACE = re.compile(r"[{}]")


class LetterKind(StrEnum):
    """What a letter is for."""

    CONFIRMATION = "confirmation"
    JOINING = "joining"
    WAITING = "waiting"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    CERTIFICATE = "certificate"


KIND_WORDS = {
    LetterKind.CONFIRMATION: "Confirmation",
    LetterKind.JOINING: "Joining instructions",
    LetterKind.WAITING: "Waiting list",
    LetterKind.CHANGE: "Change",
    LetterKind.CANCELLATION: "Cancellation",
    LetterKind.CERTIFICATE: "Certificate",
}
HEADING_WORDS = {**KIND_WORDS, LetterKind.CHANGE: "Change to your course"}  # above a letter
TO_EACH_DELEGATE = frozenset({LetterKind.JOINING, LetterKind.CERTIFICATE})


@dataclass(frozen=True, slots=True)
class LetterField:
    """What a template may name: its meaning for the administrator, and an example.

    `is_table` stands in a line of its own, where the letter prints its table of facts.
    """

    name: str
    meaning: str
    example: str
    is_strong: bool = False
    is_table: bool = False


FACTS = LetterField("facts", "the table with days, places and money", "", is_table=True)
_COMMON = (
    LetterField("contact", "whom the letter is written to", "Ms A Example"),
    LetterField("customer", "the school", "Demo Primary School"),
    LetterField("course", "the course", "Phonics in Key Stage 1", is_strong=True),
    LetterField("code", "the event's code", "LPDS-0417"),
    LetterField("days", "its days", "Thu 13 and Thu 27 Mar 2014", is_strong=True),
    LetterField("times", "when it begins and ends", "09:30–15:30"),
    LetterField("room", "where it is", "Oak Room, Woodlands"),
    LetterField("arrive", "when to arrive", "from 09:00: tea, coffee, signing in"),
    LetterField("booking", "the booking's number", "B-20881"),
    LetterField("places", "how many places, in words", "two places"),
    LetterField("office_telephone", "our telephone", "01632 960 000"),
    LetterField("office_email", "our e-mail", "bookings@lle.example"),
    LetterField("materials", "what to bring", "a laptop and your phonics scheme"),
)
_COST = LetterField("cost", "what it costs, with VAT", "£390.00")
_DELEGATE = LetterField("delegate", "who comes", "Delegate One", is_strong=True)
_STANDING = LetterField(
    "standing", "where the booking stands", "Two places are confirmed.", is_strong=True
)
FIELDS: dict[LetterKind, tuple[LetterField, ...]] = {
    LetterKind.CONFIRMATION: (_STANDING, *_COMMON, _COST, FACTS),
    LetterKind.JOINING: (_DELEGATE, *_COMMON, FACTS),
    LetterKind.WAITING: (*_COMMON, FACTS),
    LetterKind.CHANGE: (*_COMMON, _COST, FACTS),
    LetterKind.CANCELLATION: (
        *_COMMON,
        LetterField("reason", "why it was cancelled", "too few places were booked"),
        LetterField("given_back", "what is given back or still to pay", "Nothing is to be paid."),
        FACTS,
    ),
    LetterKind.CERTIFICATE: (
        _DELEGATE,
        *_COMMON[1:5],
        _COMMON[6],
        LetterField("hours", "days and hours in all", "2 days, 12 hours"),
        LetterField("trainers", "who taught", "led by A N Example"),
    ),
}
NEEDED: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.CONFIRMATION: ("standing", "facts"),
    LetterKind.JOINING: ("delegate", "facts"),
    LetterKind.WAITING: ("course", "facts"),
    LetterKind.CHANGE: ("course", "facts"),
    LetterKind.CANCELLATION: ("course", "reason", "facts"),
    LetterKind.CERTIFICATE: ("delegate", "course", "days"),
}


@dataclass(frozen=True, slots=True)
class Template:
    """The words of one kind of letter, with `{field}` where a fact goes.

    `version` is 0 while the shipped words stand.
    """

    kind: LetterKind
    subject: str
    body: str
    version: int = 0

    @property
    def is_own(self) -> bool:
        return self.version > 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template: `where` is "subject" or "body", lines count from 1."""

    where: str
    line: int
    text: str


def faults(template: Template) -> list[Fault]:
    """Return all that keeps a template from being saved, in reading order."""
    known = {field.name: field for field in FIELDS[template.kind]}
    found = [*_lengths(template), *_line_faults("subject", template.subject, known)]
    found += _line_faults("body", template.body, known)
    if "\n" in template.subject.strip():
        found.append(Fault("subject", 2, "The subject is one line."))
    said = set(_FIELD.findall(template.body))
    last = template.body.count("\n") + 1
    for name in NEEDED[template.kind]:
        if name not in said:
            meaning = known[name].meaning
            text = f"The letter needs {{{name}}}, {meaning}, and does not have it."
            found.append(Fault("body", last, text))
    return found


def _lengths(template: Template) -> Iterator[Fault]:
    for where, text, most in (
        ("subject", template.subject, SUBJECT_MOST),
        ("body", template.body, BODY_MOST),
    ):
        if not text.strip():
            yield Fault(where, 1, f"The {_said(where)} is empty.")
        elif len(text) > most:
            line = text[:most].count("\n") + 1
            over = f"{len(text):,} letters, and {most:,} are the most"
            yield Fault(where, line, f"The {_said(where)} is too long: {over}.")


def _line_faults(where: str, text: str, known: Mapping[str, LetterField]) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), start=1):
        at = f"Line {number}" if where == "body" else "The subject"
        for name in _FIELD.findall(line):
            if name not in known:
                yield Fault(where, number, f"{at}: there is no field {{{name}}} in this letter.")
            elif known[name].is_table and (where == "subject" or line.strip() != f"{{{name}}}"):
                text_ = f"{at}: {{{name}}} is a table and stands in a line of its own."
                yield Fault(where, number, text_)
        rest = _FIELD.sub("", line)
        brace = _BRACE.search(rest)
        if brace:
            near = rest[brace.start() : brace.start() + 20].strip()
            yield Fault(
                where, number, f"{at}: a brace has no partner, or no field name in it: “{near}”."
            )


def _said(where: str) -> str:
    return "subject" if where == "subject" else "letter"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a paragraph's words, as it is typed; `is_strong` for facts that stand out."""

    text: str
    is_strong: bool = False


Paragraph = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter's words with its facts: the paragraphs before its table, and those after."""

    subject: str
    opening: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...]


def fill(template: Template, values: Mapping[str, str]) -> Filled:
    """Return the words with `values` in place of their fields; a value is never read as a field.

    A field without a value is empty; what a fault would refuse is printed as it is typed.
    """
    subject = "".join(piece.text for piece in _pieces(template, template.subject, values))
    before, _, after = _parted(template.body)
    return Filled(
        subject=" ".join(subject.split()),
        opening=_paragraphs(template, before, values),
        closing=_paragraphs(template, after, values),
    )


def plain(paragraphs: tuple[Paragraph, ...]) -> str:
    """Return paragraphs as text for an e-mail, an empty line between them."""
    return "\n\n".join("".join(piece.text for piece in one) for one in paragraphs)


def _parted(body: str) -> tuple[str, str, str]:
    found = re.search(r"(?m)^[ \t]*\{facts\}[ \t]*$", body)
    if found is None:
        return body, "", ""
    return body[: found.start()], found[0], body[found.end() :]


def _paragraphs(template: Template, text: str, values: Mapping[str, str]) -> tuple[Paragraph, ...]:
    parts = (part.strip("\n") for part in re.split(r"\n[ \t]*\n", text))
    said = (tuple(_pieces(template, part, values)) for part in parts if part.strip())
    return tuple(one for one in said if any(piece.text.strip() for piece in one))


def _pieces(template: Template, text: str, values: Mapping[str, str]) -> Iterator[Piece]:
    known = {field.name: field for field in FIELDS[template.kind]}
    end = 0
    for found in _FIELD.finditer(text):
        field = known.get(found[1])
        if field is None or field.is_table:
            continue
        if text[end : found.start()]:
            yield Piece(text[end : found.start()])
        value = " ".join(values.get(field.name, "").split())
        if value:
            yield Piece(value, field.is_strong)
        end = found.end()
    if text[end:]:
        yield Piece(text[end:])


def example_values(kind: LetterKind) -> dict[str, str]:
    """Return an example of every field of a letter."""
    return {field.name: field.example for field in FIELDS[kind]}
