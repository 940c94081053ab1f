import os

import pytest

from config.embedded.packages import CHROMIUM
from tests.browser.chromium import QUIET, browser
from tests.browser.city import running_city


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="package")
def city():
    with running_city(f"browser_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}") as started:
        yield started


@pytest.fixture(scope="package")
def chromium():
    with browser() as opened:
        yield opened


@pytest.fixture(scope="package")
def with_windows(chromium):
    """All of Chromium, as people have it: there a frame has a process and permissions of its own."""
    opened = chromium.browser_type.launch(executable_path=CHROMIUM, args=QUIET)
    yield opened
    opened.close()


@pytest.fixture
def page(chromium):
    yield from _page(chromium)


@pytest.fixture
def page_with_windows(with_windows):
    yield from _page(with_windows)


def _page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    yield context.new_page()
    context.close()
