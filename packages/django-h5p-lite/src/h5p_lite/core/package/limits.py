"""How much a package may ask for."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bytes, unless said otherwise. Of 50 real packages none had more than 1 521 files or a ratio above 12."""

    packed: int = 500 * MB
    directory: int = 2 * MB  # the zip's own list of its files: ten thousand names need 1.5 MB
    entries: int = 10_000  # files and folders
    file: int = 64 * MB  # one file, unpacked
    unpacked: int = 500 * MB  # all files, unpacked
    ratio: int = 100  # unpacked to packed, of one file …
    ratio_from: int = MB  # … that is larger than this: a small white picture may be packed as tight
    path: int = 255  # characters
    json: int = 8 * MB  # one JSON file that we read
    json_together: int = (
        48 * MB
    )  # all of them: a bundle of a hundred libraries has thousands of translations
    depth: int = 100  # levels of lists and objects
    nodes: int = 400_000  # values in one JSON file
    nodes_together: int = 3_000_000


LIMITS = Limits()
