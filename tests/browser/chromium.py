"""Debian's Chromium, driven by Playwright. Never a downloaded one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Frame,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from config.embedded.packages import CHROMIUM, WINDOWLESS
from tests.browser.city import City

PATIENCE = 60_000  # ms until something that should happen counts as missing, on a machine that does much else
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--disable-audio-output",  # a film that plays needs no loudspeaker, whose service would leave files behind
    "--font-render-hinting=none",  # without windows, letters would stand on whole pixels and be wider
]


@contextmanager
def browser(*, windows: bool = False) -> Iterator[Browser]:
    """`windows`: all of Chromium, which alone takes pictures of long pages."""
    program = WINDOWLESS if WINDOWLESS.exists() and not windows else CHROMIUM
    if not program.exists():
        raise RuntimeError("Chromium is missing: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield opened
        opened.close()


def someone(browser: Browser, width: int, *, scripts: bool) -> BrowserContext:
    """A browser of somebody's own; where scripts run, axe may be put into its pages."""
    return browser.new_context(
        viewport={"width": width, "height": 844},
        java_script_enabled=scripts,
        locale="de-DE",
        bypass_csp=scripts,
    )


def sign_in(page: Page, city: City, role: str) -> None:
    account = city.account(role)
    page.goto(f"{city.url}/konto/anmelden/")
    page.get_by_label("E-Mail").first.fill(account["email"])
    page.get_by_label("Passwort").first.fill(account["password"])
    page.locator("main form:has([name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: "/anmelden/" not in url)


def reload_until(page: Page, thing: Locator) -> None:
    """For what is made in the background: ask again until it is there, two minutes at the most."""
    for _ in range(240):
        if thing.count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"It never came: {thing}")


def until(frame: Page | Frame, condition: str | Callable[[], object], *, most: int = 4_000) -> None:
    """Playwright's own waiting makes code of text, which the policy of the frame forbids."""
    for _ in range(most):
        if condition() if callable(condition) else frame.evaluate(condition):
            return
        getattr(frame, "page", frame).wait_for_timeout(25)
    raise AssertionError(f"Never came true: {condition}")


def settle(page: Page) -> None:
    """What was under way has had its effect: the page was drawn and the server asked, several times."""
    for _ in range(3):
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        page.evaluate("() => fetch('/health/live').then(answer => answer.text())")
