"""One course, many variants: begun as copies, compared block by block, named after what was tested."""

import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from accounts.models import AuditEvent
from courses.actions import begin_variant, one_printing, record_easy_review
from courses.blocks import LessonBody
from courses.models import CatalogueEntry, CoursePage, LessonPage
from courses.press.variants import completeness, variant_name
from courses.queries import variants as queries
from learning.views.page import _known, _simple
from providers.models import Membership
from tenancy.lens import look, staff, system
from tests import factories
from tests.factories import block

EASY, DRAFT = "Leichte Sprache", "Einfache Sprache (Entwurf)"
TEST = {"group": "Prüf-Gruppe der Lebenshilfe, 3 Personen", "on": "2026-11-02", "read": "on"}


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=3, title="Sicher im Netz")


def variant(course, language="en", *, lessons=2, by=None):
    """The course's own page and the first lessons in `language`, published."""
    with look(system("test")), one_printing(by=None):
        page = begin_variant(course, language, by=by)
        for lesson in page.lessons()[:lessons]:
            lesson.title = f"{language}: {lesson.title}"
            lesson.save_revision().publish()
        page.save_revision().publish()
    return page


def change_german(lesson, **blocks):
    """The German lesson with another first block and one more at its end; published."""
    raw = [dict(each) for each in lesson.body.raw_data]
    raw[0]["value"] = "<p>Ein neuer Satz.</p>"
    lesson.body = lesson.body.stream_block.to_python([*raw, *blocks.values()])
    lesson.save_revision().publish()


def states(course):
    with look(system("test")):
        return [{c.language: c.state for c in row.cells} for row in queries.matrix(course)]


def at(name, course, *more):
    return reverse(f"desk:{name}", args=[course.pk, *more])


# --- what readers see ---


def test_readers_see_which_variants_there_are_and_how_complete(client, course):
    variant(course, "en", lessons=2)
    variant(course, "de-simple", lessons=3)
    lesson = client.get(f"/lernen/haus/{course.slug}/schritt-1/").content.decode()
    cover = client.get(f"/kurse/haus/{course.slug}/").content.decode()
    for page in (lesson, cover):
        assert "English" in page
        assert "(2 von 3 Schritten)" in page
        assert DRAFT in page
        assert EASY not in page
    assert "(3 von 3" not in lesson + cover


def test_a_lesson_that_is_missing_comes_in_german_and_says_so(client, course):
    variant(course, "en", lessons=2)
    enrolment = factories.make_enrolment(course)
    client.force_login(enrolment.learner)
    page = client.get(f"/en/lernen/haus/{course.slug}/schritt-3/").content.decode()
    assert "You are reading it in German." in page
    assert 'lang="de"' in page
    assert (
        "en: Schritt 1" in client.get(f"/en/lernen/haus/{course.slug}/schritt-1/").content.decode()
    )


def test_the_way_to_another_language_leads_to_where_she_goes_on(client, course):
    variant(course, "en", lessons=3)
    client.force_login(factories.make_enrolment(course).learner)
    page = client.get(f"/lernen/haus/{course.slug}/schritt-2/").content.decode()
    assert f'href="/en/lernen/haus/{course.slug}/schritt-2/#weiter"' in page


def test_after_an_answer_without_a_script_the_languages_lead_to_the_lesson(client, course):
    variant(course, "en", lessons=3)
    with look(system("test")):
        wrong = factories.wrong_answer(course.lessons().first())
    page = client.post(f"/lernen/haus/{course.slug}/schritt-1/antwort/", wrong).content.decode()
    assert f'class="ls-chip" href="/en/lernen/haus/{course.slug}/schritt-1/"' in page


def test_every_block_of_a_lesson_has_a_place(client, house, course):
    kinds = [
        block("text", "<p>Text.</p>"),
        block("callout", {"kind": "tip", "title": "Tipp", "html": "<p>Text.</p>"}),
        block("term", {"term": "Wort", "html": "<p>Text.</p>"}),
    ]
    with look(system("test")):
        lesson = course.lessons().first()
        lesson.body = json.dumps([*kinds, *map(dict, lesson.body.raw_data)])
        lesson.save_revision().publish()
    page = client.get(f"/lernen/haus/{course.slug}/schritt-1/").content.decode()
    assert all(page.count(f'id="b-{each["id"]}"') == 1 for each in kinds)


def test_printings_from_before_still_name_their_languages():
    printed = SimpleNamespace(course={}, languages=["de", "en"], lang="de-simple")
    assert _known(printed) == {"de": {}, "en": {}}
    assert _simple(printed) == {"by": "", "on": None}


@pytest.mark.parametrize(
    ("steps", "says"), [(0, "0 von 2 Schritten"), (1, "1 von 2 Schritten"), (2, "")]
)
def test_only_what_is_not_complete_says_how_much_it_is(steps, says):
    assert completeness(steps, 2) == says


def test_names_of_variants():
    assert variant_name("en") == variant_name("en", tested=True) == "English"
    assert variant_name("de-simple") == DRAFT
    assert variant_name("de-simple", tested=True) == EASY
    assert variant_name("xx") == "xx"


