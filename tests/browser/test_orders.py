"""Choices in an order of one's own, and rows that say whether they are right, in Chromium."""

from playwright.sync_api import expect

from tests.browser.chromium import sign_in

STEP = "/lernen/vhs/sichere-passwoerter/warum-ein-gutes-passwort/"
LATER = "/lernen/vhs/sichere-passwoerter/was-ist-ein-passkey/"


def values(page):
    fields = page.locator("fieldset[data-mixed]").first.locator("input[name=choice]")
    return fields.evaluate_all("fields => fields.map(field => field.value)")


def test_every_tab_of_a_visitor_has_an_order_that_stays(city, chromium):
    orders = []
    for _tab in range(5):
        context = chromium.new_context(locale="de-DE")
        page = context.new_page()
        page.goto(city.url + STEP, wait_until="load")
        before = values(page)
        question = page.locator("section", has=page.locator("fieldset[data-mixed]")).first
        question.locator("input[name=choice]").nth(1).check()
        chosen = before[1]
        question.get_by_role("button", name="Antwort prüfen").click()
        expect(page.locator("[data-feedback]").first).to_be_visible()
        assert values(page) == before
        expect(page.locator(f'input[value="{chosen}"]')).to_be_checked()
        page.reload(wait_until="load")
        expect(page.locator(f'input[value="{chosen}"]')).to_be_checked()
        assert values(page) == before
        orders.append(tuple(before))
        context.close()
    assert len(set(orders)) > 1


def test_without_script_every_visitor_sees_the_same(city, chromium):
    seen = set()
    for _tab in range(2):
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(city.url + STEP)
        fields = page.locator("fieldset[data-mixed]").first.locator("input[name=choice]")
        seen.add(tuple(field.get_attribute("value") for field in fields.all()))
        context.close()
    assert len(seen) == 1


def test_each_row_says_whether_it_is_right_and_is_silent_once_it_moves(city, page):
    sign_in(page, city, "learner")
    page.goto(city.url + LATER, wait_until="load")
    question = page.locator("section", has=page.locator("[data-order]")).first
    question.locator("[data-move=down]").first.click()
    question.get_by_role("button", name="Antwort prüfen").click()
    expect(question.locator("[data-feedback]")).to_be_visible()
    rows = question.locator("[data-order] > li")
    said = question.locator("[data-place]")
    if said.count():  # unless chance had it right
        expect(said).to_have_count(rows.count())
        question.locator("[data-move=down]").first.click()
        expect(said).to_have_count(0)
