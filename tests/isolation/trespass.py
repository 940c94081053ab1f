"""Plain SQL against one wall: does somebody who has no business at B read, add, change or remove B's rows?

Every statement is built so that only the policy of its own command can stop it: a SELECT names no condition, an UPDATE
and a DELETE read no column (else the reading policy would help out), an INSERT reads nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from tenancy.lens import Lens, bearer, learner, office_of, public, staff, visitor
from tests.isolation.canaries import AUTHOR, CLERK, OWNER
from tests.isolation.city import Town
from tests.isolation.ledger import Ledger, Row, seeds_of_a, seeds_of_b

#: Name of the command in pg_policies -> what it protects.
COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")
POLICIES = """SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies
  WHERE schemaname = 'public' ORDER BY tablename, cmd, policyname"""

PLAIN = """SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
  AND attgenerated = '' AND attnum <> ALL(SELECT unnest(indkey) FROM pg_index
  WHERE indrelid = to_regclass(%s) AND indisunique) ORDER BY attnum"""
#: Columns that must be filled, each with a plain value of its kind.
DEMANDED = """SELECT attname, CASE WHEN typcategory = 'A' THEN '{}' WHEN typname IN ('json', 'jsonb') THEN '{}'
    WHEN typcategory = 'B' THEN 'f' WHEN typcategory = 'D' THEN '2026-11-01' WHEN typcategory = 'N' THEN '1'
    WHEN typname = 'uuid' THEN '00000000-0000-0000-0000-000000000001' ELSE 'x' END
  FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
  WHERE attrelid = to_regclass(%s) AND attnum > 0 AND attnotnull AND NOT attisdropped AND attgenerated = ''"""

DOOR = ("none", "public", "visitor")
STAFF = ("author", "owner")
#: Reaching beyond one's own, by design: (table, command) -> through which lenses, and why.
ALLOWED: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {
    ("accessibility_barrierreport", "INSERT"): (
        ("public", "visitor", "office", "bearer", "learner", *STAFF),
        "anybody may report a barrier",
    ),
    ("outbox_outgoingmail", "INSERT"): (
        ("public", "visitor", "office", "bearer", "learner", *STAFF),
        "whatever tells somebody something writes a mail; nobody reads one",
    ),
    ("accounts_securityevent", "INSERT"): (
        DOOR,
        "a sign-in leaves its line before anybody is known",
    ),
    ("courses_searchterm", "INSERT"): (STAFF, "printing adds its words to the common vocabulary"),
    ("courses_facetgroup", "INSERT"): (
        STAFF,
        "printing adds a combination of what facets count by",
    ),
    ("courses_homepage", "SELECT"): (
        ("public", "visitor", "office", "bearer", "learner", *STAFF),
        "the city's own pages are for everybody",
    ),
    **{
        (table, "SELECT"): (
            ("public", "visitor", "office", "bearer", "learner", *STAFF),
            "what takes place is for everybody once it is published",
        )
        for table in ("courses_run", "courses_meeting")
    },
    ("courses_searchwish", "SELECT"): (
        ("office",),
        "how often something was sought that nobody offers, without person",
    ),
    ("figures_countedevent", "INSERT"): (
        ("learner", *STAFF),
        "somebody begins or completes a course of anybody's: counted without person",
    ),
    **{
        (table, "SELECT"): (("office",), "what is published of the figures, without person")
        for table in ("figures_protectedfigure", "figures_publishedperiod", "figures_seatsum")
    },
    **{
        (table, command): (("office",), "what the office keeps for itself, without person")
        for table in ("reports_savedview", "reports_goal")
        for command in ("SELECT", "INSERT", "UPDATE", "DELETE")
        if (table, command) != ("reports_goal", "DELETE")
    },
    **{
        (table, command): (("office",), "what the office recommends, announces and hands on")
        for table in ("courses_featuredcourse", "courses_cityevent", "courses_handedwish")
        for command in ("SELECT", "INSERT", "UPDATE", "DELETE")
        if command != "SELECT" or table == "courses_handedwish"
    },
    ("reports_datasetcorrection", "INSERT"): (("office",), "what was wrong in open data, for all"),
    ("api_program", "SELECT"): (("learner",), "who is asked for consent reads which program asks"),
    ("courses_offerbegun", "SELECT"): (("office", *STAFF), "who has begun what many seek"),
    ("courses_answerkey", "SELECT"): (("visitor",), "keys of open lessons, to grade with"),
    **{
        (table, command): (DOOR, "signing in finds out who somebody is")
        for table in ("accounts_user", "mfa_authenticator")
        for command in ("SELECT", "INSERT", "UPDATE", "DELETE")
        if (table, command) != ("accounts_user", "DELETE")
    },
    **{
        (table, "SELECT"): (DOOR, "as the accounts they belong to")
        for table in ("accounts_user_groups", "accounts_user_user_permissions", "auth_group")
    },
    **{
        (table, command): ((*DOOR, "learner"), "is this address taken? Asked by whoever adds one")
        for table in ("account_emailaddress", "account_emailconfirmation")
        for command in ("SELECT", "INSERT", "UPDATE", "DELETE")
    },
}

Statement = tuple[sql.Composed, list[Any]]


class Policy(NamedTuple):
    table: str
    name: str
    command: str
    using: str | None
    check: str | None


class Trespass(NamedTuple):
    table: str
    command: str
    lens: str


class Walls:
    """The walls of one furnished database, asked with the superuser's connection that becomes the app's role."""

    def __init__(self, town: Town, ledger: Ledger) -> None:
        self.connection, self.ledger = ledger.connection, ledger
        self._fill_the_empty(town)
        self.rows = _foreign(town, ledger)
        here = town.here.pk
        self.lenses: dict[str, Lens] = {
            "none": Lens(""),
            "public": public,
            "visitor": visitor,
            "office": office_of(town.callers[CLERK].pk),
            "bearer": bearer("nobody"),
            "learner": learner(town.callers[AUTHOR].pk),
            "author": staff([here]),
            "owner": staff([here], tutored=[here], owned=[here], actor=town.callers[OWNER].pk),
        }

    def _fill_the_empty(self, town: Town) -> None:
        """An invented row of B in every walled table that has none but A's, so that its walls can be asked."""
        filled = _foreign(town, self.ledger).keys()
        for table in self.asked():
            if table not in filled:
                self.ledger.insert(table, self._invented(table, town))
        self.ledger.begin()

    def _invented(self, table: str, town: Town) -> Row:
        """As little as its columns demand. What points somewhere points at B's."""
        theirs = dict(sorted(self.ledger.belonging_to(seeds_of_b(town))))
        theirs["providers_provider"] = str(town.there.pk)
        points = self.ledger.pointers.get(table, {})
        return {
            name: theirs.get(points.get(name, ""), plain)
            for name, plain in self.connection.execute(DEMANDED, [table]).fetchall()
        }

    def policies(self) -> list[Policy]:
        return [Policy(*row) for row in self.connection.execute(POLICIES).fetchall()]

    def asked(self) -> list[str]:
        """Tables that have walls."""
        return sorted({policy.table for policy in self.policies()})

    def beyond(self, table: str, command: str) -> set[Trespass]:
        """Trespasses that are not meant to be possible."""
        meant, _why = ALLOWED.get((table, command), ((), ""))
        if command == "SELECT" and self.is_public(table):
            return set()
        return {one for one in self.trespasses(table, command) if one.lens not in meant}

    def is_public(self, table: str) -> bool:
        """Is its reading policy the word `true`?"""
        return any(
            policy.table == table and policy.command == "SELECT" and policy.using == "true"
            for policy in self.policies()
        )

    def is_refused_outright(self, table: str, command: str) -> bool:
        """Has the app's role no right to this command on this table at all, whatever the walls say?"""
        asked = self.connection.execute(
            "SELECT has_table_privilege('app', %s, %s)", [table, command]
        )
        return not any(may for (may,) in asked)

    def unnoticed(self) -> list[Policy]:
        """Policies that could be opened without plain SQL getting any further than before."""
        found = []
        for policy in self.policies():
            before = self.trespasses(policy.table, policy.command)
            with self.opened(policy):
                if self.trespasses(policy.table, policy.command) == before:
                    found.append(policy)
        return found

    def trespasses(self, table: str, command: str) -> set[Trespass]:
        """The lenses through which `command` reaches rows of B in `table`."""
        return {
            Trespass(table, command, name)
            for name, lens in self.lenses.items()
            if self._reaches(table, command, lens)
        }

    @contextmanager
    def opened(self, policy: Policy) -> Iterator[None]:
        """As if somebody had written `true`: for as long as the block lasts, in a transaction that is taken back."""
        with self.connection.transaction(force_rollback=True):
            self._replace(
                policy._replace(using=policy.using and "true", check=policy.check and "true")
            )
            yield

    @contextmanager
    def left_open(self, policy: Policy) -> Iterator[None]:
        """The same, committed, so that requests meet it; put back afterwards."""
        self._replace(policy._replace(using=policy.using and "true", check=policy.check and "true"))
        try:
            yield
        finally:
            self._replace(policy)

    def _replace(self, policy: Policy) -> None:
        parts = {"t": sql.Identifier(policy.table), "p": sql.Identifier(policy.name)}
        self.connection.execute(sql.SQL("DROP POLICY {p} ON {t}").format(**parts))
        statement = f"CREATE POLICY {{p}} ON {{t}} FOR {policy.command}"
        statement += f" USING ({policy.using})" if policy.using else ""
        statement += f" WITH CHECK ({policy.check})" if policy.check else ""
        self.connection.execute(sql.SQL(statement).format(**parts))  # type: ignore[arg-type] -- words of the catalogue

    def _reaches(self, table: str, command: str, lens: Lens) -> bool:
        ask = {
            "SELECT": self._reads,
            "INSERT": self._adds,
            "UPDATE": self._changes,
            "DELETE": self._removes,
        }[command]
        with self.connection.transaction(force_rollback=True):
            return ask(table, self.rows[table], lens)

    def _become(self, lens: Lens) -> None:
        self.connection.execute("SET LOCAL ROLE app")
        self.connection.execute(lens.sql(reset=True))

    def _reads(self, table: str, rows: list[Row], lens: Lens) -> bool:
        self._become(lens)
        seen = self._places(table)
        return any(self.ledger.key(table, row)[1] in seen for row in rows)

    def _adds(self, table: str, rows: list[Row], lens: Lens) -> bool:
        """A copy of B's row. Refused by the wall, or (trespass) taken, or refused for another reason further in."""
        self._become(lens)
        try:
            self.ledger.insert(table, rows[0])
        except psycopg.errors.InsufficientPrivilege:
            return False
        except psycopg.errors.IntegrityError:
            return True
        return True

    def _changes(self, table: str, rows: list[Row], lens: Lens) -> bool:
        column = self._plain_column(table, rows[0])
        change = sql.SQL("UPDATE {t} SET {c} = %s").format(
            t=sql.Identifier(table), c=sql.Identifier(column)
        )
        value = rows[0][column]
        document = isinstance(value, dict | list) and not self._is_array(table, column)
        given = Jsonb(value) if document else value
        return self._touches(table, rows, lens, (change, [given]))

    def _is_array(self, table: str, column: str) -> bool:
        statement = """SELECT typcategory = 'A' FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
          WHERE attrelid = to_regclass(%s) AND attname = %s"""
        [(array,)] = self.connection.execute(statement, [table, column]).fetchall()
        return bool(array)

    def _removes(self, table: str, rows: list[Row], lens: Lens) -> bool:
        act = sql.SQL("DELETE FROM {t}").format(t=sql.Identifier(table))
        return self._touches(table, rows, lens, (act, []))

    def _touches(self, table: str, rows: list[Row], lens: Lens, act: Statement) -> bool:
        """Only B's rows are left in the table, so whatever is reached is B's: an UPDATE moves it, a DELETE takes it."""
        keys = {self.ledger.key(table, row)[1] for row in rows}
        alone = sql.SQL("DELETE FROM {} WHERE NOT {}::text = ANY(%s)")
        key = sql.Identifier(self._key_of(table))
        self.connection.execute(alone.format(sql.Identifier(table), key), [list(keys)])
        before = self._places(table)
        try:
            with self.connection.transaction():
                self._become(lens)
                self.connection.execute(*act)
        except psycopg.errors.InsufficientPrivilege:
            return False
        except psycopg.errors.IntegrityError:
            return True
        self.connection.execute("RESET ROLE")
        return before != self._places(table)

    def _places(self, table: str) -> dict[str, str]:
        key = sql.Identifier(self._key_of(table))
        asked = sql.SQL("SELECT {}::text, ctid::text FROM {}").format(key, sql.Identifier(table))
        return dict(self.connection.execute(asked).fetchall())

    def _plain_column(self, table: str, row: Row) -> str:
        """One that may hold the same value in all rows, else the primary key."""
        asked = self.connection.execute(PLAIN, [table, table]).fetchall()
        plain = [name for (name,) in asked if name in row]
        return plain[0] if plain else self._key_of(table)

    def _key_of(self, table: str) -> str:
        return self.ledger.primary_keys.get(table, "id")


def _foreign(town: Town, ledger: Ledger) -> dict[str, list[Row]]:
    """Table -> rows of B; where B has none, whatever is not A's (the city's, or the same for everybody)."""
    theirs = ledger.belonging_to(seeds_of_b(town))
    ours = ledger.belonging_to(seeds_of_a(town))
    found: dict[str, list[Row]] = {}
    others: dict[str, list[Row]] = {}
    for (table, _mark), row in ledger.rows.items():
        key = ledger.key(table, row)
        if key in theirs and not _for_everybody(table, row):
            found.setdefault(table, []).append(row)
        elif key not in ours:
            others.setdefault(table, []).append(row)
    return others | found


def _for_everybody(table: str, row: Row) -> bool:
    """Open lessons are printed for everybody; their keys are B's and the grader's."""
    return table == "courses_printedlesson" and bool(row["open"])
