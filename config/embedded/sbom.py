"""`./dev sbom`: what others made and runs here, as CycloneDX 1.6, to var/sbom. Versions and hashes are those of the lock files.

Written by hand: cyclonedx-bom brings 24 packages of its own, and `npm sbom` refuses a package.json without a version.
"""

import base64
import json
import re
import tomllib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from config.embedded.places import ROOT, VAR, step

Component = dict[str, Any]

RUN, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
CLASSIFIER = "License :: OSI Approved :: "
#: An expression of SPDX, not a sentence or a whole licence.
SPDX = re.compile(r"\(?[A-Za-z0-9.+-]+\)?( (AND|OR|WITH) \(?[A-Za-z0-9.+-]+\)?)*")
NPM_HASH = {"sha512": "SHA-512", "sha256": "SHA-256", "sha1": "SHA-1"}


def write(target: Path = VAR / "sbom" / "lernstadt.cdx.json") -> int:
    """One file for both ecosystems."""
    target.parent.mkdir(parents=True, exist_ok=True)
    bill = bill_of_materials()
    target.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n")
    unknown = [one["name"] for one in bill["components"] if "licenses" not in one]
    step(f"{len(bill['components'])} packages in {target}")
    if unknown:
        step(
            f"Their installed packages state no licence, or are not installed on this machine: {', '.join(unknown)}"
        )
    return 0


def bill_of_materials() -> dict[str, Any]:
    """CycloneDX 1.6 (ECMA-424). What only development needs has the scope "excluded"."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    own = {"name": project["name"], "version": project["version"], "type": "application"}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid4().urn,
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": own | {"licenses": [{"expression": project["license"]}]},
        },
        "components": [*python_packages(), *npm_packages()],
    }


def python_packages() -> Iterator[Component]:
    """Every requirement of the development lock, which contains the other one."""
    needed = {name for name, _version, _hashes in _requirements(ROOT / RUN)}
    for name, version, hashes in _requirements(ROOT / DEVELOPMENT):
        yield _component(
            name,
            version,
            f"pkg:pypi/{quote(name)}@{quote(version)}",
            needed=name in needed,
            licences=_licences(name),
            hashes=[("SHA-256", digest) for digest in hashes],
        )


def npm_packages() -> Iterator[Component]:
    """Every package of package-lock.json."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for place, package in packages.items():
        if place:
            name = place.rpartition("node_modules/")[2]
            address = f"pkg:npm/{quote(name, safe='/')}@{quote(package['version'])}"
            kind, _, packed = package.get("integrity", "").partition("-")
            hashes = [(NPM_HASH[kind], base64.b64decode(packed).hex())] if packed else []
            licence = [package["license"]] if package.get("license") else []
            needed = not package.get("dev")
            yield _component(
                name, package["version"], address, needed=needed, licences=licence, hashes=hashes
            )


def _component(
    name: str,
    version: str,
    address: str,
    *,
    needed: bool,
    licences: list[str],
    hashes: list[tuple[str, str]],
) -> Component:
    """`address`: as a package URL; the same package may stand in a lock once only for each version."""
    component = {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "scope": "required" if needed else "excluded",
        "purl": address,
        "hashes": [{"alg": kind, "content": content} for kind, content in hashes],
    }
    return component | ({"licenses": _said(licences)} if licences else {})


def _said(licences: list[str]) -> list[dict[str, Any]]:
    """An expression stands alone; several names stand side by side (CycloneDX 1.6, licenseChoice)."""
    if len(licences) == 1 and SPDX.fullmatch(licences[0]):
        return [{"expression": licences[0]}]
    return [{"license": {"name": licence}} for licence in licences]


def _requirements(lock: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Name, version and hashes of every requirement, whatever machine it is for."""
    for block in re.split(r"(?m)^(?=[A-Za-z0-9])", lock.read_text()):
        if match := REQUIREMENT.match(block):
            yield match["name"], match["version"], HASH.findall(block)


def _licences(name: str) -> list[str]:
    """As the installed package says it: its expression, its licence in few words, or its classifiers."""
    try:
        package = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    for field in ("License-Expression", "License"):
        text = package[field].strip() if field in package else ""
        if text and "\n" not in text and len(text) < 100:
            return [text]
    classifiers = package.get_all("Classifier") or []
    return [one.removeprefix(CLASSIFIER) for one in classifiers if one.startswith(CLASSIFIER)]