# --- „Leichte Sprache“ only after a recorded test ---


def test_plain_german_is_named_after_a_test_and_loses_the_name_with_a_change(client, owner, course):
    simple = variant(course, "de-simple", lessons=3)
    lesson, cover = (
        f"/de-simple/lernen/haus/{course.slug}/schritt-1/",
        f"/kurse/haus/{course.slug}/",
    )
    assert DRAFT in client.get(lesson).content.decode()
    client.force_login(owner)
    answer = client.post(at("variants", course), TEST, follow=True)
    assert "Die Fassung heißt jetzt „Leichte Sprache“." in answer.content.decode()
    client.logout()
    assert "Geprüft von: Prüf-Gruppe der Lebenshilfe, 3 Personen, am 2. November 2026." in (
        client.get(lesson).content.decode()
    )
    assert EASY in client.get(cover).content.decode()
    with look(system("test")):
        assert EASY in CatalogueEntry.objects.get(course=course.translation_key).html["de"]
        page = CoursePage.objects.get(pk=simple.pk).lessons().first()
        page.title = "Geändert"
        page.save_revision().publish()
        assert DRAFT in CatalogueEntry.objects.get(course=course.translation_key).html["de"]
    client.force_login(owner)
    page = client.get(at("variants", course)).content.decode()
    assert "wurde der Text geändert" in page


def test_a_change_of_the_german_text_leaves_the_name(course, owner):
    simple = variant(course, "de-simple", lessons=3)
    with look(system("test")):
        record_easy_review(simple, group="Gruppe", on=date(2026, 11, 2), by=owner)
        change_german(course.lessons().first())
        assert queries.name_of(course, "de-simple") == EASY


def test_a_test_is_recorded(client, owner, house, course):
    variant(course, "de-simple", lessons=1)
    client.force_login(owner)
    client.post(at("variants", course), TEST)
    with look(staff([house.pk], owned=[house.pk])):
        event = AuditEvent.objects.get(action="easy_review.recorded")
    assert event.actor_id == owner.pk
    assert event.details == {"tested_by": TEST["group"], "tested_on": "2026-11-02"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"group": "wir"},
        {"on": ""},
        {"on": (timezone.localdate() + timedelta(days=1)).isoformat()},
        {"read": ""},
    ],
    ids=["who", "when", "tomorrow", "not-read"],
)
def test_a_test_needs_who_when_and_that_it_was_read(client, owner, course, wrong):
    variant(course, "de-simple", lessons=1)
    client.force_login(owner)
    answer = client.post(at("variants", course), {k: v for k, v in (TEST | wrong).items() if v})
    assert answer.status_code == 400
    assert 'class="ls-field has-error"' in answer.content.decode()
    assert states(course)[0]["de-simple"] == "current"
    with look(system("test")):
        assert queries.name_of(course, "de-simple") == DRAFT


def test_authors_do_not_record_tests_and_nobody_tests_what_is_not_there(
    client, author, owner, course
):
    client.force_login(owner)
    assert client.post(at("variants", course), TEST).status_code == 404
    variant(course, "de-simple", lessons=1)
    client.force_login(author)
    assert "Eine Prüfung eintragen" not in client.get(at("variants", course)).content.decode()
    assert client.post(at("variants", course), TEST).status_code == 404


# --- the authors' table ---


def test_a_language_begins_with_drafts_of_everything(client, author, course):
    client.force_login(author)
    page = client.get(at("variants", course)).content.decode()
    assert page.count("Fassung anlegen") == 2
    client.post(at("begin_variant", course, "en"))
    assert [row["en"] for row in states(course)] == ["draft"] * 4
    with look(system("test")):
        english = course.get_translation(Locale.objects.get(language_code="en"))
        pairs = zip(course.lessons(), english.lessons(), strict=True)
        assert all([b.id for b in a.body] == [b.id for b in b_.body] for a, b_ in pairs)
        assert not english.live
        assert not any(lesson.live for lesson in english.lessons())


def test_a_lesson_that_came_later_is_added_and_the_rest_stays(client, author, course):
    english = variant(course, "en", lessons=3)
    with look(system("test")):
        new = LessonPage(title="Neu", slug="neu", body=[block("text", "<p>Neu.</p>")], live=False)
        CoursePage.objects.get(pk=course.pk).add_child(instance=new)
        new.save_revision().publish()
    client.force_login(author)
    assert (
        "Ein Schritt fehlt in dieser Fassung."
        in client.get(at("variants", course)).content.decode()
    )
    client.post(at("begin_variant", course, "en"))
    assert [row["en"] for row in states(course)] == [*["current"] * 4, "draft"]
    with look(system("test")):
        assert english.lessons().count() == 4
        assert english.lessons().first().title == "en: Schritt 1"


@pytest.mark.parametrize("language", ["de", "xx"])
def test_only_known_languages_are_begun(client, author, course, language):
    client.force_login(author)
    assert client.post(at("begin_variant", course, language)).status_code == 404


