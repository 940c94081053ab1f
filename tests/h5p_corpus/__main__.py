"""`./dev h5p-corpus DIR`: every .h5p of a folder, taken in as an office and a provider would, looked at in a browser.

One line per file: installed or refused (with codes) or what is missing, rendered or not, round trip through the form exact
or not. Nothing is kept; the packages stay where they are.
"""

import atexit
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import django


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if len(arguments) == 1 else None
    if folder is None or not folder.is_dir():
        sys.stderr.write("Name one folder with .h5p files: ./dev h5p-corpus DIR\n")
        return 2
    _prepare()
    from tests.h5p_corpus.looking import HEAD, LEGEND, install_all, look_at

    files = sorted(folder.glob("*.h5p"))
    verdicts: list[Any] = []
    try:
        install_all(files)
        print(HEAD)
        for file in files:
            verdicts.append(look_at(file))
            print(verdicts[-1], flush=True)
    except KeyboardInterrupt:
        return 130
    finally:
        print(_summary(verdicts, len(files)), LEGEND, sep="\n", flush=True)
    return 0


def _summary(verdicts: list[Any], files: int) -> str:
    """Also of the files so far, where somebody has stopped it."""
    taken = Counter(one.taken.split(" ")[0] for one in verdicts)
    words = ", ".join(f"{count} {word}" for word, count in sorted(taken.items()))
    shown = sum(one.rendered.startswith("yes") for one in verdicts)
    answers = sum(one.pressed == "answers" for one in verdicts)
    exact = sum(one.round_trip == "exact" for one in verdicts)
    counted = f"{shown} rendered; {answers} answer when pressed; {exact} exact round trips"
    foreign = sorted({word for one in verdicts for word in one.foreign})
    counted += (
        f"; {len(foreign)} words without German{': ' if foreign else ''}{', '.join(foreign[:20])}"
    )
    return f"{len(verdicts)} of {files} files: {words}; {counted}"


def _prepare() -> None:
    """A database of its own, and a folder for files that goes with this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    from tests.support.databases import clone

    clone("h5p_corpus")
    connection.close()
    connection.settings_dict["NAME"] = "h5p_corpus"
    home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    atexit.register(home.cleanup)
    settings.MEDIA_ROOT = home.name
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
