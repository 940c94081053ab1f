"""Every page of every role: what IBM's and Siteimprove's engines say of it, and whether it fits. Target: 0.

In `./dev a11y` only. It fits: very large letters at 320 px, 200 % text at 1280 px, read from the right.
"""

import re
from contextlib import closing

import pytest

from tests.browser.chromium import sign_in
from tests.browser.engines import Engines
from tests.browser.pages import pages
from tests.browser.test_small_screens import DOUBLE, RIGHT_TO_LEFT, SIZES, STICKS, WIDE

VIEWS = [(1280, "light"), (1280, "dark"), (320, "light")]
#: Two parts, so that `-k finding` can choose: what people find, book and plan, and everything else.
FINDING = re.compile("catalogue|search|concept|today|dates?(-|$)|my-dates|calendar|booking|contract|plan|run-list|list-offline")  # fmt: skip
PARTS = ("finding", "others")


@pytest.mark.axe
@pytest.mark.complete
@pytest.mark.parametrize(("width", "colours"), VIEWS)
@pytest.mark.parametrize("part", PARTS)
def test_no_violations(city, chromium, part, width, colours):
    found, looked = {}, 0
    every = [page for page in pages(city) if page.name != "desk"]  # Wagtail's own page
    chosen = [page for page in every if bool(FINDING.match(page.name)) == (part == PARTS[0])]
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
    print(f"\n  {part}, {width} px, {colours}: {looked} pages, {count} violations of IBM and Alfa")
    for name, findings in found.items():
        for finding in findings:
            print(f"    {name}: {' | '.join(finding)}")
    assert not found


@pytest.mark.axe
@pytest.mark.complete
@pytest.mark.parametrize("size", [*SIZES, "right to left"])
def test_everybodys_pages_fit(city, chromium, size):
    options, cookie = SIZES.get(size, ({"viewport": {"width": 390, "height": 844}}, ""))
    found = {}
    chosen = [page for page in pages(city) if page.role and page.name != "desk"]
    for role in sorted({page.role for page in chosen}):
        context = chromium.new_context(**{"locale": "de-DE"} | options)
        sign_in(context.new_page(), city, role)
        if cookie:
            context.add_cookies([{"name": "anzeige", "value": cookie, "url": city.url}])
        tab = context.new_page()
        for page in (page for page in chosen if page.role == role):
            tab.goto(city.url + page.path)
            if "letters" in size:
                tab.evaluate(DOUBLE)
            if size not in SIZES:
                tab.evaluate(RIGHT_TO_LEFT)
            if (wide := tab.evaluate(WIDE)) > 0:
                found[page.name] = (wide, tab.evaluate(STICKS))
        context.close()
    for name, (wide, sticks) in found.items():
        print(f"    {name}: {wide} px, {sticks}")
    assert not found
