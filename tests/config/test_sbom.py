"""The bill of materials names what is locked, under whose licence, and can be read by other people's tools."""

import json
import re

import pytest

from config.embedded import sbom
from config.embedded.places import ROOT


@pytest.fixture(scope="module")
def bill(tmp_path_factory):
    target = tmp_path_factory.mktemp("sbom") / "deep" / "bill.json"
    assert sbom.write(target) == 0
    return json.loads(target.read_text())


def component(bill, name):
    [found] = [one for one in bill["components"] if one["name"] == name]
    return found


def test_django_and_its_licence_are_named(bill):
    django = component(bill, "django")
    assert django["purl"] == f"pkg:pypi/django@{django['version']}"
    assert django["scope"] == "required"
    assert django["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert (
        f"django=={django['version']} \\\n    --hash=sha256:{django['hashes'][0]['content']}"
        in (ROOT / "requirements.lock").read_text()
    )


def test_what_only_development_needs_is_excluded(bill):
    assert component(bill, "pytest")["scope"] == "excluded"


def test_a_package_of_npm_is_named_with_its_scope(bill):
    kern = component(bill, "@kern-ux/native")
    assert kern["purl"] == f"pkg:npm/%40kern-ux/native@{kern['version']}"
    assert kern["licenses"] == [{"expression": "EUPL-1.2"}]
    assert re.fullmatch(r"[0-9a-f]{128}", kern["hashes"][0]["content"])


def test_everything_locked_is_in_it_once(bill):
    lock = (ROOT / "requirements-dev.lock").read_text()
    named = {one["purl"] for one in bill["components"]}
    assert len(named) == len({one["bom-ref"] for one in bill["components"]})
    assert len([purl for purl in named if purl.startswith("pkg:pypi/")]) == len(
        re.findall(r"(?m)^[A-Za-z0-9]", lock)
    )


def test_it_says_what_it_is(bill):
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["licenses"] == [{"expression": "EUPL-1.2"}]


def test_nearly_every_licence_is_known(bill):
    """Without are packages for other machines only."""
    without = [one["name"] for one in bill["components"] if "licenses" not in one]
    assert len(without) <= 8, without


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (["MIT OR Apache-2.0"], [{"expression": "MIT OR Apache-2.0"}]),
        (["BSD (3-clause)"], [{"license": {"name": "BSD (3-clause)"}}]),
        (["A", "B"], [{"license": {"name": "A"}}, {"license": {"name": "B"}}]),
    ],
)
def test_licences_as_cyclonedx_writes_them(said, written):
    assert sbom._said(said) == written
