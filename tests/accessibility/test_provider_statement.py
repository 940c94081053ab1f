"""Which text about barriers the law asks a provider for follows from its legal form; its heads write it, everybody reads it."""

import re

import pytest

from accessibility.models import AccessibilityStatement
from providers.models import Provider
from tenancy import public_page
from tenancy.lens import look, system
from tests.support.records import errors, recorded, text_of

FORM, PAGE = "/anbieter/haus/verwalten/barrierefreiheit/", "/anbieter/haus/barrierefreiheit/"
SAID = {"barriers": "Zwei alte PDF\n\n Ein Film ohne Untertitel ", "method": "Selbst geprüft."}
ALL = {
    "declares": "<h1> Erklärung zur Barrierefreiheit </h1>",
    "informs": "<h1> Informationen zur Barrierefreiheit </h1>",
    "conciliation": "Schlichtungs-Verfahren",
    "authority": "Marktüberwachungsstelle",
    "exempt": "§ 3 Absatz 3 BFSG",
    "service": "Was wir anbieten",
}


def be(legal_form):
    with look(system("test")):
        Provider.objects.filter(slug="haus").update(legal_form=legal_form)
    public_page.forget()


@pytest.mark.parametrize(
    ("legal_form", "says"),
    [
        ("public_body", {"declares", "conciliation"}),
        ("private_provider", {"informs", "authority", "service"}),
        ("microenterprise", {"informs", "exempt"}),
    ],
)
@pytest.mark.parametrize("written", [True, False])
def test_each_legal_form_has_its_text_and_no_other(client, desk, house, legal_form, says, written):
    be(legal_form)
    if written:
        desk.post(FORM, SAID | {"status": "partial"})
    page = text_of(client.get(PAGE))
    assert {name for name, words in ALL.items() if words in page} == says
    assert ("Zwei alte PDF" in page) is written
    assert ("teilweise mit § 10 L-BGG vereinbar" in page) is (
        written and legal_form == "public_body"
    )


def test_without_a_legal_form_there_is_no_such_page_and_the_head_is_led_to_it(client, desk):
    assert client.get(PAGE).status_code == 404
    page = text_of(desk.get(FORM))
    assert "Sagen Sie uns zuerst, welche Rechtsform Sie haben." in page
    desk.post(FORM, SAID)
    with look(system("test")):
        assert not AccessibilityStatement.objects.filter(provider__slug="haus").exists()


def test_it_is_dated_recorded_and_can_be_changed(desk, house):
    be("public_body")
    desk.post(FORM, SAID | {"status": "partial"})
    desk.post(FORM, SAID | {"status": "full", "barriers": ""})
    with look(system("test")):
        [stated] = AccessibilityStatement.objects.filter(provider=house)
    assert (stated.status, stated.barriers) == ("full", [])
    assert stated.created_on == stated.reviewed_on
    assert len(recorded("statement.written")) == 2
    page = text_of(desk.get(FORM))
    assert "Zuletzt geprüft am" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"status": ""}, "status"),
        ({"status": "great"}, "status"),
        ({"method": ""}, "method"),
        ({"barriers": "x\n" * 51}, "barriers"),
        ({"barriers": "x" * 4001}, "barriers"),
    ],
)
def test_what_cannot_be_is_said_and_stays_typed(desk, change, field):
    be("public_body")
    page = desk.post(FORM, SAID | {"status": "partial"} | change)
    assert [*errors(page)] == [field]
    with look(system("test")):
        assert not AccessibilityStatement.objects.filter(provider__slug="haus").exists()


def test_the_providers_page_leads_there(client, house):
    assert PAGE not in client.get("/anbieter/haus/").text
    be("microenterprise")
    assert re.search(rf'href="{PAGE}"', client.get("/anbieter/haus/").text)
