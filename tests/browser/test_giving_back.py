"""A course is given back with a remark, worked off and handed in again: with a mouse, on a phone by keyboard, and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in, someone

WAYS = {"desk": (1280, True, False), "keys": (390, True, True), "plain": (390, False, False)}


class Person:
    def __init__(self, chromium, city, role, way):
        width, scripts, self.keys = WAYS[way]
        self.context = someone(chromium, width, scripts=scripts)
        self.page = self.context.new_page()
        sign_in(self.page, city, role)

    def press(self, thing):
        thing.press("Enter") if self.keys else thing.click()

    def say(self, place, summary, words, button):
        folded = place.locator("details", has_text=summary).last
        self.press(folded.locator("summary"))
        folded.get_by_label("Ihre Worte").fill(words)
        self.press(folded.get_by_role("button", name=button))


@pytest.mark.parametrize("way", WAYS)
def test_given_back_and_corrected(chromium, city, way):
    course = f"{city.url}/redaktion/kurse/{city.facts['desk']['in_review']}/"
    words = f"Bitte ein Beispiel dazu ({way})."
    reviewer, author = (Person(chromium, city, role, way) for role in ("reviewer", "author"))
    give_back(reviewer, course, words)
    work_off(author, course, words)
    page = reviewer.page
    page.goto(f"{course}anmerkungen/")
    expect(page.get_by_text("„Das Beispiel ist neu.“")).to_be_visible()
    for person in (reviewer, author):
        person.context.close()


def give_back(reviewer, course, words):
    page = reviewer.page
    page.goto(course)
    reviewer.press(page.get_by_role("link", name="Den Kurs lesen und anmerken"))
    reviewer.say(page.locator(".ls-proof > li").first, "Anmerken", words, "Anmerken")
    expect(page.locator("article", has_text=words)).to_be_visible()
    reviewer.press(page.get_by_role("link", name="Zur Entscheidung"))
    page.get_by_label("Was soll geändert werden?").fill("Fast fertig. Ein Beispiel fehlt noch.")
    reviewer.press(page.get_by_role("button", name="Mit diesen Worten zurückgeben"))
    expect(page.get_by_text("Zurückgegeben.")).to_be_visible()


def work_off(author, course, words):
    page = author.page
    page.goto(course)
    expect(page.get_by_text("„Fast fertig. Ein Beispiel fehlt noch.“")).to_be_visible()
    remark = page.locator("li.ls-note", has_text=words)
    author.press(remark.get_by_role("link", name=re.compile("Antworten oder erledigen")))
    mine = page.locator("article", has_text=words)
    author.say(mine, "Antworten", "Steht jetzt da.", "Antwort senden")
    expect(mine).to_contain_text("Steht jetzt da.")
    author.press(mine.get_by_role("button", name="Erledigt"))
    expect(mine).to_contain_text("Erledigt von")
    author.press(mine.get_by_role("button", name="Wieder öffnen"))
    author.press(mine.get_by_role("button", name="Erledigt"))
    expect(mine).to_contain_text("Erledigt von")
    page.goto(course)
    expect(page.locator("li.ls-note", has_text=words)).to_have_count(0)
    page.get_by_label("Worauf soll man achten?").fill("Das Beispiel ist neu.")
    author.press(page.get_by_role("button", name="Zur Prüfung geben"))
    expect(page.get_by_text("Abgegeben.").first).to_be_visible()
