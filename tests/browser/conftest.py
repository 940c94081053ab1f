import os

import pytest

from tests.browser.chromium import browser
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


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    yield context.new_page()
    context.close()
