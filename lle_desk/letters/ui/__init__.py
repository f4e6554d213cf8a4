"""The screens of the outbox and its mail server."""
