"""Authors choose a type: good ones first, the others by what they are for, and by words."""

import pytest

from h5p.queries.desk import type_shelves, types
from h5p_lite.core.curated import LIST
from h5p_lite.core.purposes import FIRST, purpose_of
from tenancy.lens import look, system
from tests.factories import activities
from tests.support.h5p_desk import Desk, install_ours
from tests.support.pages import one_line

MORE = ("H5P.MultiChoice", "H5P.MemoryGame", "H5P.Accordion", "H5P.DragText")


@pytest.fixture
def ada(client, author, db):
    install_ours()
    for name in MORE:
        made = activities.called(name, (1, 30))
        activities.install({path: made[path] for path in made if path.startswith(name)})
    client.force_login(author)
    return Desk(client)


def shelves(words=""):
    with look(system("test")):
        found = type_shelves(types(), words)
    return {one.purpose: [type.name.machine_name for type in one.types] for one in found}


def test_good_types_come_first_and_the_others_by_what_they_are_for(ada):
    assert shelves() == {
        "first": ["LernHN.Quiz", "LernHN.Cards", "LernHN.Sequence", "H5P.MultiChoice"],
        "ask": ["H5P.DragText"],
        "practise": ["H5P.MemoryGame"],
        "show": ["H5P.Accordion"],
    }


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("frage", {"first": ["LernHN.Quiz", "LernHN.Sequence"]}), ("MEMORY game", {"practise": ["H5P.MemoryGame"]}), ("memorygame", {"practise": ["H5P.MemoryGame"]}),
        ("h5p. drag", {"ask": ["H5P.DragText"]}), ("nirgends", {}),
    ],
)  # fmt: skip
def test_types_are_found_by_words(ada, words, found):
    assert shelves(words) == found


def test_the_page_says_what_counts(ada):
    page = one_line(ada.get("new"))
    assert [page.index(f">{name}<") for name in ("Womit Sie gut anfangen", "Frage", "Prüfen", "Zeigen")] == sorted(
        page.index(f">{name}<") for name in ("Womit Sie gut anfangen", "Frage", "Prüfen", "Zeigen")
    )  # fmt: skip
    assert (page.count("> zählt nicht<"), page.count(">zählt<")) == (3, 4)


def test_what_fits_nothing_says_so_and_leads_back(ada):
    page = one_line(ada.get("new", q="nirgends"))
    assert "Kein Inhaltstyp passt zu „nirgends“." in page
    assert "Alle zeigen" in page
    assert "Anfangen" not in page


def test_a_mistake_keeps_what_was_looked_for_and_chosen(ada):
    address = "/redaktion/aktivitaeten/neu/?q=frage"
    answer = ada.client.post(address, {"type": "LernHN.Quiz 1.0", "title": ""})
    page = one_line(answer)
    assert answer.status_code == 400
    assert 'value="frage"' in page
    assert page.count(" checked") == 1


def test_none_of_the_fifteen_shuts_anybody_out():
    assert len(FIRST) == len({*FIRST}) == 15
    assert [name for name in FIRST if not LIST[name].good] == []


@pytest.mark.parametrize(
    ("name", "purpose"),
    [("H5P.Video", "show"), ("H5P.Dialogcards", "practise"), ("H5P.Crossword", "ask"), ("X.New", "practise")],
)  # fmt: skip
def test_a_type_has_one_purpose(name, purpose):
    assert purpose_of(name) == purpose
