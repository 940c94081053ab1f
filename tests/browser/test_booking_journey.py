"""A seat from the first search to the confirmation of attendance, by keyboard: wide, on a phone, and without script."""

import json
import re
import uuid
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import reload_until
from tests.browser.letters import letters, link_in_mail
from tests.browser.test_groups_journey import WIDE, good, press

#: Way -> size, whether scripts run, and at what hour of the morning its tutor is free.
WAYS = {
    "1280": ((1280, 900), True, "08"),
    "390": ((390, 844), True, "09"),
    "390, without script": ((390, 844), False, "10"),
}
#: The tutor of another house helps out here; somebody has learned online and still has to come to two meetings.
FURNISH = """
import json
from django.conf import settings
from django.test import Client
from accounts.models import User
from courses.models import CatalogueEntry
from courses.queries.editions import printed_rule
from learning.models import Enrolment, Progress
from providers.actions import join
from tenancy.lens import look, system
from tests import factories
with look(system("furnish a journey")):
    tutor = User.objects.get(email="tutor@vhs.example")
    entry = CatalogueEntry.objects.select_related("edition", "provider").get(address="stadtbibliothek/videoanruf-mit-der-familie")
    join(tutor, entry.provider, "tutor")
    lena = factories.make_user("Lena Winter", "EMAIL")
    items = entry.edition.items
    whose = dict(learner=lena, provider=entry.provider)
    mine = Enrolment.objects.create(**whose, course=entry.course, edition=entry.edition, judged=True, position=1,
        total=len(items), done=len(items), needed=printed_rule(entry.edition).items_needed(len(items)))
    for item in items:
        Progress.objects.create(**whose, enrolment=mine, item=item["id"], position=item["lesson"])
sessions = {}
for name, person in (("tutor", tutor), ("lena", lena)):
    browser = Client()
    browser.force_login(person)
    sessions[name] = browser.cookies[settings.SESSION_COOKIE_NAME].value
print(json.dumps(sessions))
"""
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
HOUSE = "/anbieter/stadtbibliothek"


class Journey:
    """One city, and a browser for everybody who walks through it."""

    def __init__(self, city, chromium, way):
        self.city, self.chromium, self.contexts = city, chromium, []
        self.size, self.scripts, self.hour = WAYS[way]
        self.mark = uuid.uuid4().hex[:6]
        said = city.manage("shell", "-v0", "-c", FURNISH.replace("EMAIL", self.address("lena")))
        self.sessions = json.loads(said.strip().splitlines()[-1])

    def address(self, name):
        return f"{name}-{self.mark}@treff.example"

    def browser_of(self, name):
        width, height = self.size
        context = self.chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=self.scripts,
            locale="de-DE",
            bypass_csp=True,
        )
        if name in self.sessions:
            value = self.sessions[name]
            context.add_cookies([{"name": "lernstadt", "value": value, "url": self.city.url}])
        self.contexts.append(context)
        return context.new_page()

    def see(self, page, heading):
        page.get_by_role("heading", name=heading).first.wait_for()
        if self.scripts:
            good(page)
        else:
            assert page.evaluate(WIDE) <= 0

    def plans(self, page, title, *, seats, times):
        """A tutor: a run of the course on Tuesday mornings, in a room with a lift; the key of its page."""
        page.goto(f"{self.city.url}{HOUSE}/planen/")
        press(page, page.get_by_role("link", name="Neue Durchführung"))
        write(page, "Titel", title)
        choose(page, "Gehört zum Kurs", "Videoanruf mit der Familie")
        write(page, "Plätze", str(seats))
        self.see(page, "Neue Durchführung")
        press(page, page.get_by_role("button", name="Speichern"))
        self.see(page, title)
        field(page, "Tag").fill(next_tuesday().isoformat())
        field(page, "Beginn").fill(f"{self.hour}:00")
        field(page, "Ende").fill(f"{self.hour}:50")
        write(page, "Wie oft?", str(times))
        choose(page, "Ort und Raum", "Bibliothek im Turm, Lesesaal")
        press(page, page.get_by_role("button", name="Eintragen"))
        page.get_by_text("Die Termine sind eingetragen.").wait_for()
        press(page, page.get_by_role("button", name="Veröffentlichen"))
        page.get_by_text("Veröffentlicht. Ab jetzt sehen es alle.").wait_for()
        self.see(page, title)
        return KEY.search(page.url)[0]


@pytest.fixture(params=WAYS)
def journey(city, chromium, request):
    made = Journey(city, chromium, request.param)
    yield made
    for context in made.contexts:
        context.close()


def next_tuesday():
    today = date.today()  # noqa: DTZ011 -- a week is long enough in every zone
    return today + timedelta(days=7 + (1 - today.weekday()) % 7)


