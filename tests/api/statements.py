"""How many statements an act costs, without those that open a transaction and bind a lens."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

FRAME = ("set_config", "SAVEPOINT", "BEGIN", "COMMIT")


def statements_of(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    return len([one for one in asked if not any(word in one["sql"] for word in FRAME)])
