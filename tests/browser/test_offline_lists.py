"""A list without network, in a real browser: ticked in a cellar, sent upstairs; nobody else ever reads a name."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.cable import Cable
from tests.browser.test_groups_journey import good, press

PAGE = "/liste-ohne-netz/"
FURNISH = """
import json
from datetime import timedelta
from django.conf import settings
from django.test import Client
from django.utils import timezone
from accounts.models import User
from learning.actions import take_seat
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import asked, make_run
with look(system("furnish a list")):
    house = Provider.objects.get(slug="vhs")
    tutor, other = (factories.make_member(house, "tutor", name=name) for name in ("Toni", "Olga"))
    run = make_run(house, by=tutor, title="Ohne Netz", meetings=1)
    soon = timezone.now() + timedelta(hours=1)
    run.meetings.update(starts_at=soon, ends_at=soon + timedelta(hours=2))
people = [take_seat(run.key, asked(name)).pk for name in ("Anna Arbeit", "Ben Beet")]
sessions = []
for person in (tutor, other, tutor):
    browser = Client()
    browser.force_login(person)
    sessions.append(browser.cookies[settings.SESSION_COOKIE_NAME].value)
begins = timezone.localtime(soon).strftime("%H:%M")
print(json.dumps({"begins": begins, "list": f"/anbieter/vhs/begleiten/termine/{run.key}/", "people": people, "sessions": sessions}))
"""
TICKED = """
from learning.models import Presence
from tenancy.lens import look, system
with look(system("test")):
    print(sorted(Presence.objects.filter(booking__in=PEOPLE).values_list("booking__name", flat=True)))
"""


class Cellar:
    """A tutor's device, with the list of a run that begins in an hour."""

    def __init__(self, city, chromium, size):
        self.city = city
        said = city.manage("shell", "-v0", "-c", FURNISH)
        self.facts = json.loads(said.strip().splitlines()[-1])
        self.cable = Cable(city.url)
        self.context = chromium.new_context(
            viewport={"width": size, "height": 900},
            locale="de-DE",
            timezone_id="America/New_York",  # hours are the city's wherever a device believes it is
            bypass_csp=True,
            proxy=self.cable.proxy,
        )
        self.be(0)
        self.page = self.context.new_page()

    def be(self, who):
        """0: the tutor; 1: another one of the house; 2: the tutor, signed in anew. None: nobody."""
        self.context.clear_cookies(name="lernstadt")
        if who is not None:
            value = self.facts["sessions"][who]
            cookie = {"name": "lernstadt", "value": value, "url": self.city.url}
            self.context.add_cookies([cookie])

    def take(self):
        self.page.goto(self.city.url + self.facts["list"])
        press(self.page, self.page.get_by_role("button", name="Auf diesem Gerät bereithalten"))
        self.page.get_by_role("heading", name="Ohne Netz", exact=True).wait_for()
        return self.page

    def open(self):
        self.page.goto(self.city.url + PAGE)
        return self.page

    def offline(self, off):
        self.cable.pull(off)
        self.context.set_offline(off)  # the page hears of it

    def tick(self, name):
        box = self.page.get_by_label(name)
        box.focus()
        self.page.keyboard.press("Space")

    def ticked(self):
        code = TICKED.replace("PEOPLE", str(self.facts["people"]))
        return self.city.manage("shell", "-v0", "-c", code).strip().splitlines()[-1]

    def stored(self):
        return self.page.evaluate("() => localStorage.getItem('lernstadt-liste')")


@pytest.fixture(params=[1280, 390])
def cellar(city, chromium, request):
    made = Cellar(city, chromium, request.param)
    yield made
    made.context.close()
    made.cable.close()


def status(page):
    return page.locator("[data-kept-list] > [role=status]")


def test_ticked_without_network_and_sent_when_it_is_back(cellar):
    page = cellar.take()
    good(page)
    assert cellar.facts["begins"] in page.locator("[data-when]").inner_text()
    assert "Anna" not in cellar.stored()
    cellar.offline(True)
    cellar.open()
    page.get_by_label("Anna Arbeit").wait_for()
    cellar.tick("Anna Arbeit")
    expect(status(page)).to_have_text(
        "1 Häkchen ist auf diesem Gerät gemerkt und noch nicht gesendet."
    )
    page.get_by_text("hier gemerkt, noch nicht gesendet").wait_for()
    page.reload()
    expect(page.get_by_label("Anna Arbeit")).to_be_checked()
    assert cellar.ticked() == "[]"
    good(page)
    cellar.offline(False)
    expect(status(page)).to_have_text("Alles ist gesendet.")
    assert cellar.ticked() == "['Anna Arbeit']"
    cellar.tick("Ben Beet")
    expect(status(page)).to_have_text("Alles ist gesendet.")
    press(page, page.get_by_role("button", name="Senden und vom Gerät löschen"))
    expect(status(page)).to_have_text("Alles ist gesendet und von diesem Gerät gelöscht.")
    assert cellar.ticked() == "['Anna Arbeit', 'Ben Beet']"
    assert cellar.stored() is None


