"""Which records Ctrl+K finds, and by which words: one row of `search_entry` each.

The triggers are made here for both engines from one list, so that both find alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A searched table. `{r}` in the SQL stands for the row; `{padded5}` for its number as 00042.

    `{id5}` is its id written so, which is a customer's number on letters and invoices.
    `title`, `subtitle` and `words` are SQL that both engines read alike; a row for which
    `words` is empty is not found.
    """

    table: str
    title: str
    subtitle: str
    words: str
    columns: tuple[str, ...]  # a change of any of these makes the entry again


SOURCES = (
    Source(
        "customer",
        "{r}.name",
        "{r}.town || ' ' || {r}.postcode || ' ' || {r}.kind",
        "{r}.name || ' ' || {r}.short_name || ' ' || {r}.town || ' ' || {r}.locality || ' ' ||"
        " {r}.postcode || ' ' || replace({r}.postcode, ' ', '') || ' ' || {r}.la_code || ' ' ||"
        " {r}.dfe_number || ' ' || {r}.la_code || {r}.dfe_number || ' ' ||"
        " coalesce(cast({r}.urn as text), '') || ' c ' || {id5}",
        (
            "name",
            "short_name",
            "town",
            "locality",
            "postcode",
            "la_code",
            "dfe_number",
            "urn",
            "kind",
        ),
    ),
    Source(
        "person",
        "{r}.given_name || ' ' || {r}.family_name",
        "(select name from customer where customer.id = {r}.customer_id)",
        "case when {r}.erased_on is null"
        " then {r}.given_name || ' ' || {r}.family_name || ' ' || {r}.email else '' end",
        ("given_name", "family_name", "email", "customer_id", "erased_on"),
    ),
    Source(
        "course",
        "{r}.title",
        "{r}.code",
        "{r}.title || ' ' || {r}.code || ' ' || {r}.short_title",
        ("title", "code", "short_title"),
    ),
    Source(
        "event",
        "(select title from course where course.id = {r}.course_id)",
        "{r}.code || ' ' || coalesce(cast({r}.first_on as text), '')",
        "(select title from course where course.id = {r}.course_id) || ' ' || {r}.code",
        ("code", "course_id", "first_on"),
    ),
    Source(
        "course_booking",
        "'B-' || {padded5}",
        "(select name from customer where customer.id = {r}.customer_id)",
        "'b' || cast({r}.number as text) || ' ' || {padded5} || ' ' ||"
        " cast({r}.number as text) || ' ' || {r}.order_number",
        ("number", "customer_id", "order_number"),
    ),
    Source(
        "room_booking",
        "{r}.title",
        "'WR-' || {padded5}",
        "{r}.title || ' wr ' || cast({r}.number as text) || ' ' || {padded5}",
        ("title", "number"),
    ),
    Source(
        "visit",
        "(select name from customer where customer.id = {r}.customer_id)",
        "'V-' || {padded5} || ' ' || {r}.topic",
        "'v ' || cast({r}.number as text) || ' ' || {padded5} || ' ' || {r}.topic || ' ' ||"
        " (select name from customer where customer.id = {r}.customer_id)",
        ("number", "topic", "customer_id"),
    ),
    Source(
        "agreement",
        "{r}.title",
        "'A-' || {padded5} || ' ' || (select name from customer where customer.id ="
        " {r}.customer_id)",
        "'a ' || cast({r}.number as text) || ' ' || {padded5} || ' ' || {r}.title || ' ' ||"
        " (select name from customer where customer.id = {r}.customer_id)",
        ("number", "title", "customer_id"),
    ),
    Source(
        "invoice",
        "{r}.series || '-' || {padded6}",
        "{r}.customer_name",
        "case when {r}.number is null then '' else {r}.series || ' ' ||"
        " cast({r}.number as text) || ' ' || {padded6} || ' ' ||"
        " {r}.customer_name end",
        ("series", "number", "customer_name"),
    ),
)


PADDED = {
    "sqlite": "printf('%0{n}d', {r}.{column})",
    "postgresql": "lpad({r}.{column}::text, greatest({n}, length({r}.{column}::text)), '0')",
}


def statements(engine: str) -> Iterator[str]:
    """Yield the triggers that keep `search_entry` true."""
    for source in SOURCES:
        yield from _sqlite(source) if engine == "sqlite" else _postgresql(source)


def filled(engine: str, text: str, row: str) -> str:
    """Return a source's SQL with the row's name and its padded numbers put in."""
    numbered = (("padded5", "number", 5), ("padded6", "number", 6), ("id5", "id", 5))
    padded = {
        name: PADDED[engine].format(column=column, n=n, r=row) for name, column, n in numbered
    }
    return text.format(r=row, **padded)


def _insert(engine: str, source: Source, row: str) -> str:
    title, subtitle, words = (
        filled(engine, text, row) for text in (source.title, source.subtitle, source.words)
    )
    folded = f"desk_fold({words})" if engine == "sqlite" else words
    return (
        "INSERT INTO search_entry (kind, record_id, title, subtitle, words)"
        f" SELECT '{source.table}', {row}.id, {title}, coalesce({subtitle}, ''), {folded}"
        f" WHERE ({words}) <> ''"
    )


def _delete(source: Source) -> str:
    return f"DELETE FROM search_entry WHERE kind = '{source.table}' AND record_id = old.id"


def _sqlite(source: Source) -> Iterator[str]:
    name = source.table
    changed = " OR ".join(f"new.{column} IS NOT old.{column}" for column in source.columns)
    yield (
        f"CREATE TRIGGER search_{name}_i AFTER INSERT ON {name}"
        f" BEGIN {_insert('sqlite', source, 'new')}; END"
    )
    yield (
        f"CREATE TRIGGER search_{name}_u AFTER UPDATE ON {name} WHEN {changed} BEGIN"
        f" {_delete(source)}; {_insert('sqlite', source, 'new')}; END"
    )
    yield (f"CREATE TRIGGER search_{name}_d AFTER DELETE ON {name} BEGIN {_delete(source)}; END")


def _postgresql(source: Source) -> Iterator[str]:
    name = source.table
    yield (
        f"CREATE FUNCTION search_{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        " SET search_path = pg_catalog, app, pg_temp AS $$ BEGIN"
        f" IF tg_op <> 'INSERT' THEN {_delete(source)}; END IF;"
        f" IF tg_op <> 'DELETE' THEN {_insert('postgresql', source, 'new')}; END IF;"
        " RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER search_{name} AFTER INSERT OR DELETE ON {name}"
        f" FOR EACH ROW EXECUTE FUNCTION search_{name}()"
    )
    changed = " OR ".join(
        f"new.{column} IS DISTINCT FROM old.{column}" for column in source.columns
    )
    yield (
        f"CREATE TRIGGER search_{name}_changed AFTER UPDATE ON {name}"
        f" FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION search_{name}()"
    )
