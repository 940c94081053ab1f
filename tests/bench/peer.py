"""`./dev bench --against URL --profile moodle --set user=…`: the same work at another product that runs on this machine.

A profile (`tests/bench/peers/*.toml`) says where its pages are, what must stand on them (a CSS selector: a page that is an
error in disguise is no figure), which form signs somebody in and which form sends an answer. Requests come one after the
other over one connection; the processor time of the product's processes counts (`--pids`, or the names in the profile),
in units of the same yardstick as ours.
"""

import argparse
import os
import statistics
import time
import tomllib
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import psycopg
import requests
from bs4 import BeautifulSoup, Tag

from tests.bench.processes import named, server_of, tree, used
from tests.bench.yardstick import Yardstick

PROFILES = Path(__file__).parent / "peers"
ROUNDS, TIMES, WITHIN = 3, 30, 60  # seconds for one answer


class Measured(NamedTuple):
    name: str
    cpu: float  # ms, the least of the rounds
    wall: float  # ms, the median of all
    size: int  # bytes, as they come over the line


class Unlike(SystemExit):
    """The page is not what the profile says."""


class Peer:
    """Somebody with one browser at one product."""

    def __init__(
        self, url: str, profile: dict[str, Any], known: dict[str, str], pids: list[int]
    ) -> None:
        self.url, self.profile, self.known, self.pids = url, profile, known, pids
        self.browser = requests.Session()

    def sign_in(self) -> None:
        how = self.profile["sign_in"]
        self._send(self._page(how["path"]), how)
        self._expect(self._page(how.get("then", how["path"])), how["expects"], "sign-in")

    def measure(self, page: dict[str, Any]) -> Measured:
        """One page, or one answer: there the page with the form is asked for before the clock runs."""
        answer = self._once(page)
        self._expect(answer, page["expects"], page["name"])
        least, walls = float("inf"), []
        for _ in range(ROUNDS):
            spent = 0.0
            for _ in range(TIMES):
                before = self._page(page["path"]) if "form" in page else None
                begun, cpu = time.monotonic(), self._cpu()
                answer = self._send(before, page) if before else self._page(page["path"])
                walls.append((time.monotonic() - begun) * 1000)
                spent += since(cpu, self._cpu())
            least = min(least, spent / TIMES)
        size = int(answer.headers.get("Content-Length", len(answer.content)))
        return Measured(page["name"], least, statistics.median(walls), size)

    def _once(self, page: dict[str, Any]) -> requests.Response:
        first = self._page(page["path"])
        return self._send(first, page) if "form" in page else first

    def _page(self, path: str) -> requests.Response:
        return self.browser.get(self.url + path.format(**self.known), timeout=WITHIN)

    def _send(self, page: requests.Response, how: dict[str, Any]) -> requests.Response:
        """The form on this page, filled in as a browser would send it."""
        form = BeautifulSoup(page.content, "html.parser").select_one(how["form"])
        if form is None:
            raise Unlike(f"{page.url} has no {how['form']} (status {page.status_code}).")
        said = _controls(form) | {
            n: v.format(**self.known) for n, v in how.get("fields", {}).items()
        }
        if choose := how.get("choose"):
            chosen = form.select_one(choose)
            if chosen is None:
                raise Unlike(f"{page.url} has no {choose}.")
            said[str(chosen["name"])] = str(chosen.get("value", "on"))
        where = urljoin(page.url, str(form.get("action", "")))
        return self.browser.post(where, said, headers={"Referer": page.url}, timeout=WITHIN)

    def _expect(self, answer: requests.Response, selector: str, name: str) -> None:
        if answer.status_code >= 400 or not BeautifulSoup(answer.content, "html.parser").select_one(selector):  # fmt: skip
            raise Unlike(f"{name}: {answer.url} answered {answer.status_code} without {selector}.")

    def _cpu(self) -> dict[int, float]:
        return {pid: used(pid) for root in self.pids for pid in tree(root)}


def since(before: dict[int, float], after: dict[int, float]) -> float:
    """What processes have used between two looks; one that has ended meanwhile takes nothing back."""
    return sum(max(0.0, spent - before.get(pid, 0.0)) for pid, spent in after.items())


def _controls(form: Tag) -> dict[str, str]:
    """What the form sends if nobody touches it (HTML, "constructing the entry list"); no button has been pressed."""
    said = {}
    for field in form.select("input[name], textarea[name]"):
        kind = str(field.get("type", "text"))
        if kind in ("submit", "button", "image", "reset", "file"):
            continue
        if kind not in ("checkbox", "radio") or field.has_attr("checked"):
            said[str(field["name"])] = str(field.get("value", "")) or field.get_text()
    return said


def main(arguments: list[str]) -> int:
    asked = _parser().parse_args(arguments)
    profile = tomllib.loads((PROFILES / f"{asked.profile}.toml").read_text())
    known = profile.get("known", {}) | dict(one.split("=", 1) for one in asked.set)
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as line:
        ours = server_of(line)
        pids = asked.pids or [pid for pid in named(profile["processes"]) if pid != ours]
        peer = Peer(asked.against.rstrip("/"), profile, known, pids)
        yardstick = Yardstick(line)
        found = [peer.measure(page) for page in profile["page"] if not page.get("signed_in")]
        yardstick.measure()
        peer.sign_in()
        found += [peer.measure(page) for page in profile["page"] if page.get("signed_in")]
        yardstick.measure()
    print(f"\n{profile['name']} at {urlsplit(asked.against).netloc}, {len(pids)} processes")
    print(f"{'page':30}{'CPU-ms':>9}{'units':>8}{'wall ms':>9}{'kB':>7}")
    for one in found:
        units = f"{one.cpu / yardstick.unit:8.1f}" if pids else f"{'–':>8}"
        cpu = f"{one.cpu:9.2f}" if pids else f"{'–':>9}"
        print(f"{one.name:30}{cpu}{units}{one.wall:9.1f}{one.size / 1000:7.1f}")
    print(
        f"\none unit of the yardstick: {yardstick.unit:.2f} CPU-ms; minimum of {ROUNDS} rounds of {TIMES} requests"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument(
        "--against", required=True, metavar="URL", help="where the other product answers"
    )
    known = ", ".join(sorted(path.stem for path in PROFILES.glob("*.toml")))
    parser.add_argument("--profile", default="moodle", help=f"one of: {known}")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="who signs in, which course: as the profile says",
    )
    parser.add_argument(
        "--pids",
        type=lambda said: [int(one) for one in said.split(",")],
        help="first processes of the product; without it, all with the names in the profile",
    )
    return parser