def test_signing_out_takes_the_names_and_the_ticks_wait_for_the_same_person(cellar):
    page = cellar.take()
    cellar.offline(True)
    cellar.tick("Ben Beet")
    cellar.offline(False)
    cellar.be(None)
    cellar.open()
    page.get_by_text("Die Namen sind nicht mehr auf diesem Gerät.").wait_for()
    assert "Ben" not in page.locator("main").inner_text()
    good(page)
    cellar.be(1)
    cellar.open()
    expect(status(page)).to_have_text(
        re.compile("Diese Liste gibt es für Sie nicht mehr|Hier ist jemand anderes")
    )
    assert "Ben" not in page.locator("main").inner_text()


def test_the_same_person_signs_in_again_and_the_ticks_are_sent(cellar):
    page = cellar.take()
    cellar.offline(True)
    cellar.tick("Ben Beet")
    cellar.offline(False)
    cellar.be(None)
    cellar.open()
    page.get_by_role("link", name="Anmelden").last.wait_for()
    cellar.be(2)
    cellar.open()
    page.get_by_text("Die Namen sind nicht mehr auf diesem Gerät.").wait_for()
    expect(page.locator("[data-count]")).to_have_text("Alles ist gesendet.")
    assert cellar.ticked() == "['Ben Beet']"
    press(page, page.get_by_role("button", name="Häkchen wegwerfen"))
    page.get_by_text("Auf diesem Gerät liegt keine Liste.").wait_for()
    assert cellar.stored() is None


def test_a_session_that_was_ended_on_another_device_takes_the_names_with_the_first_answer(cellar):
    """Without network nobody can know; the ticks wait for the same person."""
    page = cellar.take()
    cellar.offline(True)
    cellar.tick("Ben Beet")
    other = cellar.context.browser.new_context(locale="de-DE")
    cookie = {"name": "lernstadt", "value": cellar.facts["sessions"][2], "url": cellar.city.url}
    other.add_cookies([cookie])
    desk = other.new_page()
    desk.goto(f"{cellar.city.url}/konto/geraete/")
    desk.get_by_role("button", name="Überall sonst abmelden").click()
    desk.get_by_text("Sonst sind Sie nirgends angemeldet.").wait_for()
    other.close()
    expect(page.get_by_label("Ben Beet")).to_be_checked()
    cellar.offline(False)
    page.get_by_text("Sie sind nicht mehr angemeldet. Darum sind die Namen gelöscht.").wait_for()
    assert "Ben" not in page.locator("main").inner_text()
    assert "liste" not in {cookie["name"] for cookie in cellar.context.cookies()}
    assert cellar.ticked() == "[]"
    good(page)
    cellar.be(2)
    cellar.open()
    expect(page.locator("[data-count]")).to_have_text("Alles ist gesendet.")
    assert cellar.ticked() == "['Ben Beet']"


def test_the_button_to_sign_out_ends_the_key(cellar):
    page = cellar.take()
    assert "liste" in {cookie["name"] for cookie in cellar.context.cookies()}
    page.goto(f"{cellar.city.url}/konto/abmelden/")
    with page.expect_navigation():
        press(page, page.locator("main form button[type=submit]"))
    assert "liste" not in {cookie["name"] for cookie in cellar.context.cookies()}
    cellar.offline(True)
    cellar.open()
    page.get_by_text("Die Namen sind nicht mehr auf diesem Gerät.").wait_for()
    assert "Anna" not in page.locator("main").inner_text()


def test_after_a_day_nothing_is_left(cellar):
    cellar.page.clock.install()
    page = cellar.take()
    page.get_by_label("Anna Arbeit").wait_for()
    cellar.offline(True)
    page.clock.fast_forward("24:01:00")
    page.get_by_text("Auf diesem Gerät liegt keine Liste.").wait_for()
    assert cellar.stored() is None


def test_what_somebody_else_entered_later_holds_and_is_said(cellar):
    page = cellar.take()
    cellar.offline(True)
    cellar.tick("Anna Arbeit")
    cellar.tick("Anna Arbeit")
    box = f"{cellar.facts['people'][0]}-"
    other = cellar.context.browser.new_context(locale="de-DE")
    cookie = {"name": "lernstadt", "value": cellar.facts["sessions"][2], "url": cellar.city.url}
    other.add_cookies([cookie])
    desk = other.new_page()
    desk.goto(cellar.city.url + cellar.facts["list"])
    desk.locator(f'input[name=there][value^="{box}"]').check()
    desk.get_by_role("button", name="Anwesenheit speichern").click()
    desk.get_by_text("Anwesenheit gespeichert.").wait_for()
    other.close()
    cellar.offline(False)
    expect(status(page)).to_have_text(
        "Jemand anderes hat später etwas eingetragen, und das gilt: Anna Arbeit."
    )
    expect(page.get_by_label("Anna Arbeit")).to_be_checked()


def test_without_script_the_list_itself_is_the_way(city, cellar, chromium):
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    value = cellar.facts["sessions"][0]
    context.add_cookies([{"name": "lernstadt", "value": value, "url": city.url}])
    page = context.new_page()
    page.goto(city.url + cellar.facts["list"])
    assert page.get_by_text("Auf diesem Gerät bereithalten").is_hidden()
    assert page.get_by_role("button", name="Anwesenheit speichern").is_visible()
    page.goto(city.url + PAGE)
    page.get_by_text("Ihre Listen gehen auch ohne, mit Netz.").wait_for()
    context.close()
