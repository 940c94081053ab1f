"""Static files as they leave: our own scripts without comments and indents, everything with a hash and compressed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import rjsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Read by what sets papers, from the disk.
PAPERS = "vendor/fonts/pdf/"
#: A script of ours asks for another one by its hash, too: after an update both are of the same age, and none comes twice.
IMPORT = (
    r"""(?P<matched>import\s*(?P<names>\{[^}]*\})\s*from\s*["'](?P<url>\./[^"']+)["'];)""",
    """import %(names)s from "%(url)s";""",
)


class LeanStaticFiles(CompressedManifestStaticFilesStorage):
    """Scripts under ``static/js/`` lose what only their authors read; what other projects ship stays as it is."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (IMPORT,)))

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        ours = [name for name in paths if name.startswith("js/") and name.endswith(".js")]
        for name in [] if dry_run else ours:
            collected = Path(self.path(name))
            collected.write_text(rjsmin.jsmin(collected.read_text("utf-8")), "utf-8")
            paths[name] = (self, name)  # what gets the hash is what was collected, not its source
        yield from super().post_process(paths, dry_run, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """What browsers ask for: addresses have the hash in them. The rest took three quarters of the time."""
        asked = {*self.hashed_files.values()}
        lean = [path for path in paths if path in asked and not path.startswith(PAPERS)]
        yield from super().compress_files(lean)
