"""The H5P Hub, for an operator who wants to fetch content types from there. Nothing is sent unless one of these is called.

The Hub learns the random id of this installation, its address on the network, and what it asks for (h5p.org's terms and
privacy policy hold). Nothing of a provider or a learner is sent. What comes back is checked like any upload.
"""

import json
import urllib.parse
import urllib.request
from typing import Any, BinaryIO, NamedTuple, cast

HUB = "https://hub-api.h5p.org/v1"
TIMEOUT = 60  # seconds
MOST_LIST = 20 << 20  # bytes
LOCAL_ID = 15  # characters at most, since 2026; longer ones are refused


class OnHub(NamedTuple):
    machine_name: str
    title: str
    version: str
    licence: str


class HubError(OSError):
    """The Hub cannot be reached, or says something else than expected."""


def register(uuid: str = "", *, local_id: str, platform: str) -> str:
    """This installation's id at the Hub: `uuid` again when it is known there, otherwise a new one.

    `platform` is the name of the program that asks, `local_id` that of the installation.
    """
    answer = _asked("/sites", uuid=uuid, local_id=local_id[:LOCAL_ID], platform_name=platform)
    identity = _json(answer).get("uuid")
    if not isinstance(identity, str):
        raise HubError("The Hub gave no id.")
    return identity


def content_types(uuid: str, *, local_id: str) -> list[OnHub]:
    """What there is, by title."""
    answer = _asked("/content-types/", uuid=uuid, local_id=local_id[:LOCAL_ID])
    listed = _json(answer).get("contentTypes")
    if not isinstance(listed, list):
        raise HubError("The Hub gave no list.")
    types = [_on_hub(one) for one in listed if isinstance(one, dict) and one.get("id")]
    return sorted(types, key=lambda one: one.title.casefold())


def _on_hub(one: dict[str, Any]) -> OnHub:
    version = one.get("version") or {}
    licence = one.get("license") or {}
    numbers = [str(version.get(part, "?")) for part in ("major", "minor", "patch")]
    return OnHub(
        str(one["id"]), str(one.get("title", "")), ".".join(numbers), str(licence.get("id", ""))
    )


def download(machine_name: str, uuid: str) -> BinaryIO:
    """The package, as a stream. It holds libraries only; `h5p_lite.core.package.read` looks at it before anything is kept."""
    return _asked(f"/content-types/{urllib.parse.quote(machine_name)}", uuid=uuid)


def _asked(path: str, **fields: str) -> BinaryIO:
    body = urllib.parse.urlencode(fields).encode()
    request = urllib.request.Request(f"{HUB}{path}", data=body)  # noqa: S310 -- a fixed https address
    try:
        return cast("BinaryIO", urllib.request.urlopen(request, timeout=TIMEOUT))  # noqa: S310 -- the same
    except OSError as wrong:
        raise HubError(f"The Hub does not answer: {wrong}") from wrong


def _json(answer: BinaryIO) -> dict[str, Any]:
    try:
        with answer:
            parsed = json.loads(answer.read(MOST_LIST))
    except ValueError as wrong:
        raise HubError("The Hub said something else than JSON.") from wrong
    if not isinstance(parsed, dict):
        raise HubError("The Hub said something else than an object.")
    return parsed
