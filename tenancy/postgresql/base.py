"""Django's PostgreSQL backend, except that BEGIN and the lens travel in one round trip.

Django asks a backend that defines `_start_transaction_under_autocommit` to send BEGIN itself; psycopg then stays in
autocommit mode (it would otherwise send its own BEGIN as a message of its own). COMMIT and ROLLBACK work as before.

Nor does it ask "SELECT 1" before each request: that a server has gone can be heard.

What the ORM reads again and again is prepared (`cursors`), unless a pooler stands in between.
"""

import select
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, operations
from psycopg import Connection
from psycopg.pq import TransactionStatus

from tenancy.postgresql.cursors import PreparingCursor


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """With its values, also where the server has put them in."""
        return str(self.compose_sql(sql, params)) if params else str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    #: What opens the next transaction instead of a plain BEGIN. Used once; set by `tenancy.lens`.
    opening: Callable[[Connection], None] | None = None
    #: The lens of the running transaction, None outside of one.
    lens = None
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": PreparingCursor}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        connection = super().get_new_connection(conn_params)
        connection.asked = Counter() if settings.PREPARED_STATEMENTS else None
        return connection

    def schema_editor(self, *args: Any, **kwargs: Any) -> Any:
        """Columns change: a plan that was kept would return others, so this connection keeps none any more."""
        self.ensure_connection()
        self.connection.asked = None
        return super().schema_editor(*args, **kwargs)

    @property
    def beginning(self) -> str:
        """BEGIN, and behind a pooler what a connection of our own would have said once (config.databases)."""
        return "BEGIN;" + self.settings_dict.get("IN_EACH_TRANSACTION", "")

    def _start_transaction_under_autocommit(self) -> None:
        opening, self.opening = self.opening, None
        with self.wrap_database_errors:
            if opening:
                opening(self.connection)
            else:
                self.connection.execute(self.beginning)

    def close_if_health_check_failed(self) -> None:
        """An idle connection is silent until it is closed, by the server or on the way; only one that is not gets asked."""
        if self.connection is not None and _is_silent(self.connection):
            self.health_check_done = True
        super().close_if_health_check_failed()


def _is_silent(connection: Connection) -> bool:
    if connection.closed or connection.info.transaction_status != TransactionStatus.IDLE:
        return False
    ears = select.poll()
    ears.register(connection.fileno(), select.POLLIN)
    return not ears.poll(0)
