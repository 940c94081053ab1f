"""Concepts at the office: who keeps them, what becomes of their words, and what was sought in vain."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from courses.actions.concepts import load_concepts
from courses.actions.wishes import count_wishes, forget_sought_words
from courses.models import Concept, ConceptLabel, SearchWish, SoughtWord
from courses.queries import Wanted, search
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, public, system
from tests import factories
from tests.support.shelf import shelve

LIST, ONE = "/buero/begriffe/", "/buero/begriffe/password/"


@pytest.fixture
def clerk(client, db):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    client.force_login(factories.make_member(city, Membership.Role.CLERK, name="Karla Amt"))
    return client


@pytest.fixture
def offer(db):
    return shelve(factories.make_provider("haus"), "Sichere Passwörter")


def total(question):
    with look(public):
        return search(Wanted(question), language="de").total


def test_the_office_looks_for_a_concept_by_any_of_its_words(clerk):
    page = clerk.get(LIST, {"q": "Kennwort"})
    assert "password" in {one.key for one in page.context["concepts"]}
    assert len(clerk.get(LIST).context["concepts"]) == 179


def test_a_new_word_is_found_at_once(clerk, offer, django_capture_on_commit_callbacks):
    assert total("Losungsspruch") == 0
    word = {"act": "preview", "text": "Losungsspruch", "language": "de", "kind": "alt"}
    seen = clerk.post(ONE, word)
    assert (seen.context["previewed"], seen.context["courses"]) == ("Losungsspruch", [])
    assert not ConceptLabel.objects.filter(text="Losungsspruch").exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert clerk.post(ONE, word | {"act": "add"}).status_code == 302
    assert total("Losungsspruch") == 1


def test_a_word_can_be_taken_away_and_the_shipped_list_does_not_bring_it_back(clerk, offer):
    with look(system("test")):
        label = ConceptLabel.objects.get(concept__key="password", language="de", text="Kennwort")
    assert total("Kennwort") == 1
    clerk.post(ONE, {"act": "remove", "label": label.pk})
    clerk.post(ONE, {"act": "remove", "label": label.pk})  # twice is once
    with look(system("test")):
        load_concepts()
    assert total("Kennwort") == 0


def test_the_german_name_stays(clerk):
    with look(system("test")):
        name = ConceptLabel.objects.get(concept__key="password", language="de", kind="pref")
    clerk.post(ONE, {"act": "remove", "label": name.pk})
    name.refresh_from_db()
    assert not name.removed


def test_two_concepts_become_one(clerk, offer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = clerk.post("/buero/begriffe/pin/", {"act": "merge", "into": "password"})
    assert answer.headers["Location"] == ONE
    assert clerk.get("/buero/begriffe/pin/").headers["Location"] == ONE
    with look(system("test")):
        assert Concept.objects.get(key="pin").merged_into.key == "password"
        load_concepts()
        assert not ConceptLabel.objects.filter(concept__key="pin", removed=False).exists()
    assert total("Geheimzahl") == 1


@pytest.mark.parametrize("into", ["password", "nirgends", ""])
def test_a_concept_is_not_merged_into_itself_or_into_nothing(clerk, into):
    assert clerk.post(ONE, {"act": "merge", "into": into}).status_code == 400
    with look(system("test")):
        assert Concept.objects.get(key="password").merged_into is None


def test_a_new_concept_has_a_key_of_its_own(clerk):
    for key in ("drohnen", "drohnen-2"):
        answer = clerk.post(LIST, {"name": "Drohnen", "competence": "5.2"})
        assert answer.headers["Location"] == f"/buero/begriffe/{key}/"
    assert clerk.post(LIST, {"name": " · ", "competence": "5.2"}).status_code == 400


# --- what is sought in vain ----------------------------------------------------------------------------------------


def sought(word, on, times=1):
    with connection.cursor() as cursor:
        for _ in range(times):
            cursor.execute("SELECT count_wishes('{}', %s, %s)", [[word], on])
        return cursor.fetchone()[0]


def test_a_concept_nobody_teaches_is_counted_at_once_and_the_page_says_so(client, offer):
    for times in (1, 2):
        assert "Ihr Wunsch ist gezählt." in client.get("/kurse/", {"q": "Excel"}).content.decode()
        with look(system("test")):
            [wish] = SearchWish.objects.all()
        assert (wish.concept.key, wish.word, wish.times) == ("spreadsheet", "", times)


def test_a_strange_word_is_not_said_to_be_counted(client, offer):
    page = client.get("/kurse/", {"q": "Xylofonbau"}).content.decode()
    assert "Ihr Wunsch ist gezählt." not in page
    with look(system("test")):
        assert [*SoughtWord.objects.values_list("word", "days", "times")] == [("xylofonbau", 1, 1)]
        assert not SearchWish.objects.exists()


@pytest.mark.parametrize("typed", ["07131123456", "anna@example.org", "Anna1987", "-Handy", "„“"])
def test_what_may_be_somebodys_is_never_kept(client, offer, typed):
    client.get("/kurse/", {"q": typed})
    with look(system("test")):
        kept = [*SoughtWord.objects.values_list("word", flat=True)]
    assert not any(any(c.isdigit() or c == "@" for c in word) for word in kept)


def test_a_word_stays_once_it_was_sought_on_three_days_and_ten_times(db):
    assert sought("drohne", date(2026, 11, 1), 8) == 0
    assert sought("drohne", date(2026, 11, 2), 1) == 0
    assert sought("drohne", date(2026, 11, 3), 1) == 0  # the tenth; from now on it is known
    assert sought("drohne", date(2026, 11, 3), 1) == 1
    assert sought("drohne", date(2026, 12, 1), 1) == 1
    with look(system("test")):
        assert [*SearchWish.objects.order_by("month").values_list("word", "month", "times")] == [
            ("drohne", date(2026, 11, 1), 11),
            ("drohne", date(2026, 12, 1), 1),
        ]
        assert not SoughtWord.objects.exists()


def test_words_few_have_sought_vanish_after_thirty_days(db):
    sought("drohne", date(2020, 1, 1), 50)
    assert forget_sought_words() == 1
    with look(system("test")):
        assert not SoughtWord.objects.exists()


def test_the_office_sees_wishes_from_ten_on(clerk):
    with look(system("test")):
        concept = Concept.objects.get(key="spreadsheet")
        month = timezone.localdate().replace(day=1)
        SearchWish.objects.create(concept=concept, word="", month=month, times=9)
    assert clerk.get(LIST).context["wishes"] == []
    with look(public):
        assert count_wishes("Excel", ["spreadsheet"])
    with look(system("test")):
        SearchWish.objects.update(times=10)
    assert [(wish.name, wish.times) for wish in clerk.get(LIST).context["wishes"]] == [
        ("Tabellenkalkulation", 10)
    ]


def test_nobody_else_reads_wishes(client, offer):
    client.get("/kurse/", {"q": "Excel"})
    with look(public):
        assert not SearchWish.objects.exists()
        assert not SoughtWord.objects.exists()
