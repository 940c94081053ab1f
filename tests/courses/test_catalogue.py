"""The catalogue as visitors see it: finding, narrowing, paging, languages, and what it costs."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override
from wagtail.models import Locale

from courses.models import Edition, PrintedLesson
from courses.queries.catalogue import PAGE
from tenancy import public_page
from tenancy.lens import look, system
from tests import factories
from tests.support.shelf import shelve

CATALOGUE = "/kurse/"


def translate(course, language, title):
    """A published variant of the course and of its first lesson only."""
    with look(system("test")):
        locale = Locale.objects.get(language_code=language)
        variant = course.copy_for_translation(locale)
        variant.title = title
        variant.save_revision().publish()
        lesson = course.lessons().first().copy_for_translation(locale)
        lesson.title = f"{title}: first step"
        lesson.save_revision().publish()
    return variant


@pytest.fixture
def haus(db):
    return factories.make_provider("haus")


@pytest.fixture
def nachbar(db):
    return factories.make_provider("nachbar")


def seen(client, **asked):
    """The context of the catalogue for these parameters."""
    page = client.get(CATALOGUE, asked)
    assert page.status_code == 200
    return page.context


def titles(context):
    return [str(card).removeprefix("<li>").removesuffix(" (de)</li>") for card in context["cards"]]


def counts(context, *, without=("dauer", "handy", "konto", "kosten")):
    """{"thema": {"4": 2}, …} as the visitor reads it; every offer of these tests takes ten minutes."""
    return {
        facet["name"]: {option["value"]: option["count"] for option in facet["options"]}
        for facet in context["facets"]
        if facet["name"] not in without
    }


# --- finding -------------------------------------------------------------------------------------------------------


#   what is typed, what was meant, how many courses that finds
TYPED = [
    ("Passwort", "", 1),
    ("pasword", "password", 1),
    ("PASSWORD merkn", "PASSWORD merken", 1),
    ("geheime texte", "", 2),  # words of the lessons, by their stems
    ("xqzwvk", "", 0),
]


def test_typing_errors_find_the_course(client, haus):
    factories.make_course(haus, lessons=1, title="Passwort merken")
    factories.make_course(haus, lessons=1, title="Bilder teilen")
    for typed, meant, hits in TYPED:
        page = client.get(CATALOGUE, {"q": typed})
        text = page.content.decode()
        assert (page.context["meant"], page.context["total"]) == (meant, hits)
        assert ("Passwort merken" in text, "Bilder teilen" in text) == (hits > 0, hits > 1)
        assert (f"„{meant}“" in text) == bool(meant)


@pytest.mark.parametrize("typed", ["die und der", "'", '"', "-", "a & !b | (", "<b>", "%_\\", " "])
def test_whatever_is_typed_is_only_words(client, haus, typed):
    shelve(haus, "Passwort")
    page = client.get(CATALOGUE, {"q": typed})
    assert page.status_code == 200
    assert "<b>" not in page.content.decode()


# --- narrowing -----------------------------------------------------------------------------------------------------


@pytest.fixture
def offers(haus, nachbar):
    shelve(haus, "A", area="4", level="einstieg")
    shelve(haus, "B", area="4", level="aufbau", languages=("de", "en"))
    shelve(haus, "C", area="2", level="einstieg")
    shelve(nachbar, "D", area="4", level="einstieg", languages=("de", "de-simple"))
    shelve(nachbar, "E", area="1", level="grundlagen")


#   what is chosen, what is found, what the facets say
NARROWED = [
    (
        {},
        "ABCDE",
        {
            "thema": {"1": 1, "2": 1, "4": 3},
            "stufe": {"einstieg": 3, "grundlagen": 1, "aufbau": 1},
            "sprache": {"de": 5, "de-simple": 1, "en": 1},
            "anbieter": {"haus": 3, "nachbar": 2},
        },
    ),
    # a facet counts as if only the others were chosen, so its own other options stay open
    (
        {"thema": "4"},
        "ABD",
        {
            "thema": {"1": 1, "2": 1, "4": 3},
            "stufe": {"einstieg": 2, "aufbau": 1},
            "sprache": {"de": 3, "de-simple": 1, "en": 1},
            "anbieter": {"haus": 2, "nachbar": 1},
        },
    ),
    (
        {"thema": "4", "stufe": "einstieg"},
        "AD",
        {
            "thema": {"2": 1, "4": 2},
            "stufe": {"einstieg": 2, "aufbau": 1},
            "sprache": {"de": 2, "de-simple": 1},
            "anbieter": {"haus": 1, "nachbar": 1},
        },
    ),
    (
        {"thema": ["4", "1"], "anbieter": "nachbar"},
        "DE",
        {
            "thema": {"1": 1, "4": 1},
            "stufe": {"einstieg": 1, "grundlagen": 1},
            "sprache": {"de": 2, "de-simple": 1},
            "anbieter": {"haus": 2, "nachbar": 2},
        },
    ),
    (
        {"sprache": "en", "stufe": "grundlagen"},
        "",
        {"stufe": {"grundlagen": 0, "aufbau": 1}, "sprache": {"de": 1, "en": 0}},
    ),
]


@pytest.mark.parametrize(("chosen", "found", "says"), NARROWED)
def test_facets_count_what_choosing_them_would_leave(client, offers, chosen, found, says):
    context = seen(client, **chosen)
    assert "".join(titles(context)) == found
    assert context["total"] == len(found)
    assert counts(context) == says


def test_a_chosen_filter_can_be_taken_away(client, offers):
    context = seen(client, q="", thema=["4", "2"], stufe="einstieg", seite="1")
    assert [filter["label"] for filter in context["active"]] == [
        "Sicher im Netz",
        "Miteinander reden",
        "Einstieg",
    ]
    left = [*(filter["remove_url"] for filter in context["active"]), context["clear_url"]]
    totals = [client.get(f"{CATALOGUE}{url}").context["total"] for url in left]
    assert (context["total"], totals) == (3, [1, 2, 4, 5])


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ({"thema": "9"}, 0),
        ({"stufe": "<script>"}, 0),
        ({"sprache": "fr"}, 0),
        ({"anbieter": "niemand' OR 1=1 --"}, 0),
        ({"thema": ["", "4", "4"]}, 3),
        ({"thema": [str(n) for n in range(100)], "andere": "x" * 5000}, 5),
    ],
)
def test_unknown_filters_break_nothing(client, offers, asked, total):
    page = client.get(CATALOGUE, asked)
    assert page.context["total"] == total
    assert "<script>" not in page.content.decode()


@pytest.mark.parametrize("facet", ["thema", "stufe", "sprache", "anbieter"])
@pytest.mark.parametrize("blank", ["", " ", "\t\r\n", "\0", "\u00a0\u2003", [" ", ""]])
def test_a_blank_filter_is_none(client, offers, facet, blank):
    plain = seen(client)
    public_page.forget()  # without a value it is the same page
    context = seen(client, **{facet: blank})
    assert titles(context) == titles(plain)
    assert (context["total"], counts(context)) == (5, counts(plain))
    assert (context["active"], context["pages"]) == ([], None)


# --- paging --------------------------------------------------------------------------------------------------------


def test_pages_follow_each_other_without_gaps(client, haus):
    for number in range(PAGE + 5):
        shelve(haus, f"Kurs {number:02}")
    first, second = seen(client), seen(client, seite="2", thema="4")
    assert titles(first) + titles(second) == [f"Kurs {n:02}" for n in range(PAGE + 5)]
    assert (first["pages"]["previous_url"], first["pages"]["next_url"]) == (None, "?seite=2")
    assert second["pages"]["previous_url"] == "?thema=4"
    assert second["pages"]["next_url"] is None


@pytest.mark.parametrize("number", ["0", "2", "-1", "1.5", "x", "²", "99999", "1" * 100])
def test_a_page_that_is_not_there_is_not_found(client, haus, number):
    shelve(haus, "Einziger Kurs")
    assert client.get(CATALOGUE, {"seite": number}).status_code == 404


def test_an_empty_catalogue_is_a_page(client, db):
    assert seen(client)["total"] == 0


# --- the same for everybody ----------------------------------------------------------------------------------------


def test_two_visitors_get_the_same_bytes(offers):
    one, other = (Client().get(CATALOGUE, {"thema": "4"}) for _ in range(2))
    assert one.content == other.content
    assert one.headers["ETag"] == other.headers["ETag"]
    again = Client().get(CATALOGUE, {"thema": "4"}, headers={"If-None-Match": one.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Cookie" in one.headers["Vary"]
    assert one.cookies == again.cookies == {}


def test_what_is_published_is_seen_and_what_is_withdrawn_is_gone(
    client, haus, django_capture_on_commit_callbacks
):
    course = factories.make_course(haus, lessons=1, title="Alter Titel")
    first = client.get(CATALOGUE)
    assert "Alter Titel" in first.content.decode()
    with django_capture_on_commit_callbacks(execute=True), look(system("test")):
        course.title = "Neuer Titel"
        course.save_revision().publish()
    second = client.get(CATALOGUE, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert "Neuer Titel" in second.content.decode()
    assert "Alter Titel" not in second.content.decode()
    with django_capture_on_commit_callbacks(execute=True), look(system("test")):
        type(course).objects.get(pk=course.pk).unpublish()
    assert "Neuer Titel" not in client.get(CATALOGUE).content.decode()


# --- languages -----------------------------------------------------------------------------------------------------


def fallback_note():
    with override("en"):
        return gettext(
            "Diesen Teil gibt es noch nicht in Ihrer Sprache. Sie lesen ihn auf Deutsch."
        )


def test_a_course_without_english_is_shown_in_german_and_says_so(client, haus):
    course = factories.make_course(haus, lessons=1, title="Sicher im Netz")
    page = client.get(f"/en/kurse/haus/{course.slug}/")
    text = page.content.decode()
    assert '<html lang="en"' in text
    assert (page.context["course"]["lang"], page.context["course"]["fallback"]) == ("de", True)
    assert '<h1 lang="de">Sicher im Netz</h1>' in text
    assert fallback_note() in text


def test_a_course_with_english_is_shown_in_english(client, haus):
    course = factories.make_course(haus, lessons=1, title="Sicher im Netz")
    translate(course, "en", "Safe online")
    page = client.get(f"/en/kurse/haus/{course.slug}/")
    text = page.content.decode()
    assert (page.context["course"]["lang"], page.context["course"]["fallback"]) == ("en", False)
    assert "<h1>Safe online</h1>" in text
    assert "Sicher im Netz" not in text
    assert fallback_note() not in text
    assert f'href="/kurse/haus/{course.slug}/"' in text
    assert "<h1>Sicher im Netz</h1>" in client.get(f"/kurse/haus/{course.slug}/").content.decode()


def test_the_catalogue_speaks_the_readers_language(client, haus):
    course = factories.make_course(haus, lessons=1, title="Sicher im Netz")
    translate(course, "en", "Safe online")
    assert "Safe online" in client.get("/en/kurse/").content.decode()
    assert "Safe online" not in client.get("/kurse/").content.decode()
    found = seen(client, q="safely")  # English words by English stems, whatever the page's language
    assert (found["total"], counts(found)["sprache"]) == (1, {"de": 1, "en": 1})


# --- what it costs -------------------------------------------------------------------------------------------------

#: Statements that are no look-up of their own: they are sent with another one, or stand for a test's savepoints.
FREE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")


class Counted(CaptureQueriesContext):
    """Statements between Django and PostgreSQL. The door's opening (lens, session, person) is one more beneath it."""

    @property
    def statements(self):
        return [q["sql"] for q in self.captured_queries if not q["sql"].startswith(FREE)]


