"""What a holder does with their certificates, and what the head of a provider can take back."""

import pytest
from django.core import mail
from django.urls import reverse

from certificates import tasks
from certificates.models import Recipient
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.support.holders import complete, issue, now
from tests.support.records import recorded

REASON = "Die Aufgaben hat jemand anderes gelöst."


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


@pytest.fixture
def head(world):
    person = factories.make_user("Hanna Haupt", "hanna@haus.example")
    with look(system("test")):
        Membership.objects.create(person=person, provider=world.provider, role="owner")
    return person


def shows(client, world, what):
    door = reverse("certificates:shows", args=[world.number])
    return client.post(door, {"shows": what})


def own(client, world, kind):
    return client.get(reverse("certificates:own", args=[world.number, kind]))


# --- theirs ----------------------------------------------------------------------------------------------------------


def test_all_of_them_stand_on_one_page(client, world):
    client.force_login(world.learner)
    text = client.get("/konto/nachweise/").content.decode()
    for said in (
        "Sicher im Netz",
        world.provider.short_name,
        f"http://localhost:8000/z/{world.number}",
        "LinkedIn",
    ):
        assert said in text
    assert "certUrl=http%3A%2F%2Flocalhost%3A8000%2Fz%2F" in text
    client.force_login(factories.make_user("Ben Beispiel", "ben@example.org"))
    assert "Noch keiner." in client.get("/konto/nachweise/").content.decode()


def test_with_initials_a_stranger_sees_no_name_and_may_ask_for_one(client, world):
    client.force_login(world.learner)
    assert shows(client, world, "initials").headers["Location"] == "/konto/nachweise/"
    assert own(client, world, "pdf").status_code == 200
    client.logout()
    page = client.get(world.page)
    assert page.context["verdict"] == "valid"
    assert page.context["facts"][0] == {"term": "Name", "says": "A. B."}
    assert "Anna" not in page.content.decode()
    assert client.get(f"{world.page}.pdf").status_code == 404
    assert client.get(f"{world.page}.json").status_code == 200  # it holds hashes only
    asked = [
        client.post(f"{world.page}/name/", {"name": name}).context["name_fits"]
        for name in ("Anna Beispiel", " anna   beispiel ", "Anna Beispie", "Ben Beispiel", "")
    ]
    assert asked == [True, True, False, False, False]
    assert client.cookies.get("csrftoken") is None


def test_what_is_hidden_shows_nothing_to_anybody(client, world):
    client.force_login(world.learner)
    shows(client, world, "nothing")
    client.logout()
    page = client.get(world.page)
    text = page.content.decode()
    assert "Dieser Nachweis wird zurzeit nicht gezeigt." in text
    for hidden in ("Anna", "Sicher im Netz", "20. November"):
        assert hidden not in text
    for kind in ("pdf", "json", "jwt"):
        assert client.get(f"{world.page}.{kind}").status_code == 404
    assert client.post(f"{world.page}/name/", {"name": "Anna Beispiel"}).status_code == 404
    data = client.get(world.page, headers={"Accept": "application/vc"})
    assert data.headers["Content-Type"].startswith("text/html")
    told = client.post("/api/v1/verify", {"number": world.number}, content_type="application/json")
    assert (told.json()["verified"], told.json()["verdict"]) == (False, "hidden")
    assert "Sicher" not in told.content.decode()
    client.force_login(world.learner)
    assert own(client, world, "pdf").status_code == 200  # their own copy is theirs
    shows(client, world, "name")
    assert client.get(world.page).context["verdict"] == "valid"


def test_nobody_else_decides_what_is_shown(client, world):
    client.force_login(factories.make_user("Ben Beispiel", "ben@example.org"))
    assert shows(client, world, "nothing").status_code == 404
    client.force_login(world.learner)
    assert shows(client, world, "alles").status_code == 404
    with look(system("test")):
        assert Recipient.objects.get().shows == "name"


def test_a_browser_waits_while_the_paper_is_made(client, world, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.render, "delay", lambda *given: asked.append(given))
    waiting = client.get(f"{world.page}.pdf", headers={"Accept": "text/html,*/*"})
    assert (waiting.status_code, waiting.headers["Refresh"]) == (
        202,
        f"1;url={world.page}.pdf?warten=1",
    )
    assert "Ihr Nachweis wird gemacht" in waiting.content.decode()
    again = client.get(f"{world.page}.pdf?warten=1", headers={"Accept": "text/html"})
    assert (again.status_code, len(asked)) == (202, 1)  # asked for once
    tasks.render(*asked[0])
    made = client.get(f"{world.page}.pdf?warten=2", headers={"Accept": "text/html"})
    assert (made.status_code, made.headers["Content-Type"]) == (200, "application/pdf")
    with_patience = client.get(
        f"{world.page}.pdf?warten=12&sprache=en", headers={"Accept": "text/html"}
    )
    assert with_patience.content.startswith(b"%PDF")  # the worker may be down


def test_a_name_our_fonts_lack_is_told_and_nothing_is_issued(client, db):
    enrolment = complete(factories.make_provider("haus"), "Anna \U00012000")
    tasks.issue(enrolment.pk)
    with look(system("test")):
        assert Recipient.objects.count() == 0
    client.force_login(enrolment.learner)
    for page in ("/konto/nachweise/", "/lernen/"):
        assert (
            "Diese Zeichen Ihres Namens können wir nicht drucken: \U00012000"
            in client.get(page).content.decode()
        )


# --- the head's ----------------------------------------------------------------------------------------------------


def act(client, world, **given):
    door = reverse("certificates:withdraw", args=["haus", world.certificate.pk])
    return client.post(door, given)


def test_the_head_finds_what_was_issued(client, world, head):
    client.force_login(head)
    door = reverse("certificates:issued", args=["haus"])
    for asked, found in (
        ("", True),
        ("anna", True),
        ("netz", True),
        (world.number, True),
        ("ben", False),
    ):
        page = client.get(door, {"q": asked})
        assert (world.certificate in page.context["page"].object_list) == found


def test_suspended_resumed_revoked_and_said_within(
    client, world, head, django_capture_on_commit_callbacks
):
    client.force_login(head)
    assert "Bitte schreiben Sie, warum." in act(client, world, act="suspend").content.decode()
    assert now(world.certificate).suspended_at is None
    verdicts = []
    for what in ("suspend", "resume", "revoke"):
        with django_capture_on_commit_callbacks(execute=True):
            assert act(client, world, act=what, reason=REASON).status_code == 302
        verdicts.append(client.get(world.page).context["verdict"])
    assert verdicts == ["suspended", "valid", "revoked"]
    assert REASON not in client.get(world.page).content.decode()
    assert [sent.to for sent in mail.outbox] == [[world.learner.email]] * 3
    for sent, words in zip(
        mail.outbox, ("ausgesetzt", "gilt wieder", "zurückgezogen"), strict=True
    ):
        assert words in sent.body
        assert REASON not in sent.body
    page = client.get(reverse("certificates:withdraw", args=["haus", world.certificate.pk]))
    assert REASON in page.content.decode()
    assert page.context["form"] is None
    wanted = ("certificate.resumed", "certificate.revoked", "certificate.suspended")
    lines = recorded(*wanted)
    assert {line.who for line in lines} == {"Hanna Haupt"}
    assert sorted(line.action for line in lines) == [
        "certificate.resumed",
        "certificate.revoked",
        "certificate.suspended",
    ]
