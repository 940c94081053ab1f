"""Schools: pupils under pseudonyms, seen by nobody else, gone some months after the school year."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.actions import make_cards
from accounts.models import User
from certificates.actions import issue_certificate
from certificates.models import Recipient
from learning.actions import CannotJoin, OtherSchool, enrol, join_group, make_group
from learning.emails import tell_of_ending_pupils
from learning.models import Enrolment
from learning.tasks import end_pupils
from providers.models import Provider
from providers.school_years import carried_on, end_of_pupils
from tenancy import public_page
from tenancy.lens import learner, look, system
from tests import factories
from tests.support.records import errors, recorded, signed_in, text_of
from words.days import day, end_of_school_year, months_later

CARDS = "/anbieter/haus/begleiten/karten/"
YEAR, GUARDIANS = "/anbieter/haus/verwalten/schuljahr/", "/anbieter/haus/eltern/"
JULY = (7, 31)


def today(plus=0):
    return day(timezone.now()) + timedelta(days=plus)


@pytest.fixture
def school(house):
    with look(system("test")):
        Provider.objects.filter(pk=house.pk).update(kind="school")
        return Provider.objects.get(pk=house.pk)


@pytest.fixture
def course(school):
    return factories.make_course(school)


def pupils(school, owner, *names, until=None):
    made = make_cards(
        school.pk,
        names,
        by=owner,
        form=uuid4(),
        age_band="under_16",
        pupils_until=until or today(100),
    )
    return [one.card.account for one in made]


def entry_of(course):
    from courses.models import CatalogueEntry

    with look(system("test")):
        return CatalogueEntry.objects.select_related("edition").get(course=course.translation_key)


# --- days ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "ends"),
    [
        (date(2026, 9, 14), date(2027, 7, 31)),
        (date(2027, 7, 31), date(2027, 7, 31)),
        (date(2027, 8, 1), date(2028, 7, 31)),
        (date(2028, 2, 29), date(2028, 7, 31)),
    ],
)
def test_a_school_year_ends_in_july(on, ends):
    assert end_of_school_year(on, JULY) == ends


@pytest.mark.parametrize(
    ("months", "last"),
    [
        (0, date(2027, 7, 31)),
        (3, date(2027, 10, 31)),
        (7, date(2028, 2, 29)),
        (12, date(2028, 7, 31)),
    ],
)
def test_months_later_is_the_last_day_of_a_month(months, last):
    assert months_later(date(2027, 7, 31), months) == last


@pytest.mark.parametrize(
    ("now", "until", "longer"),
    [
        (date(2027, 6, 1), date(2027, 10, 31), date(2028, 10, 31)),  # before the holidays
        (date(2027, 9, 20), date(2027, 10, 31), date(2028, 10, 31)),  # after them
        (date(2026, 9, 20), date(2026, 10, 31), date(2027, 10, 31)),
        (date(2027, 6, 1), date(2029, 1, 1), date(2029, 1, 1)),  # taken along before
    ],
)
def test_who_is_taken_along_stays_a_school_year_longer(now, until, longer):
    assert carried_on(3, now, until) == longer


# --- what a pupil's account is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "is_pupil"), [("under_16", True), ("16_17", True), ("adult", False)]
)
def test_cards_of_a_school_make_pupils_but_of_grown_ups(desk, school, age, is_pupil):
    page = desk.post(CARDS, {"names": "Mia", "age_band": age, "form": str(uuid4())})
    assert page.status_code == 200
    with look(system("test")):
        made = User.objects.get(pseudonym="Mia")
    assert (made.school == school.pk) is is_pupil
    assert made.school_until == (end_of_pupils(3, today()) if is_pupil else None)


def test_a_pupil_has_neither_name_nor_address_nor_passkey(school, owner):
    [mia] = pupils(school, owner, "Mia")
    browser = signed_in(mia)
    page = text_of(browser.get("/konto/"))
    assert "Ihre Schule führt dieses Konto bis zum" in page
    assert 'name="name"' not in page
    browser.post("/konto/", {"name": "Mia Musterkind"})
    for door in ("/konto/e-mail/", "/konto/passkeys/neu/", "/konto/schutz/app/", "/konto/schutz/"):
        for answer in (
            browser.get(door),
            browser.post(door, {"email": "mia@example.org", "action_add": ""}),
        ):
            assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/")
    with look(system("test")):
        mia.refresh_from_db()
    assert (mia.name, mia.email) == ("", None)


def test_a_pupil_learns_at_her_school_and_nowhere_else(school, owner, course):
    [mia] = pupils(school, owner, "Mia")
    elsewhere = factories.make_course(factories.make_provider("nachbar"))
    assert factories.make_enrolment(course, mia).provider_id == school.pk
    entry = entry_of(elsewhere)
    with look(learner(mia.pk)), pytest.raises(OtherSchool):
        enrol(mia, entry)
    page = signed_in(mia).post(f"/lernen/nachbar/{elsewhere.slug}/anmelden/", follow=True)
    assert "Mit einem Schul-Konto lernen Sie nur an Ihrer Schule." in text_of(page)
    tutor = factories.make_member(elsewhere.provider, "tutor")
    group = make_group(elsewhere.provider_id, elsewhere.translation_key, name="Fremd", by=tutor)
    with pytest.raises(CannotJoin, match="school"):
        join_group(mia, group.code)
    with look(system("test")):
        assert Enrolment.objects.filter(learner=mia).count() == 1


def test_the_database_itself_keeps_her_at_her_school(school, owner, course):
    [mia] = pupils(school, owner, "Mia")
    elsewhere = factories.make_course(factories.make_provider("nachbar"))
    entry = entry_of(elsewhere)
    with (
        look(system("test")),
        pytest.raises(IntegrityError, match="at her own school"),
        transaction.atomic(),
    ):
        Enrolment.objects.create(
            learner=mia,
            provider_id=entry.provider_id,
            course=entry.course,
            edition=entry.edition,
            total=2,
        )


def test_a_class_is_joined_by_its_code(school, owner, course):
    [mia] = pupils(school, owner, "Mia")
    group = make_group(school.pk, course.translation_key, name="7b", by=owner)
    assert join_group(mia, group.code).new
    assert "Mia" in text_of(signed_in(owner).get(f"/anbieter/haus/begleiten/gruppen/{group.pk}/"))


def test_her_certificates_show_nothing_to_strangers_for_good(school, owner, course, client):
    [mia] = pupils(school, owner, "Mia")
    hers = factories.make_enrolment(course, mia)
    with look(system("test")):
        Enrolment.objects.filter(pk=hers.pk).update(completed_at=timezone.now())
        issue_certificate(Enrolment.objects.get(pk=hers.pk))
        token = Recipient.objects.get(learner=mia).token
    browser = signed_in(mia)
    assert "Diesen Nachweis sehen nur Sie und Ihre Schule." in text_of(
        browser.get("/konto/nachweise/")
    )
    assert browser.post(f"/konto/nachweise/{token}/zeigen/", {"shows": "name"}).status_code == 404
    with look(system("test")):
        assert Recipient.objects.get(learner=mia).shows == Recipient.Shows.NOTHING


# --- the end of the school year ------------------------------------------------------------------------------------


def test_heads_see_who_would_be_deleted_when(desk, school, owner):
    pupils(school, owner, "Mia", "Noah")
    pupils(school, owner, "Lea", until=today(400))
    page = text_of(desk.get(YEAR))
    assert "enden 2 Konten." in page
    assert "endet 1 Konto." in page
    assert page.index("Mia") < page.index("Lea")


def test_ticked_ones_are_taken_along_and_nobody_of_another_school(desk, school, owner):
    mia, _noah = pupils(school, owner, "Mia", "Noah")
    other = factories.make_provider("andere")
    [fremd] = pupils(other, owner, "Fremd")
    page = desk.post(YEAR, {"act": "keep", "pupil": [mia.pk, fremd.pk, "x", "9" * 30]}, follow=True)
    assert "1 Konto bleibt ein Schuljahr länger." in text_of(page)
    with look(system("test")):
        ends = dict(User.objects.exclude(school=None).values_list("pseudonym", "school_until"))
    assert ends["Noah"] == ends["Fremd"] == today(100)
    assert ends["Mia"] > today(100)
    assert [line.details["count"] for line in recorded("pupils.kept")] == [1]


def test_all_that_end_first_are_taken_along(desk, school, owner):
    pupils(school, owner, "Mia", "Noah")
    page = desk.post(YEAR, {"act": "keep", "all": "1"}, follow=True)
    assert "2 Konten bleiben ein Schuljahr länger." in text_of(page)
    assert "Es ist niemand ausgewählt" in text_of(desk.post(YEAR, {"act": "keep"}, follow=True))


@pytest.mark.parametrize(
    ("months", "good"), [("0", True), ("12", True), ("13", False), ("-1", False), ("", False)]
)
def test_a_school_says_how_long(desk, school, months, good):
    page = desk.post(YEAR, {"act": "months", "months": months})
    assert (page.status_code == 302) is good
    if not good:
        assert [*errors(page)] == ["months"]
    with look(system("test")):
        assert Provider.objects.get(pk=school.pk).pupils_kept == (int(months) if good else 3)


def test_heads_and_pupils_hear_of_it_four_weeks_ahead_and_once(school, owner):
    [mia] = pupils(school, owner, "Mia", until=today(29))
    assert tell_of_ending_pupils(school) == 0
    assert "Ihr Schul-Konto endet" not in text_of(signed_in(mia).get("/lernen/"))
    with look(system("test")):
        User.objects.filter(pk=mia.pk).update(school_until=today(28))
    mail.outbox.clear()
    assert (tell_of_ending_pupils(school), tell_of_ending_pupils(school)) == (1, 0)
    [letter] = mail.outbox
    assert letter.to == [owner.email]
    assert "endet am" in letter.body
    assert YEAR in letter.body
    assert "Ihr Schul-Konto endet" in text_of(signed_in(mia).get("/lernen/"))


def test_the_last_day_is_theirs_and_on_the_day_after_all_is_gone(school, owner, course):
    mia, noah = pupils(school, owner, "Mia", "Noah", until=today())
    factories.make_enrolment(course, mia)
    grown_up = factories.make_user("Erwachsen", "gross@example.org")
    assert end_pupils() == 0
    with look(system("test")):
        User.objects.filter(pk=mia.pk).update(school_until=today(-1))
    assert (end_pupils(), end_pupils()) == (1, 0)
    with look(system("test")):
        left = {*User.objects.values_list("pk", flat=True)}
        assert mia.pk not in left
        assert {noah.pk, grown_up.pk} <= left
        assert not Enrolment.objects.filter(learner_id=mia.pk).exists()
    assert [line.details for line in recorded("pupils.ended")] == [{"count": 1}]


def test_the_command_names_first_and_deletes_when_asked(school, owner, capsys):
    pupils(school, owner, "Mia", until=today(-1))
    call_command("pupils")
    assert capsys.readouterr().out == f"haus: 1 end on {today(-1)}\n"
    call_command("pupils", "--end")
    assert "1 accounts deleted." in capsys.readouterr().out


# --- who sees what -------------------------------------------------------------------------------------------------


def test_only_its_own_staff_reads_a_pupils_account(school, owner):
    from providers.queries import seats, tutor_lens

    [mia] = pupils(school, owner, "Mia")
    neighbour = factories.make_member(factories.make_provider("nachbar"), "owner")
    for person, slug, sees in ((owner, "haus", True), (neighbour, "nachbar", False)):
        with look(system("test")):
            lens = tutor_lens(person, seats(person), slug)
        with look(lens), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_user WHERE id = %s", [mia.pk])
            assert cursor.fetchone()[0] == sees


def test_guardians_read_their_rights_and_the_provider_leads_there(school, client):
    public_page.forget()
    page = text_of(client.get(GUARDIANS))
    for words in (
        "Was wir speichern",
        "Wer das sieht",
        "Bis 3 Monate nach dem Ende",
        "Ihre Rechte",
    ):
        assert words in page
    assert GUARDIANS in text_of(client.get("/anbieter/haus/"))


def test_other_providers_have_neither_page(desk, house, client):
    assert desk.get(YEAR).status_code == 404
    assert client.get(GUARDIANS).status_code == 404


def test_a_list_of_a_class_makes_pupils(desk, school, owner, course):
    group = make_group(school.pk, course.translation_key, name="7b", by=owner)
    door = f"/anbieter/haus/begleiten/gruppen/{group.pk}/liste/"
    file = SimpleUploadedFile("7b.csv", b"Vorname;E-Mail\nMia;\nNoah;\n")
    assert [*errors(desk.post(door, {"file": file}))] == ["age_band"]
    file.seek(0)
    page = desk.post(door, {"file": file, "age_band": "under_16"})
    desk.post(f"{door}uebernehmen/", {"list": page.context["signed"]})
    with look(system("test")):
        made = User.objects.filter(school=school.pk).values_list("pseudonym", "school_until")
        assert dict(made) == dict.fromkeys(("Mia", "Noah"), end_of_pupils(3, today()))


def test_pupils_go_also_when_their_school_has_become_something_else(school, owner):
    [mia] = pupils(school, owner, "Mia", until=today(-1))
    with look(system("test")):
        Provider.objects.filter(pk=school.pk).update(kind="club")
    assert end_pupils() == 1
    with look(system("test")):
        assert not User.objects.filter(pk=mia.pk).exists()
