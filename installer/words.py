"""What the set-up says to the person who started it."""


class Stopped(Exception):
    """The set-up cannot go on; the text is one sentence that says what to do."""


def say(text: str) -> None:
    """Print a line at once, before whatever a program started next prints."""
    print(text, flush=True)
