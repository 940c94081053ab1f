"""Wagtail's editor with what we add to it (blocks, checks, competences, language marks) is no worse than it comes."""

import pytest

from tests.browser.chromium import sign_in
from tests.browser.test_a11y import AXE, RUN

IDS = """from tenancy.lens import look, system
from courses.models import CourseIndexPage, CoursePage
with look(system("ids")):
    index_page = CourseIndexPage.objects.get(slug="vhs", locale__language_code="de")
    course = CoursePage.objects.get(slug="sichere-passwoerter", locale__language_code="de")
    print(index_page.pk, course.pk, course.lessons().first().pk)"""


@pytest.fixture
def index_page_open_elsewhere(city, chromium):
    """Where a colleague has the same page open, Wagtail draws a button without a name, so the stock is asked in that state."""
    context = chromium.new_context()
    tab = context.new_page()
    sign_in(tab, city, "author")

    def show(index_page):
        tab.goto(f"{city.url}/redaktion/pages/{index_page}/edit/")
        tab.wait_for_load_state("networkidle")

    yield show
    context.close()


@pytest.fixture
def broken(city, chromium):
    """The rules a page of the desk breaks."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, bypass_csp=True, locale="de-DE"
    )
    sign_in(context.new_page(), city, "owner")

    def ask(path, known=None):
        """`known`: what may be broken. The editor draws its fields one by one, so it is asked until no more is, half a minute at most."""
        tab = context.new_page()
        tab.goto(f"{city.url}/redaktion/{path}")
        tab.add_script_tag(path=AXE)
        tab.wait_for_load_state("networkidle")
        for _second in range(30):
            found = {rule for rule, _count, _target in tab.evaluate(RUN)}
            if known is None or found <= known:
                break
            tab.wait_for_timeout(1000)
        return found

    yield ask
    context.close()


@pytest.mark.axe
def test_our_editors_break_no_rule_that_the_stock_editor_keeps(
    city, broken, index_page_open_elsewhere
):
    index_page, course, lesson = city.manage("shell", "-v0", "-c", IDS).split()
    # a list of Wagtail's, and an editor with its own fields only: title, a line, rich text
    index_page_open_elsewhere(index_page)
    stock = broken("images/") | broken(f"pages/{index_page}/edit/")
    print(f"\n  stock editor: {sorted(stock)}")
    assert broken(f"pages/{course}/edit/", stock) <= stock
    assert broken(f"pages/{lesson}/edit/", stock) <= stock
    assert broken(f"pruefung/{lesson}/", stock) <= stock
