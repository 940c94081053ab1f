"""The larger runs behind `./dev isolation`, and what they print."""

import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor

import django

from config.embedded.places import step
from tests.isolation.canaries import AUTHOR, CLERK, LEARNER, OWNER, REVIEWER, ROLES, TUTOR, VISITOR
from tests.isolation.crawl import Crawler, Report
from tests.isolation.ledger import Ledger
from tests.isolation.patterns import walk
from tests.isolation.pooled import LONGEST, PATIENCE, REQUESTS, ask_through_a_pooler
from tests.isolation.trespass import Walls
from tests.isolation.world import own_world
from tests.support.databases import at

SHOWN = 40
#: One process each, with a database of its own.
SHARES = ((OWNER, VISITOR, CLERK), (AUTHOR, LEARNER), (REVIEWER, TUTOR))
#: Walls in front of what the desk shows; the crawler itself must notice when one of them is open.
SAMPLE = (
    "providers_basepage",
    "wagtailimages_image",
    "wagtaildocs_document",
    "wagtailcore_collection",
    "taggit_taggeditem",
    "wagtailcore_task",
    "wagtailcore_workflow",
    "courses_printedlesson",
)
SAMPLED = ("/redaktion/", "/lernen/")


def run(arguments: list[str]) -> int:
    if "--mutate" in arguments:
        return mutate()
    if "--pooled" in arguments:
        return pooled()
    return crawl()


def crawl() -> int:
    started = time.monotonic()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), spawn, initializer=django.setup) as pool:
        reports = list(pool.map(_share, range(len(SHARES))))
    whole = reports[0]
    for report in reports[1:]:
        whole.add(report)
    _tell(whole, time.monotonic() - started)
    return 0 if whole.clean else 1


def _share(number: int) -> Report:
    name = f"isolation_{number}"
    with own_world(name) as town:
        ledger = Ledger(at(os.environ["DATABASE_ADMIN_URL"], name))
        report = Crawler(town, ledger, thorough=True).crawl(SHARES[number])
        ledger.close()
    return report


def mutate() -> int:
    with own_world("isolation") as town:
        ledger = Ledger(at(os.environ["DATABASE_ADMIN_URL"], "isolation"))
        walls = Walls(town, ledger)
        wrong = _open_each(walls)
        noticed = _crawl_through_open_walls(walls, Crawler(town, ledger, thorough=False))
        ledger.close()
    print(f"{len(SAMPLE)} walls opened for the crawler: it notices {noticed}")
    return 1 if wrong or not noticed else 0


def _open_each(walls: Walls) -> int:
    """Plain SQL against every policy; how many are open without anybody noticing."""
    missed = walls.unnoticed()
    public = [policy for policy in missed if policy.using == "true"]
    refused = [p for p in missed if walls.is_refused_outright(p.table, p.command)]
    wrong = [policy for policy in missed if policy not in public + refused]
    for policy in wrong:
        print(f"not noticed: {policy.name} of {policy.table} ({policy.command})")
    every = len(walls.policies())
    print(
        f"{every} policies opened in turn: plain SQL notices {every - len(missed)}, {len(public)}",
        end=" ",
    )
    print(f"are public by definition, {len(refused)} refused by the role's rights,", end=" ")
    print(f"{len(wrong)} not noticed", flush=True)
    return len(wrong)


def _crawl_through_open_walls(walls: Walls, crawler: Crawler) -> int:
    """A sample of walls is left open while the crawler asks; how many it notices. Elsewhere a second layer holds."""
    sample = [pattern for pattern in walk() if pattern.text.startswith(SAMPLED)]
    noticed = 0
    for policy in (p for p in walls.policies() if p.table in SAMPLE and p.name == "reads"):
        crawler.report = Report()
        with walls.left_open(policy):
            report = crawler.crawl((VISITOR, OWNER), sample)
        noticed += bool(report.leaks)
        says = f"{len(report.leaks)} leaks" if report.leaks else "held by Wagtail's permissions"
        print(f"  {policy.table}: {says} in {report.requests:,} requests", flush=True)
    return noticed


def pooled() -> int:
    with own_world("isolation") as town:
        step("Asking through PgBouncer …")
        found = ask_through_a_pooler(town)
    for leak in found.leaks[:SHOWN]:
        print(f"leak: {leak}")
    print(
        f"PgBouncer, pooling by transaction, {found.connections} connections to PostgreSQL for {found.callers} callers"
        f" of two providers in {found.threads} threads:"
    )
    print(
        f"{found.requests:,} requests, {found.own:,} answers with the caller's own words,"
        f" {len(found.leaks)} cross-leaks, {found.errors} server errors"
    )
    if not found.is_complete:
        print(
            f"Not all that was meant: {found.unanswered} of them had no answer within {PATIENCE} s,"
            f" and {REQUESTS - found.requests:,} were not asked within {LONGEST} s."
        )
    return 0 if found.clean else 1


def _tell(report: Report, seconds: float) -> None:
    for title in ("leaks", "writes", "errors"):
        for finding in getattr(report, title)[:SHOWN]:
            print(f"{title}: {finding}")
    print(
        f"{report.patterns} patterns, {report.requests:,} requests, {len(report.roles)} roles",
        end=" ",
    )
    print(f"({', '.join(role for role in ROLES if role in report.roles)}) in {seconds:.0f} s:")
    counts = f"{len(report.leaks)} leaks, {len(report.writes)} foreign writes"
    print(f"{counts}, {len(report.errors)} server errors")
