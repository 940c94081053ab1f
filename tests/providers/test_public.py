"""What everybody sees of providers: who they are, how to get in, who stands behind them; and which of them fit."""

import re

import pytest

from providers.models import Provider
from tenancy import public_page
from tenancy.lens import look, system
from tests import factories
from tests.factories import LAW
from tests.support.records import errors, recorded, text_of

LIST, PAGE = "/anbieter/", "/anbieter/haus/"


def say(slug, **said):
    with look(system("test")):
        Provider.objects.filter(slug=slug).update(**said)
    public_page.forget()


def test_a_page_says_how_to_get_in_and_who_stands_behind_it(client, house):
    bare = text_of(client.get(PAGE))
    assert "So kommen Sie hinein" not in bare
    assert "Wer dahinter steht" not in bare
    say(
        "haus",
        legal_form="private_provider",
        access=["lift", "loop"],
        access_note="2 Stufen",
        **LAW,
    )
    page = text_of(client.get(PAGE))
    for words in (
        "Aufzug",
        "Höranlage für Hörgeräte (Induktion)",
        "2 Stufen",
        "Private Einrichtung",
    ):
        assert words in page
    assert '<a href="mailto:datenschutz@treff.example">datenschutz@treff.example</a>' in page
    assert "Internet-Treff e. V., Musterweg 12" in page


def test_words_of_a_provider_are_words(client, house):
    say("haus", imprint="<script>x</script>", access_note="<b>x</b>")
    page = text_of(client.get(PAGE))
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<b>x</b>" not in page


def test_programs_read_who_it_is(client, house):
    say("haus", street="Weg 1", city="Heilbronn", email="a@haus.example", phone="07131 1")
    page = text_of(client.get(PAGE))
    assert 'itemscope itemtype="https://schema.org/EducationalOrganization"' in page
    assert [*re.findall(r'itemprop="(\w+)"', page)] == [
        *(
            "name",
            "description",
            "address",
            "streetAddress",
            "addressLocality",
            "email",
            "telephone",
        )
    ]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["Haus haus", "Haus nachbar"]),
        ("?art=school", ["Haus nachbar"]),
        ("?art=club&zugang=lift", ["Haus haus"]),
        ("?zugang=loop", []),
        ("?art=city", ["Haus haus", "Haus nachbar"]),
        ("?art=quatsch&zugang=%00", ["Haus haus", "Haus nachbar"]),
    ],
)
def test_the_list_is_narrowed_down(client, db, asked, shown):
    for slug in ("haus", "nachbar"):
        factories.make_course(factories.make_provider(slug))
    say("nachbar", kind="school")
    say("haus", kind="club", access=["lift"])
    page = client.get(LIST + asked).text
    assert re.findall(r'<h2><a href="/anbieter/[a-z]+/">([^<]+)</a></h2>', page) == shown
    assert ("gibt es hier noch nicht" in page) is (shown == [])


# --- what its heads say --------------------------------------------------------------------------------------------

DETAILS = "/anbieter/haus/verwalten/angaben/"
SAID = {
    **LAW,
    "legal_form": "public_body",
    "street": "Weg 1",
    "city": "Heilbronn",
    "email": "haus@haus.example",
    "phone": "",
    "hours": "Dienstag, 14 bis 17 Uhr",
    "access": ["lift"],
    "access_note": "",
}


def test_a_head_says_who_stands_behind_it(desk, client, house):
    assert f'href="{DETAILS}"' in text_of(desk.get("/anbieter/haus/verwalten/"))
    assert "Wer dahinter steht" not in text_of(client.get(PAGE))
    for _click in range(2):
        assert desk.post(DETAILS, SAID).headers["Location"] == DETAILS
    public_page.forget()  # after the commit, which a test has not
    page = text_of(client.get(PAGE))
    for words in ("Öffentliche Stelle", LAW["imprint"], "Aufzug", "Dienstag, 14 bis 17 Uhr"):
        assert words in page
    [line] = recorded("provider.described")
    assert line[:4] == ("Olga Leitung", "provider.described", "Haus haus", house.pk)
    assert LAW["privacy_contact"] not in str(line.details)


@pytest.mark.parametrize(
    "name", ["imprint", "privacy_contact", "accessibility_contact", "legal_form"]
)
def test_what_the_law_asks_is_not_left_out(desk, house, name):
    page = desk.post(DETAILS, SAID | {name: ""})
    assert [*errors(page)] == [name]
    assert page.context["form"]["street"].value() == "Weg 1"
    with look(system("test")):
        assert Provider.objects.get(slug="haus").street == ""
