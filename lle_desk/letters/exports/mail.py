"""An e-mail with its letter inside, built to the rules of MIME by Python's own library."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from lle_desk.core.errors import OfficerError
from lle_desk.letters.rules import address_fault

_POLICY = policy.SMTP.clone(cte_type="7bit")  # no server on the way may change a byte


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail: addresses, words, and the letter as PDF. `uuid` makes its Message-ID unique."""

    uuid: str
    sender: str
    sender_name: str
    to_address: str
    to_name: str
    subject: str
    words: str
    pdf: bytes
    pdf_name: str
    written_at: datetime  # UTC


def message_id(mail: Mail) -> str:
    """Return the Message-ID: the same for the same mail, so that a server may know it again."""
    domain = mail.sender.partition("@")[2] or "lle-desk.example"
    return f"<{mail.uuid}.{hashlib.sha256(mail.to_address.encode()).hexdigest()[:12]}@{domain}>"


def eml(mail: Mail, *, is_draft: bool = False) -> bytes:
    """Return the e-mail as a file, in ASCII. A draft opens ready to be sent in the mail program.

    Raises:
        OfficerError: an address is none.
    """
    for address in (mail.sender, mail.to_address) if not is_draft else (mail.to_address,):
        fault = address_fault(address)
        if fault and not (is_draft and not address):
            raise OfficerError(fault, "to_address")
    built = EmailMessage(policy=_POLICY)
    built["Subject"] = _one_line(mail.subject)
    if mail.sender:
        built["From"] = Address(_one_line(mail.sender_name), addr_spec=mail.sender)
    if mail.to_address:
        built["To"] = Address(_one_line(mail.to_name), addr_spec=mail.to_address)
    if is_draft:
        built["X-Unsent"] = "1"
    else:
        built["Message-ID"] = message_id(mail)
        built["Date"] = format_datetime(mail.written_at.replace(tzinfo=UTC))
    built.set_content(f"{mail.words.strip()}\n", cte="quoted-printable")
    built.add_attachment(
        mail.pdf, maintype="application", subtype="pdf", filename=_one_line(mail.pdf_name)
    )
    return built.as_bytes()


def _one_line(text: str) -> str:
    """Return `text` without anything that could begin another header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
