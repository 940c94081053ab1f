"""Uploads in an S3 store (MEDIA_S3_BUCKET): an object is there whole or not at all, which is what we ask of a file.

Needs django-storages, which only requirements-city.lock brings.
"""

from typing import Any

from botocore.config import Config
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from tenancy.storage import Unguessable

IN_MEMORY = 4 * 2**20  # bytes of a file that is read; the rest waits on the disk
#: Nobody waits longer for a store that is gone.
PATIENT = Config(
    connect_timeout=3,
    read_timeout=20,
    retries={"max_attempts": 2, "mode": "standard"},
    s3={"addressing_style": "path"},
    signature_version="s3v4",
)


class ObjectStore(Unguessable, S3Storage):
    """Like `tenancy.storage.DurableFiles`. The bucket is private; files leave through our doors, which ask the lens."""

    def get_default_settings(self) -> dict[str, Any]:
        ours = {"client_config": PATIENT, "file_overwrite": False, "max_memory_size": IN_MEMORY}
        return super().get_default_settings() | ours

    def put(self, name: str, content: File) -> None:
        """Exactly as `name`, in place of what is there."""
        self._save(name, content)

    def exists(self, name: str) -> bool:
        """A folder is there as well, when something is in it."""
        return super().exists(name) or self._has_something(f"{name.rstrip('/')}/")

    def _has_something(self, prefix: str) -> bool:
        objects = self.bucket.objects.filter(Prefix=self._normalize_name(prefix)).limit(1)
        return any(True for _object in objects)

    def url(self, name: str | None, *_args: Any, **_options: Any) -> str:
        """Ours: a signed address of the store would go past the lens, and to another site."""
        return settings.MEDIA_URL + filepath_to_uri(name or "")
