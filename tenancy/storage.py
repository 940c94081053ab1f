"""Where uploads are kept: whole or not at all, in a folder nobody can guess below the one their kind has."""

import os
import secrets
import tempfile
from pathlib import Path, PurePosixPath

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage

#: Where a file is written before it gets its name; on the same disk, so that renaming is one step.
WAITING = ".waiting"
CHUNK = 256 * 1024  # bytes


class Unguessable(Storage):
    """Uploads are served through a view that asks the lens.

    Should a web server ever be told to serve the folder by itself, an address must be known, not guessed; so
    `documents/plan.pdf` becomes `documents/<random>/plan.pdf`. Files that are named by their content
    (`tenancy.contents`) go past this: only fields of a model ask for a name.
    """

    def generate_filename(self, filename: str | os.PathLike[str]) -> str:
        wanted = PurePosixPath(super().generate_filename(filename))
        return str(wanted.parent / secrets.token_hex(8) / wanted.name)


class DurableFiles(Unguessable, FileSystemStorage):
    """A file has its name only when all of it is on the disk: neither a reader nor a crash ever sees a part of one."""

    def put(self, name: str, content: File) -> None:
        """Exactly as `name`, in place of what is there. Raises OSError when the disk is full; the former file stays."""
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        written = self._write(content)
        if self.file_permissions_mode is not None:
            written.chmod(self.file_permissions_mode)
        written.replace(path)
        self._sync_folders(path)

    def _save(self, name: str, content: File) -> str:
        written = self._write(content)
        try:
            saved: str = super()._save(name, _Written(written))
        finally:
            written.unlink(missing_ok=True)
        self._sync_folders(Path(self.path(saved)))
        return saved

    def _write(self, content: File) -> Path:
        """All of `content` on the disk, under a name nobody asks for."""
        folder = Path(self.path(WAITING))
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            try:
                for chunk in content.chunks(CHUNK):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                Path(file.name).unlink()
                raise
        return Path(file.name)

    def _sync_folders(self, path: Path) -> None:
        """A name is on the disk when its folder is, up to the folder of all uploads."""
        top = Path(self.location)
        for folder in path.relative_to(top).parents:
            handle = os.open(top / folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


class _Written(File):
    """Django moves a file that says where it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(None, str(path))
        self.path = path

    def temporary_file_path(self) -> str:
        return str(self.path)
