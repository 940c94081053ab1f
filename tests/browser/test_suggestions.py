"""The search field as a combobox: by keyboard, by pointer, and without script."""

from tests.browser.city import City

LIST = "#q-list [role=option]"


def typed(page, city: City, text: str, path: str = "/kurse/"):
    page.goto(city.url + path)
    page.fill("#q", "")
    page.locator("#q").press_sequentially(text)
    page.wait_for_selector(LIST)
    return page.locator("#q")


def test_arrows_choose_and_enter_goes_there(city, page):
    field = typed(page, city, "passw", "/")
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert "Passwort" in chosen.inner_text()
    field.press("ArrowUp")  # back in the field
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")  # and from the end
    field.press("Enter")
    page.wait_for_url("**/kurse/vhs/sichere-passwoerter/")


def test_escape_closes_the_list_and_keeps_what_was_typed(city, page):
    field = typed(page, city, "handy")
    field.press("Escape")
    assert (field.get_attribute("aria-expanded"), field.input_value()) == ("false", "handy")
    field.press("Enter")
    page.wait_for_url("**/kurse/?q=handy")


def test_a_click_goes_where_the_suggestion_says(city, page):
    typed(page, city, "smartp")
    page.locator(LIST, has_text="Smartphone: erste Schritte").click()
    page.wait_for_url("**/kurse/vhs/smartphone-erste-schritte/")


def test_without_script_the_form_searches(city, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(city.url + "/")
    assert page.locator("#q").get_attribute("role") is None
    page.fill("#q", "pasword")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/kurse/?q=pasword")
    assert page.get_by_text("Sichere Passwörter und Passkeys").is_visible()
    page.get_by_role("link", name="Nur nach „pasword“ suchen").click()
    page.wait_for_url("**exact=1**")
    context.close()


def test_the_list_fits_on_a_small_phone(city, chromium):
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    typed(page, city, "passw")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320
    context.close()
