"""What browsers report about loads that a Content-Security-Policy has stopped, without saying who was reading.

Two shapes are sent: `report-uri` (CSP Level 2, one object below "csp-report") and `report-to` (Reporting API, a list).
Of both only the directive and the origin of what was stopped are read: an address may name a person, a page always does
say what somebody read.
"""

import ipaddress
import json
import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

LARGEST = 16 * 1024  # bytes of a request
MOST = 20  # reports of one request that count
DIRECTIVES = frozenset(
    (
        *("default-src", "script-src", "script-src-elem", "script-src-attr", "style-src"),
        *("style-src-elem", "style-src-attr", "img-src", "font-src", "connect-src", "media-src"),
        *("object-src", "frame-src", "child-src", "worker-src", "manifest-src", "base-uri"),
        *("form-action", "frame-ancestors"),
    )
)
#: Words of the standard where there is no address (CSP Level 3, section 5.3).
WORDS = frozenset(("inline", "eval", "wasm-eval", "self"))
WEB = {"http": 80, "https": 443, "ws": 80, "wss": 443}
NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63}){0,8}")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,30}")


class Blocked(NamedTuple):
    """`origin`: scheme, host and port; a word of the standard; or the scheme alone."""

    directive: str
    origin: str


def read_reports(body: bytes, own: str) -> list[Blocked]:
    """What a request reports; nothing when it is no report. `own`: the platform's host, shown as "self"."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return []
    blocks = [_read(report, own) for report in _bodies(raw)[:MOST]]
    return [blocked for blocked in blocks if blocked]


def _bodies(report: Any) -> list[dict[str, Any]]:
    if isinstance(report, dict):
        report = [{"type": "csp-violation", "body": report.get("csp-report")}]
    if not isinstance(report, list):
        return []
    reports = [
        one for one in report if isinstance(one, dict) and one.get("type") == "csp-violation"
    ]
    return [one["body"] for one in reports if isinstance(one.get("body"), dict)]


def _read(report: dict[str, Any], own: str) -> Blocked | None:
    named = (report.get(name) for name in ("effectiveDirective", "effective-directive"))
    directive = next((name for name in named if name), report.get("violated-directive"))
    url = report.get("blockedURL", report.get("blocked-uri"))
    if not isinstance(directive, str) or not isinstance(url, str):
        return None
    directive = directive.split(" ")[0].lower()
    origin = origin_of(url, own)
    return Blocked(directive, origin) if directive in DIRECTIVES and origin else None


def origin_of(url: str, own: str) -> str:
    """Without path, query, name and password; an address in numbers is "ip": it may be somebody's at home."""
    if url.lower() in WORDS:
        return url.lower()
    try:
        parts = urlsplit(url if ":" in url else f"{url}:")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in WEB:  # data:, blob:, an extension with an identifier of its own
        return parts.scheme if SCHEME.fullmatch(parts.scheme) else ""
    if host == own:
        return "self"
    if _is_number(host):
        return f"{parts.scheme}://ip"
    usual = port in (None, WEB[parts.scheme])
    return f"{parts.scheme}://{host}{'' if usual else f':{port}'}" if NAME.fullmatch(host) else ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
