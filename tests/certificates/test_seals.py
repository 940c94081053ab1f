"""The seal on a PDF: anyone who changes a byte breaks it, and whatever a stranger uploads gets a verdict."""

import base64
import json
import random
import re
import threading
import zlib
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from certificates import seals
from certificates.seals import checking

DAY = datetime(2026, 11, 20, 10, tzinfo=UTC)
CITY = seals.make_authority("Digitale Stadt Heilbronn", at=DAY)
SEAL = seals.make_seal("Volkshochschule Heilbronn", CITY, at=DAY)
SEALER = seals.LocalSealer(SEAL.certificate, SEAL.key)
CREDENTIAL = {"@context": ["https://www.w3.org/ns/credentials/v2"], "name": "Grüße"}


def tiny_pdf(attached=b"", extra=b""):
    """One empty page, written by hand, with a stream that says it is an embedded file."""
    stream = b"<</Type /EmbeddedFile /Length %d%s>>\nstream\n%s\nendstream" % (
        len(attached),
        extra,
        attached,
    )
    parts = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>",
        stream,
    ]
    body, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    body += b"xref\n0 5\n0000000000 65535 f \n" + table
    return body + b"trailer <</Size 5 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def put_on(pdf, sealer=SEALER, at=DAY):
    return seals.seal(pdf, sealer, reason="Ausstellung", location="Heilbronn", at=at)


def verdict(pdf, authority=CITY):
    return seals.check_seal(pdf, authorities=[authority.certificate])


@pytest.fixture(scope="module")
def sealed():
    return put_on(tiny_pdf(json.dumps(CREDENTIAL).encode()))


def test_a_seal_of_ours_is_recognised(sealed):
    assert verdict(sealed) == seals.SealVerdict(
        "sealed",
        present=True,
        intact=True,
        trusted=True,
        covers_whole_file=True,
        signer="Volkshochschule Heilbronn",
        signed_at=DAY,
        certificate=SEAL.certificate,
    )


def test_what_was_there_before_stays_byte_for_byte(sealed):
    before = tiny_pdf(json.dumps(CREDENTIAL).encode())
    assert sealed.startswith(before)


def test_no_changed_byte_goes_unnoticed(sealed):
    """Every seventh byte, the seal's own digits and their padding included."""
    chance = random.Random(5)
    found = set()
    for place in range(0, len(sealed), 7):
        changed = bytearray(sealed)
        changed[place] ^= 1 << chance.randrange(8)
        found.add(verdict(bytes(changed)).trusted)
    assert found == {False}


def test_no_digit_of_the_seal_can_be_another(sealed):
    start = sealed.index(b"/Contents <") + len(b"/Contents <")
    found = []
    for place in range(start, start + 2100):
        changed = bytearray(sealed)
        changed[place] = ord("1") if changed[place] == ord("0") else changed[place] ^ 1
        found += [place - start] if verdict(bytes(changed)).trusted else []
    assert found == []


def test_the_issuer_in_other_capitals_is_another_seal(sealed):
    """Parsers compare names without their case; where the signer is named, nobody vouches for a byte."""
    name = b"Digitale Stadt".hex().upper().encode()
    places = [found.start() for found in re.finditer(name, sealed)]
    changed = [sealed[:place] + b"6" + sealed[place + 1 :] for place in places]
    assert len(changed) > 2
    assert {verdict(pdf).trusted for pdf in changed} == {False}


def test_the_same_digits_in_small_letters_are_another_file(sealed):
    start, end = sealed.index(b"/Contents <"), sealed.index(b"/ByteRange")
    changed = (
        sealed[:start]
        + sealed[start:end].lower().replace(b"/contents", b"/Contents")
        + sealed[end:]
    )
    assert verdict(changed).says == "unreadable"


