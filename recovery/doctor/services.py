"""The parts beside us: database, Valkey, worker, mail server, and the name in everybody's address bar."""

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from config import health
from config.embedded.address import LOCAL

PATIENCE = 5  # seconds
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def database() -> Iterator[str]:
    try:
        health.ask()
    except Exception as wrong:  # noqa: BLE001 -- whatever it is, it does not answer
        reason = str(wrong).strip().partition("\n")[0]
        yield (
            f"The database does not answer ({reason}). Start it (./dev run, or systemctl start postgresql); "
            "until then nothing can be stored, and half of these checks are left out."
        )
        connection.close()


def queue() -> Iterator[str]:
    cache.get(health.HEARTBEAT)
    if getattr(cache, "alone", False):
        yield (
            "Valkey does not answer: jobs wait, and limits hold for each process by itself. Start it "
            "(./dev run, or systemctl start valkey-server)."
        )


def worker() -> Iterator[str]:
    seen = cache.get(health.HEARTBEAT)
    if getattr(cache, "alone", False):
        return  # said already
    if seen is None or time.time() - seen > health.OVERDUE:
        yield (
            "The worker has given no sign for five minutes: mail and certificates wait. Start it "
            "(./dev run, or systemctl restart lernstadt-worker), or look at what it is busy with."
        )


def mail_server() -> Iterator[str]:
    """Says hello, and sends nothing."""
    if settings.EMAIL_TRANSPORT != SMTP:
        if not settings.DEMO:
            yield "Mail goes to files and not to people: set EMAIL_BACKEND (docs/operating.md, Mail)."
        return
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE) as line:
            if settings.EMAIL_USE_TLS:
                line.starttls(context=ssl.create_default_context())  # as mail itself goes
            if settings.EMAIL_HOST_USER:
                line.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except (OSError, smtplib.SMTPException) as wrong:
        yield (
            f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not take mail "
            f"({type(wrong).__name__}): look at EMAIL_HOST, its password and its TLS. Mails wait for three days."
        )


def address() -> Iterator[str]:
    """The public host has a name that leads somewhere: every certificate carries it."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if host in LOCAL:
        if not settings.DEMO:
            yield (
                f"PUBLIC_URL is {settings.PUBLIC_URL}, which nobody else can open; certificates carry it. Set it "
                "before the first certificate is issued."
            )
        return
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        yield f"The name {host} (PUBLIC_URL) leads nowhere: mend its entry in the DNS. Certificates cannot be checked until then."
