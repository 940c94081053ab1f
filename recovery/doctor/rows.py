"""What the database says of itself. Under the system lens."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from certificates.models import IssuerKey
from courses.queries.loose_ends import loose_ends
from outbox import queries
from tenancy.rows import rows

INVALID = """SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class c ON c.oid = indrelid
    WHERE relnamespace = 'public'::regnamespace AND NOT (indisvalid AND indisready) ORDER BY 1"""
HAVE = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
OLDEST = 15  # PostgreSQL
SWEPT = timedelta(days=9)  # the worker deletes such files every week


def schema() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    due = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if due:
        yield f"{len(due)} migrations have not been applied, the first is {due[0][0]}: ./dev upgrade"
    migrations = executor.loader.disk_migrations
    if newer := [
        f"{app}.{name}"
        for app, name in executor.loader.applied_migrations
        if (app, name) not in migrations
    ]:
        yield f"The database was made by another version ({newer[0]}): put that version of Lernstadt back."


def indexes() -> Iterator[str]:
    """All that the models name are there, and none is half-made."""
    for (name,) in rows(INVALID):
        yield f"The index {name} is not valid, so PostgreSQL does without it: as owner, REINDEX INDEX CONCURRENTLY {name};"
    have = {name for (name,) in rows(HAVE)}
    wanted = {index.name for model in apps.get_models() for index in model._meta.indexes}
    for name in sorted(wanted - have):
        yield f"The index {name} is missing, so pages get slow: restore it from its migration (manage.py sqlmigrate)."


def version() -> Iterator[str]:
    have = connection.pg_version // 10000
    if have < OLDEST:
        yield f"PostgreSQL {have} is too old: {OLDEST} or newer is needed."


def hosts_of_certificates() -> Iterator[str]:
    """Issued certificates name a host for ever; where it is another one than today's, it has to stay served."""
    here = urlsplit(settings.PUBLIC_URL).netloc
    dids = IssuerKey.objects.order_by("did").values_list("did", flat=True).distinct()
    hosts = {did.removeprefix("did:web:").partition(":")[0].replace("%3A", ":") for did in dids}
    if others := sorted(hosts - {here}):
        yield (
            f"Certificates were issued under {', '.join(others)}, but PUBLIC_URL is {here}. The former host must stay "
            "served (manage.py keys check), or put PUBLIC_URL back."
        )


def given_up_mail() -> Iterator[str]:
    state = queries.state()
    if state.given_up:
        yield f"{state.given_up} mails were given up: manage.py outbox says why; --again tries them, --forget deletes them."


def loose_files() -> Iterator[str]:
    ends = loose_ends()
    if ends.damages:
        yield f"{len(ends.damages)} files are damaged, among them {ends.damages[0]}: bring them back from a backup."
    if ends.cards or ends.pages:
        yield "Desk and catalogue do not belong together: manage.py loose_ends names what."
    long_ago = timezone.now() - SWEPT
    if left := [name for name in ends.files if default_storage.get_modified_time(name) < long_ago]:
        yield f"Nothing names {len(left)} files, and the worker has not deleted them: manage.py loose_ends --delete"
