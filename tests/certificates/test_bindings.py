"""A seal belongs to an issuer by its certificate, listed in the issuer's document with its time. Names do not count."""

import hashlib
import ssl
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from certificates import actions, openbadges, seals, tasks
from certificates.models import IssuerKey
from certificates.paper import sealed
from certificates.verification import examine
from providers.models import Provider
from tenancy.lens import CITY, look, public, system
from tests import factories
from tests.support.holders import issue, now, number_of

State, Purpose = IssuerKey.State, IssuerKey.Purpose


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


def paper(certificate):
    caches[sealed.PAPERS].clear()
    return tasks.make_paper(certificate.token_hash, "de")


def wrong(content):
    """What a checker is told is not in order."""
    with look(public):
        report = examine.examine(content)
    return [(finding.check, finding.says) for finding in report.findings if not finding.ok]


def rename(world, name="Ganz anders gGmbH"):
    with look(system("test")):
        Provider.objects.filter(pk=world.provider.pk).update(name=name, slug="anders")


def new_seal(world):
    with look(system("test")):
        actions.make_key(world.provider, Purpose.SEAL)


def rotate(world):
    with look(system("test")):
        for purpose in (Purpose.CREDENTIAL, Purpose.JWT, Purpose.SEAL):
            actions.make_key(world.provider, purpose)


def rotate_authority(_world):
    with look(system("test")):
        actions.make_key(Provider.objects.get(pk=CITY), Purpose.AUTHORITY)


def close(world):
    with look(system("test")):
        world.provider.memberships.all().delete()
        for page in world.provider.pages.filter(depth__gt=2).order_by("-depth"):
            page.unpublish()


def rename_and_seal_anew(world):
    rename(world)
    new_seal(world)


@pytest.mark.parametrize(
    "happens", [rename, new_seal, rename_and_seal_anew, rotate, rotate_authority, close]
)
def test_old_and_new_papers_are_genuine_whatever_happened(world, happens):
    old = paper(world.certificate)
    happens(world)
    again, later = paper(world.certificate), paper(issue(world.provider, "Ben").certificate)
    assert [wrong(content) for content in (old, again, later)] == [[], [], []]


def swap_seal(world, other):
    """The data of one provider, sealed by another of the same city."""
    with look(system("test")):
        content = tasks.make_paper(world.certificate.token_hash, "de")
        unsealed = content[: content.rindex(b"%%EOF", 0, content.index(b"/ByteRange")) + 5] + b"\n"
        sealer = actions.sealer_of(other.pk)
    return seals.seal(unsealed, sealer, reason="", location="", at=timezone.now())


def test_stadt_is_not_stadtbibliothek(world):
    """The name of one is a part of the other's name."""
    with look(system("test")):
        Provider.objects.filter(pk=world.provider.pk).update(name="Stadt")
    other = factories.make_provider("nachbar")
    with look(system("test")):
        Provider.objects.filter(pk=other.pk).update(name="Stadtbibliothek")
    certificate = issue(world.provider, "Ben").certificate
    with look(system("test")):
        actions.make_missing_keys(other.pk)
    [(check, says)] = wrong(swap_seal(world._replace(certificate=certificate), other))
    assert (check, says) == (
        "seal",
        "Das Siegel gehört einem anderen Aussteller als die Daten im PDF.",
    )


def test_a_lost_seal_key_is_said_and_vanishes_from_the_document(client, world):
    old = paper(world.certificate)
    with look(system("test")):
        lost = IssuerKey.objects.get(provider=world.provider, purpose=Purpose.SEAL)
        actions.compromise_key(lost)
    assert wrong(old) == [("seal", "Der Schlüssel des Siegels ist nicht mehr sicher.")]
    assert wrong(paper(world.certificate)) == []
    assert lost.fragment not in client.get(f"/p/{world.provider.key}/did.json").content.decode()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_seal_from_outside_its_time_is_not_taken(world, days):
    """A key that was retired long before, or whose certificate began later."""
    old = paper(world.certificate)
    new_seal(world)
    with look(system("test")):
        retired = IssuerKey.objects.filter(purpose=Purpose.SEAL, state=State.RETIRED)
        retired.update(retired_at=timezone.now() + timedelta(days=days))
    said = "Das Siegel ist aus einer Zeit, in der sein Schlüssel nicht galt."
    assert wrong(old) == ([("seal", said)] if days < 0 else [])


def test_the_document_lists_every_seal_with_its_time(client, world):
    content = paper(world.certificate)
    new_seal(world)
    document = client.get(f"/p/{world.provider.key}/did.json").json()
    [service] = document["service"]
    assert (service["id"], service["type"]) == (f"{document['id']}#seals", "PdfSeals")
    newer, older = service["serviceEndpoint"]
    with look(system("test")):
        keys = IssuerKey.objects.filter(provider=world.provider, purpose=Purpose.SEAL)
        [active, retired] = keys.order_by("-pk")
    assert (newer["sha256"], older["sha256"]) == (active.fragment, retired.fragment)
    assert older["validUntil"] == openbadges.stamp(retired.retired_at)
    pem = client.get(older["uri"].removeprefix("http://localhost:8000")).content.decode()
    der = ssl.PEM_cert_to_DER_cert(pem)
    assert hashlib.sha256(der).hexdigest() == older["sha256"]
    with look(public):
        assert examine.examine(content).seal.fingerprint == older["sha256"]


def test_a_seal_of_a_trust_service_is_listed_and_recognised(client, world, settings):
    """Its authority is none of ours: its certificate counts for this issuer alone."""
    foreign = seals.make_authority("Vertrauensdienst", at=timezone.now())
    made = seals.make_seal("Haus am See", foreign, at=timezone.now())
    other = factories.make_provider("nachbar")
    named = {"kind": "local", "certificate": made.certificate, "key": made.key.decode()}
    settings.SEALERS = {world.provider.key: named, other.key: named}  # one seal for two of them
    theirs = issue(other, "Ben")
    papers = [paper(each.certificate) for each in (world, theirs, world)]
    assert [wrong(content) for content in papers] == [[], [], []]
    for provider in (world.provider, other):
        document = client.get(f"/p/{provider.key}/did.json").json()
        listed = document["service"][0]["serviceEndpoint"]
        der = ssl.PEM_cert_to_DER_cert(made.certificate)
        assert hashlib.sha256(der).hexdigest() in [seal["sha256"] for seal in listed]
    settings.SEALERS = {}
    assert wrong(paper(world.certificate)) == []
    assert wrong(papers[0]) == []
    assert now(world.certificate).credential
    assert number_of(world.certificate) == world.number
