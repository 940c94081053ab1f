"""Who can open a backup: keys of the format "age" (age-encryption.org), so that it opens without Lernstadt as well.

A recipient (`age1…`) only closes and is no secret; an identity (`AGE-SECRET-KEY-1…`) opens. The machine has an identity of
its own, for testing its backups every night; `BACKUP_RECIPIENTS` names those of people, who keep theirs elsewhere.
A passphrase locks an identity, never a backup: by itself it opens none.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pyrage
from pyrage import passphrase, x25519

from config.embedded.places import CannotStart, own_folder

FILE = "identity.txt"
#: How an identity begins that is locked by a passphrase, as `age -p` and `age -p -a` write it.
LOCKED = (b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----")
HEAD = "# Opens the backups of this Lernstadt. Keep a copy where this machine is not.\n"


def identity_file(var: Path) -> Path:
    return Path(os.environ.get("BACKUP_IDENTITY_FILE") or var / "recovery" / FILE)


def recipients(var: Path, say: Callable[[str], object]) -> list[x25519.Recipient]:
    """This machine's own, made now if there is none, and everybody named by BACKUP_RECIPIENTS."""
    path = identity_file(var)
    if not path.exists():
        _make(path)
        say(
            f"A new key opens the backups: {path}. Copy it to a place that burns at another time "
            "than this machine: without it no backup can be opened."
        )
    own = [identity.to_public() for identity in identities(path)]
    return own + _named(os.environ.get("BACKUP_RECIPIENTS", ""))


def identities(path: Path) -> list[x25519.Identity]:
    """What the file holds; one that is locked opens by BACKUP_PASSPHRASE_FILE. Raises CannotStart with a sentence."""
    try:
        content = path.read_bytes()
    except OSError as wrong:
        raise CannotStart(
            f"The key that opens backups, {path}, cannot be read ({wrong.strerror}): name the copy you keep "
            "with --identity FILE."
        ) from None
    if content.startswith(LOCKED):
        content = _unlocked(path, content)
    lines = [line.strip() for line in content.decode(errors="replace").splitlines()]
    try:
        identities_read = [
            x25519.Identity.from_str(one) for one in lines if one and not one.startswith("#")
        ]
    except pyrage.IdentityError:
        identities_read = []
    if not identities_read:
        raise CannotStart(f"{path} holds no key that opens backups (AGE-SECRET-KEY-1…).")
    return identities_read


def _unlocked(path: Path, content: bytes) -> bytes:
    given = os.environ.get("BACKUP_PASSPHRASE_FILE")
    if not given:
        raise CannotStart(
            f"{path} is locked by a passphrase: name a file that holds it in BACKUP_PASSPHRASE_FILE."
        )
    try:
        return passphrase.decrypt(content, Path(given).read_text(encoding="utf-8").rstrip("\n"))
    except pyrage.DecryptError:
        raise CannotStart(f"The passphrase in {given} does not open {path}.") from None
    except OSError as wrong:
        raise CannotStart(f"{given} cannot be read ({wrong.strerror}).") from None


def _named(given: str) -> list[x25519.Recipient]:
    try:
        return [x25519.Recipient.from_str(one) for one in given.replace(",", " ").split()]
    except pyrage.RecipientError:
        raise CannotStart(
            "BACKUP_RECIPIENTS must name public keys (age1…), separated by commas."
        ) from None


def _make(path: Path) -> None:
    own_folder(path.parent)
    identity = x25519.Identity.generate()
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    with draft.open("w", encoding="utf-8") as file:
        file.write(f"{HEAD}# public key: {identity.to_public()}\n{identity}\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
