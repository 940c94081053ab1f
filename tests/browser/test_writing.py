"""An author at the writing desk: from an outline to a course that is handed in, by keyboard, on a phone, and without script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import sign_in, until
from tests.browser.test_a11y import AXE, RUN

SAVED = re.compile(r"Gespeichert um \d\d:\d\d")


class Newcomer:
    """Counts what she does: each click, each field, each key that is no letter."""

    def __init__(self, page: Page) -> None:
        self.page, self.acts = page, 0

    def press(
        self, name: "str | re.Pattern[str]", *, role: str = "button", within: object = None
    ) -> None:
        self.acts += 1
        place = within or self.page
        self.act_on(place.get_by_role(role, name=name).first)

    def act_on(self, thing: Locator) -> None:
        thing.click()

    def tick(self, thing: Locator) -> None:
        self.acts += 1
        thing.check()

    def choose(self, label: str) -> None:
        """The first that is offered."""
        self.acts += 1
        self.page.get_by_label(label, exact=True).select_option(index=1)

    def bring(self, label: str, file: Path) -> None:
        """From their own computer. No browser lets a key of a test choose a file."""
        self.acts += 1
        self.page.get_by_label(label).set_input_files(file)
        expect(self.page.locator("[data-said]")).to_have_text(SAVED)

    def insert(self, kind: str) -> None:
        """At the end of the step; the new block is open, its first field has the focus."""
        self.acts += 2
        self.page.get_by_role("link", name="Hier einfügen").last.press("Enter")
        palette = self.page.locator(".ls-blocks [data-palette-form]")
        palette.get_by_role("button", name=re.compile(f"^{kind}")).first.press("Enter")
        expect(self.page.locator("[data-block].is-open")).to_have_count(1)

    def write(self, label: str, text: str) -> None:
        self.acts += 1
        field = self.page.locator("[data-block].is-open").get_by_label(label, exact=True).first
        field.press_sequentially(text) if field.get_attribute("contenteditable") else field.fill(
            text
        )

    def done(self) -> None:
        self.acts += 1
        self.page.keyboard.press("Escape")
        expect(self.page.locator("[data-block].is-open")).to_have_count(0)


class WithKeys(Newcomer):
    """Touches no mouse."""

    def act_on(self, thing: Locator) -> None:
        thing.press("Enter")

    def tick(self, thing: Locator) -> None:
        self.acts += 1
        thing.press("Space")
        expect(thing).to_be_checked()

    def choose(self, label: str) -> None:
        self.acts += 1
        self.page.get_by_label(label, exact=True).press("ArrowDown")


WAYS = {"desk": (1280, 900, Newcomer), "phone": (390, 844, Newcomer), "keys": (1280, 900, WithKeys)}


@pytest.fixture(params=WAYS)
def newcomer(city, chromium, request):
    width, height, kind = WAYS[request.param]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="de-DE", bypass_csp=True
    )
    page = context.new_page()
    sign_in(page, city, "author")
    yield kind(page)
    context.close()


def begin(her, city, title):
    page = her.page
    page.goto(f"{city.url}/redaktion/kurse/neu/")
    page.get_by_label("Wie heißt der Kurs?").fill(title)
    page.get_by_role("button", name="Kurs anlegen").click()
    her.acts += 2


def first_step(her):
    her.insert("Text")
    her.write("Text", "Ein gutes Passwort ist lang.")
    her.done()
    her.insert("Merksatz")
    her.write("Überschrift", "Länge zählt")
    her.write("Text", "Ein ganzer Satz ist besser als ein Wort.")
    her.done()
    her.insert("Frage")
    her.write("Frage", "Was ist sicher?")
    her.write("Antwort 1", "123456")
    her.write("Antwort 2", "Ein langer Satz")
    her.page.get_by_label("Antwort 2 ist richtig").check()
    her.press(re.compile("Zeile löschen ?, 3"))
    her.acts += 1
    expect(her.page.get_by_label("Antwort 3", exact=True)).to_have_count(0)
    her.done()


def new_step(her, title):
    """From the plan, or from the end of the last step."""
    before = her.page.url
    her.act_on(her.page.get_by_role("button", name="Neuer Schritt").last)
    her.acts += 1
    expect(her.page).not_to_have_url(before)  # what was open is saved first
    her.page.get_by_label("Name des Schritts").fill(title)
    her.page.keyboard.press("Tab")
    her.acts += 1
    expect(her.page.locator("[data-said]")).to_have_text(SAVED)


def other_steps(her):
    page = her.page
    new_step(her, "Lang schlägt kompliziert")
    her.insert("Lücken-Text")
    her.write("Aufgabe", "Was fehlt?")
    her.write("Der ganze Text", "Ein Passwort ist lang.")
    page.keyboard.press("Tab")
    page.get_by_role("checkbox", name="lang").check()
    her.acts += 1
    expect(page.get_by_label("Noch ein Wort statt „lang“")).to_have_count(1)
    her.write("Noch ein Wort statt „lang“", "länger")
    her.done()
    expect(page.locator(".ls-gap")).to_have_count(1)
    new_step(her, "Prüfen Sie sich")
    her.insert("Reihenfolge")
    her.write("Aufgabe", "Was kommt zuerst?")
    for number, words in enumerate(("Öffnen", "Schreiben", "Senden"), 1):
        her.write(f"Schritt {number}", words)
    her.done()
    her.insert("Wort erklärt")
    her.write("Wort", "Konto")
    her.write("Erklärung", "So kennt Sie ein Dienst.")
    her.done()


def test_from_an_outline_to_three_steps_that_lack_nothing(newcomer, city):
    her, page = newcomer, newcomer.page
    begin(her, city, "Gute Passwörter")
    course = page.url
    new_step(her, "Was ein gutes Passwort ist")
    first = page.url
    first_step(her)
    other_steps(her)
    page.goto(course)
    missing = page.locator("main li", has_text="Fehlt noch")
    expect(missing.filter(has_text="Gute Passwörter")).not_to_have_count(0)
    for step in ("Was ein gutes", "Lang schlägt", "Prüfen Sie"):
        expect(missing.filter(has_text=step)).to_have_count(0)
    page.goto(first)
    expect(page.locator("[data-marks]")).to_have_count(0)
    page.reload()
    sheet = page.locator("[data-sheet]")
    expect(sheet).to_contain_text("Ein gutes Passwort ist lang.")
    expect(sheet).to_contain_text("Ein ganzer Satz ist besser als ein Wort.")
    expect(sheet.locator("[data-item]")).to_have_count(3)
    expect(page.get_by_text("Es fehlt nichts.")).to_have_count(1)
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []
    assert her.acts <= 60


def open_demo(page, city, role="author"):
    sign_in(page, city, role)
    page.goto(f"{city.url}/redaktion/schreiben/{city.facts['desk']['step']}/")


def test_a_block_is_moved_deleted_and_brought_back_by_keyboard(page, city):
    open_demo(page, city)
    items = page.locator("[data-item]")
    ids = [one.get_attribute("data-item") for one in items.all()]
    second = page.locator(f"[data-item='{ids[1]}'] [data-open]")
    second.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-said]")).to_have_text(f"Jetzt auf Platz 1 von {len(ids)}.")
    expect(items.first).to_have_attribute("data-item", ids[1])
    page.get_by_role("button", name="Rückgängig").press("Enter")
    expect(items.first).to_have_attribute("data-item", ids[0])
    menu = page.locator(f"[data-item='{ids[1]}'] summary")
    menu.press("Enter")
    page.locator(f"[data-item='{ids[1]}']").get_by_role("button", name="Löschen").press("Enter")
    expect(items).to_have_count(len(ids) - 1)
    page.keyboard.press("Control+z")
    expect(items).to_have_count(len(ids))


def test_without_internet_the_words_stay_on_the_device(page, city):
    open_demo(page, city)
    block = page.locator("[data-item]", has=page.locator(".ls-text")).first
    before = block.get_attribute("data-item")
    block.locator("[data-open]").click()
    field = page.locator(".ls-write")
    expect(field).to_be_focused()
    page.context.set_offline(True)
    page.keyboard.press("Control+End")
    page.keyboard.type(" Auch im Tunnel.")
    expect(page.locator("[data-said]")).to_contain_text("Ohne Internet.")
    page.context.set_offline(False)
    expect(page.locator("[data-said]")).to_have_text(SAVED)
    page.reload()
    expect(page.locator(f"[data-item='{before}']")).to_contain_text("Auch im Tunnel.")
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.locator(f"[data-item='{before}']")).not_to_contain_text("Auch im Tunnel.")


def test_a_name_written_before_the_script_is_there_is_saved(page, city):
    waiting = []
    page.route(re.compile(r"/js/writing\.[^/]*js"), lambda route: waiting.append(route))
    sign_in(page, city, "author")
    page.goto(f"{city.url}/redaktion/schreiben/{city.facts['desk']['step']}/", wait_until="commit")
    name = page.get_by_label("Name des Schritts")
    before = name.input_value()
    name.fill("Vor dem Skript")
    name.blur()
    until(page, lambda: bool(waiting))
    for route in waiting:
        route.continue_()
    expect(page.locator("[data-said]")).to_have_text(SAVED)
    page.unroute_all()
    page.reload()
    expect(name).to_have_value("Vor dem Skript")
    name.fill(before)
    name.blur()
    expect(page.locator("[data-said]")).to_have_text(SAVED)


def test_two_windows_show_both_and_overwrite_nothing(page, city, chromium):
    open_demo(page, city)
    other = chromium.new_context(locale="de-DE").new_page()
    open_demo(other, city, "owner")
    at = page.locator("[data-item]", has=page.locator("aside.ls-note--ok")).first.get_attribute(
        "data-item"
    )
    for tab, words in ((page, "Von ihr"), (other, "Von ihm")):
        tab.locator(f"[data-item='{at}'] [data-open]").click()
        expect(tab.get_by_label("Überschrift", exact=True)).to_be_visible()
        if tab is other:
            tab.get_by_label("Überschrift", exact=True).fill(words)
            expect(tab.locator("[data-said]")).to_have_text(SAVED)
    page.get_by_label("Überschrift", exact=True).fill("Von ihr")
    expect(page.locator("[data-versus]")).to_contain_text("Von ihm")
    expect(page.get_by_label("Überschrift", exact=True)).to_have_value("Von ihr")
    page.get_by_role("button", name="Meine Worte nehmen").click()
    expect(page.locator("[data-versus]")).to_have_count(0)
    page.reload()
    expect(page.locator(f"[data-item='{at}']")).to_contain_text("Von ihr")
    other.context.close()


def test_without_script_every_block_has_a_page(city, chromium):
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    open_demo(page, city)
    count = page.locator("[data-item]").count()
    page.get_by_role("link", name="Hier einfügen").first.click()
    page.get_by_role("button", name="Text Absätze, Überschrift, Liste").click()
    page.get_by_label("Text", exact=True).fill(
        "## Ohne Skript\n\nEs geht **auch so**.\n\n- eins\n- zwei"
    )
    page.get_by_role("button", name="Speichern und zurück zum Schritt").click()
    first = page.locator("[data-item]").first
    expect(page.locator("[data-item]")).to_have_count(count + 1)
    expect(first.get_by_role("heading", name="Ohne Skript")).to_be_visible()
    expect(first.locator("li")).to_have_text(["eins", "zwei"])
    page.get_by_role("button", name="Rückgängig").click()
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.locator("[data-item]")).to_have_count(count)
    context.close()


def test_a_finding_is_mended_with_one_press_and_words_in_an_open_block_stay(page, city):
    open_demo(page, city)
    her = Newcomer(page)
    her.insert("Text")
    her.write("Text", "Kommen Sie!!!")
    her.done()
    made = page.locator("[data-item]").last
    button = made.get_by_role("button", name=re.compile("Nur ein Zeichen lassen"))
    expect(button).to_have_count(1)
    first = page.locator("[data-item]", has=page.locator(".ls-text")).first
    first.locator("[data-open]").click()
    page.locator(".ls-write").press_sequentially("Neu! ")
    button.press("Enter")
    expect(page.locator("[data-item]").last).to_contain_text("Kommen Sie!")
    expect(page.locator("[data-item]").last).not_to_contain_text("!!!")
    expect(page.locator("[data-sheet]")).to_contain_text("Neu!")
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.locator("[data-item]").last).to_contain_text("Kommen Sie!!!")
