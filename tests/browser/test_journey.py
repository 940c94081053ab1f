"""Visitor -> learner -> certificate -> stranger verifies -> office counts, in Chromium, by keyboard alone."""

import re
import tomllib
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.chromium import reload_until, sign_in
from tests.browser.letters import code_in_mail

CONTENT = Path(__file__).resolve().parent.parent.parent / "demo" / "content"
COURSE = "vhs/smartphone-erste-schritte"


def tab_to(page, wanted, *, most=120):
    """Press Tab until the focus is on `wanted` (a locator), like somebody without a mouse."""
    handle = wanted.element_handle()
    for _ in range(most):
        if page.evaluate("wanted => document.activeElement === wanted", handle):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {wanted}")


def press(page, wanted):
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def lessons():
    files = sorted((CONTENT / COURSE).glob("[0-9]-*.toml"))
    return [tomllib.loads(f.read_text()) for f in files if f.name.count(".") == 1]


def answer(page, section, says):
    """Answer one question of the page as its text file says."""
    GIVE[says["type"]](page, section, says)
    press(page, section.get_by_role("button", name=re.compile("Antwort prüfen|gelesen")))


def give_one(page, section, says):
    _choose(page, section, next(c["text"] for c in says["choice"] if c.get("right")))


def give_many(page, section, says):
    for choice in (c for c in says["choice"] if c.get("right")):
        tab_to(page, section.get_by_label(choice["text"], exact=True))
        page.keyboard.press("Space")


def give_truth(page, section, says):
    _choose(page, section, "Das stimmt" if says["right"] else "Das stimmt nicht")


def give_words(page, section, says):
    for n, gap in enumerate(re.findall(r"\{\{(.+?)\}\}", says["text"]), 1):
        tab_to(page, section.locator(f'[name="gap-{n}"]'))
        page.keyboard.type(gap.split("|")[0])


def give_order(page, section, says):
    """With the arrow buttons; they exist once the script has made them."""
    for place, step in enumerate(says["steps"]):
        row = section.locator("li").filter(has_text=step)
        for _ in range(len(says["steps"])):
            rows = section.locator("li").all_inner_texts()
            if step in rows[place]:
                break
            press(page, row.get_by_role("button", name=f"Nach oben: {step}", exact=True))


GIVE = {
    "single_choice": give_one,
    "multiple_choice": give_many,
    "true_false": give_truth,
    "gap_text": give_words,
    "ordering": give_order,
    "read": lambda *_: None,
}


def _choose(page, section, text):
    """Radio buttons are one stop of the Tab key; arrows choose among them."""
    wanted = section.get_by_label(text, exact=True)
    tab_to_group(page, section)
    for _ in range(8):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert wanted.is_checked()


COUNT = """from figures.models import CountedEvent
from tenancy.lens import look, system
with look(system("test")):
    print(CountedEvent.objects.filter(measure=1).count())"""


def tab_to_group(page, section):
    handle = section.element_handle()
    for _ in range(120):
        inside = (
            "s => s.contains(document.activeElement) && document.activeElement.type === 'radio'"
        )
        if page.evaluate(inside, handle):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never reached the answers")


def enrolments(city, chromium):
    """As they are counted: without the learner's name, and on no page before the month is over."""
    clerk = chromium.new_context(locale="de-DE").new_page()
    sign_in(clerk, city, "office")
    clerk.goto(f"{city.url}/buero/")
    assert "Frieda" not in clerk.content()
    clerk.context.close()
    return int(city.manage("shell", "-c", COUNT).split()[-1])


