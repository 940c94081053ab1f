"""What a request has changed, in all tables, seen by the superuser past the walls; and putting it back.

Every table counts, also one that did not exist when this was written. Whose a row is follows from what it points at.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from psycopg import sql
from psycopg.types.json import Jsonb

from providers.models import Provider

if TYPE_CHECKING:
    from tests.isolation.city import Ids, Town

Row = dict[str, Any]
Key = tuple[str, str]  # table, primary key
Mark = tuple[str, str]  # table, hash of the row
TABLES = """SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  AND relname <> 'django_migrations' ORDER BY relname"""

#: Every statement that may have written leaves the name of its table; what is rolled back leaves nothing.
TOUCHED = """
DROP SCHEMA IF EXISTS ledger CASCADE;
CREATE SCHEMA ledger;
CREATE UNLOGGED TABLE ledger.touched (name text);
CREATE FUNCTION ledger.touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN INSERT INTO ledger.touched VALUES (TG_TABLE_NAME); RETURN NULL; END $$;
GRANT USAGE ON SCHEMA ledger TO PUBLIC;
"""
#: Always: also for anyone who switches triggers off.
TRIGGER = """
CREATE TRIGGER ledger_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {t}
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.touch();
ALTER TABLE {t} ENABLE ALWAYS TRIGGER ledger_touch
"""
COLUMNS = """SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0
  AND NOT attisdropped AND attgenerated = ''"""

#: Columns that hold a number of somebody or something without a foreign key.
NAMED = {
    "account_id": "accounts_user",
    "actor_id": "accounts_user",
    "learner_id": "accounts_user",
    "provider_id": "providers_provider",
}


class Change(NamedTuple):
    """A row that is gone or different now (`new` is False), or a row that was not there before."""

    table: str
    row: Row
    new: bool

    def __str__(self) -> str:
        return f"{'new' if self.new else 'lost'} {self.table} {self.row.get('id', '')}"


class Ledger:
    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        self.connection.execute("SET session_replication_role = replica")  # no triggers, no checks
        self.tables = [name for (name,) in self.connection.execute(TABLES)]
        self.pointers, self.primary_keys = _pointers(), _primary_keys()
        self.known_columns: dict[str, sql.Composed] = {}
        self.touched: set[str] = set()
        self._run(TOUCHED)
        for table in self.tables:
            self._run(TRIGGER, table)
        self.begin()

    def begin(self) -> None:
        """From here on everything counts."""
        self._look()
        self.rows = self._read(self._marks(self.tables))
        self.touched.clear()

    def close(self) -> None:
        self._run("DROP SCHEMA ledger CASCADE")  # and all triggers with it
        self.connection.close()

    def changes(self) -> list[Change]:
        """Everything that differs from the beginning. Costs a look at an empty table when nobody has written."""
        if not self._look():
            return []
        now = self._marks(self.touched)
        lost = [
            Change(mark[0], row, new=False)
            for mark, row in self.rows.items()
            if mark[0] in self.touched and mark not in now
        ]
        found = self._read(now - self.rows.keys())
        if not (lost or found):
            self.touched.clear()
        return lost + [Change(mark[0], row, new=True) for mark, row in found.items()]

    def undo(self) -> None:
        """Put everything back as it was at the beginning."""
        if not self._look():
            return
        now = self._marks(self.touched)
        for table, hashes in _by_table(now - self.rows.keys()).items():
            self._run("DELETE FROM {t} t WHERE md5(t::text) = ANY(%s)", table, hashes)
        for (table, mark), row in self.rows.items():
            if table in self.touched and (table, mark) not in now:
                self.insert(table, row)
        self._look()  # at what this has written itself
        self.touched.clear()
        self._run("VACUUM ledger.touched")

    def insert(self, table: str, row: Row) -> None:
        """Write `row` as it stands, its number included; what PostgreSQL computes itself is left out."""
        statement = sql.SQL(
            "INSERT INTO {t} ({c}) OVERRIDING SYSTEM VALUE SELECT {c} FROM jsonb_populate_record(NULL::{t}, %s)"
        )
        self.connection.execute(
            statement.format(t=sql.Identifier(table), c=self.columns(table)), [Jsonb(row)]
        )

    def columns(self, table: str) -> sql.Composed:
        """All but those that PostgreSQL computes itself."""
        if table not in self.known_columns:
            found = self.connection.execute(COLUMNS, [table]).fetchall()
            names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in found)
            self.known_columns[table] = names
        return self.known_columns[table]

    def belonging_to(self, things: Iterable[Key]) -> set[Key]:
        """`things` and whatever points at them, at what points at them, and so on."""
        owned = set(things)
        pointing: dict[Key, list[Key]] = {}
        for (table, _mark), row in self.rows.items():
            for target in self.targets(table, row):
                pointing.setdefault(target, []).append(self.key(table, row))
        left = list(owned)
        while left:
            for found in pointing.get(left.pop(), ()):
                if found not in owned:
                    owned.add(found)
                    left.append(found)
        return owned

    def targets(self, table: str, row: Row) -> set[Key]:
        """What this row points at: by foreign key, checked or not, or by content type and number."""
        found = {
            (target, str(row[column]))
            for column, target in self.pointers.get(table, {}).items()
            if row.get(column) is not None
        }
        kind = row.get("base_content_type_id") or row.get("content_type_id")
        if kind and row.get("object_id") and (model := _model(kind)):
            found.add((model, str(row["object_id"])))
        return found

    def key(self, table: str, row: Row) -> Key:
        return table, str(row.get(self.primary_keys.get(table, "id")))

    def _look(self) -> set[str]:
        """The tables that may have been written since the beginning; each name is taken up once, anyone who commits meanwhile."""
        taken = self.connection.execute("DELETE FROM ledger.touched RETURNING name")
        self.touched.update(name for (name,) in taken.fetchall())
        return self.touched

    def _marks(self, tables: Iterable[str]) -> set[Mark]:
        parts = [
            sql.SQL("SELECT {}, md5(t::text) FROM {} t").format(sql.Literal(t), sql.Identifier(t))
            for t in tables
        ]
        return set(self.connection.execute(sql.SQL(" UNION ALL ").join(parts)).fetchall())

    def _read(self, marks: Iterable[Mark]) -> dict[Mark, Row]:
        statement = "SELECT md5(t::text), to_jsonb(t) FROM {t} t WHERE md5(t::text) = ANY(%s)"
        return {
            (table, mark): row
            for table, hashes in _by_table(marks).items()
            for mark, row in self._run(statement, table, hashes).fetchall()
        }

    def _run(self, statement: str, table: str = "", *params: Any) -> psycopg.Cursor:
        return self.connection.execute(
            sql.SQL(statement).format(t=sql.Identifier(table)),  # type: ignore[arg-type] -- written above
            params or None,
        )


def _by_table(marks: Iterable[Mark]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, mark in marks:
        found.setdefault(table, []).append(mark)
    return found


def seeds_of_b(town: "Town") -> set[Key]:
    """What is B's by itself; everything else of B points at it."""
    return _seeds(town.there, town.ids) | {("accounts_user", str(p)) for p in town.strangers}


