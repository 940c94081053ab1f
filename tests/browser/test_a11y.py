"""axe-core on every page template: light, dark, forced colours, reduced motion, at 1280 and 320 px. Target: 0."""

import json
import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tests.browser.chromium import sign_in
from tests.browser.pages import pages
from tests.suite.needs import file_of

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
MODES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced-colors": {"color_scheme": "light", "forced_colors": "active"},
    "reduced-motion": {"color_scheme": "light", "reduced_motion": "reduce"},
}
WIDTHS = (1280, 320)
#: Wagtail's own pages are measured against how they come; see the issue about the press.
OURS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Those that ask about colours. The others ask the same of the same document in every mode of one width.
PAINTED = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
#: What passes is not written out node by node, which is most of what axe does otherwise.
RUN = f"only => axe.run(document, {{runOnly: only ?? {json.dumps(OURS)}, resultTypes: ['violations']}}).then(r => r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].target.join(' ')]))"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
AT_ONCE = "*, *::before, *::after { transition: none !important }"  # colours fade from mode to mode
PLAIN = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}


CELLS = [(width, mode) for width in WIDTHS for mode in MODES]


@pytest.mark.axe
@pytest.mark.parametrize("width", WIDTHS)
def test_no_violations(city, chromium, sample, width, request):
    """One load per page and width; the modes are switched on the loaded page. `--complete` asks all rules in every mode."""
    later = OURS if request.config.getoption("complete") else PAINTED
    found: dict[str, list] = {}
    chosen = {
        page: modes
        for page in pages(city)
        if page.name != "desk"
        and (modes := [m for w, m in sample(page.name, view_of(page), CELLS) if w == width])
    }
    for role in sorted({page.role for page in chosen}):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, bypass_csp=True, locale="de-DE"
        )
        if role:
            sign_in(context.new_page(), city, role)
        tab = context.new_page()
        for page in (p for p in chosen if p.role == role):
            tab.goto(city.url + page.path)
            tab.add_script_tag(path=AXE)
            tab.add_style_tag(content=AT_ONCE)
            for number, mode in enumerate(chosen[page]):
                tab.emulate_media(**PLAIN | MODES[mode])
                if violations := tab.evaluate(RUN, later if number else OURS):
                    found[f"{page.name}, {mode}"] = violations
            if tab.evaluate(WIDE):
                found[f"{page.name}, width"] = [["scrolls sideways", 1, ""]]
        context.close()
    cells, count = sum(map(len, chosen.values())), sum(map(len, found.values()))
    print(f"\n  {width} px: {len(chosen)} pages, {cells} x axe, {count} violations")
    assert found == {}


def view_of(page):
    """The file that answers; empty where none of ours does."""
    path = re.sub(r"^/(en|de-simple)/", "/", page.path).partition("?")[0]
    try:
        return file_of(resolve(path).func)
    except Resolver404:
        return ""
