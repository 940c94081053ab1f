"""Django's PostgreSQL backend, except that BEGIN and the lens travel in one round trip.

Django asks a backend that defines `_start_transaction_under_autocommit` to send BEGIN itself; psycopg then stays in
autocommit mode (it would otherwise send its own BEGIN as a message of its own). COMMIT and ROLLBACK work as before.
"""

from collections.abc import Callable

from django.db.backends.postgresql import base
from psycopg import Connection


class DatabaseWrapper(base.DatabaseWrapper):
    #: What opens the next transaction instead of a plain BEGIN. Used once; set by `tenancy.lens`.
    opening: Callable[[Connection], None] | None = None
    #: The lens of the running transaction, None outside of one.
    lens = None

    def _start_transaction_under_autocommit(self) -> None:
        opening, self.opening = self.opening, None
        with self.wrap_database_errors:
            if opening:
                opening(self.connection)
            else:
                self.connection.execute("BEGIN")
