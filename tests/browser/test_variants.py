"""Variants and checks in Chromium: a learner keeps their place and their words; an author is led to what is in the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in, until

COURSE = "vhs/sichere-passwoerter"
TOP = "e => e.getBoundingClientRect().top"
#: The id of the block that is under the line where a heading comes to stand (scroll-padding).
READING = """() => [...document.querySelectorAll("article [id^='b-']")]
  .filter(b => b.getBoundingClientRect().top <= 98).at(-1)?.id"""
SCROLL = (
    "e => window.scrollTo({top: e.getBoundingClientRect().top + scrollY - 60, behavior: 'instant'})"
)
IDS = f"""from tenancy.lens import look, system
from courses.models import CoursePage
with look(system("ids")):
    course = CoursePage.objects.get(slug="{COURSE.split("/")[1]}", locale__language_code="de")
    print(course.lessons().first().slug, course.lessons().last().pk)"""


@pytest.fixture(scope="module")
def lesson(city):
    """The address of the first lesson, and the page of the last: the editor shows who else has a page open."""
    slug, page = city.manage("shell", "-v0", "-c", IDS).split()
    return f"/lernen/{COURSE}/{slug}/", page


def read_on(page, places=2):
    """Scroll to a block in the middle of the lesson; its id."""
    block = page.locator("article [id^='b-']").nth(places)
    block.evaluate(SCROLL)
    return page.evaluate(READING)


def change_to(page, name):
    page.locator(".ls-variants").get_by_role("link", name=re.compile(name)).click()


def test_another_language_begins_at_the_same_place(city, page, lesson):
    page.goto(city.url + lesson[0])
    here = read_on(page)
    change_to(page, "English")
    expect(page).to_have_url(re.compile(f"/en{lesson[0]}#{here}$"))
    assert page.evaluate(READING) == here
    change_to(page, "Deutsch")
    expect(page).to_have_url(re.compile(f"{lesson[0]}#{here}$"))
    assert page.evaluate(READING) == here
    assert "lernstadt-fassung" not in page.evaluate("Object.keys(sessionStorage)")


def test_from_the_top_another_language_begins_at_the_top(city, page, lesson):
    page.goto(city.url + lesson[0])
    change_to(page, "English")
    expect(page).to_have_url(f"{city.url}/en{lesson[0]}")
    assert page.evaluate("scrollY") == 0


def test_a_block_that_is_missing_there_gives_way_to_the_one_before(city, page, lesson):
    page.goto(city.url + lesson[0])
    before, here = page.evaluate(
        "() => [...document.querySelectorAll(\"article [id^='b-']\")].slice(1, 3).map(b => b.id)"
    )
    page.evaluate("id => document.getElementById(id).id = 'b-nur-hier'", here)
    read_on(page)
    change_to(page, "English")
    expect(page).to_have_url(re.compile(f"#{before}$"))


@pytest.mark.parametrize("width", [1280, 360])
def test_what_is_typed_but_not_sent_goes_along(city, chromium, lesson, width):
    context = chromium.new_context(viewport={"width": width, "height": 740}, locale="de-DE")
    page = context.new_page()
    page.goto(city.url + lesson[0])
    question = page.locator("section.ls-question").first
    choice = question.locator("input[type=radio], input[type=checkbox]").last
    value = choice.get_attribute("value")
    choice.check()
    change_to(page, "English")
    again = page.locator("section.ls-question").first.locator(f"input[value='{value}']")
    expect(page).to_have_url(re.compile("/en/"))
    expect(again).to_be_checked()
    change_to(page, "Deutsch")
    expect(page.locator(f"input[value='{value}']")).to_be_checked()
    # once it is sent, it is an answer: their tab keeps it, and shows it in every language
    send = page.locator("section.ls-question").first.get_by_role("button", name="Antwort prüfen")
    send.focus()
    until(page, "Boolean(window.htmx)")
    send.click()
    expect(page.locator("[data-feedback]").first).to_be_visible()
    change_to(page, "English")
    expect(page).to_have_url(re.compile("/en/"))
    expect(page.locator(f"input[value='{value}']")).to_be_checked()
    context.close()


def test_without_a_script_the_lesson_is_the_same_one(city, chromium, lesson):
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(city.url + lesson[0])
    change_to(page, "English")
    expect(page).to_have_url(f"{city.url}/en{lesson[0]}")
    context.close()


# --- the checks while writing ---


#: Wagtail notices changes from two seconds after loading on; before, keys are only kept in the form.
WATCH = """document.addEventListener("w-unsaved:watch-edits", () =>
  setTimeout(() => document.documentElement.setAttribute("data-watched", ""), 300))"""


@pytest.fixture
def editor(city, page, lesson):
    sign_in(page, city, "author")
    page.add_init_script(WATCH)
    page.goto(f"{city.url}/redaktion/pages/{lesson[1]}/edit/")
    page.get_by_role("button", name="Überprüfungen umschalten").click()
    expect(page.locator("[data-findings-list]")).not_to_contain_text("Der Text wird geprüft")
    expect(page.locator("html[data-watched]")).to_be_attached()
    return page


def write(editor, words):
    """At the end of the first text of the step. Keys pressed before Draftail knows of its focus are lost to it."""
    place = editor.locator(".public-DraftEditor-content").first
    place.click()
    expect(editor.locator(".Draftail-Editor").first).to_have_class(re.compile("--focus"))
    editor.keyboard.press("ControlOrMeta+End")
    editor.keyboard.type(f" {words}")
    expect(place).to_contain_text(words)
    return place


def type_at_the_end(editor, words):
    """The editor saves drafts by itself, so every test has words of its own."""
    place = write(editor, words)
    found = editor.locator("[data-findings] li", has_text=words).get_by_role("link")
    expect(found).to_be_visible(timeout=15_000)
    return place, found


def test_a_finding_shows_while_she_types_and_leads_to_its_field(editor):
    place, found = type_at_the_end(editor, "BITTE SOFORT LESEN")
    findings = editor.locator("[data-findings]")
    expect(findings).to_contain_text("Mehrere Wörter stehen in Großbuchstaben.")
    expect(findings.locator("[role=status]")).to_contain_text("Hinweise")
    count = int(findings.locator("[data-findings-count]").inner_text())
    toggle = editor.locator('[data-side-panel-toggle="checks"] [data-side-panel-toggle-counter]')
    assert int(toggle.inner_text()) >= count >= 1
    editor.evaluate("document.activeElement.blur()")
    found.focus()
    editor.keyboard.press("Enter")
    expect(place).to_be_focused()
    assert 0 <= place.evaluate(TOP) < editor.viewport_size["height"]


def test_a_closed_block_opens(editor):
    place, found = type_at_the_end(editor, "NICHT VERGESSEN BITTE")
    block = editor.locator(found.get_attribute("href"))
    block.locator("[data-panel-toggle]").first.click()
    expect(place).to_be_hidden()
    found.click()
    expect(place).to_be_visible()
    expect(place).to_be_focused()


def test_a_check_that_fails_says_so(editor):
    editor.route("**/funde/", lambda route: route.abort())
    write(editor, "Noch ein Satz dazu.")
    said = editor.locator("[data-findings-said]")
    expect(said).to_have_text(re.compile("hat nicht geklappt"))
    expect(said).not_to_have_class(re.compile("w-sr-only"))


def test_wagtails_own_checker_looks_at_the_printed_page(editor):
    words = editor.locator("[data-content-word-count]")
    expect(words).to_have_text(re.compile("[0-9]+"))


def test_words_are_marked_as_another_language(editor):
    """Select, press EN: kept as a span with its language."""
    editor.locator(".public-DraftEditor-content").first.click()
    editor.keyboard.press("ControlOrMeta+A")
    editor.locator("[name='LANG-EN']").first.click()
    value = editor.locator("input[name='body-0-value']")
    expect(value).to_have_value(re.compile('"style":"LANG-EN"'))
