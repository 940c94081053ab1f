"""What browsers report is counted by day, rule and origin; nothing of it says who read what."""

import io
import json
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts import actions, tasks
from accounts.actions import account
from accounts.blocked import Blocked, origin_of, read_reports
from accounts.models import BlockedLoad
from tenancy.lens import look, public, system
from words.lengths import announced

DOOR = "/meldungen/csp"
OLD = {
    "csp-report": {
        "document-uri": "http://localhost:8000/konto/?secret",
        "violated-directive": "script-src-elem 'self'",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://anna:pw@Ads.Example:8443/track/anna?mail=a@b.c#x",
    }
}
NEW = [
    {"type": "deprecation", "body": {"id": "x"}},
    {
        "type": "csp-violation",
        "url": "http://localhost:8000/lernen/",
        "user_agent": "Anna's browser",
        "body": {"effectiveDirective": "img-src", "blockedURL": "https://cdn.example/a.png"},
    },
    {
        "type": "csp-violation",
        "body": {"effectiveDirective": "script-src-attr", "blockedURL": "inline"},
    },
]


def report(client, said, kind="application/csp-report"):
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return client.post(DOOR, body, content_type=kind)


def counted():
    with look(system("test")):
        return {(r.directive, r.origin): r.times for r in BlockedLoad.objects.all()}


def test_both_shapes_are_counted_without_page_path_and_person(client, db):
    assert report(client, OLD).status_code == 204
    assert report(client, OLD).status_code == 204
    assert report(client, NEW, "application/reports+json").status_code == 204
    assert counted() == {
        ("script-src-elem", "https://ads.example:8443"): 2,
        ("img-src", "https://cdn.example"): 1,
        ("script-src-attr", "inline"): 1,
    }


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://localhost:8000/x", "self"),
        ("https://a.example:443/x", "https://a.example"),
        ("http://192.168.178.20/x", "http://ip"),
        ("https://[2001:db8::1]:8443/", "https://ip"),
        ("data:image/png;base64,AAAA", "data"),
        ("blob", "blob"),
        ("chrome-extension://abcdefgh/anna.js", "chrome-extension"),
        ("eval", "eval"),
        ("https://a.example:99999/", ""),
        ("https://[", ""),
        ("https://<script>/", ""),
        ("https://a\0b.example/", ""),
        ("", ""),
        ("x" * 5000, ""),
    ],
)
def test_only_the_origin_of_what_was_stopped_is_kept(url, origin):
    assert origin_of(url, "localhost") == origin


@pytest.mark.parametrize(
    "junk",
    [
        *(b"", b"\0", b"{", b"[" * 9000, b"null", b"[null]", b"[[]]", b'{"csp-report": []}'),
        b'{"csp-report": {"effective-directive": "img-src"}}',
        b'{"csp-report": {"effective-directive": "none-src", "blocked-uri": "eval"}}',
        b'{"csp-report": {"effective-directive": ["img-src"], "blocked-uri": "eval"}}',
        b'[{"type": "csp-violation", "body": 1}]',
        json.dumps(OLD).encode() + b" " * 17_000,
    ],
    ids=range(13),
)
def test_junk_and_what_is_too_long_is_refused_quietly(client, db, caplog, junk):
    assert report(client, junk).status_code == 204
    assert counted() == {}
    assert caplog.records == []


def test_a_wrong_length_is_not_read(client, db):
    answer = client.generic("POST", DOOR, json.dumps(OLD), CONTENT_LENGTH="1" * 5000)
    assert (answer.status_code, counted()) == (204, {})


@pytest.mark.parametrize(
    ("said", "length"),
    [("", 0), ("12", 12), ("-1", 0), ("abc", 0), ("²", 0), ("٣", 0), ("1" * 5000, sys.maxsize)],
)
def test_whatever_is_announced_is_a_length(said, length):
    assert announced({"CONTENT_LENGTH": said}) == length
    assert announced({}) == 0


@pytest.mark.parametrize("path", ["/konto/anmelden/", "/redaktion/kurse/"])
def test_an_odd_length_breaks_no_other_door(client, db, path):
    client.cookies["lernstadt"] = "x"
    for said in ("1" * 5000, "abc"):
        assert client.generic("POST", path, "", CONTENT_LENGTH=said).status_code < 500


def test_only_these_templates_of_wagtail_bring_a_script_of_their_own():
    """Why the desk has 'unsafe-inline': docs/adr/0045. When none is left, it goes."""
    home = Path(find_spec("wagtail").origin).parent
    apps = (
        "admin",
        "documents",
        "embeds",
        "images",
        "locales",
        "search",
        "sites",
        "snippets",
        "users",
    )
    apps += ("contrib/simple_translation",)
    found = {
        template.name
        for app in apps
        for template in (home / app / "templates").rglob("*.html")
        if "<script>" in template.read_text()
    }
    assert found == {
        *("date_input.html", "datetime_input.html", "time_input.html"),
        *("inline_panel.html", "multiple_chooser_panel.html"),
    }


def test_one_household_cannot_report_without_end(client, db, settings):
    settings.LIMITS = settings.LIMITS | {"csp": "1/minute"}
    assert [report(client, OLD).status_code for _ in range(3)] == [204] * 3
    assert [*counted().values()] == [1]


def test_one_request_counts_so_many_reports_and_no_more():
    assert len(read_reports(json.dumps(NEW[2:] * 500).encode(), "localhost")) == 20


def test_invented_origins_do_not_fill_the_table(db, monkeypatch):
    monkeypatch.setattr(account, "BLOCKED_PER_DAY", 2)
    with look(system("test")):
        actions.count_blocked(Blocked("img-src", f"https://{n}.example") for n in range(5))
    assert counted() == {
        ("img-src", "https://0.example"): 1,
        ("img-src", "https://1.example"): 1,
        ("other", "other"): 3,
    }


def test_nobody_but_the_platform_reads_the_counts(client, db):
    report(client, OLD)
    with look(public):
        assert BlockedLoad.objects.count() == 0


def test_the_operator_reads_them(client, db):
    report(client, OLD)
    said = io.StringIO()
    call_command("csp_reports", stdout=said)
    today = f"{timezone.localdate():%Y-%m-%d}"
    assert said.getvalue().splitlines() == [
        f"{today}       1  script-src-elem   https://ads.example:8443",
        "1 loads were stopped.",
    ]


def test_counts_go_after_ninety_days(client, db):
    report(client, OLD)
    with look(system("test")):
        old = timezone.localdate() - timezone.timedelta(days=91)
        BlockedLoad.objects.create(day=old, directive="img-src", origin="eval")
    assert tasks.forget_old_security_events() == 1
    assert len(counted()) == 1


@pytest.mark.parametrize("path", ["/", "/konto/anmelden/", "/redaktion/"])
def test_every_page_says_where_to_report(client, db, path):
    answer = client.get(path)
    assert answer["Content-Security-Policy"].endswith("; report-uri /meldungen/csp; report-to csp")
    assert answer["Reporting-Endpoints"] == 'csp="/meldungen/csp"'


def test_the_way_to_the_desk_runs_no_inline_script(client, db):
    """Only what lies behind the sign-in has Wagtail's inline styles and scripts: docs/adr/0045."""
    answer = client.get("/konto/anmelden/?next=/redaktion/")
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
