"""Captions at the writing desk that come as a file: their rows stand in the block then, and are written there."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

import files
from courses import block_forms
from courses.blocks.films import captions_in
from files import captions
from providers.advice import in_words

IMPORTED = "v-cues-datei"


def take_captions(request: HttpRequest, kind: str, value: Any) -> dict[str, str]:
    """`do=cues`: the chosen file of captions becomes rows. A file that is brought takes the place of the rows.

    {name of a field: why its file was not taken}. `value` is a stored one.
    """
    if kind != "video":
        return {}
    try:
        if content := _brought(request, value):
            value["cues"] = block_forms.rows_of(captions.read(content).cues)
            value["captions"] = None
    except files.BadFile as bad:
        return {"v-cues": in_words(bad)}
    return {}


def _brought(request: HttpRequest, value: Any) -> bytes | None:
    file = request.FILES.get(IMPORTED)
    if isinstance(file, UploadedFile):
        content: bytes = file.read(captions.LARGEST + 1)
        return content
    if request.POST.get("do") != "cues" or value["cues"]:
        return None
    whole = block_forms.KINDS["video"].to_python({**value, "cues": []})
    try:
        return captions_in(whole)
    except OSError as gone:
        raise files.BadFile("empty") from gone
