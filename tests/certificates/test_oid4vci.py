"""A certificate goes into a wallet app: OpenID4VCI 1.0 from the button to the credential, with a wallet made here."""

import importlib
import json
import sys
import time

import pytest
from django.core.cache import cache
from django.urls import clear_url_caches

import config.urls
from accounts.models import User
from certificates import actions
from certificates.models import Certificate, IssuerKey, Recipient
from certificates.openbadges import sdjwt, status_entries
from certificates.openbadges.possession import did_jwk
from certificates.verification import examine
from tenancy.lens import look, public, system
from tests import factories
from tests.certificates.test_sdjwt import EC_JWK, ED_DID, EDWARDS, decode, named, proof, shown
from tests.support.holders import issue, now
from tests.support.wallets import (
    BADGE,
    GRANT,
    HERE,
    SD_JWT,
    error,
    issuer_document,
    page_of,
    press,
    state,
)


@pytest.fixture
def enabled(db, settings):
    settings.OPENID4VCI, settings.PUBLIC_URL = True, HERE
    _reload()
    yield
    settings.OPENID4VCI = False
    _reload()


def _reload():
    importlib.reload(sys.modules[config.urls.__name__])
    clear_url_caches()


@pytest.fixture
def world(enabled, house):
    return issue(house)


@pytest.fixture
def wallet(client, world):
    return press(client, world)


# --- their page --------------------------------------------------------------------------------------------------------


def test_she_finds_the_way_in_her_wallet_page_and_reads_first_what_will_happen(client, world):
    client.force_login(world.learner)
    listed = client.get("/konto/nachweise/").content.decode()
    assert f'href="{page_of(world)}"' in listed
    asked = client.get(page_of(world))
    assert asked.status_code == 200
    assert "openid-credential-offer" not in asked.content.decode()
    assert asked["Cache-Control"] == "private, no-store"
    assert asked["Referrer-Policy"] == "no-referrer"


def test_a_foreign_certificate_is_not_there(client, world):
    with look(system("test")):
        other = factories.make_user("Berta Beispiel")
    client.force_login(other)
    for answer in (client.get(page_of(world)), client.post(page_of(world))):
        assert answer.status_code == 404


def test_a_revoked_or_superseded_one_is_not_taken_along(client, world):
    client.force_login(world.learner)
    with look(system("test")):
        newer = actions.reissue_certificate(world.certificate, by=world.learner)
        number = Recipient.objects.get(certificate=newer).token
    assert client.post(page_of(world)).status_code == 404
    assert client.get(f"/konto/nachweise/{number}/wallet/").status_code == 200
    with look(system("test")):
        actions.revoke_certificate(newer, reason="Test")
    assert client.get(f"/konto/nachweise/{number}/wallet/").status_code == 404


def test_without_the_setting_there_is_nothing_of_it(client, db, house):
    world = issue(house)
    client.force_login(world.learner)
    assert client.get(page_of(world)).status_code == 404
    assert client.post(page_of(world)).status_code == 404
    assert page_of(world) not in client.get("/konto/nachweise/").content.decode()
    for door in ("openid-credential-issuer", "oauth-authorization-server"):
        assert client.get(f"/.well-known/{door}").status_code == 404
    for door in ("token", "nonce", "credential"):
        assert client.post(f"/oid4vci/{door}").status_code == 404


# --- what a wallet reads first ---------------------------------------------------------------------------------------


