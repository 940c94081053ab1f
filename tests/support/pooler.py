"""PgBouncer, pooling by transaction, before a PostgreSQL that is reached by a socket."""

from pathlib import Path

from config.embedded.packages import PGBOUNCER
from config.embedded.postgres import as_nobody_special

PORT = 6432
CONFIGURATION = """[databases]
* = host={server}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
server_login_retry = 1
"""


class Pooler:
    """Its files in `folder`; `command` runs it. It refuses to be root, like PostgreSQL."""

    def __init__(self, folder: Path, server: str, size: int) -> None:
        self.folder, self.size = folder, size
        self.point_at(server)
        (folder / "users").write_text('"app" ""\n')
        self.command = [*as_nobody_special(), str(PGBOUNCER), "-q", str(folder / "pgbouncer.ini")]

    def point_at(self, server: str) -> None:
        """From the next time it reads its configuration (SIGHUP)."""
        text = CONFIGURATION.format(server=server, folder=self.folder, size=self.size, port=PORT)
        (self.folder / "pgbouncer.ini").write_text(text)

    def is_there(self) -> bool:
        return (self.folder / f".s.PGSQL.{PORT}").exists()

    def url(self, database: str) -> str:
        return f"postgresql://app@/{database}?host={self.folder}&port={PORT}"
