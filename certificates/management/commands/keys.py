"""`manage.py keys list|plan|rotate|compromise|rewrap|check`: the keys of issuers. For the operator; docs/certificates.md."""

import json
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from certificates import actions, envelope, queries
from certificates.models import IssuerKey, StatusList
from providers.models import Provider
from tenancy.lens import look, public, system
from words.days import day

PATIENCE = 10  # seconds for one address


class Command(BaseCommand):
    help = "Signing keys of the issuers: list, plan, rotate, declare compromised, wrap anew, check their addresses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        listed = verbs.add_parser("list", help="every key and its state")
        listed.add_argument("provider", nargs="?", help="slug; otherwise all")
        for verb, says in (
            ("plan", "make the next key and announce it in did.json, without using it"),
            ("rotate", "the planned key, or a new one, takes over; the former still verifies"),
        ):
            one = verbs.add_parser(verb, help=says)
            one.add_argument("provider", help="slug")
            one.add_argument(
                "--purpose", choices=IssuerKey.Purpose.values, default=IssuerKey.Purpose.CREDENTIAL
            )
        lost = verbs.add_parser("compromise", help="a key verifies nothing any more, at once")
        lost.add_argument("fragment", help="the key's name, as `list` prints it")
        lost.add_argument(
            "--reissue",
            action="store_true",
            help="issue anew everything it signed; may be repeated",
        )
        verbs.add_parser(
            "rewrap",
            help="wrap all keys with KEY_ENCRYPTION_KEY; FORMER_KEY_ENCRYPTION_KEY unwraps",
        )
        verbs.add_parser(
            "check", help="are did.json and the lists served at the addresses in certificates?"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['verb']}")(options)

    def do_list(self, options: dict[str, Any]) -> None:
        with look(public):
            keys = IssuerKey.objects.select_related("provider").order_by("provider__slug", "pk")
            if options["provider"]:
                keys = keys.filter(provider__slug=options["provider"])
            for key in keys:
                made = day(key.created_at).isoformat()
                self.stdout.write(
                    f"{key.provider.slug:24} {key.purpose:11} {key.state:12} {made} {key.fragment}"
                )

    def do_plan(self, options: dict[str, Any]) -> None:
        self._make(options, planned=True)

    def do_rotate(self, options: dict[str, Any]) -> None:
        self._make(options, planned=False)

    def _make(self, options: dict[str, Any], *, planned: bool) -> None:
        with look(system("keys by command")):
            provider = Provider.objects.filter(slug=options["provider"]).first()
            if not provider:
                raise CommandError(f"There is no provider {options['provider']!r}.")
            key = actions.make_key(provider, options["purpose"], planned=planned)
        self.stdout.write(f"{key.get_state_display()}: {key.method}")

    def do_compromise(self, options: dict[str, Any]) -> None:
        with look(system("a key is compromised")):
            key = IssuerKey.objects.filter(fragment=options["fragment"]).first()
            if not key:
                raise CommandError("There is no key of this name; `keys list` prints them.")
            actions.compromise_key(key)
            self.stdout.write(f"{key.method} verifies nothing any more.")
            if options["reissue"]:
                count = actions.reissue_signed_by(key)
                self.stdout.write(f"{count} certificates were issued anew.")

    def do_rewrap(self, options: dict[str, Any]) -> None:
        try:
            with look(system("keys are wrapped anew")):
                count = actions.rewrap_keys()
        except envelope.CannotUnwrap as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"{count} keys are wrapped anew.")

    def do_check(self, options: dict[str, Any]) -> None:
        """Every host that ever stood in a certificate must go on serving: old certificates name it for ever."""
        with look(public):
            wanted = _wanted()
        wrong = [
            problem for address, signed_by in wanted if (problem := _problem(address, signed_by))
        ]
        for problem in wrong:
            self.stderr.write(problem)
        if wrong:
            raise CommandError(
                f"{len(wrong)} of {len(wanted)} addresses do not answer as they should."
            )
        self.stdout.write(f"{len(wanted)} addresses answer as they should.")


def _wanted() -> list[tuple[str, set[str]]]:
    """Addresses, and the keys that must stand in what is served there."""
    scheme = settings.PUBLIC_URL.partition("://")[0]
    wanted = []
    for did in IssuerKey.objects.order_by("did").values_list("did", flat=True).distinct():
        host, _, path = did.removeprefix("did:web:").partition(":")
        address = f"{scheme}://{host.replace('%3A', ':')}/{path.replace(':', '/')}/did.json"
        if methods := set(queries.assertion_methods(did)):
            wanted.append((address, methods))
    lists = StatusList.objects.order_by("url").values_list("url", flat=True)
    return [*wanted, *((url, set()) for url in lists)]


def _problem(address: str, methods: set[str]) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 -- addresses of our own issuers
            served = json.load(answer)
    except (OSError, ValueError) as wrong:
        return f"{address}: {wrong}"
    if methods and set(served.get("assertionMethod", [])) != methods:
        return f"{address} lists other keys than this database."
    if not methods and served.get("id") != address:
        return f"{address} is another list."
    return ""
