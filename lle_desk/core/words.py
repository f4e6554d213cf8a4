"""How words are folded for finding, both what is typed and what is found."""

import json
import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def words_typed(typed: str) -> list[str]:
    """Return the words of a text: letters and digits only, lower case, without accents."""
    if not typed.isascii():
        split = unicodedata.normalize("NFD", typed)
        typed = "".join(letter for letter in split if not unicodedata.combining(letter))
    return _WORD.findall(typed.casefold())


def folded(text: str) -> str:
    """Return the words of a text with one space between them."""
    return " ".join(words_typed(text))


def words_json(text: str) -> str:
    """Return the words of a folded text, each once, as a JSON list."""
    return json.dumps(sorted(set(text.split())), ensure_ascii=False)
