"""How a message steps through the post, and what an address may be."""

import re
from enum import StrEnum

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+")
ADDRESS_MOST = 200
# What stands in a message in place of somebody's words once they were erased; the guards of the
# database know these.
ERASED, ERASED_ADDRESS = "Erased", "erased"


class PostState(StrEnum):
    """How far a message has come."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # the server said no, or was never handed it: it did not go out
    UNSURE = "unsure"  # it was cut off where nobody knows whether the server took it
    WITHDRAWN = "withdrawn"


STEPS: dict[PostState, frozenset[PostState]] = {
    PostState.QUEUED: frozenset({PostState.SENDING, PostState.WITHDRAWN}),
    PostState.SENDING: frozenset({PostState.SENT, PostState.FAILED, PostState.UNSURE}),
    PostState.FAILED: frozenset({PostState.QUEUED, PostState.WITHDRAWN}),
    PostState.UNSURE: frozenset({PostState.QUEUED, PostState.SENT, PostState.WITHDRAWN}),
    PostState.SENT: frozenset(),
    PostState.WITHDRAWN: frozenset(),
}
STATE_WORDS = {
    PostState.QUEUED: "Waiting to go",
    PostState.SENDING: "Being sent",
    PostState.SENT: "Sent",
    PostState.FAILED: "Failed",
    PostState.UNSURE: "Not sure",
    PostState.WITHDRAWN: "Taken out",
}


def address_fault(address: str) -> str:
    """Return why nothing can be sent to an address, "" when it can."""
    if not address:
        return "There is no e-mail address."
    if len(address) > ADDRESS_MOST or not _ADDRESS.fullmatch(address) or ".." in address:
        shown = " ".join(address.split())[:60]
        return f"“{shown}” is no e-mail address. It is one name, @ and a domain."
    return ""
