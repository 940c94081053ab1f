"""One statement of a hot path: bound on the server and prepared, so PostgreSQL plans it, walls included, once."""

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.types.json import JsonbLoader


def rows(sql: LiteralString, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple]:
    """All rows of `sql`, in the running transaction.

    Prepared statements need a direct connection or PgBouncer >= 1.21; `PREPARED_STATEMENTS = False` switches them off.
    JSON columns come back as Python values, unlike through Django's cursor.
    """
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection) as cursor,
    ):
        cursor.adapters.register_loader("jsonb", JsonbLoader)  # Django has it load text
        cursor.execute(sql, params, prepare=settings.PREPARED_STATEMENTS)
        found = cursor.fetchall() if cursor.description else []
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": "0"})
    return found