def field(page, label):
    """By its whole label; what may stay empty says so behind it."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s*\(freiwillig\))?\s*$")).first


def write(page, label, text):
    wanted = field(page, label)
    wanted.focus()
    expect(wanted).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def choose(page, label, option):
    """In a list, by typing what it says."""
    wanted = field(page, label)
    wanted.focus()
    page.keyboard.type(option)
    assert wanted.locator("option:checked").inner_text().strip() == option


def tick(page, thing):
    """What lies in something folded is unfolded first."""
    folded = page.locator("details:not([open])", has=thing)
    while folded.count():
        press(page, folded.first.locator("summary").first)
    thing.focus()
    page.keyboard.press("Space")
    expect(thing).to_be_checked()


def finds(journey, page, title):
    """Handy, on a Tuesday, in the morning, with a lift."""
    page.goto(f"{journey.city.url}/termine/finden/")
    write(page, "Was möchten Sie lernen?", "Handy")
    page.keyboard.press("Enter")
    expect(page).to_have_url(
        re.compile("q=Handy")
    )  # what is looked for stands in the first list, too
    page.get_by_role("link", name=title).wait_for()
    for name, value in (("tag", "2"), ("zeit", "morning"), ("zugang", "lift")):
        # the list that comes has the same among its hidden fields
        tick(page, page.locator(f'input[type=checkbox][name="{name}"][value="{value}"]'))
    press(page, page.get_by_role("button", name="Filter anwenden"))
    expect(page).to_have_url(re.compile("tag=2&zeit=morning&zugang=lift"))
    assert all("Dienstag" in hit for hit in page.locator(".ls-hit").all_inner_texts())
    journey.see(page, title)
    press(page, page.get_by_role("link", name=title))
    journey.see(page, title)


def asks_for_a_seat(journey, page, name, address):
    write(page, "Wer nimmt teil?", name)
    write(page, "E-Mail-Adresse", address)
    press(page, page.locator("form button[type=submit]").filter(has_text="Platz buchen"))
    journey.see(page, "Bitte sehen Sie in Ihr Postfach")
    page.goto(link_in_mail(journey.city, address, "/buchung/"))
    journey.see(page, "Möchten Sie diesen Platz?")
    press(page, page.get_by_role("button", name="Ja, Platz bestätigen"))
    journey.see(page, "Ihr Platz ist gebucht")


def test_from_the_search_to_the_confirmation(journey):
    title = f"Videoanruf mit dem Handy {journey.mark}"
    tutor, erna, lena = (journey.browser_of(name) for name in ("tutor", "erna", "lena"))
    run = journey.plans(tutor, title, seats=1, times=2)
    finds(journey, erna, title)
    asks_for_a_seat(journey, erna, "Erna Alt", journey.address("erna"))

    lena.goto(f"{journey.city.url}/termine/{run}/")
    press(lena, lena.locator("form button[type=submit]").filter(has_text="Auf die Warteliste"))
    journey.see(lena, "Sie stehen auf der Warteliste")
    lena.get_by_text("Sie sind als Nächstes an der Reihe.").wait_for()

    press(erna, erna.get_by_role("button", name="Platz absagen"))
    journey.see(erna, "Ihre Buchung ist abgesagt")
    lena.reload()
    journey.see(lena, "Ein Platz ist frei für Sie")
    press(lena, lena.get_by_role("button", name="Platz annehmen"))
    journey.see(lena, "Ihr Platz ist gebucht")

    tutor.goto(f"{journey.city.url}{HOUSE}/begleiten/termine/")
    press(tutor, tutor.get_by_role("link", name=title))
    journey.see(tutor, f"Liste: {title}")
    for box in tutor.locator("input[name=there]").all():
        tick(tutor, box)
    press(tutor, tutor.get_by_role("button", name="Anwesenheit speichern"))
    tutor.get_by_text("Anwesenheit gespeichert.").wait_for()

    lena.goto(f"{journey.city.url}/konto/nachweise/")
    reload_until(lena, lena.get_by_text("Videoanruf mit der Familie"))
    told = "\n".join(letters(journey.city, journey.address("lena")))
    assert "Sie stehen auf der Warteliste" in told
    assert "Ihr Platz ist gebucht" in told


def test_a_semester_is_planned_and_one_date_is_off(journey):
    title = f"Handy-Werkstatt {journey.mark}"
    tutor, visitor = journey.browser_of("tutor"), journey.browser_of("visitor")
    journey.hour = {"08": "18", "09": "19", "10": "20"}[journey.hour]
    run = journey.plans(tutor, title, seats=5, times=6)
    planned = tutor.url

    tutor.goto(f"{journey.city.url}{HOUSE}/begleiten/termine/{run}/")
    write(tutor, "Wer nimmt teil?", "Karl Ruf")
    write(tutor, "Telefon", "07131 555")
    press(tutor, tutor.get_by_role("button", name="Platz buchen"))
    tutor.get_by_text("Karl Ruf: Gebucht.").wait_for()
    journey.see(tutor, f"Liste: {title}")
    write(tutor, "Wer nimmt teil?", "Berta Brief")
    write(tutor, "E-Mail-Adresse", journey.address("berta"))
    press(tutor, tutor.get_by_role("button", name="Platz buchen"))
    tutor.get_by_text("Berta Brief: Gebucht.").wait_for()

    tutor.goto(planned)
    press(tutor, tutor.locator("section[aria-labelledby=termine] li a").nth(2))
    write(tutor, "Warum? Wer gebucht hat, liest das.", "Der Raum wird gestrichen.")
    press(tutor, tutor.get_by_role("button", name="Diesen Termin absagen"))
    expect(tutor.locator("section[aria-labelledby=termine] li").nth(2)).to_contain_text("Fällt aus")
    journey.see(tutor, title)
    visitor.goto(f"{journey.city.url}/termine/{run}/")
    journey.see(visitor, title)
    assert visitor.get_by_text("Dieser Termin fällt aus.").count() == 1
    told = letters(journey.city, journey.address("berta"))
    assert [("Der Raum wird gestrichen." in text) for text in told][-1]
