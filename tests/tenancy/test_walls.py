"""The walls: every table with a provider or a learner has them, and they hold against plain SQL."""

import re
import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import NotSupportedError
from django.http import StreamingHttpResponse

from accounts.models import User
from certificates.actions import issue_certificate
from certificates.models import Certificate, KeyMaterial, Recipient
from courses.models import AnswerKey, CatalogueEntry, Edition, LessonPage, PrintedLesson
from figures.models import CountedEvent
from learning.models import Attempt, Enrolment, Progress
from providers.models import BasePage, Membership
from tenancy.lens import NoLens, bearer, learner, look, office, public, staff, system, visitor
from tests import factories

#: Tables without a read wall, each with its reason. A new table must get a wall or a line here.
UNWALLED = {
    "accounts_session": "needed to find out who somebody is; holds no provider's data",
    "auth_group_permissions": "ids of groups and of names of rights",
    "auth_permission": "names of rights",
    "django_content_type": "names of tables",
    "django_migrations": "names of migrations; the app's role does not migrate",
    "simple_translation_simpletranslation": "holds a permission, never a row",
    "taggit_tag": "words; which picture has them is walled",
    "wagtailadmin_admin": "holds a permission, never a row",
    "wagtailcore_collectionviewrestriction_groups": "ids of groups",
    "wagtailcore_groupapprovaltask_groups": "ids of groups",
    "wagtailcore_groupcollectionpermission": "rights of groups, derived from memberships",
    "wagtailcore_grouppagepermission": "rights of groups, derived from memberships",
    "wagtailcore_groupsitepermission": "rights of groups, derived from memberships",
    "wagtailcore_locale": "the city's languages",
    "wagtailcore_pageviewrestriction_groups": "ids of groups",
    "wagtailcore_site": "the one site",
    "wagtailembeds_embed": "public pages of video sites",
    "wagtailusers_userprofile": "a colour theme per member of staff",
}
#: Tables whose reading policy is literally `true`: public by definition.
PUBLIC = {
    "providers_provider",
    "providers_provideraddress",
    "providers_logo",
    "providers_soughtoffer",
    "courses_courseaddress",
    "courses_lessonaddress",
    "courses_catalogueentry",
    "courses_dategroup",
    "courses_datemark",
    "courses_runentry",
    "courses_venue",
    "courses_room",
    "courses_concept",
    "courses_conceptlabel",
    "courses_facetgroup",
    "courses_labelstem",
    "courses_searchentry",
    "courses_searchstem",
    "courses_searchterm",
    "courses_competence",
    "courses_learningoutcome",
    "courses_edition",
    "certificates_issuerdocument",
    "certificates_issuerkey",
    "certificates_statuslist",
    "h5p_lite_library",
    "h5p_lite_libraryfile",
    "h5p_lite_librarydependency",
    "figures_openfigure",
    "figures_releasedperiod",
    "courses_featuredcourse",
    "courses_cityevent",
    "reports_datasetversion",
    "reports_datasetcorrection",
    "learning_attemptrule",
    "accessibility_exemption",
    "accessibility_accessibilitystatement",
}


@pytest.fixture
def two(db):
    """Two providers with a course each, Anna in both, Ben in the second only."""
    here, there = factories.make_provider("haus"), factories.make_provider("nachbar")
    factories.make_member(here)
    course, other = factories.make_course(here), factories.make_course(there)
    with look(system("test")):
        anna, ben = factories.make_user("Anna"), factories.make_user("Ben")
    enrolments = {
        "anna here": factories.make_enrolment(course, anna),
        "anna there": factories.make_enrolment(other, anna),
        "ben there": factories.make_enrolment(other, ben),
    }
    return here, there, anna, ben, enrolments


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.fetchall()


def test_every_table_is_walled_or_says_why_not(db):
    tables = dict(
        sql(
            "SELECT relname, relrowsecurity FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
    )
    assert {name for name, walled in tables.items() if not walled} == set(UNWALLED)


def test_only_public_tables_can_be_read_by_everybody(db):
    open_tables = sql(
        "SELECT polrelid::regclass::text FROM pg_policy WHERE polcmd = 'r' AND pg_get_expr(polqual, polrelid) = 'true'"
    )
    assert {name for (name,) in open_tables} == PUBLIC


def test_every_model_with_a_provider_or_learner_has_a_wall(db):
    walled = {name for (name,) in sql("SELECT polrelid::regclass::text FROM pg_policy")}
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if {"provider", "learner"} & {field.name for field in model._meta.local_fields}
    }
    assert ours
    assert ours <= walled


