import os

import pytest

from tests.browser.chromium import browser
from tests.browser.city import running_city


def pytest_collection_modifyitems(items):
    """The longest first: one city, one Chromium. Both end with the last of these tests, because Playwright keeps an
    event loop in its thread, in which Django refuses to ask its database.
    """
    items.sort(key=lambda item: not _in_browser(item))
    for item in filter(_in_browser, items):
        item.add_marker("browser")


def _in_browser(item) -> bool:
    return "browser" in item.path.parts


@pytest.fixture(scope="package")
def city():
    with running_city(f"browser_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}") as started:
        yield started


@pytest.fixture(scope="package")
def chromium():
    with browser() as opened:
        yield opened


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    yield context.new_page()
    context.close()
