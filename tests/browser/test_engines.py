"""Every page and what IBM's and Siteimprove's engines say of it. Target: 0. In `./dev a11y` only: three minutes."""

from contextlib import closing

import pytest

from tests.browser.chromium import sign_in
from tests.browser.engines import Engines
from tests.browser.pages import pages

VIEWS = [(1280, "light"), (1280, "dark"), (320, "light")]


@pytest.mark.axe
@pytest.mark.complete
@pytest.mark.parametrize(("width", "colours"), VIEWS)
def test_no_violations(city, chromium, width, colours):
    found, looked = {}, 0
    chosen = [page for page in pages(city) if page.name != "desk"]  # Wagtail's own page
    with closing(Engines()) as asked:
        for role in sorted({page.role for page in chosen}):
            context = chromium.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=colours,
                bypass_csp=True,
                locale="de-DE",
            )
            if role:
                sign_in(context.new_page(), city, role)
            for page in (page for page in chosen if page.role == role):
                tab = context.new_page()
                tab.goto(city.url + page.path)
                looked += 1
                if findings := asked.findings(tab):
                    found[page.name] = findings
                tab.close()
            context.close()
    count = sum(map(len, found.values()))
    print(f"\n  {width} px, {colours}: {looked} pages, {count} violations of IBM and Alfa")
    for name, findings in found.items():
        for finding in findings:
            print(f"    {name}: {' | '.join(finding)}")
    assert not found
