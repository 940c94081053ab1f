"""The desk of activities in a real browser: made, filled in, tried out in the sandbox, and without barriers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import sign_in
from tests.browser.test_a11y import AT_ONCE, AXE, MODES, PLAIN, RUN, WIDE

LIST = "/redaktion/aktivitaeten/"


@pytest.fixture(scope="module")
def furnished(city, tmp_path_factory):
    """The city with our own content types, which are all the same to a second installing."""
    folder = tmp_path_factory.mktemp("types")
    city.manage("h5p_build", "--into", str(folder))
    city.manage("h5p_install", str(folder / "lernhn.h5p"), "--no-test")
    return city


@pytest.fixture
def desk(furnished, page):
    sign_in(page, furnished, "author")
    page.goto(furnished.url + LIST)
    return page


def begin(page: Page, kind: str, title: str) -> None:
    page.get_by_role("link", name="Neue Aktivität").first.click()
    page.get_by_label("Titel").fill(title)
    page.get_by_role("radio", name=kind).check()
    page.get_by_role("button", name="Anfangen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def write_question(page: Page) -> None:
    page.locator("[id='f-question']").fill("Wie heißt der Fluss in Heilbronn?")
    for number, name in enumerate(("Neckar", "Rhein", "Donau")):
        page.locator(f"[id='f-answers-{number}-text']").fill(name)
    page.locator("[id='f-answers-0-correct']").check()


def test_a_question_is_written_and_tried_out(desk):
    begin(desk, "Frage", "Fluss")
    desk.get_by_role("button", name="Speichern", exact=True).last.click()
    expect(desk.locator("#fehler")).to_be_focused()
    write_question(desk)
    desk.get_by_role("button", name="Speichern und ansehen").click()
    frame = desk.frame_locator("iframe[title='Fluss']")
    frame.get_by_text("Neckar").click()
    frame.get_by_role("button", name="Prüfen").click()
    expect(desk.locator("[data-says]")).to_have_text("Die Aktivität meldet: 1 von 1 Punkten.")
    assert desk.frames[-1].evaluate("self.origin") == "null"


def test_a_part_is_chosen_opened_written_and_found_again_by_keyboard(desk):
    begin(desk, "Abfolge", "Reihe")
    desk.get_by_role("combobox", name="Teil").select_option("LernHN.Quiz 1.0")
    desk.locator("button[value='open:parts/0']").press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Teil 1")
    write_question(desk)
    desk.get_by_label("Name dieses Teils").fill("Der Fluss")
    desk.get_by_role("button", name="Speichern und zurück").press("Enter")
    expect(desk.get_by_text("Inhalt: Der Fluss")).to_be_visible()
    desk.get_by_role("button", name="Hinzufügen: Teil").press("Enter")
    expect(desk.locator("[id='f-parts-1']")).to_be_visible()
    assert desk.url.endswith("#f-parts-1")


@pytest.mark.axe
@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_barriers(furnished, chromium, sample, width):
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True, locale="de-DE"
    )
    page = context.new_page()
    sign_in(page, furnished, "author")
    page.goto(furnished.url + LIST)
    begin(page, "Karten", f"Wörter {width}")
    activity = page.url.removesuffix("bearbeiten/")
    field = "dateien/?feld=cards/0/image"
    inner = ["", "bearbeiten/", "bearbeiten/?pruefen=1", "vorschau/", "angaben/", "staende/"]
    paths = [LIST, f"{LIST}neu/", f"{LIST}hochladen/"]
    addresses = [furnished.url + path for path in paths]
    addresses += [activity + path for path in (*inner, field, "archiv/", "vorschau/?stand=1")]
    found = {}
    for address in addresses:
        page.goto(address)
        page.add_script_tag(path=AXE)
        page.add_style_tag(content=AT_ONCE)
        name = f"{address.removeprefix(activity)} {width}"
        for mode in sample(name, "tests/browser/test_h5p_desk.py", list(MODES)):
            page.emulate_media(**PLAIN | MODES[mode])
            if violations := page.evaluate(RUN):
                found[f"{address}, {mode}"] = violations
        if page.evaluate(WIDE):
            found[f"{address}, width"] = "scrolls sideways"
    context.close()
    assert found == {}


def written(desk):
    return desk.locator("[id='f-intro']").input_value()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Fett", "Guten <strong>Tag</strong>"),
        ("Kursiv", "Guten <em>Tag</em>"),
        ("Liste", "- Guten Tag"),
        ("Link", 'Guten <a href="https://">Tag</a>'),
    ],
)
def test_buttons_write_tags_by_keyboard_and_are_taken_back(desk, name, text):
    begin(desk, "Abfolge", f"Text {name}")
    box = desk.locator("[id='f-intro']")
    box.fill("Guten Tag")
    box.press("End")
    for _letter in "Tag":
        box.press("Shift+ArrowLeft")
    tools = desk.get_by_role("group", name="Text gestalten: Einleitung")
    tools.get_by_role("button", name=name).press("Enter")
    assert written(desk) == text
    expect(box).to_be_focused()
    if name == "Link":
        desk.keyboard.type("https://stadt.example/")
        assert written(desk) == 'Guten <a href="https://stadt.example/">Tag</a>'
        return
    tools.get_by_role("button", name=name).press("Space")
    assert written(desk) == "Guten Tag"
    desk.keyboard.press("Control+z")
    assert written(desk) == text
