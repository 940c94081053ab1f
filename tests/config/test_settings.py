"""Every setting that guards something has the value that was decided; one that got lost, or a new one, is told here.

`tests/settings_pinned.json` has them, Django's own values included. After a decision:
`python -m tests.support.settings_said`.
"""

import json

import pytest

from tests.support.settings_said import PINNED, guarding, settings_said

ONLY_WITH_HTTPS = {
    "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "http",
    "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]", "localhost"],
    "CSRF_COOKIE_SECURE": False,
    "CSRF_TRUSTED_ORIGINS": ["http://localhost:8000"],
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": True,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": False,
    "SECURE_HSTS_PRELOAD": False,
    "SECURE_HSTS_SECONDS": 0,
    "SECURE_PROXY_SSL_HEADER": None,
    "SECURE_SSL_REDIRECT": False,
    "SESSION_COOKIE_SECURE": False,
    "WAGTAILADMIN_BASE_URL": "http://localhost:8000",
}


@pytest.fixture(scope="module")
def pinned():
    return json.loads(PINNED.read_text())


def test_what_guards_has_the_value_that_was_decided(pinned):
    assert guarding(settings_said(PUBLIC_URL="https://lernen.example.org")) == pinned


def test_without_https_only_this_is_different(pinned):
    assert guarding(settings_said()) == pinned | ONLY_WITH_HTTPS


def test_each_kind_of_work_has_its_timeouts():
    web = settings_said(LERNSTADT_WORK="web")["DATABASES"]["default"]["OPTIONS"]["options"]
    assert "statement_timeout=15000" in web
    assert "lock_timeout=5000" in web
    assert "idle_in_transaction_session_timeout=60000" in web