def test_reviewers_begin_no_variants(client, house, course):
    client.force_login(factories.make_member(house, Membership.Role.REVIEWER))
    assert "Fassung anlegen" not in client.get(at("variants", course)).content.decode()
    assert client.post(at("begin_variant", course, "en")).status_code == 404


def test_states_follow_what_happens_to_the_german_lesson(course):
    english = variant(course, "en", lessons=2)
    assert [row["en"] for row in states(course)] == ["current", "current", "current", "draft"]
    assert {row["de-simple"] for row in states(course)} == {"missing"}
    with look(system("test")):
        first, second, _third = course.lessons()
        change_german(first)
        extra = [dict(each) for each in second.body.raw_data]
        second.body = json.dumps([*extra, block("text", "<p>Mehr.</p>")])
        second.save_revision().publish()
    assert [row["en"] for row in states(course)] == ["current", "outdated", "partial", "draft"]
    with look(system("test")):
        lesson = english.lessons().first()
        lesson.save_revision().publish()
        lesson.title = "Wieder ein Entwurf"
        lesson.save_revision()
    assert [row["en"] for row in states(course)] == ["current", "draft", "partial", "draft"]


@pytest.mark.parametrize("lessons", [1, 3])
def test_the_table_asks_the_same_however_long_the_course(
    client, house, author, lessons, django_assert_max_num_queries
):
    course = factories.make_course(house, lessons=lessons)
    variant(course, "en", lessons=lessons)
    client.force_login(author)
    with look(system("test")), django_assert_max_num_queries(5):
        queries.matrix(course)


def test_both_texts_stand_side_by_side(client, author, course):
    english = variant(course, "en", lessons=1)
    with look(system("test")):
        german, lesson = course.lessons().first(), english.lessons().first()
        own = block("text", "<p>Only here.</p>")
        raw = [dict(each) for each in lesson.body.raw_data]
        lesson.body = json.dumps([raw[0] | {"value": "<p>Secret text.</p>"}, own, raw[1]])
        lesson.save_revision().publish()
        question = factories.single_choice()
        change_german(german, question=question)
    client.force_login(author)
    address = at("side_by_side", course, german.pk, "en")
    answer = client.get(address)
    pairs = answer.context["pairs"]
    assert [str(pair["state"]) for pair in pairs] == ["veraltet", "nur hier", "aktuell", "fehlt"]
    page = answer.content.decode()
    today = timezone.localdate()
    assert f"geändert seit {today.day}. " in page
    assert page.index("Ein neuer Satz.") < page.index("Secret text.") < page.index("Only here.")
    assert f'#block-{own["id"]}"' in page
    assert "Was ist sicher?" in page
    assert "– 123456" in page
    assert client.post(address).url == address
    assert [str(p["state"]) for p in client.get(address).context["pairs"]][-1] == "aktuell"
    with look(system("test")):
        draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
        assert [each.id for each in draft.body][-1] == question["id"]
        assert len(LessonPage.objects.get(pk=lesson.pk).body) == 3  # what is published waits
    client.post(address)
    assert "0 Teile übernommen" in client.get(address).content.decode()


@pytest.mark.parametrize("language", ["de", "de-simple", "xx"])
def test_what_is_not_there_is_not_beside_it(client, author, course, language):
    variant(course, "en", lessons=1)
    client.force_login(author)
    with look(system("test")):
        lesson = course.lessons().first().pk
    assert client.get(at("side_by_side", course, lesson, language)).status_code == 404


def test_next_door_finds_neither(client, course):
    client.force_login(factories.make_member(factories.make_provider("nachbar")))
    with look(system("test")):
        lesson = course.lessons().first().pk
    assert client.get(at("variants", course)).status_code == 404
    assert client.post(at("begin_variant", course, "en")).status_code == 404
    assert client.get(at("side_by_side", course, lesson, "en")).status_code == 404


def test_the_editor_leads_there(client, author, course):
    english = variant(course, "en", lessons=1)
    client.force_login(author)
    with look(system("test")):
        german, lesson = course.lessons().first(), english.lessons().first()
    for page, address in (
        (course, at("variants", course)),
        (english, at("variants", course)),
        (german, at("variants", course)),
        (lesson, at("side_by_side", course, german.pk, "en")),
    ):
        edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert f'href="{address}"' in edit


def test_words_of_a_picture_are_what_is_to_be_seen():
    image = SimpleNamespace(contextual_alt_text="Ein Garten")
    shown = SimpleNamespace(value={"image": image, "caption": "Im Mai"})
    assert list(queries.words_of(shown)) == ["<p>Ein Garten</p>", "<p>Im Mai</p>"]


def test_a_matching_shows_both_sides_to_who_translates():
    [one] = LessonBody().to_python(
        [
            block(
                "matching",
                {"question": "Was?", "pairs": [block("item", {"left": "Hund", "right": "bellt"})]},
            )
        ]
    )
    assert list(queries.words_of(one)) == ["<p>Was?</p>", "<p>– Hund: bellt</p>"]
