"""Where uploads are kept: in a folder nobody can guess, below the one their kind has."""

import os
import secrets
from pathlib import PurePosixPath

from django.core.files.storage import FileSystemStorage


class UnguessableNames(FileSystemStorage):
    """Uploads are served through a view that asks the lens. Should a web server ever be told to serve the folder by
    itself, an address must be known, not guessed; so `documents/plan.pdf` becomes `documents/<random>/plan.pdf`.

    Files the press names by their content (`druck/…`) go past this, because only fields of a model ask for a name.
    """

    def generate_filename(self, filename: str | os.PathLike[str]) -> str:
        wanted = PurePosixPath(super().generate_filename(filename))
        return str(wanted.parent / secrets.token_hex(8) / wanted.name)