def test_the_metadata_lead_from_the_offer_to_every_door(wallet):
    offer = wallet.offer
    issuer = wallet.get(f"{offer['credential_issuer']}/.well-known/openid-credential-issuer").json()
    server = wallet.get(f"{HERE}/.well-known/oauth-authorization-server").json()
    assert issuer["credential_issuer"] == server["issuer"] == offer["credential_issuer"] == HERE
    assert server["token_endpoint"] == f"{HERE}/oid4vci/token"
    assert server["grant_types_supported"] == [GRANT]
    assert server["pre-authorized_grant_anonymous_access_supported"] is True
    assert issuer["nonce_endpoint"] == f"{HERE}/oid4vci/nonce"
    assert issuer["credential_endpoint"] == f"{HERE}/oid4vci/credential"
    listed = issuer["credential_configurations_supported"]
    assert list(listed) == [BADGE, SD_JWT]
    assert set(offer["credential_configuration_ids"]) == set(listed)
    assert [each["format"] for each in listed.values()] == ["ldp_vc", "dc+sd-jwt"]
    kind = wallet.get(listed[SD_JWT]["vct"]).json()
    assert kind["vct"] == listed[SD_JWT]["vct"]
    assert [c["path"] for c in kind["claims"]] == [
        c["path"] for c in listed[SD_JWT]["credential_metadata"]["claims"]
    ]
    pin = offer["grants"][GRANT]["tx_code"]
    assert (pin["input_mode"], pin["length"]) == ("numeric", 6)


def test_a_wallet_in_a_browser_may_ask_from_anywhere(wallet):
    for door in ("token", "nonce", "credential"):
        answer = wallet.net.options(f"/oid4vci/{door}")
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, "*")
        assert wallet.net.get(f"/oid4vci/{door}").status_code == 405
    assert dict(wallet.net.cookies) == {}


# --- both formats ----------------------------------------------------------------------------------------------------


def test_an_sd_jwt_is_bound_to_the_wallets_key_and_shows_what_she_ticks(wallet, world):
    token = wallet.fetch()
    header = json.loads(decode(token.split(".")[0]))
    claims = json.loads(decode(token.split(".")[1]))
    keys = wallet.get(issuer_document(claims["iss"])).json()
    assert keys["issuer"] == claims["iss"]
    (key,) = [each for each in keys["jwks"]["keys"] if each["kid"] == header["kid"]]
    opened = {
        "iss": f"{HERE}/p/{world.provider.key}",
        "vct": f"{HERE}/p/types/certificate/1",
        "iat": int(time.time()) // 86400 * 86400,
        "cnf": {"jwk": EC_JWK},
        "status": claims["status"],
        "issuing_authority": world.provider.name,
    }
    assert sdjwt.verify_sd_jwt(shown(token), key) == opened
    assert sdjwt.verify_sd_jwt(shown(token, "course", "kind"), key) == opened | {
        "course": "Sicher im Netz",
        "kind": "Zertifikat",
    }
    assert sdjwt.verify_sd_jwt(token, key)["name"] == "Anna Beispiel"
    assert sdjwt.verify_sd_jwt(token, key)["awarded"] == "2026-11-20"
    assert set(named(token)) == {"name", "course", "kind", "awarded"}  # no test, no result


def test_an_open_badge_says_the_same_as_the_certificate_and_verifies(wallet, world):
    made = wallet.fetch(credential_configuration_id=BADGE)
    kept = now(world.certificate).credential
    holder = made["credentialSubject"].pop("id")
    assert holder == did_jwk(EC_JWK)
    assert {k: v for k, v in made.items() if k != "proof"} == {
        k: v for k, v in kept.items() if k != "proof"
    }
    made["credentialSubject"]["id"] = holder
    with look(public):
        assert examine.examine_credential(made).verified
        made["credentialSubject"]["id"] = ED_DID
        assert not examine.examine_credential(made).verified
    assert "Anna" not in json.dumps(made)


def test_a_wallet_with_a_did_gets_a_badge_for_this_did(wallet):
    claims = {"aud": HERE, "iat": int(time.time()), "nonce": wallet.nonce()}
    signed = proof(EDWARDS, {"alg": "EdDSA", "kid": f"{ED_DID}#{ED_DID[8:]}"}, claims)
    made = wallet.fetch(credential_configuration_id=BADGE, proofs={"jwt": [signed]})
    assert made["credentialSubject"]["id"] == ED_DID


def test_one_visit_gives_both_formats_once_each(wallet):
    token = wallet.token()
    assert wallet.fetch(token)
    assert wallet.fetch(token, credential_configuration_id=BADGE)
    for wanted in (SD_JWT, BADGE):
        answer = wallet.ask(token, credential_configuration_id=wanted)
        assert error(answer) == (401, "invalid_token")


