"""Keys come and go, houses are renamed and close, accounts are erased, backups are restored: an old certificate verifies."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from accounts.actions import close_account
from certificates import actions, envelope, openbadges
from certificates.actions.keys import vault
from certificates.models import Certificate, IssuerKey, KeyMaterial
from certificates.openbadges.credential import CONTEXTS
from certificates.verification import examine
from providers.models import Provider
from tenancy.lens import look, public, system
from tests import factories
from tests.support.holders import issue, now, number_of

State, Purpose = IssuerKey.State, IssuerKey.Purpose


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


def keys(*arguments):
    out = io.StringIO()
    call_command("keys", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def document(client, provider):
    return client.get(f"/p/{provider.key}/did.json").json()


def verifies(client, world, credential=None):
    """As somebody checks it without us: the DID, its keys, the signature, the list at the address in the credential."""
    credential = credential or world.certificate.credential
    methods = document(client, world.provider)["assertionMethod"]
    try:
        openbadges.verify(credential, issuer_keys=methods, contexts=CONTEXTS)
    except openbadges.NotAuthentic:
        return False
    for entry in openbadges.status_entries(credential):
        address = entry["statusListCredential"].removeprefix("http://localhost:8000")
        listed = json.loads(client.get(address).content)
        openbadges.verify(listed, issuer_keys=methods, contexts=CONTEXTS[:1])
        bits = openbadges.Bits.decoded(listed["credentialSubject"]["encodedList"])
        if bits[int(entry["statusListIndex"])]:
            return False
    return True


def active(provider, purpose=Purpose.CREDENTIAL):
    with look(system("test")):
        return IssuerKey.objects.get(provider=provider, purpose=purpose, state=State.ACTIVE)


# --- states --------------------------------------------------------------------------------------------------------


def test_a_planned_key_is_announced_and_signs_nothing_yet(client, world):
    before = active(world.provider)
    assert "Vorbereitet" in keys("plan", "haus")
    told = document(client, world.provider)
    assert told["assertionMethod"] == [before.method]
    assert len(told["verificationMethod"]) == 2
    planned = told["verificationMethod"][1]["publicKeyMultibase"]
    assert keys("plan", "haus").strip().endswith(planned)  # there is one, not two
    keys("rotate", "haus")
    assert active(world.provider).fragment == planned
    assert document(client, world.provider)["assertionMethod"] == [
        f"{before.did}#{planned}",
        before.method,
    ]


def test_after_a_rotation_old_and_new_certificates_verify(client, world):
    keys("rotate", "haus")
    later = issue(world.provider, "Ben Beispiel")
    assert later.certificate.credential["proof"] != world.certificate.credential["proof"]
    assert verifies(client, world)
    assert verifies(client, later)
    assert "Abgelöst" not in keys("list", "haus")
    assert [line.split()[2] for line in keys("list", "haus").splitlines()] == ["retired", "active"]


def test_a_compromised_key_vanishes_and_what_it_signed_is_issued_anew(client, world):
    lost = active(world.provider)
    later_erased = issue(world.provider, "Ben Beispiel")
    close_account(later_erased.learner)
    said = keys("compromise", lost.fragment, "--reissue")
    assert "1 certificates were issued anew." in said
    assert lost.method not in str(document(client, world.provider))
    assert not verifies(client, world)
    assert client.get(world.page).context["verdict"] == "compromised"
    with look(system("test")):
        newest = Certificate.objects.get(pk=now(world.certificate).superseded_by_id)
    assert client.get(f"/z/{number_of(newest)}").context["verdict"] == "valid"
    assert verifies(client, world, newest.credential)
    with look(system("test")):
        assert not KeyMaterial.objects.filter(key=lost).exists()
    assert "0 certificates were issued anew." in keys("compromise", lost.fragment, "--reissue")


def test_every_purpose_has_keys_of_its_own(world):
    with look(system("test")):
        actions.as_jwt(world.provider.pk, world.certificate.credential)
        actions.sealer_of(world.provider.pk)
        held = IssuerKey.objects.filter(state=State.ACTIVE)
        assert sorted(held.values_list("provider__slug", "purpose")) == sorted(
            [
                (Provider.objects.get(pk=1).slug, "authority"),
                ("haus", "credential"),
                ("haus", "jwt"),
                ("haus", "seal"),
            ]
        )
        actions.make_key(world.provider, Purpose.JWT)
    assert active(world.provider).state == State.ACTIVE


def test_words_that_are_no_key_or_provider_are_refused(db):
    for wrong in (("rotate", "nirgends"), ("compromise", "z6MkNiemand")):
        with pytest.raises(CommandError, match="There is no"):
            keys(*wrong)


# --- keys at rest --------------------------------------------------------------------------------------------------


def test_keys_are_wrapped_anew_under_another_key_encryption_key(world, settings):
    former, new = settings.KEY_ENCRYPTION_KEY, "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="
    settings.KEY_VAULT_OPTIONS = [new, former]
    vault.cache_clear()
    try:
        assert "1 keys are wrapped anew." in keys("rewrap")
        settings.KEY_VAULT_OPTIONS = [new]
        vault.cache_clear()
        with look(system("test")):
            actions.active_key(world.provider.pk)
        settings.KEY_VAULT_OPTIONS = [former]
        vault.cache_clear()
        with look(system("test")), pytest.raises(envelope.CannotUnwrap):
            actions.active_key(world.provider.pk)
        with pytest.raises(CommandError, match="KEY_ENCRYPTION_KEY"):
            keys("rewrap")
    finally:
        vault.cache_clear()


# --- houses change -------------------------------------------------------------------------------------------------


def test_a_renamed_provider_keeps_its_did_and_its_certificates(client, world):
    did = document(client, world.provider)["id"]
    with look(system("test")):
        Provider.objects.filter(pk=world.provider.pk).update(slug="anders", name="Anders")
    later = issue(Provider(pk=world.provider.pk, slug="anders", key=world.provider.key), "Ben")
    assert document(client, world.provider)["id"] == did
    assert later.certificate.credential["issuer"]["id"] == did
    assert verifies(client, world)
    assert client.get(world.page).context["verdict"] == "valid"


def test_a_provider_that_has_left_still_verifies(client, world):
    """Its pages are gone and nobody works there; the city goes on serving its keys and lists."""
    with look(system("test")):
        world.provider.memberships.all().delete()
        for page in world.provider.pages.filter(depth__gt=2).order_by("-depth"):
            page.get_children().delete()
            page.unpublish()
    assert verifies(client, world)
    assert client.get(world.page).context["verdict"] == "valid"


def test_under_a_further_host_name_old_certificates_verify(client, world, settings):
    settings.PUBLIC_URL = "https://lernen.example"
    settings.ALLOWED_HOSTS = ["testserver", "lernen.example", "localhost"]
    later = issue(world.provider, "Ben Beispiel")
    issuer = later.certificate.credential["issuer"]["id"]
    assert (
        issuer == world.certificate.credential["issuer"]["id"]
    )  # the first host stands in it for ever
    assert verifies(client, world)
    with look(public):
        assert examine.examine_credential(world.certificate.credential).verified
        assert examine.examine_credential(later.certificate.credential).verified
    nextdoor = issue(factories.make_provider("nachbar"))
    assert nextdoor.certificate.credential["issuer"]["id"].startswith("did:web:lernen.example:p:")


def test_the_city_can_check_that_old_addresses_are_served(world):
    """Certificates name hosts; one of them does not answer."""
    with look(system("test")):
        IssuerKey.objects.update(did=f"did:web:127.0.0.1%3A1:p:{world.provider.key}")
    with pytest.raises(CommandError, match="3 of 3 addresses do not answer"):
        keys("check")


# --- what is left when a person or a database is gone --------------------------------------------------------------


def test_an_erased_account_leaves_her_own_copy_verifiable(client, world):
    copy = json.loads(client.get(f"{world.page}.json").content)
    close_account(world.learner)
    assert verifies(client, world, copy)
    with look(public):
        assert examine.examine_credential(copy).verified
    left = now(world.certificate)
    kept = {
        field.name for field in Certificate._meta.fields if getattr(left, field.attname) is not None
    }
    assert not kept & {"learner", "enrolment", "credential"}
    assert "Anna" not in json.dumps(left.achievement)


def test_a_restored_backup_verifies_what_it_never_knew(client, world):
    """Issued after the backup: the row is lost, their own copy is authentic, and the number is unknown."""
    copy = json.loads(client.get(f"{world.page}.json").content)
    with look(system("test")):
        Certificate.objects.all().delete()
    assert client.get(world.page).status_code == 404
    assert verifies(client, world, copy)
    with look(public):
        assert examine.examine_credential(copy).verified
    again = issue(world.provider, "Ben Beispiel")  # and issuing goes on with the same keys
    assert verifies(client, again)
