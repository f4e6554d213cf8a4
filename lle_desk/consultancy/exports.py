"""The list of visits as it is printed or saved, and a letter about one as it leaves the office."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lle_desk.consultancy.papers import VisitPaper
from lle_desk.consultancy.queries import VisitLine
from lle_desk.core.days import day_words, span_words
from lle_desk.core.money import Pence, pounds
from lle_desk.core.records import new_uuid
from lle_desk.letters.exports.mail import Mail, eml
from lle_desk.paper.lists import ListColumns, ListPaper

COLUMNS = ListColumns(
    name="Visits",
    foot="",
    heads=(
        "Visit",
        "Day",
        "Time",
        "School or customer",
        "Topic",
        "Adviser",
        "Service",
        "Length",
        "State",
        "Before VAT",
        "Money",
    ),
    shares=(9, 17, 13, 34, 30, 18, 9, 11, 11, 12, 13),
    strong=3,
)


def visits_paper(
    rows: Sequence[VisitLine], which: str, first: date | None, last: date | None, today: date
) -> ListPaper:
    """Return the list as it is shown; its foot says of which days and when it was made."""
    days = f"{day_words(first)} to {day_words(last)}" if first and last else "of all days"
    net = pounds(Pence(sum(row.net for row in rows)))
    note = f"{len(rows):,} visit{'' if len(rows) == 1 else 's'}, {net} before VAT"
    columns = replace(COLUMNS, foot=f"{which}, {days}, as on {day_words(today)}")
    return ListPaper(columns, f"Visits: {which.lower()}", note, [_line(row) for row in rows])


def _line(row: VisitLine) -> tuple[str, ...]:
    return (
        row.code,
        day_words(row.starts_at.date()),
        span_words(row.starts_at, row.ends_at),
        row.customer,
        row.topic,
        row.adviser,
        row.service_code,
        row.kind,
        row.state,
        pounds(row.net),
        row.money,
    )


@dataclass(frozen=True, slots=True)
class VisitLetter:
    """A letter about a visit as it leaves the office: its PDF and a draft of an e-mail with it."""

    name: str
    email: str
    pdf: bytes
    draft: bytes


def visit_letter(paper: VisitPaper, now: datetime) -> VisitLetter:
    """Return the letter as PDF and as an e-mail draft with the PDF inside. `now` is UTC."""
    from lle_desk.consultancy.documents import visit_pdf

    data = visit_pdf(paper)
    facts = "\n".join(f"{label}: {value}" for label, value in paper.rows[:3])
    said = f"{paper.greeting}\n\n{paper.opening}\n\n{paper.topic}\n{facts}\n\n{paper.closing}"
    subject = f"{paper.heading} {paper.number}: {paper.topic}"
    mail = Mail(
        uuid=new_uuid(),
        sender="",
        sender_name=paper.sender.name,
        to_address=paper.email,
        to_name=paper.to_name or paper.customer,
        subject=subject,
        words=said,
        pdf=data,
        pdf_name=f"{paper.heading} {paper.number}.pdf",
        written_at=now,
    )
    return VisitLetter(paper.name, paper.email, data, eml(mail, is_draft=True))