def test_whoever_checks_an_sd_jwt_learns_of_a_revocation(wallet, world):
    token = wallet.fetch()
    place = json.loads(decode(token.split(".")[1]))["status"]["status_list"]
    assert (
        place["uri"]
        == f"{status_entries(now(world.certificate).credential)[0]['statusListCredential']}.jwt"
    )
    assert state(wallet, place) == 0
    with look(system("test")):
        actions.suspend_certificate(world.certificate, reason="Test")
    assert state(wallet, place) == sdjwt.SUSPENDED
    with look(system("test")):
        actions.revoke_certificate(world.certificate, reason="Test")
    assert state(wallet, place) == sdjwt.INVALID


def test_a_retired_key_stays_published_and_a_compromised_one_vanishes(wallet, world):
    token = wallet.fetch()
    document = issuer_document(json.loads(decode(token.split(".")[1]))["iss"])
    first = json.loads(decode(token.split(".")[0]))["kid"]

    def kids():
        return [key["kid"] for key in wallet.get(document).json()["jwks"]["keys"]]

    with look(system("test")):
        newer = actions.make_key(world.provider, IssuerKey.Purpose.SD_JWT)
        planned = actions.make_key(world.provider, IssuerKey.Purpose.SD_JWT, planned=True)
    assert kids() == [newer.fragment, first]
    with look(system("test")):
        actions.compromise_key(IssuerKey.objects.get(fragment=first))
    assert kids() == [newer.fragment]
    assert planned.fragment not in kids()


# --- what goes wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"grant_type": "authorization_code"}, "unsupported_grant_type"),
        ({"grant_type": None}, "unsupported_grant_type"),
        ({"tx_code": None}, "invalid_request"),
        ({"tx_code": "1&tx_code=2"}, "invalid_request"),
        ({"pre-authorized_code": "unbekannt"}, "invalid_grant"),
        ({"tx_code": "falsch"}, "invalid_grant"),
        ({"tx_code": "%00%F0%9F%98%80"}, "invalid_grant"),
    ],
)
def test_a_token_is_not_given_for_this(wallet, changes, word):
    assert error(wallet.ask_token(**changes)) == (400, word)
    assert wallet.token()  # and nothing is lost by it


def test_a_token_request_is_form_encoded(wallet):
    answer = wallet.net.post("/oid4vci/token", {"grant_type": GRANT}, "application/json")
    assert error(answer) == (400, "invalid_request")


def test_a_code_is_used_once(wallet):
    code = wallet.code
    assert wallet.token()
    assert error(wallet.ask_token(**{"pre-authorized_code": code})) == (400, "invalid_grant")
    assert wallet.get(wallet.address).status_code == 404


def test_five_wrong_pins_end_the_offer(wallet):
    code = wallet.code
    other = f"{(int(wallet.pin) + 1) % 1_000_000:06}"
    for _ in range(5):
        answer = wallet.ask_token(**{"pre-authorized_code": code, "tx_code": other})
        assert error(answer) == (400, "invalid_grant")
    assert error(wallet.ask_token(**{"pre-authorized_code": code})) == (400, "invalid_grant")
    assert wallet.get(wallet.address).status_code == 404


def test_the_fifth_try_may_be_the_right_one(wallet):
    for _ in range(4):
        wallet.ask_token(tx_code="falsch")
    assert wallet.ask_token().status_code == 200


def test_an_offer_is_over_after_its_time(wallet, monkeypatch):
    code, real = wallet.code, time.time
    monkeypatch.setattr(time, "time", lambda: real() + actions.LIFETIME + 1)
    assert wallet.get(wallet.address).status_code == 404
    assert error(wallet.ask_token(**{"pre-authorized_code": code})) == (400, "invalid_grant")


def test_a_new_offer_ends_the_former(client, world, wallet):
    second = press(client, world)
    assert wallet.get(wallet.address).status_code == 404
    assert second.fetch()