def test_the_apps_role_owns_nothing_and_is_nobody_special(db):
    [(user, special)] = sql(
        "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert (user, special) == ("app", False)
    assert sql("SELECT 1 FROM pg_class WHERE relowner = current_user::regrole") == []
    with pytest.raises(ProgrammingError), transaction.atomic():
        sql("TRUNCATE learning_enrolment")


@pytest.mark.parametrize(
    "model", [Enrolment, BasePage, LessonPage, Membership, AnswerKey, KeyMaterial]
)
def test_without_a_lens_there_are_no_rows(two, model):
    assert model.objects.count() == 0
    with look(system("test")):
        if model is not KeyMaterial:
            assert model.objects.count() > 0


def test_a_learner_sees_her_own_rows(two):
    _here, _there, anna, ben, _ = two
    with look(learner(anna.pk)):
        assert set(Enrolment.objects.values_list("learner", flat=True)) == {anna.pk}
        assert Enrolment.objects.count() == 2
    with look(learner(ben.pk)):
        assert Enrolment.objects.count() == 1


def test_a_tutor_sees_her_own_courses_learners_only(two):
    here, _there, _anna, _ben, _ = two
    with look(staff([here.pk], tutored=[here.pk])):
        assert set(Enrolment.objects.values_list("provider", flat=True)) == {here.pk}
    with look(staff([here.pk])):  # an author is no tutor
        assert Enrolment.objects.count() == 0


def test_the_office_opens_no_persons_row(two):
    with look(system("test")):
        enrolment = two[4]["anna here"]
        assert CountedEvent.objects.count() == 3
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at="2026-11-20T10:00:00Z")
        issue_certificate(Enrolment.objects.get(pk=enrolment.pk))
    with look(office):
        for model in (
            Enrolment,
            Attempt,
            Progress,
            Certificate,
            Recipient,
            CountedEvent,
            Membership,
        ):
            assert model.objects.count() == 0


def test_the_public_sees_open_sheets_and_no_answer_key(two):
    with look(public):
        assert set(PrintedLesson.objects.values_list("open", flat=True)) == {True}
        assert AnswerKey.objects.count() == 0
        assert CatalogueEntry.objects.count() == 2
        assert LessonPage.objects.count() == 0
    with look(visitor):
        assert set(AnswerKey.objects.values_list("open", flat=True)) == {True}


def test_whoever_is_enrolled_reads_her_edition_and_no_other(two):
    _here, there, _, ben, _ = two
    with look(learner(ben.pk)):
        closed = PrintedLesson.objects.filter(open=False)
        assert set(closed.values_list("provider", flat=True)) == {there.pk}


def test_a_number_opens_one_certificate(two):
    with look(system("test")):
        for enrolment in two[4].values():
            Enrolment.objects.filter(pk=enrolment.pk).update(completed_at="2026-11-20T10:00:00Z")
            issue_certificate(Enrolment.objects.get(pk=enrolment.pk))
        wanted = Certificate.objects.first()
    with look(bearer(wanted.token_hash)):
        assert [c.pk for c in Certificate.objects.all()] == [wanted.pk]
        assert [r.certificate_id for r in Recipient.objects.all()] == [wanted.pk]
        assert KeyMaterial.objects.count() == 0
    with look(staff([two[0].pk, two[1].pk], tutored=[two[0].pk])):
        assert KeyMaterial.objects.count() == 0


def test_nobody_writes_into_somebody_elses_record(two):
    here, there, anna, ben, enrolments = two
    row = {
        "provider": there,
        "enrolment": enrolments["ben there"],
        "item": uuid.uuid4(),
        "position": 1,
    }
    with look(learner(anna.pk)), pytest.raises(ProgrammingError), transaction.atomic():
        Progress.objects.bulk_create([Progress(learner=ben, **row)])
    with look(staff([here.pk])), pytest.raises(ProgrammingError), transaction.atomic():
        Edition.objects.create(
            provider=there, course=uuid.uuid4(), number=1, items=[], total=1, checksum="x"
        )


def test_a_foreign_key_cannot_smuggle_an_attempt_onto_somebody_elses_enrolment(two):
    """Foreign key checks ignore walls; the composite key does not (see learning/walls.sql)."""
    _, there, anna, _, enrolments = two
    with look(learner(anna.pk)), pytest.raises(IntegrityError), transaction.atomic():
        Progress.objects.bulk_create(
            [
                Progress(
                    learner=anna,
                    provider=there,
                    enrolment=enrolments["ben there"],
                    item=uuid.uuid4(),
                    position=1,
                )
            ]
        )
        connection.check_constraints()


