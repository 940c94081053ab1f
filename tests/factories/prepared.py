"""The first course of a provider in a test is not published again: its rows are put back as they were.

Publishing a small course takes some 450 statements, and most tests begin with one. So a furnished database keeps, in a
schema of its own, what publishing has added to it, course by course, and a function that adds it again: one round trip.
Every later course of the same provider, and every unusual one, is published for real.

tests/support/databases.py lets `furnish` run in a process of its own, in a database that is cloned for every worker.
"""

import os
from typing import TYPE_CHECKING

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from config.celery import app as celery_app
from courses.models import CoursePage
from providers.models import Provider
from tenancy.lens import look, system
from tests.support.databases import at

if TYPE_CHECKING:
    from tests.isolation.ledger import Change, Key, Ledger, Row

USUAL = "Sicher im Netz"
#: Slug of the provider, number of steps, title: what whole modules begin with.
COURSES = [
    *(("haus", steps, USUAL) for steps in (1, 2, 3)),
    *(("nachbar", steps, USUAL) for steps in (1, 2)),
    ("haus", 1, "Der erste Kurs"),
    ("haus", 2, "Eigener Kurs"),
    ("haus", 2, "Fotos ordnen"),
    ("nachbar", 2, "Fremder Kurs"),
]
#: Past every wall, as the rows were read.
SCHEMA = """
CREATE SCHEMA kept;
CREATE TABLE kept.course (name text PRIMARY KEY, page int, path text, statement text);
CREATE FUNCTION kept.put_back(wanted text) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
  SET session_replication_role = replica SET search_path = public AS $$
DECLARE found record;
BEGIN
  SELECT * INTO found FROM kept.course c
    WHERE c.name = wanted AND NOT EXISTS (SELECT 1 FROM providers_basepage p WHERE p.path = c.path);
  IF found.page IS NOT NULL THEN EXECUTE found.statement; END IF;
  RETURN found.page;
END $$;
GRANT USAGE ON SCHEMA kept TO app;
"""


def name_of(slug: str, lessons: int, title: str) -> str:
    return f"{slug}-{lessons}-{title}"


def put_back(provider: Provider, lessons: int, title: str) -> CoursePage | None:
    """None: this database keeps no such course, or the provider has one already."""
    known = (provider.slug, lessons, title) in COURSES
    if not known or not connection.settings_dict["NAME"].startswith("test_"):
        return None
    with look(system("test")):
        with connection.cursor() as cursor:
            cursor.execute("SELECT kept.put_back(%s)", [name_of(provider.slug, lessons, title)])
            [(page,)] = cursor.fetchall()
        return CoursePage.objects.get(pk=page) if page else None


def keep(admin: psycopg.Connection) -> None:
    """Publish each course once, write down what that has added, and take it back."""
    from tests.factories import make_provider, publish_course
    from tests.isolation.ledger import Ledger

    admin.execute(SCHEMA)
    ledger = Ledger(admin.info.dsn)
    for slug, lessons, title in COURSES:
        ledger.begin()
        house, address = make_provider(slug), f"kurs-{slug}-{lessons}"
        course = publish_course(house, lessons=lessons, slug=address, title=title)
        admin.execute(
            "INSERT INTO kept.course VALUES (%s, %s, %s, %s)",
            [name_of(slug, lessons, title), course.pk, course.path, _statement(admin, ledger)],
        )
        ledger.undo()
    ledger.close()


def _statement(admin: psycopg.Connection, ledger: "Ledger") -> str:
    """Brings back whatever differs from the ledger's beginning: new rows, and new values in rows that were there."""
    changes = ledger.changes()
    before = {ledger.key(c.table, c.row): c.row for c in changes if not c.new}
    parts = [
        _update(key, before[key], change.row) if key in before else _insert(ledger, change)
        for change in changes
        if change.new
        for key in [ledger.key(change.table, change.row)]
    ]
    return sql.SQL(";").join(parts).as_string(admin)


def _insert(ledger: "Ledger", change: "Change") -> sql.Composed:
    return sql.SQL(
        "INSERT INTO {t} ({c}) OVERRIDING SYSTEM VALUE SELECT {c} FROM jsonb_populate_record(NULL::{t}, {row})"
        " ON CONFLICT DO NOTHING"  # a word of the search vocabulary that another course has brought already
    ).format(t=sql.Identifier(change.table), c=ledger.columns(change.table), row=Jsonb(change.row))


def _update(key: "Key", before: "Row", after: "Row") -> sql.Composed:
    table, number = key
    changed = {name: value for name, value in after.items() if value != before[name]}
    return sql.SQL(
        "UPDATE {t} SET ({c}) = ROW({new}) FROM jsonb_populate_record(NULL::{t}, {row}) AS now WHERE {t}.id = {id}"
    ).format(
        t=sql.Identifier(table),
        c=sql.SQL(", ").join(map(sql.Identifier, changed)),
        new=sql.SQL(", ").join(sql.Identifier("now", name) for name in changed),
        row=Jsonb(changed),
        id=sql.Literal(int(number)),
    )


def furnish() -> None:
    """The home pages and two providers with empty index pages, committed; and the courses they may have in a moment."""
    from tests import factories

    celery_app.conf.task_always_eager = True
    factories.furnish()
    name = connection.settings_dict["NAME"]
    connection.close()
    with psycopg.connect(at(os.environ["DATABASE_ADMIN_URL"], name), autocommit=True) as admin:
        keep(admin)
