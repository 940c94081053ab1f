"""Django's PostgreSQL backend, except that BEGIN and the lens travel in one round trip.

Django asks a backend that defines `_start_transaction_under_autocommit` to send BEGIN itself; psycopg then stays in
autocommit mode (it would otherwise send its own BEGIN as a message of its own). COMMIT and ROLLBACK work as before.

Nor does it ask "SELECT 1" before each request: that a server has gone can be heard.
"""

import select
from collections.abc import Callable

from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    #: What opens the next transaction instead of a plain BEGIN. Used once; set by `tenancy.lens`.
    opening: Callable[[Connection], None] | None = None
    #: The lens of the running transaction, None outside of one.
    lens = None

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