@pytest.mark.parametrize("count", [1, 3])
def test_every_page_costs_the_same_however_much_there_is(client, haus, count):
    courses = [factories.make_course(haus, lessons=1) for _ in range(count)]
    learner = factories.make_user()
    addresses = [factories.make_enrolment(each, learner).address for each in courses]
    course = addresses[0]
    with look(system("test")):
        lesson = courses[0].lessons().get()
    visitor = Client()
    client.force_login(learner)
    client.get("/lernen/")  # the first page after signing in brings their settings along
    pages = {
        "search": lambda: visitor.get(CATALOGUE, {"q": "netz", "thema": "4"}),
        "course": lambda: visitor.get(f"/kurse/{course}/"),
        "open lesson": lambda: visitor.get(f"/lernen/{course}/schritt-1/"),
        "lesson": lambda: client.get(f"/lernen/{course}/schritt-1/"),
        "answer": lambda: client.post(
            f"/lernen/{course}/schritt-1/antwort/", factories.right_answer(lesson)
        ),
        "dashboard": lambda: client.get("/lernen/"),
    }
    cost = {}
    for name, ask in pages.items():
        with Counted(connection) as counted:
            ask()
        cost[name] = len(counted.statements)
    assert cost == {
        "search": 1,
        "course": 2,
        "open lesson": 1,
        "lesson": 1,
        "answer": 4,  # it is the last one: what is counted of completing is read and added
        "dashboard": 3,
    }


def test_an_edition_of_an_older_press_has_a_whole_page(client, db):
    """What is printed is never overwritten, so an old one lacks the parts that were added later."""
    course = factories.make_course(factories.make_provider("haus"), title="Sicher im Netz")
    address = f"/kurse/haus/{course.slug}/"
    new = client.get(address).content
    with look(system("test")):
        for old in PrintedLesson.objects.filter(edition__course=course.translation_key):
            facts = {k: v for k, v in old.facts.items() if k not in ("head", "gains")}
            old.pk, old.printing, old.facts = None, old.printing + 1, facts
            old.save(force_insert=True)
        Edition.objects.filter(course=course.translation_key).update(printing=2)
    public_page.forget()
    assert client.get(address).content == new


def test_the_hot_paths_are_planned_once(client, db):
    """Django tells psycopg to prepare nothing; the settings undo that for `tenancy.rows` alone."""
    for _ in range(2):
        client.get(CATALOGUE, {"q": "netz", "n": uuid.uuid4()})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans > 0, custom_plans FROM pg_prepared_statements WHERE statement ILIKE '%span AS%'"
        )
        assert cursor.fetchall() == [(True, 0)]
