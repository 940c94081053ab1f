import shutil
import tempfile
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from h5p import actions
from h5p.advice import in_words
from h5p_lite.core import hub
from h5p_lite.core.package import LIMITS, Refused, read
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "List what the H5P Hub has, or install a content type from there. Needs H5P_HUB=1; see docs/h5p.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["list", "get"])
        parser.add_argument("name", nargs="*", help="machine names, for example H5P.MultiChoice")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.H5P_HUB:
            raise CommandError(
                "The Hub is switched off. H5P_HUB=1 switches it on; read docs/h5p.md before."
            )
        try:
            uuid = hub.register(settings.H5P_HUB_ID, local_id="lernstadt", platform="Lernstadt")
            if options["what"] == "list":
                self._list(uuid)
            for name in options["name"] if options["what"] == "get" else ():
                self._get(name, uuid)
        except hub.HubError as wrong:
            raise CommandError(str(wrong)) from wrong
        if not settings.H5P_HUB_ID:
            self.stdout.write(f"The Hub knows this installation as {uuid}: set H5P_HUB_ID to it.")

    def _list(self, uuid: str) -> None:
        for one in hub.content_types(uuid, local_id="lernstadt"):
            self.stdout.write(
                f"{one.machine_name:<32} {one.version:<12} {one.licence:<8} {one.title}"
            )

    def _get(self, name: str, uuid: str) -> None:
        with tempfile.TemporaryFile() as file:
            with hub.download(name, uuid) as answer:
                _copy(answer, file)
            try:
                with look(system("install from the H5P Hub")):
                    package = read(cast("BinaryIO", file), name=f"{name}.h5p")
                    new = actions.install(package, by=None, by_name="H5P Hub").new
            except Refused as refused:
                sentences = "\n  ".join(in_words(refused.problems))
                raise CommandError(f"{name} was refused:\n  {sentences}") from refused
        self.stdout.write(f"{name}: {', '.join(map(str, new)) or 'nothing new'}")


def _copy(answer: BinaryIO, into: IO[bytes]) -> None:
    """No more than a package may have."""
    shutil.copyfileobj(cast("IO[bytes]", _Bounded(answer)), into)
    into.seek(0)


class _Bounded:
    def __init__(self, answer: BinaryIO) -> None:
        self.answer, self.left = answer, LIMITS.packed

    def read(self, size: int = -1) -> bytes:
        piece = self.answer.read(size)
        self.left -= len(piece)
        if self.left < 0:
            raise CommandError("The package is larger than allowed.")
        return piece
