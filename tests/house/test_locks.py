"""Lock files carry hashes and no host; and no file of the project names a package registry.

Anyone who builds behind a mirror must not find an address that only works elsewhere.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
LOCKS = ["requirements.lock", "requirements-city.lock", "requirements-dev.lock"]
#: In parts, so that this file names none of them.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("cdnjs", "cloudflare"),
        ("googleapis", "com"),
        ("esm", "sh"),
    )
]
IGNORED = {".git", ".venv", "node_modules", "var", "vendor", "contexts", "__pycache__", "uv.lock"}


def requirements(name):
    """One text for each requirement, with its hashes."""
    return re.split(r"\n(?=\S)", (HOUSE / name).read_text().strip())


def project_files():
    """What git tracks or would track; without git everything that is not made here."""
    listed = subprocess.run(
        ["git", "-C", str(HOUSE), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        return [HOUSE / name for name in listed.stdout.split("\0") if (HOUSE / name).is_file()]
    found = []
    for folder, folders, files in os.walk(HOUSE):
        folders[:] = [name for name in folders if name not in IGNORED and "cache" not in name]
        found += [Path(folder) / name for name in files if name not in IGNORED]
    return found


def text_of(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_one_version_with_its_hashes(lock):
    assert len(requirements(lock)) > 50
    bad = [
        text.split("\n")[0]
        for text in requirements(lock)
        if not re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+( ; [^\n]+)? \\\n", text)
        or not re.search(r"--hash=sha256:[0-9a-f]{64}", text)
    ]
    assert bad == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_file(lock):
    lines = (HOUSE / lock).read_text().splitlines()
    assert [line for line in lines if re.search(r"://|@ |file:|index-url|find-links|/", line)] == []


def test_the_development_lock_contains_the_others():
    """`dev` relies on it: after `./dev test` nothing has to be installed for `./dev run`."""
    run, city, development = (set(requirements(lock)) for lock in LOCKS)
    assert run - city == set()
    assert city - development == set()


def test_no_file_names_a_package_registry():
    files = project_files()
    assert len(files) > 100
    named = [
        f"{path.relative_to(HOUSE)}: {host}"
        for path in files
        for host in HOSTS
        if host in text_of(path).lower()
    ]
    assert named == []
