"""System packages: installed as root or with sudo, otherwise the exact line is printed."""

import ctypes
import os
import shutil
import sys
from pathlib import Path

from config.embedded import apt, stamps
from config.embedded.places import VAR, CannotStart, step

PDF_LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
JAVA = "default-jdk-headless"
JAXB = {"libjaxb-java": "jaxb-runtime.jar", "libjaxb-api-java": "jaxb-api.jar"}
CHROMIUM = Path("/usr/bin/chromium")  # Debian's; tests/browser uses no other
#: The same without windows, which nobody sees in tests: a third of the processor time for the same pages.
WINDOWLESS = Path("/usr/bin/chromium-headless-shell")
PGBOUNCER = Path("/usr/sbin/pgbouncer")
CADDY = Path("/usr/bin/caddy")


def for_pdf() -> None:
    """Certificates as PDF need Pango; without it everything else works."""
    missing = [package for package, library in PDF_LIBRARIES.items() if not _loads(library)]
    if missing:
        _install_or_say(missing, "certificates as PDF")


def for_browser_tests(*, needed: bool) -> None:
    """Chromium. `needed`: nothing works without it; in CI it always is, so that no test is skipped silently."""
    if not CHROMIUM.exists() and not _install_or_say(["chromium"], "browser tests"):
        if needed or os.environ.get("CI"):
            raise CannotStart(f"Chromium is missing: install it with `{apt.line(['chromium'])}`.")
    elif not WINDOWLESS.exists():
        _install_or_say([WINDOWLESS.name], "quicker browser tests")


def for_pooler() -> None:
    """PgBouncer, for `./dev isolation --pooled` alone."""
    if not PGBOUNCER.exists() and not _install_or_say(["pgbouncer"], "asking through a pooler"):
        raise CannotStart(f"PgBouncer is missing: install it with `{apt.line(['pgbouncer'])}`.")


def for_large_city() -> None:
    """PgBouncer and Caddy, for `./dev chaos --city`, which goes on without what is missing."""
    parts = {"pgbouncer": PGBOUNCER, "caddy": CADDY}
    if missing := [package for package, program in parts.items() if not program.exists()]:
        _install_or_say(missing, "a city of several machines")


def for_verapdf() -> None:
    """Java and JAXB, for veraPDF in `./dev verify-certificates` alone."""
    folder = Path("/usr/share/java")
    missing = [package for package, jar in JAXB.items() if not (folder / jar).exists()]
    missing += [] if shutil.which("java") and shutil.which("javac") else [JAVA]
    if missing and not _install_or_say(missing, "judging PDF/A and PDF/UA"):
        raise CannotStart(f"veraPDF needs Java: install it with `{apt.line(missing)}`.")


def _install_or_say(missing: list[str], purpose: str) -> bool:
    """Are they there now? What failed once is not tried again at each start, only named."""
    stamp, mark = VAR / "packages", " ".join(missing)
    tried = stamps.is_done(stamp, mark)
    reason = "could not be installed last time" if tried else "needs an administrator"
    if not tried and apt.may_install():
        step(f"Installing system packages for {purpose}: {mark} …")
        reason = apt.install(missing)
        if not reason:
            return True
        stamps.remember(stamp, mark)
    step(f"Missing for {purpose} ({reason}); install with\n    {apt.line(missing)}")
    return False


def _loads(library: str) -> bool:
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
