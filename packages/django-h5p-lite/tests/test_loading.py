"""Which libraries a content needs, and that what is needed always comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from h5p_lite.core.loading import Loading, load_order, names_in, parts_with, wanted
from h5p_lite.core.names import Name


def lib(letter, major=1):
    return Name(f"Test.{letter}", major, 0)


A, B, C, D, E = (lib(letter) for letter in "ABCDE")
WHEEL = Name("H5PEditor.Wheel", 1, 0)


def test_names_come_in_the_order_of_the_document_each_once():
    params = {
        "intro": {"library": "Test.A 1.0", "params": {"deep": [{"library": "Test.B 1.0"}]}},
        "content": [{"library": "Test.C 1.0"}, [[{"library": "Test.A 1.0"}]]],
        "library": "Test.D 1.0",
    }
    assert names_in(params) == [D, A, B, C]


@pytest.mark.parametrize(
    "params", [{}, [], None, 7, {"library": "der Stadt"}, {"library": {"a": 1}}]
)
def test_no_library_is_no_name(params):
    assert names_in(params) == []


def test_names_are_found_however_deep():
    params = {"library": "Test.A 1.0"}
    for _ in range(5_000):
        params = {"params": [params]}
    assert names_in(params) == [A]


def order(needs, *roots, addons=()):
    """`needs`: name -> dependencies; a name that is not in it is not installed."""
    return load_order(roots, needs.get, addons=addons)


def test_what_is_needed_comes_first():
    needs = {A: [B, C], B: [D], C: [D], D: []}
    assert order(needs, A) == Loading([D, B, C, A], [])


def test_a_library_is_loaded_once_for_all_who_need_it():
    assert order({A: [C], B: [C, A], C: []}, B, A, B) == Loading([C, A, B], [])


def test_two_versions_of_a_library_are_two_libraries():
    assert order({A: [lib("B", 2)], B: [], lib("B", 2): []}, B, A).order == [B, lib("B", 2), A]


def test_what_is_missing_is_named_and_the_rest_still_has_an_order():
    assert order({A: [B, C], C: [D]}, A, E) == Loading([C, A], [B, D, E])


def test_a_ring_is_no_harm():
    assert order({A: [B], B: [C], C: [A]}, A) == Loading([C, B, A], [])
    assert order({A: [A]}, A) == Loading([A], [])


def test_a_chain_may_be_long():
    names = [Name("Test.Chain", number, 0) for number in range(5_000)]
    needs = {name: names[number + 1 : number + 2] for number, name in enumerate(names)}
    assert order(needs, names[0]).order == names[::-1]


def test_widgets_of_the_editor_are_left_out():
    """Generators list them; they are neither loaded nor missing."""
    assert order({A: [WHEEL, B], B: [], WHEEL: [C]}, A, WHEEL) == Loading([B, A], [])


def test_an_addon_is_loaded_whole_or_not_at_all():
    needs = {A: [], B: [C], C: [], D: [E, C]}
    assert order(needs, A, addons=[B]) == Loading([A, C, B], [])
    assert order(needs, A, addons=[D, lib("Z")]) == Loading([A], [])
    assert order(needs, A, addons=[D, B]) == Loading([A, C, B], [])


LETTERS = st.sampled_from([lib(letter) for letter in "ABCDEFGH"] + [WHEEL])
NEEDS = st.dictionaries(LETTERS, st.lists(LETTERS, max_size=4))


@given(NEEDS, st.lists(LETTERS, max_size=4))
def test_everything_that_can_be_reached_is_loaded_or_missing(needs, roots):
    loading = order(needs, *roots)
    reached, waiting = set(), [name for name in roots if name != WHEEL]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [n for n in needs.get(name, []) if n != WHEEL]
    assert set(loading.order) | set(loading.missing) == reached
    assert set(loading.order) & set(loading.missing) == set()
    assert len({*loading.order, *loading.missing}) == len(loading.order) + len(loading.missing)
    assert set(loading.missing) == {name for name in reached if name not in needs}


@given(NEEDS, st.lists(LETTERS, max_size=4))
def test_without_rings_nothing_comes_before_what_it_needs(needs, roots):
    falling = {name: [n for n in below if n > name] for name, below in needs.items()}
    loading = order(falling, *roots)
    places = {name: place for place, name in enumerate(loading.order)}
    for name in loading.order:
        assert all(places[n] < places[name] for n in falling[name] if n in places)


@given(NEEDS, st.lists(LETTERS, max_size=4), st.lists(LETTERS, max_size=3))
def test_addons_never_break_what_is_there(needs, roots, addons):
    plain, more = order(needs, *roots), order(needs, *roots, addons=addons)
    assert more.order[: len(plain.order)] == plain.order
    assert more.missing == plain.missing


MATHS = {"content": {"types": [{"text": {"regex": r"/\$\$.+?\$\$|\\\[.+?\\\]/s"}}]}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("$$x^2$$", True), ("\\[a\nb\\]", True), ("2 $ für $", False), ("", False)],
)
def test_an_addon_says_for_which_texts_it_is_wanted(text, expected):
    assert wanted(MATHS, {"a": [{"b": 1, "c": text}]}) is expected


@pytest.mark.parametrize(
    "add_to",
    [
        None,
        {},
        {"content": 1},
        {"content": {"types": 5}},
        {"content": {"types": [1, {"text": {}}, {"text": {"regex": 7}}]}},
        {"content": {"types": [{"text": {"regex": "no slashes"}}]}},
        {"content": {"types": [{"text": {"regex": "/(/"}}]}},
        {"content": {"types": [{"text": {"regex": "/(?R)x/i"}}]}},
    ],
)
def test_an_addon_that_python_does_not_understand_is_not_wanted(add_to):
    assert not wanted(add_to, {"a": "x"})


def test_parts_of_a_library_are_found_wherever_they_are_and_could_stand_alone():
    inner = {"library": "H5P.Text 1.1", "params": {"text": "innen"}}
    outer = {"library": "H5P.Text 1.1", "params": {"text": "aussen"}}
    other = {"library": "H5P.Image 1.1", "params": {"parts": [inner]}}
    params = {
        "a": [outer, {"deep": other}],
        "library": "H5P.Text 1.1",
        "odd": {"library": "H5P.Text 1.1", "params": 3},
    }
    found = sorted(part["text"] for part in parts_with(Name("H5P.Text", 1, 1), params))
    assert found == ["aussen", "innen"]
    assert [*parts_with(Name("H5P.Text", 1, 0), params)] == []
