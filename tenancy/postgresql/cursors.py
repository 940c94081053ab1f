"""The ORM's cursor: a SELECT that comes again and again is prepared, so PostgreSQL plans it, walls included, once.

Django puts values into its statements itself, because not all it writes can be bound by the server (#20516, #34255).
Those that can are told by their words; all others go as Django sends them. `tenancy.rows` is for hot paths.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Self

from django.db.backends.postgresql import base
from psycopg import ClientCursor

#: So often a connection has sent a statement before it is prepared.
BEFORE = 5
#: So many statements a connection counts. It keeps the last 100 that are prepared (psycopg's `prepared_max`).
COUNTED = 1_000
#: Where the server would have to guess the type of a value, or where one plan for all values is a bad one (LIKE: an
#: index can be used only for a value that is known).
NOT_BOUND = re.compile(r"GROUP BY|LIKE|CASE WHEN|AT TIME ZONE| ~|\|\||COALESCE\(%s|INTERVAL|::")
#: Up to the first condition stands what is read; a value in there has no type.
READ = re.compile(r"SELECT (?:(?!%s).)*? WHERE ", re.DOTALL)


@lru_cache(maxsize=2 * COUNTED)
def is_bound(sql: str) -> bool:
    """May the server put the values in?"""
    return READ.match(sql) is not None and NOT_BOUND.search(sql) is None


class PreparingCursor(base.ServerBindingCursor):
    """Counts on the connection (`asked`, set by the backend), None: nothing is prepared on it any more."""

    def execute(
        self,
        query: Any,
        params: Sequence[Any] | Mapping[str, Any] | None = None,
        *,
        prepare: bool | None = None,
        binary: bool | None = None,
    ) -> Self:
        if not params:
            return self._send(query, params, prepare=False, binary=binary)
        asked: Counter[str] | None = getattr(self.connection, "asked", None)
        if asked is None or not isinstance(query, str) or not is_bound(query):
            with ClientCursor(self.connection) as client:
                query = client.mogrify(query, params)
            return self._send(query, None, prepare=False, binary=binary)
        if len(asked) > COUNTED:
            asked.clear()
        asked[query] += 1
        return self._send(query, params, prepare=asked[query] > BEFORE, binary=binary)

    def _send(self, query: Any, params: Any, *, prepare: bool, binary: bool | None) -> Self:
        sent: Self = super().execute(query, params, prepare=prepare, binary=bool(binary))
        return sent
