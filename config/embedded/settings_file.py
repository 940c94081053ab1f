"""What the embedded set-up remembers about itself: keys and the public address, in ./var/settings.env.

Made at the first start and never changed by us again. The environment wins over the file.
"""

import base64
import os
import secrets
from pathlib import Path

from config.embedded.places import CannotStart

#: In the same folder: no start has succeeded yet.
OPEN = "address.open"
KEYS = ("SECRET_KEY", "KEY_ENCRYPTION_KEY", "PUBLIC_URL", "DEMO")
HEAD = (
    "# Made at the first start. Keep a copy: without KEY_ENCRYPTION_KEY no certificate can be issued any more.\n"
    "# PUBLIC_URL is part of every certificate.\n"
)


def ensure(var: Path, address: str) -> dict[str, str]:
    """The settings, made now if there are none. `address` becomes the public address, unless PUBLIC_URL is given.

    It may be another one at the next start, until `fix` says that nothing hinders this one.
    """
    path = var / "settings.env"
    if not path.exists():
        own = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "KEY_ENCRYPTION_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "DEMO": os.environ.get("DEMO") or "1",
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        (var / OPEN).touch()
        _write(path, own | {"PUBLIC_URL": os.environ.get("PUBLIC_URL") or address})
    elif (var / OPEN).exists():
        _write(path, _parse(path) | {"PUBLIC_URL": os.environ.get("PUBLIC_URL") or address})
    return read(var)


def fix(var: Path) -> None:
    """From now on the public address stays: a start has succeeded, or certificates carry it."""
    (var / OPEN).unlink(missing_ok=True)


def read(var: Path) -> dict[str, str]:
    """The settings of an earlier start; what the environment says wins."""
    path = var / "settings.env"
    values = dict.fromkeys(KEYS, "") | _parse(path)
    settings = values | {key: os.environ[key] for key in values if os.environ.get(key)}
    missing = [key for key in KEYS[:3] if not settings[key]]
    if missing:
        raise CannotStart(
            f"{path} lacks {' and '.join(missing)}: put it back from a copy, or start anew with `./dev reset`."
        )
    return settings


def written(var: Path) -> dict[str, str]:
    """What the file says, and nothing else."""
    return _parse(var / "settings.env")


def _parse(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except PermissionError:
        raise CannotStart(f"You may not read {path}; start as the user it belongs to.") from None
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    return {key.strip(): value.strip() for key, value in pairs}


def _write(path: Path, values: dict[str, str]) -> None:
    """Complete or not at all, and for nobody else to read."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    text = HEAD + "".join(f"{key}={value}\n" for key, value in values.items())
    draft.write_text(text, encoding="utf-8")
    draft.rename(path)
