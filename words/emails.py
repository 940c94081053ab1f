"""E-mail addresses: `müller@bücher.example` and `müller@xn--bcher-kva.example` are one."""

import unicodedata

import idna


def canonical(address: str) -> str:
    """Small letters, composed, the domain as the network writes it (IDNA 2008 with UTS #46). A domain that has no such
    form stays as it is: whether it is one is for a form to say.
    """
    plain = unicodedata.normalize("NFC", address.strip()).lower()
    person, at, domain = plain.rpartition("@")
    try:
        return f"{person}{at}{idna.encode(domain, uts46=True).decode('ascii')}" if domain else plain
    except idna.IDNAError:
        return plain


def shown(address: str) -> str:
    """For people: the domain in its own letters."""
    person, at, domain = address.rpartition("@")
    try:
        return f"{person}{at}{idna.decode(domain)}" if domain else address
    except idna.IDNAError:
        return address
