"""A wallet app on somebody's telephone, as OpenID4VCI 1.0 expects one; for tests."""

import json
import re
import time
import zlib
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from tests.certificates.test_sdjwt import decode, proof

GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
HERE = "http://localhost:8000"
SD_JWT, BADGE = "sd_jwt", "open_badge"


class Wallet:
    """An app on a telephone: no cookies, knows only what it scanned."""

    def __init__(self, link, pin):
        self.net, self.pin = Client(), pin
        self.address = parse_qs(urlsplit(link).query)["credential_offer_uri"][0]

    def get(self, address):
        return self.net.get(address.removeprefix(HERE))

    @property
    def offer(self):
        return self.get(self.address).json()

    @property
    def code(self):
        return self.offer["grants"][GRANT]["pre-authorized_code"]

    def ask_token(self, **changes):
        asked = {"grant_type": GRANT, "pre-authorized_code": "", "tx_code": self.pin} | changes
        asked["pre-authorized_code"] = asked["pre-authorized_code"] or self.code
        body = "&".join(f"{name}={value}" for name, value in asked.items() if value is not None)
        return self.net.post("/oid4vci/token", body, "application/x-www-form-urlencoded")

    def token(self):
        return self.ask_token().json()["access_token"]

    def nonce(self):
        return self.net.post("/oid4vci/nonce").json()["c_nonce"]

    def proof(self, nonce=None, **header):
        claims = {"aud": HERE, "iat": int(time.time()), "nonce": nonce or self.nonce()}
        return proof(claims=claims, **header)

    def ask(self, token, asked=None, **changes):
        asked = (
            {
                "credential_configuration_id": SD_JWT,
                "proofs": {"jwt": [self.proof()]},
            }
            | changes
            if asked is None
            else asked
        )
        body = asked if isinstance(asked, str) else json.dumps(asked)
        return self.net.post(
            "/oid4vci/credential",
            body,
            "application/json",
            headers={"authorization": f"Bearer {token}"},
        )

    def fetch(self, token=None, **changes):
        answer = self.ask(token or self.token(), **changes)
        assert answer.status_code == 200, answer.content
        return answer.json()["credentials"][0]["credential"]


def page_of(world):
    return f"/konto/nachweise/{world.number}/wallet/"


def press(client, world):
    """What they see after the button: the link behind the QR code, and the PIN."""
    client.force_login(world.learner)
    text = client.post(page_of(world)).content.decode()
    link = re.search(r'href="(openid-credential-offer://[^"]+)"', text)[1].replace("&amp;", "&")
    return Wallet(link, re.search(r">(\d{6})</strong>", text)[1])


def error(answer):
    assert answer["Cache-Control"] == "no-store"
    said = answer.json()
    assert re.fullmatch(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+", said["error_description"])
    return answer.status_code, said["error"]


def issuer_document(iss):
    host, _, path = iss.removeprefix("http://").partition("/")
    return f"http://{host}/.well-known/jwt-vc-issuer/{path}"


def state(wallet, place):
    answer = wallet.get(place["uri"])
    assert answer["Content-Type"] == "application/statuslist+jwt"
    body = json.loads(decode(answer.content.decode().split(".")[1]))
    assert body["sub"] == place["uri"]
    listed = zlib.decompress(decode(body["status_list"]["lst"]))
    return listed[place["idx"] // 4] >> place["idx"] % 4 * 2 & 3
