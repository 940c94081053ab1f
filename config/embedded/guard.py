"""Who may come in to the embedded PostgreSQL, and how: rules of its own in place of those that initdb leaves.

All processes of a Lernstadt run as one user of the machine, so who asks says nothing. The web server and the worker get the
app's role. The owner needs a password, which is in a file and in nobody's environment but that of migrations. The superuser
is let in only while the launcher prepares the database, before the web server runs; there is no secret that could be found.
"""

import os
import secrets
from pathlib import Path

from config.embedded.places import CannotStart

SUPERUSER, OWNER = "postgres", "owner"
OPEN = "local all all trust\n"
GUARDED = f"local all {SUPERUSER} reject\nlocal all {OWNER} scram-sha-256\n{OPEN}"


def write(path: Path, *, guarded: bool) -> None:
    """PostgreSQL reads them at its start and when it is told to."""
    draft = path.with_suffix(".new")
    draft.write_text(GUARDED if guarded else OPEN, encoding="utf-8")
    draft.chmod(0o644)  # its folder is for us alone; the server may run as somebody else
    draft.replace(path)


def secret(path: Path) -> str:
    """The owner's password, made now if there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        pass
    except PermissionError:
        raise CannotStart(f"You may not read {path}; start as the user it belongs to.") from None
    made = secrets.token_urlsafe(32)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(made)
    return made
