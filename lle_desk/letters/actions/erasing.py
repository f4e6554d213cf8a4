"""Taking the words of somebody who was erased out of the messages that told of them."""

from sqlalchemy import BigInteger, column, select, table
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.letters.models import Message
from lle_desk.letters.rules import ERASED, ERASED_ADDRESS, PostState

_TELLS_OF = table(  # a view of the database, which its guards ask as well
    "message_person", column("message_id", BigInteger), column("person_id", BigInteger)
)
_NOT_GONE = (PostState.QUEUED, PostState.FAILED, PostState.UNSURE)


def erase_messages(session: Session, person_id: int, name: str, email: str) -> int:
    """Put the mark in place of what messages say of a person, and return of how many.

    The person is marked as erased already, and still has the name by which messages are found.
    What waits is taken out first. When, what kind and what about stays, so nothing goes twice.

    Raises:
        OfficerError: a message to them is being sent at this moment.
    """
    ids = select(_TELLS_OF.c.message_id).where(_TELLS_OF.c.person_id == person_id)
    messages = session.scalars(select(Message).where(Message.id.in_(ids)).order_by(Message.id))
    count = 0
    for message in messages.all():
        if message.state == PostState.SENDING:
            raise OfficerError("A letter about them is being sent just now. Try again in a minute.")
        if message.state in _NOT_GONE:
            message.state = str(PostState.WITHDRAWN)
            session.flush()
        if message.to_name == name or (email and message.to_address.lower() == email.lower()):
            message.to_name, message.to_address = ERASED, ERASED_ADDRESS
        message.subject, message.eml, message.error = ERASED, ERASED, ""
        message.erased_for = person_id
        session.flush()
        count += 1
    return count
