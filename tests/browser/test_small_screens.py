"""A phone of 390 px, 320 px with very large letters, 200 % text, print, and what "Anzeige" and "Vorlesen" do."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import until
from tests.browser.pages import pages

PHONE = {"width": 390, "height": 844}
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: What sticks out is named, so that the reason is seen.
STICKS = """() => [...document.querySelectorAll('main *, header *, footer *, .ls-bar *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.ls-scroll, .ls-variants, svg, .ls-sr, [hidden]'))
  .slice(0, 3).map((one) => one.outerHTML.slice(0, 90))"""
VOICES = """
  window.said = [];
  class Voice extends EventTarget {
    getVoices() { return window.without ? [] : [{ lang: "de-DE", name: "Test", localService: true }]; }
    speak(one) {
      window.said.push(one.text);
      window.marked = [CSS.highlights?.get("vorlesen")].flatMap((all) => [...(all ?? [])]).map(String);
      setTimeout(() => one.dispatchEvent(new Event("end")), 30);
    }
    cancel() { }
  }
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
  Object.defineProperty(window, "speechSynthesis", { value: new Voice() });
"""


@pytest.fixture(scope="module")
def paths(city):
    return {page.name: page.path for page in pages(city) if not page.role}


@pytest.fixture
def open_page(city, chromium):
    made = []

    def show(path, *, cookie="", script="", **options):
        context = chromium.new_context(**{"viewport": PHONE, "locale": "de-DE"} | options)
        made.append(context)
        if cookie:
            context.add_cookies([{"name": "anzeige", "value": cookie, "url": city.url}])
        if script:
            context.add_init_script(script)
        tab = context.new_page()
        tab.goto(city.url + path)
        return tab

    yield show
    for context in made:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_title_and_first_sentence_need_no_scrolling(open_page, paths, scheme):
    tab = open_page(paths["lesson-visitor"], color_scheme=scheme)
    title = tab.locator("h1").bounding_box()
    first = tab.locator(".ls-read p").first.bounding_box()
    assert title["y"] < 240
    assert first["y"] + 60 < PHONE["height"] / 2 + 60


def test_the_first_row_is_one_row_on_every_page(open_page, paths):
    for name in (
        "home",
        "catalogue",
        "course",
        "lesson-visitor",
        "sign-in",
        "certificate",
        "check",
    ):
        tab = open_page(paths[name], script=VOICES)
        expect(tab.locator("[data-aloud]")).to_be_visible()
        tops = tab.evaluate(
            "[...document.querySelectorAll('.ls-tools > li')].map((one) => one.getBoundingClientRect().top)"
        )
        assert (name, len(tops), len({round(top) for top in tops})) == (name, 4, 1)


def test_nothing_sticks_over_an_answer(open_page, paths):
    tab = open_page(paths["lesson-visitor"])
    stuck = tab.evaluate(
        """() => [...document.querySelectorAll("body *")]
          .filter((one) => ["sticky", "fixed"].includes(getComputedStyle(one).position)).map((one) => one.className)"""
    )
    assert stuck == []


SIZES = {
    "320 px, very large": ({"viewport": {"width": 320, "height": 640}}, "3.2.auto"),
    "1280 px at 200 %": ({"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}, ""),
    "1280 px, letters of 200 %": ({"viewport": {"width": 1280, "height": 900}}, ""),
    "short lines, more contrast": ({"viewport": {"width": 320, "height": 640}}, "3.1.more.2"),
}
DOUBLE = "document.documentElement.style.fontSize = '200%'"
RIGHT_TO_LEFT = "document.documentElement.dir = 'rtl'"


@pytest.mark.parametrize("size", [*SIZES, "right to left"])
def test_nothing_overflows(city, open_page, paths, size):
    options, cookie = SIZES.get(size, ({}, ""))
    found = {}
    tab = open_page("/", cookie=cookie, **options)
    for name, path in paths.items():
        tab.goto(city.url + path)
        if "letters" in size:
            tab.evaluate(DOUBLE)
        if size not in SIZES:
            tab.evaluate(RIGHT_TO_LEFT)
        for menu in tab.locator(".ls-tools details").all():  # opened, it closes the one before
            menu.evaluate("one => { one.open = true }")
            if (wide := tab.evaluate(WIDE)) > 0:
                found[name] = (wide, tab.evaluate(STICKS))
    assert found == {}


def test_of_the_menus_of_the_first_row_one_is_open(open_page):
    """At 320 px the second would lie on a button of the first."""
    tab = open_page("/", viewport={"width": 320, "height": 640})
    for menu in ("Anzeige", "Deutsch"):
        tab.locator(".ls-tools summary", has_text=menu).click()
        expect(tab.locator(".ls-tools details[open]")).to_have_count(1)
        expect(tab.locator(".ls-tools details[open] summary")).to_contain_text(menu)


def test_a_tap_in_the_first_row_holds_and_needs_no_script(open_page, paths):
    tab = open_page(paths["catalogue-search"], java_script_enabled=False)
    tab.get_by_text("Anzeige", exact=True).first.click()
    tab.get_by_role("button", name="Sehr groß").click()
    assert tab.url.endswith(paths["catalogue-search"])
    expect(tab.locator("html")).to_have_attribute("data-size", "3")


def test_all_settings_are_kept_with_the_keyboard_alone(open_page):
    tab = open_page("/anzeige/")
    tab.get_by_label("Lese-Lineal").focus()
    tab.keyboard.press("Space")
    tab.get_by_label("Ruhige Seiten").focus()
    tab.keyboard.press("Space")
    tab.get_by_role("button", name="Übernehmen").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("html[data-ruler][data-calm]")).to_have_count(1)
    expect(tab.get_by_label("Lese-Lineal")).to_be_checked()
    tab.mouse.move(100, 333)
    until(
        tab, "getComputedStyle(document.documentElement).getPropertyValue('--ls-line') === '333px'"
    )


#: A card as the press writes it: drawn, with a picture for decoration, with one that says something.
CARDS = """() => ['<svg></svg>', '<img alt="">', '<img alt="Zwei Frauen mit einem Handy">'].map((inside) => {
  const art = document.querySelector(".ls-card .ls-card__art")
  art.innerHTML = inside
  return getComputedStyle(art.firstElementChild).display !== "none"
})"""


def test_quiet_pages_leave_out_decoration_and_keep_what_says_something(open_page, paths):
    """A still picture is no movement."""
    tab = open_page(paths["catalogue"])
    assert tab.evaluate(CARDS) == [True, True, True]
    tab.evaluate("document.documentElement.dataset.calm = ''")
    assert tab.evaluate(CARDS) == [False, False, True]


def test_vorlesen_shows_only_where_a_voice_is(open_page, paths):
    with_voice = open_page(paths["lesson-visitor"], script=VOICES)
    expect(with_voice.get_by_role("button", name="Vorlesen")).to_be_visible()
    without = open_page(paths["lesson-visitor"], script=f"window.without = true;{VOICES}")
    expect(without.locator("h1")).to_be_visible()
    assert without.get_by_role("button", name="Vorlesen").count() == 0
    english = open_page("/en/", script=VOICES)
    assert english.locator("[data-aloud]").is_hidden()
    off = open_page("/", script=VOICES, cookie="1.1.auto.1.0.0.0.1.0.1")
    assert off.locator("[data-aloud]").is_hidden()


def test_vorlesen_reads_sentence_by_sentence_and_marks_each(open_page, paths):
    tab = open_page(paths["lesson-visitor"], script=VOICES)
    tab.evaluate("document.querySelector('.ls-read').scrollIntoView()")
    button = tab.get_by_role("button", name="Vorlesen")
    button.evaluate("one => one.click()")
    until(tab, "window.said.length > 3")
    said, title = tab.evaluate("window.said"), tab.locator("h1").inner_text()
    assert title in said
    assert [sentence for sentence in said if sentence.count(". ") > 0] == []
    assert tab.evaluate("window.marked.map((one) => one.trim())")[0] in tab.evaluate("window.said")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.evaluate("one => one.click()")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_printed_step_has_the_course_and_what_is_said_in_films(open_page, paths, city):
    tab = open_page(paths["lesson-visitor"], viewport={"width": 800, "height": 900})
    tab.evaluate(
        """document.querySelector('.ls-read').insertAdjacentHTML('beforeend',
          '<div class="ls-video"><details class="ls-more ls-transcript"><summary>Abschrift</summary><p id="said">Gesagt.</p></details></div>')"""
    )
    tab.emulate_media(media="print")
    expect(tab.locator(".ls-printonly").first).to_be_visible()
    assert tab.locator(".ls-printonly").first.inner_text().strip()
    for thing in (".ls-bar", ".ls-nav", ".ls-step nav", ".ls-line"):
        assert not tab.locator(thing).first.is_visible()
    assert tab.evaluate(
        "document.getElementById('said').checkVisibility({contentVisibilityAuto: true})"
    )
