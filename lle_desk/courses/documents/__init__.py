"""Papers of a course booking as PDF. Values in, bytes out: nothing is looked up here."""

from lle_desk.courses.documents.confirmation import confirmation_pdf
from lle_desk.courses.documents.letters import letters_pdf

__all__ = ["confirmation_pdf", "letters_pdf"]
