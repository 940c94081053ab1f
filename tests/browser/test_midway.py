"""A course is renamed, or deleted, while somebody has a step of it open in their browser: nothing of theirs is lost."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import WAYS

FURNISH = """import json
from tenancy.lens import look, system
from tests import factories
from tests.browser.kinds import _session
from django.utils import timezone
provider = factories.make_provider("unterwegs")
course = factories.make_course(provider, lessons=2, title="Unterwegs geändert")
print(json.dumps({"page": course.pk, "address": f"unterwegs/{course.slug}", "session": _session("learner", course)}))"""
RENAME = """from tenancy.lens import look, system
from courses.models import CoursePage
with look(system("test")):
    course = CoursePage.objects.get(pk={page})
    course.slug = "neuer-name-{page}"
    course.save_revision().publish()"""
DELETE = """from tenancy.lens import look, system
from courses.models import CoursePage
with look(system("test")):
    CoursePage.objects.get(pk={page}).delete()"""


@pytest.fixture(params=WAYS)
def midway(request, city, chromium):
    """A learner with the first step open, and what is to be known of the course."""
    made = json.loads(city.manage("shell", "-v0", "-c", FURNISH).strip().splitlines()[-1])
    context = chromium.new_context(java_script_enabled=request.param == "script", locale="de-DE")
    context.add_cookies([{"name": "lernstadt", "value": made["session"], "url": city.url}])
    page = context.new_page()
    page.goto(f"{city.url}/lernen/{made['address']}/schritt-1/")
    yield page, made
    context.close()


def answer(page):
    page.get_by_label("Ein langer Satz").check()
    page.get_by_role("button", name="Antwort prüfen").click()
    expect(page.locator("article .ls-done")).to_be_visible()


def change(city, code, made):
    city.manage("shell", "-v0", "-c", code.format(page=made["page"]))


def test_a_course_is_renamed_while_a_step_is_open(city, midway):
    page, made = midway
    change(city, RENAME, made)
    answer(page)
    page.goto(f"{city.url}/lernen/{made['address']}/schritt-2/")
    expect(page).to_have_url(f"{city.url}/lernen/unterwegs/neuer-name-{made['page']}/schritt-2/")
    answer(page)
    page.goto(f"{city.url}/lernen/")
    expect(page.get_by_text("Unterwegs geändert").first).to_be_visible()


def test_a_course_is_deleted_while_a_step_is_open(city, midway, chromium):
    page, made = midway
    change(city, DELETE, made)
    answer(page)
    page.goto(f"{city.url}/lernen/{made['address']}/schritt-2/")
    answer(page)
    page.goto(f"{city.url}/lernen/")
    expect(page.get_by_text("Unterwegs geändert").first).to_be_visible()
    stranger = chromium.new_context().new_page()
    answered = stranger.goto(f"{city.url}/kurse/{made['address']}/")
    assert answered.status == 404
    stranger.context.close()
