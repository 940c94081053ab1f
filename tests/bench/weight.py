"""What a first view weighs on a phone, and when its largest part is seen: slow 4G, a processor four times as slow.

The network is Lighthouse's slow 4G (150 ms there and back, 1.6 Mbit/s). Of several views the quickest counts, because a busy machine only makes
them slower. Fails when a page is over its budget.
"""

import sys
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession

from tests.browser.chromium import browser
from tests.browser.city import running_city
from tests.browser.pages import pages

NAMES = {"home": "home", "catalogue": "catalogue", "course": "course", "lesson": "lesson-visitor"}
VIEWS = 5
HEAVIEST = 60.0  # kB (1,000 bytes), fonts, styles, scripts and pictures included
SLOWEST = 1.2  # s
SLOW_4G = {
    "offline": False,
    "latency": 150,  # ms
    "downloadThroughput": 1.6e6 / 8,  # bytes a second
    "uploadThroughput": 0.75e6 / 8,
}
LARGEST = """() => new Promise((done) => {
  let last = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) last = one.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => done(last), 300);
})"""


class View(NamedTuple):
    weight: float  # kB
    requests: int
    largest: float  # s
    parts: dict[str, float]  # kind of file -> kB


def main() -> int:
    with running_city("weight") as city, browser() as chromium:
        paths = {page.name: page.path for page in pages(city)}
        seen = {name: best(chromium, city.url + paths[page]) for name, page in NAMES.items()}
    print(f"\n{'page':<10} {'kB':>6} {'requests':>9} {'LCP':>7}   of these")
    over = []
    for name, view in seen.items():
        parts = ", ".join(f"{kind} {size:.1f}" for kind, size in sorted(view.parts.items()))
        print(f"{name:<10} {view.weight:>6.1f} {view.requests:>9} {view.largest:>6.2f}s   {parts}")
        if view.weight > HEAVIEST or view.largest > SLOWEST:
            over.append(name)
    print(f"\nBudget: {HEAVIEST:.0f} kB, {SLOWEST} s; over it: {', '.join(over) or 'none'}")
    return 1 if over else 0


def best(chromium: Browser, address: str) -> View:
    look(chromium, address)  # the server has it in memory then, as for all but the first visitor
    views = [look(chromium, address) for _ in range(VIEWS)]
    return min(views, key=lambda view: view.largest)


def look(chromium: Browser, address: str) -> View:
    """One view with nothing kept in the browser."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, locale="de-DE"
    )
    tab = context.new_page()
    line = context.new_cdp_session(tab)
    kinds, sizes = _listen(line)
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tab.goto(address, wait_until="networkidle")
    largest = tab.evaluate(LARGEST) / 1000
    context.close()
    parts: dict[str, float] = {}
    for request, size in sizes.items():
        kind = kinds.get(request, "Other").lower()
        parts[kind] = parts.get(kind, 0) + size / 1000
    return View(sum(parts.values()), len(sizes), largest, parts)


def _listen(line: CDPSession) -> tuple[dict[str, str], dict[str, float]]:
    """What each request asks for, and how many bytes came, headers included."""
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    line.on(
        "Network.responseReceived", lambda said: kinds.update({said["requestId"]: said["type"]})
    )
    line.on(
        "Network.loadingFinished",
        lambda said: sizes.update({said["requestId"]: said["encodedDataLength"]}),
    )
    line.send("Network.enable")
    return kinds, sizes


if __name__ == "__main__":
    sys.exit(main())
