"""Laws of the search: whatever is typed gets an answer, spellings of a word are one, and the indexes stay in use."""

import json

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from courses.actions.concepts import SHIPPED, WrongConcepts, load_concepts, refresh_vocabulary
from courses.actions.search_entries import index_missing
from courses.models import Concept, ConceptLabel, SearchEntry, SearchStem, SearchTerm
from courses.queries import Wanted, search
from courses.queries.catalogue import SEARCH, params_of
from tenancy.lens import look, public, system
from tests import factories
from tests.factories.worlds import made_once
from tests.support.laws import BUSY, examples
from tests.support.shelf import shelve

TITLES = (
    "Sichere Passwörter",
    "Handy Grundlagen",
    "E-Mail schreiben",
    "Straßenkarten",
    "Bilder drucken",
)
STRANGE = st.text(max_size=200) | st.text(
    alphabet="\"„“'&|!:*\\<>()-\u200f\u202e👍\ud800\0 .,aß§°", max_size=200
)


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    def make():
        house = factories.make_provider("haus")
        return [shelve(house, title, area=str(n % 5 + 1)) for n, title in enumerate(TITLES)]

    with made_once(django_db_blocker, tmp_path_factory.mktemp("search"), make) as entries:
        yield entries


@pytest.fixture
def shelf(kept, db):
    return kept


def found(question, **more):
    with look(public):
        return search(Wanted(question, **more), language="de")


def titles(question, **more):
    return [
        str(c).removeprefix("<li>").removesuffix(" (de)</li>")
        for c in found(question, **more).cards
    ]


@given(st.data())
@examples(60, suppress_health_check=[*BUSY, HealthCheck.function_scoped_fixture])
def test_any_text_gets_an_answer(shelf, data):
    typed = data.draw(STRANGE)
    result = found(typed.replace("\0", "").encode("utf-8", "ignore").decode())
    assert result.total == len(result.cards) <= len(TITLES)


@pytest.mark.parametrize("title", TITLES)
def test_a_word_of_a_title_finds_its_course_first(shelf, title):
    for word in title.split():
        assert titles(word)[0] == title


#   ways to write it, what all of them find
SAME = [
    (
        ["E-Mail", "Email", "EMAIL", "e mail", "E‑Mail", "E\u00adMail", "„E-Mail“"],
        "E-Mail schreiben",
    ),
    (
        ["Passwörter", "Passwoerter", "PASSWÖRTER", "Pass·wörter", "passwort", "Passwörter."],
        "Sichere Passwörter",
    ),
    (["Straßenkarten", "Strassenkarten", "STRASSENKARTE", "Straßen-Karte"], "Straßenkarten"),
]


@pytest.mark.parametrize(("ways", "title"), SAME)
def test_spellings_of_a_word_are_one(shelf, ways, title):
    assert {way: titles(way)[:1] for way in ways} == {way: [title] for way in ways}


def test_an_unknown_word_more_never_empties_a_question(shelf):
    assert titles("Handy xqzwvk") == titles("Handy") == ["Handy Grundlagen"]


def test_what_nobody_wants_is_not_shown_and_a_phrase_is_there_word_for_word(shelf):
    assert titles("Handy drucken") == ["Bilder drucken", "Handy Grundlagen"]
    assert titles("Handy drucken -Bilder") == ["Handy Grundlagen"]
    assert titles("„Bilder drucken“") == ["Bilder drucken"]
    assert titles("„drucken Bilder“") == []


def test_a_correction_can_be_refused(shelf):
    read = found("Bildr")
    assert read.corrections == [("bildr", "bilder")]
    assert read.total == 1
    meant = found("Bildr", exact=True)
    assert (meant.corrections, meant.total) == ([], 0)


def test_where_no_offer_has_all_words_the_page_says_so(client, shelf):
    assert not found("Bilder drucken").widened
    assert found("Bilder Handy").widened
    page = client.get("/kurse/", {"q": "Bilder Handy"}).content.decode()
    assert "Kein Angebot hat alle Ihre Wörter." in page


def test_a_concept_nobody_teaches_leads_to_what_is_near(client, shelf):
    """`excel` is a concept of the shipped list; no course has it, so its competence is asked for."""
    result = found("Excel")
    assert [each.offers for each in result.concepts] == [0]
    page = client.get("/kurse/", {"q": "Excel"}).content.decode()
    assert "gibt es noch" in page


