"""Django's settings of the database, from its address."""

from urllib.parse import unquote, urlsplit


def database(url: str, *, timeouts: tuple[int, int], prepared: bool) -> dict[str, object]:
    """`timeouts`: milliseconds a statement may take and wait for a lock."""
    parts = urlsplit(url)
    given = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
    host, port = given.pop("host", parts.hostname or ""), given.pop("port", parts.port or "")
    options: dict[str, object] = {**given}
    if prepared:
        # Planning, walls included, is dearer than running: plan the hot paths' statements (tenancy.rows) once. Without
        # a threshold psycopg prepares nothing at all; with a high one only what asks for it.
        options["prepare_threshold"] = 1_000_000
        statement, lock = timeouts
        options["options"] = (
            f"{options.get('options', '')} -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1"
            f" -c statement_timeout={statement} -c lock_timeout={lock}"
            " -c idle_in_transaction_session_timeout=60000"
        )
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
        "OPTIONS": options,
    }
