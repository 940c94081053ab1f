"""What holds for whatever a browser sends as a result, and for contents of whatever origin."""

import json

from hypothesis import given
from hypothesis import strategies as st

from h5p_lite.core.grading import key_of, score_of
from h5p_samples.graded import GRADED, KEYS
from h5p_samples.laws import examples

WORDS = st.sampled_from(
    ["0", "1", "2", "0[,]2", "0[,]1", "true", "false", "Oslo", "Lange[,]sicher", "[,]"]
)
NAMES = st.sampled_from(
    ["statement", "parts", "children", "result", "response", "object", "id", "score", "success"]
)
IDS = st.sampled_from(["a", "b", "m", "t", "s", "d", "q", "r", "c"]).map("x?subContentId={}".format)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | WORDS
    | IDS
    | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=5) | st.dictionaries(NAMES, inside, max_size=5),
    max_leaves=25,
)  # fmt: skip
STATEMENT = st.fixed_dictionaries(
    {"result": st.fixed_dictionaries({"response": WORDS | st.text(max_size=12) | JSON})},
    optional={"object": st.fixed_dictionaries({"id": IDS | JSON})},
)
CHILD = st.deferred(
    lambda: st.fixed_dictionaries(
        {"statement": STATEMENT}, optional={"children": st.lists(CHILD, max_size=3)}
    )
)
RESULT = st.fixed_dictionaries(
    {
        "statement": STATEMENT | JSON,
        "parts": st.fixed_dictionaries({"children": st.lists(CHILD, max_size=6)}) | JSON,
    }
)


def fair(key, result):
    found = score_of(key, result)
    assert found is None or (0 <= found.raw <= found.max and found.max >= 1)
    return found


@examples(150)
@given(RESULT | JSON)
def test_whatever_comes_is_graded_within_bounds(result):
    for key in KEYS:
        fair(key, result)


CLAIMS = st.fixed_dictionaries(
    {}, optional={"score": JSON, "success": JSON, "completion": JSON, "duration": JSON}
)


def claiming(result, claim):
    """The same answers, and another claim about them in every statement."""
    if isinstance(result, list):
        return [claiming(each, claim) for each in result]
    if not isinstance(result, dict):
        return result
    changed = {name: claiming(value, claim) for name, value in result.items()}
    return changed | claim if "response" in changed else changed


@examples(100)
@given(RESULT, CLAIMS)
def test_a_claimed_score_changes_nothing(result, claim):
    for key, (_, _, right) in zip(KEYS, GRADED, strict=True):
        assert score_of(key, claiming(result, claim)) == score_of(key, result)
        assert score_of(key, claiming(right, claim)) == score_of(key, right)


FIELDS = st.sampled_from(
    ["answers", "correct", "behaviour", "type", "singlePoint", "passPercentage", "questions", "choices", "library",
     "params", "textField", "parts", "poolSize", "subContentId", "mode"]
)  # fmt: skip
LIBRARIES = st.sampled_from(sorted({library for library, _, _ in GRADED}))
CONTENT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | LIBRARIES | st.sampled_from(["*a*", "single", "multiple"]),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(FIELDS, inside, max_size=6),
    max_leaves=25,
)  # fmt: skip


@examples(150)
@given(LIBRARIES, st.dictionaries(FIELDS, CONTENT, max_size=6), RESULT)
def test_whatever_a_content_is_made_of_it_has_a_fair_key_or_none(library, params, result):
    key = key_of(library, params)
    if key is not None:
        assert json.loads(json.dumps(key, allow_nan=False)) == key
        fair(key, result)