def test_a_facet_counts_what_choosing_it_finds(shelf):
    result = found("Handy drucken")
    for facet, choices in result.facets.items():
        for choice in choices:
            chosen = found("Handy drucken", marks=(f"{facet}:{choice.value}",))
            assert chosen.total == choice.offers


@pytest.mark.parametrize("question", ["Grundlagen", "Handy drucken", "Handi", "Handygrundlagen"])
def test_what_is_chosen_takes_offers_away_and_changes_no_order(shelf, question):
    """What the filters leave out has no score; what they leave has the one it had."""
    everything = found(question)
    for facet, choices in everything.facets.items():
        for choice in choices:
            chosen = found(question, marks=(f"{facet}:{choice.value}",)).cards
            assert chosen == [card for card in everything.cards if card in chosen]
            assert len(chosen) == choice.offers


#: Every shipped label in every language, by concept, of a concept that one card has.
def test_every_label_of_a_concept_finds_a_card_that_has_it(shelf):
    with look(system("test")):
        labels = list(
            ConceptLabel.objects.filter(concept__key="password", size__gt=0).values_list(
                "text", flat=True
            )
        )
    missed = [text for text in labels if "Sichere Passwörter" not in titles(text)]
    assert len(labels) > 20
    assert missed == []


def test_the_statement_is_planned_once_and_reads_by_index(db):
    """With many cards: a plan without values has no sequential scan of cards, terms or labels."""
    with look(system("test")):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            cursor.execute(
                "EXPLAIN " + SEARCH, params_of(Wanted("Wie stelle ich die Schrift größer"), "de")
            )
            plan = "\n".join(line for (line,) in cursor.fetchall())
    scanned = {
        table
        for table in ("searchentry", "searchterm", "searchstem", "labelstem")
        if f"Seq Scan on courses_{table}" in plan
    }
    assert scanned == set()
    assert "search_words" in plan


# --- the vocabulary ------------------------------------------------------------------------------------------------


def test_the_shipped_list_is_there_after_migrating(db):
    shipped = json.loads(SHIPPED.read_text())["concepts"]
    with look(system("test")):
        assert set(Concept.objects.values_list("key", flat=True)) == {c["id"] for c in shipped}
        assert load_concepts() == (0, 0)


@pytest.mark.parametrize(
    ("concept", "says"),
    [
        ({"competence": "9.9"}, "no competence 9.9"),
        ({"prefLabel": {"de": " · "}}, "is empty"),
        ({"prefLabel": {"xx": "Wort"}}, "no language"),
        ({"broader": "nirgends"}, "no concept nirgends"),
    ],
)
def test_a_list_with_errors_is_not_loaded(db, concept, says):
    with look(system("test")), pytest.raises(WrongConcepts, match=says):
        load_concepts([{"id": "neu", "competence": "1.1", "prefLabel": {"de": "Neues"}} | concept])
    assert not Concept.objects.filter(key="neu").exists()


def test_what_the_office_took_away_stays_away(db):
    with look(system("test")):
        ConceptLabel.objects.filter(text="Handy").update(removed=True)
        assert load_concepts() == (0, 0)
        assert set(ConceptLabel.objects.filter(text="Handy").values_list("removed", flat=True)) == {
            True
        }


def test_words_are_counted_and_forgotten_when_their_courses_go(shelf):
    with look(system("test")):
        assert SearchStem.objects.get(stem="strassenkart").df == 1
        SearchEntry.objects.all().delete()
        refresh_vocabulary()
        assert not SearchStem.objects.filter(stem="strassenkart").exists()
        assert not SearchTerm.objects.filter(word="strassenkarten").exists()
        assert SearchStem.objects.get(stem="handy").df == 0  # a label keeps it
    assert found("Handy").total == 0


def test_a_course_of_an_older_press_is_indexed_from_what_is_printed(db):
    course = factories.make_course(
        factories.make_provider("haus"), lessons=1, title="Bilder teilen"
    )
    with look(system("test")):
        of_it = SearchEntry.objects.filter(entry__course=course.translation_key)
        before = of_it.get()
        of_it.delete()
    assert found("teilen").total == 0
    with look(system("test")):
        assert index_missing() == 1
        after = of_it.get()
    assert (after.search, after.rank, after.group_id) == (
        before.search,
        before.rank,
        before.group_id,
    )
    assert found("teilen").total == 1
