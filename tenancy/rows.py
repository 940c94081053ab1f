"""One statement of a hot path: bound on the server and prepared, so PostgreSQL plans it, walls included, once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, LiteralString, TypeVar

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.rows import RowFactory, kwargs_row, tuple_row
from psycopg.types.json import JsonbLoader

Record = TypeVar("Record")


def records(
    kind: Callable[..., Record],
    sql: LiteralString,
    params: Sequence[Any] | Mapping[str, Any] = (),
) -> list[Record]:
    """What `kind` makes of each row: the columns bear the names of its arguments. One more or less is a TypeError."""
    return _rows(sql, params, kwargs_row(kind))


def rows(sql: LiteralString, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple]:
    """All rows of `sql`, each as a tuple: for a column or two. What has more columns has names (`records`)."""
    return _rows(sql, params, tuple_row)


def _rows(sql: LiteralString, params: Any, factory: RowFactory[Any]) -> list[Any]:
    """In the running transaction.

    Prepared statements need a direct connection or PgBouncer >= 1.21; `PREPARED_STATEMENTS = False` switches them off.
    JSON columns come back as Python values, unlike through Django's cursor.
    """
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection, row_factory=factory) as cursor,
    ):
        cursor.adapters.register_loader("jsonb", JsonbLoader)  # Django has it load text
        cursor.execute(sql, params, prepare=settings.PREPARED_STATEMENTS)
        read = cursor.fetchall() if cursor.description else []
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": "0"})
    return read
