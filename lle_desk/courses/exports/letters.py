"""Letters as e-mail: files for a mail program, and messages for the outbox."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from lle_desk.courses.documents import letters_pdf
from lle_desk.courses.papers import Posted
from lle_desk.letters.actions import QueueMessage
from lle_desk.letters.exports.mail import Mail, eml, message_id
from lle_desk.paper.sender import WOODLANDS

RECORD = "course_booking"


def draft_files(posted: Sequence[Posted], sender: str, now: datetime) -> list[tuple[str, bytes]]:
    """Return a file name and an e-mail draft for each letter; one without an address has no To."""
    files: dict[str, bytes] = {}
    for one in posted:
        stem, number = _file_stem(one.name), 2
        name = f"{stem}.eml"
        while name.casefold() in {known.casefold() for known in files}:
            name, number = f"{stem} {number}.eml", number + 1
        files[name] = eml(_mail(one, sender, str(uuid.uuid4()), now), is_draft=True)
    return list(files.items())


def as_messages(
    posted: Sequence[Posted], sender: str, asked: str, now: datetime
) -> list[QueueMessage]:
    """Return a message for each letter. `asked` is the page's own uuid: sent twice, it is once.

    Raises:
        OfficerError: a letter has no address.
    """
    return [_message(one, sender, asked, now) for one in posted]


def _message(one: Posted, sender: str, asked: str, now: datetime) -> QueueMessage:
    named = f"{one.kind} {one.booking_id} {one.place_id}"
    mail = _mail(one, sender, str(uuid.uuid5(uuid.UUID(asked), named)), now)
    return QueueMessage(
        client_uuid=mail.uuid,
        kind=str(one.kind),
        record_kind=RECORD,
        record_id=one.booking_id,
        record_name=one.booking,
        to_address=mail.to_address,
        to_name=mail.to_name,
        subject=mail.subject,
        message_id=message_id(mail),
        eml=eml(mail).decode("ascii"),
    )


def _mail(one: Posted, sender: str, own: str, now: datetime) -> Mail:
    return Mail(
        uuid=own,
        sender=sender,
        sender_name=WOODLANDS.name,
        to_address=one.email,
        to_name=one.to_name,
        subject=one.subject,
        words=one.words,
        pdf=letters_pdf([one]),
        pdf_name=f"{_file_stem(one.name)}.pdf",
        written_at=now,
    )


def _file_stem(name: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in " -_." else "-" for letter in name)
    return " ".join(kept.split())[:90].strip(" .-") or "letter"