def seeds_of_a(town: "Town") -> set[Key]:
    people = {("accounts_user", str(person.pk)) for person in town.callers.values()}
    return _seeds(town.here, town.at_home) | people


def _seeds(provider: Provider, ids: "Ids") -> set[Key]:
    return {
        ("providers_provider", str(provider.pk)),
        ("wagtailcore_collection", str(provider.collection_id)),
        *(("wagtailcore_workflow", str(number)) for number in ids["workflow"]),
        *(("wagtailcore_task", str(number)) for number in ids["task"]),
        *(("auth_group", str(number)) for number in ids["group"]),
    }


def _pointers() -> dict[str, dict[str, str]]:
    """table -> column -> the table it points at, by foreign key or by the column's name."""
    found: dict[str, dict[str, str]] = {}
    for model in apps.get_models(include_auto_created=True):
        for one in model._meta.local_fields:
            target = one.related_model._meta.db_table if one.remote_field else NAMED.get(one.column)
            if target:
                found.setdefault(model._meta.db_table, {})[one.column] = target
    return found


def _primary_keys() -> dict[str, str]:
    return {
        model._meta.db_table: model._meta.pk.column
        for model in apps.get_models(include_auto_created=True)
    }


def _model(kind: int) -> str:
    model = ContentType.objects.get_for_id(kind).model_class()
    return model._meta.db_table if model else ""
