"""Anyone who works here needs a second factor, shown in this very session; anyone who learns does not."""

from io import StringIO

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as app
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from providers.actions import join
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, office_of, system
from tests import factories

DESKS = ("/redaktion/", "/anbieter/haus/verwalten/", "/buero/")
ASKED = "/konto/schutz/arbeit/"
PASSWORD = "ein langes Passwort"
SECRET = "JBSWY3DPEHPK3PXP"
Role = Membership.Role


@pytest.fixture
def person(db, settings):
    """They lead a house and work in the office, so every desk is theirs."""
    settings.SECOND_FACTOR = True
    owner = factories.make_member(factories.make_provider("haus"), Role.OWNER)
    with look(system("test")):
        join(owner, Provider.objects.get(pk=CITY), Role.CLERK)
        owner.set_password(PASSWORD)
        owner.save()
    return owner


@pytest.fixture
def with_app(person):
    with look(system("test")):
        app.TOTP.activate(person, SECRET)
        RecoveryCodes.activate(person)
    return person


def code(earlier: int = 0) -> str:
    """What their app shows now; a code may be used once."""
    counter = next(iter(app.yield_hotp_counters_from_time())) - earlier
    return app.format_hotp_value(app.hotp_value(SECRET, counter))


def sign_in(client, person):
    return client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})


@pytest.mark.parametrize("desk", DESKS)
def test_without_a_second_factor_the_way_leads_to_setting_one_up(client, person, desk):
    sign_in(client, person)
    answer = client.get(desk)
    assert (answer.status_code, answer.url) == (302, f"{ASKED}?next={desk}")
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "Passkey hinzufügen" in page.content.decode()


def test_setting_up_an_app_leads_on_to_the_desk(client, person, django_capture_on_commit_callbacks):
    sign_in(client, person)
    client.get(client.get("/redaktion/").url)
    asked_again = client.get("/konto/schutz/app/").url
    form = client.post(asked_again, {"password": PASSWORD}, follow=True)
    secret = form.context["form"].secret
    counter = next(iter(app.yield_hotp_counters_from_time()))
    with django_capture_on_commit_callbacks() as after_commit:
        shown = app.format_hotp_value(app.hotp_value(secret, counter))
        done = client.post("/konto/schutz/app/", {"code": shown})
    with request_context(done.wsgi_request):  # outside of tests the commit is inside the request
        for callback in after_commit:
            callback()
    done.wsgi_request.session.save()
    codes = client.get(done.url)
    assert len(codes.context["unused_codes"]) == 10
    assert f'href="{ASKED}"' in codes.content.decode()
    onward = client.get(ASKED)
    assert onward.url == "/redaktion/"
    assert client.get(onward.url, follow=True).status_code == 200


def test_signing_in_asks_for_the_code(client, with_app):
    assert sign_in(client, with_app).url == "/konto/schutz/anmelden/"
    assert client.get("/redaktion/").url.startswith("/konto/anmelden/")
    wrong = client.post("/konto/schutz/anmelden/", {"code": "000000"})
    assert wrong.status_code == 200
    client.post("/konto/schutz/anmelden/", {"code": code()})
    assert client.get("/redaktion/kurse/").status_code == 200


def test_a_recovery_code_lets_her_in_once(client, with_app):
    with look(system("test")):
        stored = Authenticator.objects.get(user=with_app, type="recovery_codes")
        spare = RecoveryCodes(stored).get_unused_codes()[0]
    sign_in(client, with_app)
    client.post("/konto/schutz/anmelden/", {"code": spare})
    assert client.get("/redaktion/kurse/").status_code == 200
    client.post("/konto/abmelden/")
    sign_in(client, with_app)
    assert client.post("/konto/schutz/anmelden/", {"code": spare}).status_code == 200
    assert client.get("/redaktion/kurse/").status_code == 302


def test_a_session_that_began_without_the_factor_must_show_it(client, with_app):
    """As on a second computer, where they were signed in before they set up the app on the first."""
    client.force_login(with_app)
    asked = client.get(client.get("/redaktion/").url)
    assert asked.url == f"/konto/schutz/bestaetigen/?next={ASKED.replace('/', '%2F')}"
    back = client.post(asked.url, {"code": code(), "next": ASKED})
    assert client.get(back.url).url == "/redaktion/"
    assert client.get("/redaktion/kurse/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, person):
    with look(system("test")):
        RecoveryCodes.activate(person)
    client.force_login(person)
    assert client.get("/redaktion/").url.startswith(ASKED)


def test_who_has_lost_everything_starts_anew_with_the_operators_help(client, with_app):
    client.force_login(with_app)
    call_command("forget_second_factor", with_app.email, stdout=StringIO())
    assert client.get("/redaktion/").url.startswith("/konto/anmelden/")  # their sessions are over
    client.force_login(with_app)
    assert client.get(client.get("/redaktion/").url).status_code == 200
    with look(system("test")):
        assert not Authenticator.objects.filter(user=with_app).exists()
    with look(office_of(1, owned=[CITY])):
        assert AuditEvent.objects.get(action="factor.forgotten").thing_id == str(with_app.pk)
    with pytest.raises(CommandError, match="No account"):
        call_command("forget_second_factor", "niemand@example.org")


def test_a_learner_needs_none(client, db, settings):
    settings.SECOND_FACTOR = True
    with look(system("test")):
        learner = factories.make_user()
    client.force_login(learner)
    assert client.get("/lernen/").status_code == 200
    assert client.get("/redaktion/").status_code == 404


def test_the_way_back_leads_nowhere_else(client, person):
    client.force_login(person)
    client.get(f"{ASKED}?next=https://boese.example/")
    assert "next_door" not in client.session


def test_where_it_is_switched_off_every_page_says_so(client, db, settings):
    from accessibility.templatetags.frame import _rendered

    for off in (False, True):
        settings.SECOND_FACTOR = not off
        _rendered.cache_clear()
        page = client.get("/konto/anmelden/").content.decode()
        assert ("ohne zweiten Schutz" in page) is off
    _rendered.cache_clear()
