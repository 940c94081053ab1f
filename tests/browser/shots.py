"""Pictures of every page template, light, dark and on a phone, to var/shots. Look at them."""

import sys
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.browser import block_pictures
from tests.browser.chromium import browser, sign_in
from tests.browser.city import City, running_city
from tests.browser.pages import Page, pages

OUT = Path(__file__).resolve().parent.parent.parent / "var" / "shots"
MODES = {
    "1280-light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "1280-dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "360-light": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
    "360-dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
}


def main(wanted: list[str]) -> None:
    """Only pages whose name is given, or all; "blocks": the pictures of the authors' help."""
    if wanted == ["blocks"]:
        block_pictures.make()
        return
    OUT.mkdir(parents=True, exist_ok=True)
    with running_city("shots") as city, browser(windows=True) as chromium:
        chosen = [page for page in pages(city) if not wanted or page.name in wanted]
        states: dict[str, dict] = {}
        for mode, options in MODES.items():
            for role in {page.role for page in chosen}:
                context = chromium.new_context(storage_state=states.get(role), **options)
                if role and role not in states:
                    sign_in(context.new_page(), city, role)
                    states[role] = context.storage_state()
                _shoot(context, city, [p for p in chosen if p.role == role], mode)
                context.close()
    print(f"{len(chosen) * len(MODES)} pictures in {OUT}")


def _shoot(context: BrowserContext, city: City, chosen: list[Page], mode: str) -> None:
    for page in chosen:
        tab = context.new_page()
        tab.goto(city.url + page.path)
        tab.screenshot(path=OUT / f"{page.name}-{mode}.png", full_page=True)
        tab.close()


if __name__ == "__main__":
    main(sys.argv[1:])
