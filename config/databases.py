"""Django's settings of the database, from its address."""

from urllib.parse import unquote, urlsplit


def database(url: str, *, timeouts: tuple[int, int], prepared: bool) -> dict[str, object]:
    """`timeouts`: milliseconds a statement may take and wait for a lock. `prepared` False: a pooler stands in between.

    A pooler takes no options with a connection, and gives it to somebody else after each transaction: so they are said
    in the round trip that begins one.
    """
    parts = urlsplit(url)
    given = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
    host, port = given.pop("host", parts.hostname or ""), given.pop("port", parts.port or "")
    options: dict[str, object] = {**given}
    wanted = {
        "plan_cache_mode": "force_generic_plan",
        "random_page_cost": "1.1",
        "statement_timeout": f"{timeouts[0]}",
        "lock_timeout": f"{timeouts[1]}",
        "idle_in_transaction_session_timeout": "60000",
    }
    if prepared:
        # Planning, walls included, is dearer than running: plan the hot paths' statements (tenancy.rows) once. Without
        # a threshold psycopg prepares nothing at all; with a high one only what asks for it.
        options["prepare_threshold"] = 1_000_000
        flags = "".join(f" -c {name}={value}" for name, value in wanted.items())
        options["options"] = f"{options.get('options', '')}{flags}"
        wanted = {}
    return {
        "ENGINE": "tenancy.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # a transaction pooler may stand in between
        "IN_EACH_TRANSACTION": "".join(
            f"SET LOCAL {name}={value};" for name, value in wanted.items()
        ),
        "OPTIONS": options,
    }
