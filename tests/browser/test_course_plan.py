"""The plan of a course on the smallest screen and on a wide one, with the menu of a step open: nothing overflows, and axe finds nothing."""

import pytest

from tests.browser.chromium import sign_in
from tests.browser.test_a11y import AXE, RUN


@pytest.mark.parametrize("width", [320, 1280])
def test_a_step_with_its_menu_open_fits(city, chromium, width):
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, locale="de-DE", bypass_csp=True
    )
    page = context.new_page()
    sign_in(page, city, "author")
    page.goto(f"{city.url}/redaktion/kurse/{city.facts['desk']['barred']}/plan/")
    page.locator(".ls-route__acts summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []
    context.close()