def test_the_whole_way_by_keyboard(city, chromium, page):  # noqa: PLR0915 -- one journey, told in order
    before = enrolments(city, chromium)
    # a visitor finds a course, with a typing error, and starts it without an account
    page.goto(city.url)
    tab_to(page, page.get_by_label("Was möchten Sie lernen?"))
    page.keyboard.type("smartfone")
    page.keyboard.press("Enter")
    press(page, page.get_by_role("link", name="Smartphone: erste Schritte"))
    press(page, page.get_by_role("link", name="Kurs beginnen"))
    expect(page).to_have_url(re.compile(f"/lernen/{COURSE}/"))
    assert page.context.cookies() == []

    # they make an account to keep their progress
    press(page, page.get_by_role("link", name="Anmelden", exact=True))
    press(
        page,
        page.get_by_role(
            "link", name=re.compile("Konto anlegen|Neues Konto|noch kein Konto")
        ).first,
    )
    tab_to(page, page.get_by_label(re.compile("E-Mail")).first)
    page.keyboard.type("frieda@lernende.example")
    tab_to(page, page.get_by_label(re.compile("Passwort")).first)
    page.keyboard.type("ein-langes-schoenes-Wort-77")
    tab_to(page, page.get_by_label(re.compile("Ihr Name")).first)
    page.keyboard.type("Frieda Probst")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/konto/neu/code/"))
    tab_to(page, page.get_by_label("Code"))
    page.keyboard.type(code_in_mail(city, "frieda@lernende.example"))
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/konto/neu/"))

    # they enrol and do every step
    page.goto(f"{city.url}/lernen/{COURSE}/")
    press(page, page.get_by_role("button", name="Zum Kurs anmelden"))
    expect(page.get_by_text("Sie sind dabei.")).to_be_visible()
    texts = lessons()
    for number, lesson in enumerate(texts, 1):
        expect(page.get_by_role("heading", level=1)).to_have_text(lesson["title"])
        questions = [b for b in lesson["block"] if b["type"] in QUESTIONS]
        sections = page.locator("section.ls-question")
        expect(sections).to_have_count(len(questions) or 1)
        for n, says in enumerate(questions or [{"type": "read"}]):
            answer(page, sections.nth(n), says)
            expect(sections.nth(n)).to_contain_text(re.compile("Richtig|Erledigt"))
        if number < len(texts):
            press(page, page.locator(".ls-nextprev__next"))
    expect(page.get_by_text("Sie haben den Kurs geschafft.")).to_be_visible()

    # the certificate is made in the background and lies on their page
    page.goto(f"{city.url}/lernen/")
    link = page.get_by_role("link", name=re.compile("Ansehen und teilen"))
    reload_until(page, link)
    press(page, link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dieser Nachweis ist gültig.")
    address = page.url

    # a stranger opens the link in another browser, without login
    stranger = chromium.new_context(locale="de-DE").new_page()
    stranger.goto(address)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Dieser Nachweis ist gültig.")
    expect(stranger.get_by_text("Frieda Probst")).to_be_visible()
    assert stranger.context.cookies() == []
    stranger.context.close()

    # the office counts one more, and meets no name
    assert enrolments(city, chromium) == before + 1


QUESTIONS = ("single_choice", "multiple_choice", "true_false", "gap_text", "ordering")


def test_a_lesson_works_without_javascript(city, chromium):
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(f"{city.url}/lernen/vhs/sichere-passwoerter/{city.facts['lesson']}/")
    question = page.locator("section.ls-question").first
    question.locator("input[type=radio]").first.check()
    question.get_by_role("button").click()
    expect(page.locator("[data-feedback]").first).to_be_visible()
    assert [cookie["name"] for cookie in context.cookies()] == ["antworten"]
    context.close()


def test_a_first_view_is_light(city, chromium):
    """Catalogue and lesson: at most 100 kB transferred, at most 8 requests, all to our own host."""
    for path in ("/kurse/", f"/lernen/vhs/sichere-passwoerter/{city.facts['lesson']}/"):
        context = chromium.new_context(locale="de-DE")
        page = context.new_page()
        sizes = []
        page.on(
            "requestfinished",
            lambda request, sizes=sizes: sizes.append((request.url, request.sizes())),
        )
        page.goto(city.url + path, wait_until="networkidle")
        total = sum(s["responseBodySize"] + s["responseHeadersSize"] for _, s in sizes)
        assert all(url.startswith((city.url, "data:")) for url, _ in sizes)
        own = [url for url, _ in sizes if not url.startswith("data:")]
        assert len(own) <= 8, own
        assert total <= 100_000, (path, total)
        context.close()


def test_a_password_can_be_shown_and_is_one_again_when_it_is_sent(city, page):
    page.goto(f"{city.url}/konto/anmelden/")
    field = page.get_by_label("Passwort", exact=True)
    field.fill("ein-langes-Wort")
    show = page.get_by_role("button", name="Passwort zeigen")
    show.click()
    expect(field).to_have_attribute("type", "text")
    expect(show).to_have_attribute("aria-pressed", "true")
    page.get_by_label("E-Mail").fill("niemand@lernende.example")
    page.evaluate("addEventListener('submit', (e) => e.preventDefault())")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(field).to_have_attribute("type", "password")
    expect(field).to_have_value("ein-langes-Wort")