@pytest.mark.parametrize(
    ("alter", "says"),
    [
        (lambda pdf: pdf + b"\n", "appended"),
        (lambda pdf: pdf + pdf[pdf.index(b"%PDF") + 9 :], "several"),
        (lambda pdf: pdf[:-1], "cut"),
        (lambda pdf: pdf[: len(pdf) // 2], "none"),
        (lambda pdf: b" " + pdf, "not-pdf"),
        (lambda pdf: pdf.replace(b"Heilbronn", b"Leipzig..", 1), "changed"),
        (lambda pdf: pdf.replace(b"/ByteRange [0 ", b"/ByteRange [1 "), "unreadable"),
        (lambda pdf: tiny_pdf(), "none"),
        (lambda pdf: put_on(pdf[: pdf.index(b"%%EOF") + 6], OTHER), "unknown"),
        (lambda pdf: b"%PDF-" + bytes(checking.LARGEST), "too-large"),
        (lambda pdf: b"", "not-pdf"),
    ],
)
def test_the_verdict_says_what_is_wrong(sealed, alter, says):
    found = verdict(alter(sealed))
    assert (found.says, found.trusted) == (says, False)


STRANGER = seals.make_authority("Digitale Stadt Heilbronn", at=DAY)
STRANGERS = seals.make_seal("Volkshochschule Heilbronn", STRANGER, at=DAY)
OTHER = seals.LocalSealer(STRANGERS.certificate, STRANGERS.key)


def test_a_seal_of_the_same_name_by_somebody_else_is_unknown():
    found = verdict(put_on(tiny_pdf(), OTHER))
    assert (found.says, found.intact, found.trusted) == ("unknown", True, False)


def test_without_authorities_nobody_is_known(sealed):
    assert seals.check_seal(sealed, authorities=[]).says == "unknown"


def test_a_seal_made_after_its_certificate_ran_out_is_expired():
    assert verdict(put_on(tiny_pdf(), at=DAY + timedelta(days=1200))).says == "expired"


def test_a_seal_made_in_time_stays_good(sealed):
    """Checked at the time it was made: the certificate lasts three years, the paper longer."""
    certificate = x509.load_pem_x509_certificate(SEAL.certificate.encode())
    assert certificate.not_valid_after_utc - DAY == timedelta(days=1096)
    assert verdict(sealed).signed_at == DAY


def test_any_rubbish_gets_a_verdict(sealed):
    chance = random.Random(7)
    gap = b"<" + b"30820FFF" + bytes(chance.choice(b"0123456789ABCDEF") for _ in range(400)) + b">"
    head = b"%PDF-1.7\n"
    for rubbish in (chance.randbytes(500), b"30" * 400, b"A0" * 300, gap[1:-1], b""):
        body = b"<" + rubbish + b">"
        tail = b"/ByteRange [0 9 %d %d]"
        after = len(head) + len(body)
        pdf = head + body + tail % (after, 0)
        pdf = head + body + tail % (after, len(pdf) - after + 1)
        assert verdict(pdf).trusted is False
    assert verdict(b"%PDF-" + chance.randbytes(20_000)).says == "none"


# --- attachments -----------------------------------------------------------------------------------------------------


def test_the_attached_credential_is_read(sealed):
    assert seals.attached_credential(sealed) == CREDENTIAL


def test_a_compressed_one_is_read_too():
    packed = zlib.compress(json.dumps(CREDENTIAL).encode())
    assert seals.attached_credential(tiny_pdf(packed, b" /Filter /FlateDecode")) == CREDENTIAL


@pytest.mark.parametrize(
    "content",
    [
        zlib.compress(b" " * 50_000_000 + b"{}"),
        zlib.compress(b"[" * 900_000),
        zlib.compress(b'{"@context": ' + b'{"a":' * 100_000),
        zlib.compress(b'{"@context": ' + b"9" * 5000 + b"}"),
        zlib.compress(b'["@context"]'),
        zlib.compress(b"{}"),
        zlib.compress(b"\xff\xfe\x00"),
        b"no zlib at all",
        b"",
    ],
    ids=[
        "bomb",
        "brackets",
        "nested",
        "huge number",
        "list",
        "other",
        "no text",
        "no zlib",
        "empty",
    ],
)
def test_what_is_no_credential_is_none(content):
    assert seals.attached_credential(tiny_pdf(content, b" /Filter /FlateDecode")) is None


def test_a_thousand_attachments_are_not_all_looked_at():
    many = tiny_pdf(b"{}") * 1000 + tiny_pdf(json.dumps(CREDENTIAL).encode())
    assert seals.attached_credential(many) is None


# --- authorities and sealers -----------------------------------------------------------------------------------------


def test_the_city_signs_a_seal_that_can_sign_nothing_else():
    city, seal = (x509.load_pem_x509_certificate(pem.certificate.encode()) for pem in (CITY, SEAL))
    seal.verify_directly_issued_by(city)
    assert seal.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert city.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    key = city.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    assert (
        seal.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
        == key
    )


def test_a_seal_does_not_outlive_its_authority():
    late = seals.make_seal("Spät", CITY, at=DAY + timedelta(days=3600))
    certificate = x509.load_pem_x509_certificate(late.certificate.encode())
    city = x509.load_pem_x509_certificate(CITY.certificate.encode())
    assert certificate.not_valid_after_utc <= city.not_valid_after_utc


def test_a_long_name_is_cut():
    long = seals.make_authority("Ä" * 200, at=DAY)
    assert (
        "Ä" * 32
        in x509.load_pem_x509_certificate(long.certificate.encode()).subject.rfc4514_string()
    )


def test_the_configuration_chooses_the_sealer():
    local = {"certificate": SEAL.certificate, "key": SEAL.key.decode()}
    card = {
        "kind": "pkcs11",
        "module": "/x.so",
        "token": "t",
        "key": "k",
        "certificate": "c",
        "chain": ["d"],
    }
    remote = {"kind": "csc", "url": "u", "credential": "c", "token": "t"}
    assert seals.sealer_from(local) == SEALER
    assert seals.sealer_from(card) == seals.Pkcs11Sealer("/x.so", "t", "k", "c", chain=("d",))
    assert seals.sealer_from(remote) == seals.CscSealer("u", "c", "t")


def test_secrets_are_not_printed():
    assert "geheim" not in repr(seals.CscSealer("u", "c", token="geheim", pin="geheim"))
    assert "PRIVATE" not in repr(SEALER)


@pytest.mark.parametrize(
    ("described", "says"),
    [
        ({"kind": "wax"}, "There is no sealer of the kind 'wax'; choose local, pkcs11, csc."),
        ({"kind": "csc", "url": "u"}, "The sealer of the kind 'csc' is not described fully: "),
    ],
)
def test_a_wrong_configuration_is_named(described, says):
    with pytest.raises(seals.CannotSeal) as wrong:
        seals.sealer_from(described)
    assert str(wrong.value).startswith(says)


def test_a_missing_package_is_named():
    card = seals.Pkcs11Sealer("/x.so", "t", "k", SEAL.certificate)
    with pytest.raises(seals.CannotSeal, match="pip install"):
        put_on(tiny_pdf(), card)


class TrustService(BaseHTTPRequestHandler):
    """As much of the CSC API 1.0.4 as a seal needs: it sees a hash, never a document."""

    asked: ClassVar[list[str]] = []

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = self.path.removeprefix("/csc/v1/")
        self.asked.append(name)
        known = (
            self.headers["Authorization"] == "Bearer geheim" and asked["credentialID"] == "siegel"
        )
        answer = json.dumps(getattr(self, name.replace("/", "_"))(asked)).encode()
        self.send_response(200 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def credentials_info(self, asked):
        certificate = x509.load_pem_x509_certificate(SEAL.certificate.encode())
        der = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()
        key = {"algo": ["1.2.840.10045.4.3.2"]}
        return {"cert": {"certificates": [der]}, "key": key, "multisign": 1, "SCAL": "2"}

    def credentials_authorize(self, asked):
        return {"SAD": f"{asked['PIN']}:{asked['hash'][0]}"}

    def signatures_signHash(self, asked):  # noqa: N802 -- the API's name
        [digest] = asked["hash"]
        assert asked["SAD"] == f"1234:{digest}"
        key = serialization.load_pem_private_key(SEAL.key, None)
        signed = key.sign(base64.b64decode(digest), ec.ECDSA(utils.Prehashed(hashes.SHA256())))
        return {"signatures": [base64.b64encode(signed).decode()]}

    def log_message(self, *arguments):
        """Nothing on the terminal."""


@pytest.fixture
def trust_service():
    server = ThreadingHTTPServer(("127.0.0.1", 0), TrustService)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    TrustService.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_trust_service_seals_from_afar(trust_service):
    sealer = seals.CscSealer(trust_service, "siegel", token="geheim", pin="1234")
    assert verdict(put_on(tiny_pdf(), sealer)).says == "sealed"
    assert TrustService.asked == [
        "credentials/info",
        "credentials/authorize",
        "signatures/signHash",
    ]


def test_a_trust_service_that_refuses_is_named(trust_service):
    sealer = seals.CscSealer(trust_service, "siegel", token="falsch")
    with pytest.raises(seals.CannotSeal, match="The remote seal at http"):
        put_on(tiny_pdf(), sealer)