def test_nothing_readable_is_kept_of_an_offer(wallet, world):
    code, token, nonce = wallet.code, wallet.token(), wallet.nonce()
    kept = str(cache._cache)
    for secret in (code, token, nonce, wallet.pin, wallet.address.rpartition("/")[2], "Anna"):
        assert secret not in kept


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer unbekannt", "Basic YTpi"])
def test_without_a_good_token_there_is_no_credential(wallet, header):
    answer = wallet.net.post(
        "/oid4vci/credential", "{}", "application/json", headers={"authorization": header}
    )
    assert error(answer) == (401, "invalid_token")
    assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'


WRONG = {
    "kein JSON": ("{", "invalid_credential_request"),
    "keine Angaben": ("[]", "invalid_credential_request"),
    "zu lang": (json.dumps({"x": "x" * 30_000}), "invalid_credential_request"),
    "leer": ({}, "invalid_credential_request"),
    "unbekannt": ({"credential_configuration_id": "pass"}, "unknown_credential_configuration"),
    "seltsam": ({"credential_configuration_id": ["sd_jwt"]}, "unknown_credential_configuration"),
    "Kennung": ({"credential_identifier": "1"}, "unknown_credential_identifier"),
    "verschlüsselt": (
        {"credential_configuration_id": SD_JWT, "credential_response_encryption": {}},
        "invalid_encryption_parameters",
    ),
    "kein Beweis": ({"credential_configuration_id": SD_JWT}, "invalid_proof"),
    "anderer Beweis": (
        {"credential_configuration_id": SD_JWT, "proofs": {"di_vp": [{}]}},
        "invalid_proof",
    ),
    "Beweis von früher": (
        {"credential_configuration_id": SD_JWT, "proofs": {"jwt": "x.y.z"}},
        "invalid_proof",
    ),
    "Unsinn": (
        {"credential_configuration_id": SD_JWT, "proofs": {"jwt": ["x.y.z"]}},
        "invalid_proof",
    ),
    "zwei": (
        {"credential_configuration_id": SD_JWT, "proofs": {"jwt": ["x.y.z", "x.y.z"]}},
        "invalid_credential_request",
    ),
    "fremder Ort": (
        {"credential_configuration_id": SD_JWT, "proofs": {"jwt": [proof()]}},
        "invalid_proof",
    ),
}


@pytest.mark.parametrize(("asked", "word"), WRONG.values(), ids=WRONG)
def test_a_credential_is_not_given_for_this(wallet, asked, word):
    token = wallet.token()
    assert error(wallet.ask(token, asked)) == (400, word)
    assert wallet.fetch(token)  # they may try again


def test_a_nonce_is_ours_and_used_once(wallet):
    token, nonce = wallet.token(), wallet.nonce()
    foreign = wallet.ask(token, proofs={"jwt": [wallet.proof("ausgedacht")]})
    assert error(foreign) == (400, "invalid_nonce")
    assert wallet.fetch(token, proofs={"jwt": [wallet.proof(nonce)]})
    again = wallet.ask(
        token, credential_configuration_id=BADGE, proofs={"jwt": [wallet.proof(nonce)]}
    )
    assert error(again) == (400, "invalid_nonce")


def test_what_is_revoked_or_erased_meanwhile_is_not_fetched(wallet, world):
    token = wallet.token()
    with look(system("test")):
        Certificate.objects.filter(pk=world.certificate.pk).update(credential=None)
    assert error(wallet.ask(token)) == (400, "credential_request_denied")


def test_closing_the_account_ends_an_open_offer(wallet, world):
    token = wallet.token()
    with look(system("test")):
        actions.erase_holder(User.objects.get(pk=world.learner.pk))
    assert error(wallet.ask(token)) == (400, "credential_request_denied")


def test_the_keys_of_nobody_are_not_there(client, house):
    for path in (f"/.well-known/jwt-vc-issuer/p/{house.key}", f"/p/{house.key}/status/1.jwt"):
        assert client.get(path).status_code == 404
