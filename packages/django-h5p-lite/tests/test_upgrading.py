"""Bringing contents to newer versions: their own scripts, in a sandbox, one version after the other, sub-contents too."""

import pytest

from h5p_lite.core.names import Name
from h5p_lite.core.semantics import parse_semantics
from h5p_lite.core.upgrading import CannotUpgrade, upgrade

QUIZ = """
var H5PUpgrades = H5PUpgrades || {};
H5PUpgrades['Test.Quiz'] = (function ($) {
  return { 1: {
    1: function (params, finished) { params.steps = ['1.1']; finished(null, params); },
    2: { contentUpgrade: function (params, finished, extras) {
      params.steps.push('1.2');
      extras.metadata.title = $(params.question).text();
      finished(null, params, extras);
    } },
    4: function (params, finished) { params.steps.push('1.4'); finished(null, params); }
  } };
})(H5P.jQuery);
"""
BOX_SEMANTICS = parse_semantics(
    [
        {
            "name": "inside",
            "type": "list",
            "field": {"name": "one", "type": "library", "options": ["Test.Quiz 1.4"]},
        }
    ]
)


def quiz(script=QUIZ, *, to=(1, 4), params=None):
    names = (Name("Test.Quiz", 1, 0), Name("Test.Quiz", *to))
    given = {"question": "<p>Wie?</p>"} if params is None else params
    return upgrade(
        given, {"license": "U"}, names=names, scripts=lambda _: script, semantics=lambda _: None
    )


def test_every_version_in_between_is_taken():
    done = quiz()
    assert done.params == {"question": "<p>Wie?</p>", "steps": ["1.1", "1.2", "1.4"]}
    assert done.metadata == {"license": "U", "title": "Wie?"}
    assert done.steps == ["Test.Quiz 1.0 → 1.4"]


def test_and_no_version_beyond():
    assert quiz(to=(1, 2)).params["steps"] == ["1.1", "1.2"]


def test_a_library_without_a_script_only_changes_its_number():
    assert quiz("").params == {"question": "<p>Wie?</p>"}


def test_sub_contents_follow_to_what_the_new_semantics_name():
    box = Name("Test.Box", 2, 0)
    inner = {"library": "Test.Quiz 1.0", "params": {"question": "Wie?"}, "subContentId": "x"}
    done = upgrade(
        {"inside": [inner, {"library": "Test.Else 1.0", "params": {}}]},
        {},
        names=(Name("Test.Box", 1, 9), box),
        scripts=lambda name: QUIZ if name.machine_name == "Test.Quiz" else None,
        semantics=lambda name: BOX_SEMANTICS if name == box else None,
    )
    [changed, other] = done.params["inside"]
    assert changed["library"] == "Test.Quiz 1.4"
    assert changed["params"]["steps"] == ["1.1", "1.2", "1.4"]
    assert changed["subContentId"] == "x"
    assert other == {"library": "Test.Else 1.0", "params": {}}
    assert done.steps == ["Test.Box 1.9 → 2.0", "Test.Quiz 1.0 → 1.4"]


def step(body):
    return f"H5PUpgrades['Test.Quiz'] = {{1: {{1: function (params, finished, extras) {{ {body} }} }} }};"


@pytest.mark.parametrize(
    "script",
    [
        step("while (true) {}"),
        step("var all = []; while (true) all.push(new Array(1e6).join('x'));"),
        step("(function down() { down(); })();"),
        step("throw new Error('no');"),
        step("finished('it cannot be');"),
        step(""),
        step("finished(null, 'text');"),
        step("finished(null, undefined);"),
        step("params.self = params; finished(null, params);"),
        "this is no script (",
    ],
)
def test_a_script_that_misbehaves_changes_nothing(script):
    with pytest.raises(CannotUpgrade):
        quiz(script)


def test_a_script_reaches_nothing_of_ours():
    names = "['require', 'process', 'fetch', 'XMLHttpRequest', 'std', 'os', 'document']"
    seen = step(
        f"params.seen = {names}.filter(function (n) {{ return n in this; }}, this); finished(null, params);"
    )
    assert quiz(seen).params["seen"] == []
