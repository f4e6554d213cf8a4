"""What is done to the letters' words and to the outbox."""

from lle_desk.letters.actions.carrier import SetCarrier, set_carrier
from lle_desk.letters.actions.outbox import (
    Outcome,
    QueueMessage,
    SetMessage,
    claim_next,
    finish_message,
    mark_lost,
    message_arrived,
    queue_messages,
    send_again,
    withdraw_message,
)
from lle_desk.letters.actions.templates import SaveTemplate, save_template

__all__ = [
    "Outcome",
    "QueueMessage",
    "SaveTemplate",
    "SetCarrier",
    "SetMessage",
    "claim_next",
    "finish_message",
    "mark_lost",
    "message_arrived",
    "queue_messages",
    "save_template",
    "send_again",
    "set_carrier",
    "withdraw_message",
]
