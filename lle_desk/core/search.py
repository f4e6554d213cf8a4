"""Find as you type: every typed word must begin a word of the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from lle_desk.core.search_sources import SOURCES
from lle_desk.core.words import words_typed

KINDS = tuple(source.table for source in SOURCES)
MOST_WORDS = 8
COMMON = 200  # a word that so many records of a kind hold is not counted further
AFTER_ALL = "\U0010ffff"  # comes after every letter that may go on a beginning


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found. `kind` is its table."""

    kind: str
    record_id: int
    title: str
    subtitle: str


def find_records(
    session: Session, typed: str, kinds: Sequence[str] = (), most: int = 30
) -> list[Found]:
    """Return the first `most` of each kind that hold a word beginning with each typed word.

    `kinds` are tables and say the order; none is all. Within a kind the order is that of the
    words found, so whole words come first. What holds no letter or digit finds nothing.
    """
    words = list(dict.fromkeys(words_typed(typed)))[:MOST_WORDS]
    sought = dict.fromkeys(kinds or KINDS, words)
    if len(words) > 1:
        sought = _rarest_first(session, list(sought), words)
    if not words or not sought:
        return []
    reach = most + most // 2 + 2  # a record may hold several words that begin so
    while True:
        found, is_short = _look(session, sought, most, reach)
        if not is_short:
            return [one for some in found.values() for one in some]
        reach *= 8


def _rarest_first(session: Session, kinds: list[str], words: list[str]) -> dict[str, list[str]]:
    """Return for each kind the words, the rarest first; kinds that lack a word are left out."""
    counts = session.execute(_counting(len(kinds), len(words)), _spans(kinds, words)).one()
    sought = {}
    for at, kind in enumerate(kinds):
        held = counts[at * len(words) : (at + 1) * len(words)]
        if all(held):
            ranked = sorted(zip(held, words, strict=True), key=lambda one: (one[0], -len(one[1])))
            sought[kind] = [word for _, word in ranked]
    return sought


def _look(
    session: Session, sought: dict[str, list[str]], most: int, reach: int
) -> tuple[dict[str, list[Found]], bool]:
    """Return what is found among the first `reach` words, and whether that was too short."""
    words = next(iter(sought.values()))
    values = _spans(list(sought), words)
    if len(words) > 1:
        values |= {f"also{n}": f"% {word}%" for n, word in enumerate(words)}
    orders = tuple(tuple(words.index(word) for word in order) for order in sought.values())
    found: dict[str, dict[int, Found]] = {kind: {} for kind in sought}
    seen = dict.fromkeys(sought, 0)
    for row in session.execute(_finding(orders, reach), values).all():
        seen[row[0]] += 1
        found[row[0]].setdefault(row[1], Found(*row))
    is_short = any(seen[kind] == reach and len(found[kind]) < most for kind in sought)
    return {kind: list(some.values())[:most] for kind, some in found.items()}, is_short


def _spans(kinds: list[str], words: list[str]) -> dict[str, object]:
    values: dict[str, object] = {f"kind{at}": kind for at, kind in enumerate(kinds)}
    for n, word in enumerate(words):
        values |= {f"low{n}": word, f"high{n}": word + AFTER_ALL}
    return values


@lru_cache(maxsize=64)
def _counting(kinds: int, words: int) -> TextClause:
    """Return what counts, up to COMMON, how often each kind holds each word, in that order."""
    counts = (
        f"(SELECT count(*) FROM (SELECT 1 FROM search_word WHERE kind = :kind{at}"
        f" AND word >= :low{n} AND word < :high{n} LIMIT {COMMON}) AS counted)"
        for at in range(kinds)
        for n in range(words)
    )
    return text(f"SELECT {', '.join(counts)}")


@lru_cache(maxsize=256)
def _finding(orders: tuple[tuple[int, ...], ...], reach: int) -> TextClause:
    """Return what finds, for each kind, the entries of its rarest word that hold the others.

    `orders` has the places of the words for each kind, the rarest first. `reach` is written out:
    PostgreSQL plans anew each time, which takes 1 ms, when it cannot see how few are wanted.
    """
    found = (_finding_in(at, *order) for at, order in enumerate(orders))
    return text(" UNION ALL ".join(found).replace(":reach", str(int(reach))))


def _finding_in(at: int, rarest: int, *others: int) -> str:
    # Looking into each entry from the word's row on, in the words' order, is what ends early; a
    # join would let PostgreSQL read all entries first.
    also = "".join(
        f" AND (SELECT ' ' || x.words LIKE :also{n} FROM search_entry AS x WHERE x.id = w.entry_id)"
        for n in others
    )
    return (
        "SELECT * FROM (SELECT e.kind, e.record_id, e.title, e.subtitle"
        " FROM (SELECT w.word, w.entry_id FROM search_word AS w"
        f" WHERE w.kind = :kind{at} AND w.word >= :low{rarest} AND w.word < :high{rarest}{also}"
        " ORDER BY w.word, w.entry_id LIMIT :reach) AS first"
        " JOIN search_entry AS e ON e.id = first.entry_id"
        f" ORDER BY first.word, first.entry_id) AS of{at}"
    )
