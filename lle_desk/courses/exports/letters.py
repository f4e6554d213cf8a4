"""Letters as e-mail: files for a mail program, and messages for the outbox."""

import uuid
from datetime import datetime

from lle_desk.courses.documents import letters_pdf
from lle_desk.courses.papers import Posted
from lle_desk.courses.queries.addressing import RECORD
from lle_desk.letters.actions import QueueMessage
from lle_desk.letters.exports.mail import Mail, eml, message_id
from lle_desk.paper.sender import WOODLANDS


def draft_file(one: Posted, sender: str, now: datetime, names: set[str]) -> tuple[str, bytes]:
    """Return a file name and an e-mail draft of a letter; without an address it has no To.

    `names` are those already taken, in small letters; the new one is added.
    """
    stem, number = _file_stem(one.name), 2
    name = f"{stem}.eml"
    while name.casefold() in names:
        name, number = f"{stem} {number}.eml", number + 1
    names.add(name.casefold())
    return name, eml(_mail(one, sender, str(uuid.uuid4()), now), is_draft=True)


def as_message(one: Posted, sender: str, asked: str, now: datetime) -> QueueMessage:
    """Return a letter as a message. `asked` is the screen's own uuid: asked twice, it goes once.

    Raises:
        OfficerError: the letter has no address.
    """
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