def test_what_was_answered_and_printed_is_never_changed(two):
    _, _, anna, _, enrolments = two
    mine = enrolments["anna here"]
    with look(learner(anna.pk)):
        Progress.objects.bulk_create(
            [
                Progress(
                    learner=anna,
                    provider_id=mine.provider_id,
                    enrolment=mine,
                    item=uuid.uuid4(),
                    position=1,
                )
            ]
        )
        assert Progress.objects.update(position=2) == 0
        assert Progress.objects.all()._raw_delete("default") == 0
    with look(system("test")):
        assert PrintedLesson.objects.update(html="x") == 0
        assert AnswerKey.objects.update(open=True) == 0


def test_staff_changes_no_learners_row_silently(two):
    """UPDATE and FOR UPDATE on rows one may only read touch nothing and say nothing: so count what was changed."""
    here = two[0]
    with look(staff([here.pk], tutored=[here.pk])):
        assert Enrolment.objects.count() == 1
        assert Enrolment.objects.update(done=1) == 0
        assert len(Enrolment.objects.select_for_update()) == 0


def test_copy_into_a_walled_table_is_refused(two):
    anna = two[2]
    with look(learner(anna.pk)), connection.cursor() as cursor:
        with pytest.raises(NotSupportedError), transaction.atomic():
            with (
                connection.wrap_database_errors,
                cursor.copy("COPY learning_progress (item) FROM STDIN") as copy,
            ):
                copy.write_row((uuid.uuid4(),))


def test_a_nested_lens_is_put_back(two):
    anna, ben = two[2], two[3]
    with look(learner(anna.pk)):
        with look(learner(ben.pk)):
            assert Enrolment.objects.count() == 1
        assert Enrolment.objects.count() == 2
        with pytest.raises(ZeroDivisionError), look(system("test")):
            raise ZeroDivisionError
        assert Enrolment.objects.count() == 2
    assert Enrolment.objects.count() == 0


def test_in_production_only_the_system_lens_may_nest(two, settings):
    settings.NESTED_LENSES = False
    with pytest.raises(NoLens), look(public):
        pass
    with look(system("test")):
        assert Enrolment.objects.count() == 3


def test_a_lens_takes_no_foreign_words(db):
    with (
        pytest.raises(ValueError, match="numbers and words"),
        look(bearer("x',true); DROP TABLE x; --")),
    ):
        pass


def test_streaming_after_the_lens_yields_nothing(two):
    """Why every answer is complete before the lens closes: a generator that runs later sees zero rows."""
    anna = two[2]
    with look(learner(anna.pk)):
        response = StreamingHttpResponse(str(e.pk) for e in Enrolment.objects.all().iterator())
    assert list(response.streaming_content) == []


def test_deleting_a_person_meets_rows_that_only_the_system_sees(two):
    ben = two[3]
    with look(learner(ben.pk)), transaction.atomic():
        User.objects.get(pk=ben.pk).delete()
        assert User.objects.filter(pk=ben.pk).exists()


def test_the_catalogues_search_uses_its_index(two):
    """Full-text operators are not leak-proof: any read policy but `true` would make this a sequential scan."""
    with look(public):
        sql("SELECT set_config('enable_seqscan', 'off', true)")
        plan = sql("EXPLAIN SELECT 1 FROM courses_searchentry WHERE search @@ 'netz'::tsquery")
        assert "search_words" in str(plan)
        plan = sql("EXPLAIN SELECT 1 FROM courses_searchterm WHERE plain % 'netz'")
        assert "term_trigrams" in str(plan)
        sql("SELECT set_config('enable_seqscan', 'on', true)")


def test_no_wall_lists_a_table_that_grows_with_the_city(db):
    """`= ANY(ARRAY(SELECT …))` is filled before the first row is read: only where the lens itself keeps the list short."""
    windows = sql("SELECT tablename, policyname, qual FROM pg_policies WHERE qual LIKE '%ARRAY(%'")
    listed = re.compile(
        r"ARRAY\( SELECT [^)]*?FROM (?:learning_|courses_printedactivity|h5p_)\w*(?P<rest>.*)",
        re.DOTALL,
    )
    long = [
        (table, name)
        for table, name, says in windows
        if (found := listed.search(says)) and "lens_learner" not in found["rest"]
    ]
    assert windows
    assert long == []


@pytest.mark.parametrize("call", ["lo_create(0)", "lo_creat(-1)", "lo_from_bytea(0, '\\x00')"])
def test_large_objects_which_have_no_walls_cannot_be_made(db, call):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        sql(f"SELECT {call}")
