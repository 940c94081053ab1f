"""What the settings are in a process of their own, with nothing in the environment but what a test says; as JSON."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PINNED = ROOT / "tests" / "settings_pinned.json"
NEEDED = {
    "SECRET_KEY": "s" * 60,
    "KEY_ENCRYPTION_KEY": "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=",
    "DATABASE_URL": "postgresql://app:p%40ss@db.example.org:6432/lernstadt?sslmode=require",
    "LERNSTADT_VAR": "/var/lib/lernstadt",
}
#: The policy of scripts has tests of its own.
GUARDS = re.compile(
    "ACCOUNT_|ALLAUTH_|ALLOWED_|AUTH|CACHES|CSRF_|DATABASES|DATA_UPLOAD|DEBUG|EMAIL_|FILE_UPLOAD|KEY_VAULT|LIMITS"
    "|LOGIN_|LOGOUT_|MFA_|NESTED_|OPENID|PASSWORD_|PREPARED|SAME_CLICK|SEALERS|SECOND_FACTOR|SECURE_(?!CSP)|SESSION_"
    "|SIGNING_|SOCIALACCOUNT|STORAGES|TIMEOUTS|USERSESSIONS|USE_X_|VC_API|WAGTAILADMIN_|WAGTAILDOCS_|WAGTAILIMAGES_"
    "|WAGTAIL_(PASSWORD|EMAIL|GRAVATAR|ENABLE)|WEB_THREADS|X_FRAME"
)
#: Django's own values are in it where we say nothing: a hasher that is gone is a change as well.
CODE = """
import json, sys
from django.conf import settings
from allauth.account import app_settings
said = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
said["ACCOUNT_RATE_LIMITS"] = app_settings.RATE_LIMITS  # with those of its own that we say nothing of
plain = lambda value: sorted(value) if isinstance(value, (set, frozenset)) else str(value)
json.dump(said, sys.stdout, default=plain)
"""


def settings_said(code=CODE, **environment):
    known = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=known | NEEDED | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def guarding(settings):
    return {name: value for name, value in settings.items() if GUARDS.match(name)}


if __name__ == "__main__":
    said = guarding(settings_said(PUBLIC_URL="https://lernen.example.org"))
    PINNED.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n")
