"""What a stranger gets of the certificates that `issue.py` has made, by the number alone, and what verifiers need besides.

Verifiers that have no network of their own find DID documents, lists and contexts in a folder, by a manifest.
"""

import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from certificates.openbadges import key_id
from certificates.openbadges.canonical import contexts

Made = dict[str, dict[str, Any]]  # label -> number, expected, kind
Document = dict[str, Any]


class Gathered(NamedTuple):
    """`manifest`: what is `served` (address -> file in `folder`), `dids` (DID -> address), and our `url`."""

    folder: Path
    url: str
    made: Made
    manifest: dict[str, Any]

    def credential(self, label: str) -> Document:
        found: Document = json.loads((self.folder / f"{label}.json").read_text())
        return found

    def token(self, label: str) -> tuple[str, Document]:
        """The JWT, and its key from the address that it names."""
        token = (self.folder / f"{label}.jwt").read_text()
        return token, json.loads(get(key_id(token)))

    def methods(self, credential: Document) -> list[str]:
        """The issuer's keys that may assert."""
        address = self.manifest["dids"][credential["issuer"]["id"]]
        document = json.loads((self.folder / self.manifest["served"][address]).read_text())
        return list(document["assertionMethod"])

    def extra(self) -> Document:
        """Made beside the certificates: bound to a wallet's key, SD-JWTs, an offer for a wallet."""
        found: Document = json.loads((self.folder / "wallet.json").read_text())
        return found


def gather(url: str, folder: Path, made: Made) -> Gathered:
    """Two at a time: papers are set and sealed when somebody asks for them."""

    def fetch(label: str) -> None:
        page = f"{url}/z/{made[label]['number']}"
        for kind in ("json", "jwt"):
            (folder / f"{label}.{kind}").write_bytes(get(f"{page}.{kind}"))
        if made[label]["expected"] == "valid":
            for language in ("de", "en"):
                name = f"{label}.pdf" if language == "de" else f"{label}.en.pdf"
                (folder / name).write_bytes(get(f"{page}.pdf?sprache={language}"))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(fetch, made))
    manifest: dict[str, Any] = {"served": {}, "dids": {}, "url": url}
    gathered = Gathered(folder, url, made, manifest)
    _keep_served(gathered)
    return gathered


def get(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:  # noqa: S310 -- loopback
        return bytes(answer.read())


def _keep_served(gathered: Gathered) -> None:
    """Contexts, DID documents and lists as they are served now, and a register of issuers for verifier-core."""
    served, dids = gathered.manifest["served"], gathered.manifest["dids"]

    def keep(url: str, content: bytes) -> None:
        name = f"served-{len(served)}.json"
        (gathered.folder / name).write_bytes(content)
        served[url] = name

    for url, context in contexts().items():
        keep(url, json.dumps(context).encode())
    for label in gathered.made:
        credential = gathered.credential(label)
        did = credential["issuer"]["id"]
        if did not in dids:
            dids[did] = did_address(did)
            keep(dids[did], get(dids[did]))
        for entry in credential["credentialStatus"]:
            if entry["statusListCredential"] not in served:
                keep(entry["statusListCredential"], get(entry["statusListCredential"]))
    known = {"name": "city", "location": "city", "url": "https://city.invalid"}
    registry = {
        "meta": {"created": "2026-01-01", "updated": "2026-01-01"},
        "registry": dict.fromkeys(dids, known),
    }
    keep("https://registry.invalid/r.json", json.dumps(registry).encode())


def did_address(did: str) -> str:
    """did:web, § 3.2 "Read (Resolve)"."""
    host, _, path = did.removeprefix("did:web:").partition(":")
    return f"https://{host.replace('%3A', ':')}/{path.replace(':', '/')}/did.json"
