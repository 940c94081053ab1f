"""An address with HTTPS on this machine, so that what others fetch is fetched as in the world: DIDs, lists, offers.

The demo of these servers is loaded under it once and for all: did:web has the port in every DID. The authority is made
anew each time and known to nobody but the processes of this command.
"""

import datetime as dt
import ipaddress
import os
import socket
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PORT = 28443  # below the ports that systems give away by chance
ADDRESS = f"https://localhost:{PORT}"
PATIENCE = 120


def wait_for_the_port() -> None:
    """Another clone may be doing the same. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", PORT))
            except OSError:
                time.sleep(1)
            else:
                return
    raise TimeoutError(f"Port {PORT} is in use. Another ./dev verify-certificates may be running.")


def certify(folder: Path) -> list[str]:
    """Options for granian. Everything this process starts trusts the authority from now on."""
    authority, key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    root = _name("Lernstadt, this machine only")
    signed = {
        "root": _certificate(root, root, authority, authority, ca=True),
        "server": _certificate(_name("localhost"), root, key, authority, ca=False),
    }
    for name, certificate in signed.items():
        (folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "server.key").write_bytes(plain)
    for variable in ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):  # OpenSSL's and node's
        os.environ[variable] = str(folder / "root.pem")
    return [
        *("--ssl-certificate", str(folder / "server.pem")),
        *("--ssl-keyfile", str(folder / "server.key")),
    ]


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    authority: ec.EllipticCurvePrivateKey,
    *,
    ca: bool,
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(authority, hashes.SHA256())
    )
