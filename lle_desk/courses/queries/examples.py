"""A letter of each kind with invented facts, to be seen while its words are written."""

from datetime import date

from lle_desk.core.money import Pence
from lle_desk.courses.papers import (
    CancellationRow,
    Certificate,
    CodeWords,
    Confirmation,
    CourseLetter,
    DelegateRow,
    FactRow,
    Posted,
    SessionRow,
    Step,
)
from lle_desk.courses.queries.day_papers import in_words
from lle_desk.letters.rules import HEADING_WORDS, LetterKind, Template, example_values, fill

ADDRESS = ("Ms A Example", "Demo Primary School", "1 Example Lane", "EXAMPLETON", "ZZ99 9ZZ")
ON = date(2014, 3, 4)
TITLE, CODE = "Phonics in Key Stage 1", "LPDS-0417"
EVENT_WORDS = "two days · both days together make one place"
SESSIONS = tuple(
    SessionRow(f"Day {number}", day, "09:30–15:30", "Oak Room", "from 09:00")
    for number, day in ((1, date(2014, 3, 13)), (2, date(2014, 3, 27)))
)
FACTS: dict[LetterKind, tuple[FactRow, ...]] = {
    LetterKind.JOINING: (
        FactRow("Delegate", "Delegate One"),
        FactRow("Booked by", "Ms A Example · Demo Primary School"),
    ),
    LetterKind.WAITING: (FactRow("Places", "two places wanted"),),
    LetterKind.CHANGE: (
        FactRow("Places", "two places"),
        FactRow("Delegates", "Delegate One and Delegate Two"),
        FactRow("Price", "£390.00, as it was"),
    ),
    LetterKind.CANCELLATION: (FactRow("Places", "two places"),),
}


def example_letter(template: Template) -> Posted:
    """Return the letter that these words would make."""
    values = example_values(template.kind)
    filled = fill(template, values)
    is_confirmation = template.kind == LetterKind.CONFIRMATION
    paper = _confirmation(template) if is_confirmation else _letter(template)
    return Posted(
        kind=template.kind,
        booking_id=0,
        place_id=0,
        booking="B-20881",
        customer="Demo Primary School",
        contact="Ms A Example",
        delegates="Delegate One",
        email="",
        subject=filled.subject,
        words="",
        paper=paper,
    )


def example_certificate(template: Template) -> Certificate:
    """Return the certificate that these words would make."""
    return in_words(
        Certificate(
            name="Delegate One",
            customer="Demo Primary School",
            title=TITLE,
            summary="2 days, 12 hours",
            days="Thu 13 and Thu 27 Mar 2014",
            place="Oak Room",
            trainers="A N Example",
            code=CODE,
            issued_on=ON,
        ),
        template,
    )


def _letter(template: Template) -> CourseLetter:
    filled = fill(template, example_values(template.kind))
    return CourseLetter(
        kind=template.kind,
        heading=HEADING_WORDS[template.kind],
        address=ADDRESS,
        booking="B-20881",
        written_on=ON,
        customer="C-00417",
        order_number="PO DEMO-0231",
        taken_by="An example",
        course_title=TITLE,
        event_code=CODE,
        event_words=EVENT_WORDS,
        place_heading="At Woodlands",
        sessions=SESSIONS,
        rows=FACTS.get(template.kind, ()),
        opening=filled.opening,
        closing=filled.closing,
        foot="An example: nothing of it was booked",
    )


def _confirmation(template: Template) -> Confirmation:
    filled = fill(template, example_values(template.kind))
    why, each = "County, from 1 Sep 2013", Pence(19500)
    return Confirmation(
        address=ADDRESS,
        booking="B-20881",
        written_on=ON,
        customer="C-00417",
        urn="",
        order_number="PO DEMO-0231",
        taken_by="An example",
        status="Confirmed",
        greeting="",
        standing="",
        then="",
        course_title=TITLE,
        event_code=CODE,
        event_words=EVENT_WORDS,
        place_heading="At Woodlands",
        sessions=SESSIONS,
        delegates=tuple(DelegateRow(f"Delegate {name}", why, "O", each) for name in ("One", "Two")),
        vat_words=(CodeWords("O", "outside the scope. Same legal body"),),
        net=Pence(39000),
        vat=Pence(0),
        total=Pence(39000),
        pay_words="nothing now. Recharged to your cost centre 00000 after the course.",
        cancellation_rows=(
            CancellationRow("by Thu 6 Mar 2014", "5 working days or more", (Pence(0), Pence(0))),
            CancellationRow("from Fri 7 Mar 2014", "or does not attend", (each, each)),
        ),
        steps=(Step("Check", "the lines above, and tell us of anything that is wrong."),),
        foot="An example: nothing of it was booked",
        opening=filled.opening,
        closing=filled.closing,
    )
