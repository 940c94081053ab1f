"""A new content invents no rows where things are placed by hand."""

import pytest

from h5p_lite.core.semantics import apply, defaults, parse_semantics


def things(**said):
    word = {"name": "word", "type": "text", "default": "x"}
    return {"name": "things", "type": "list", "field": {"name": "thing", "type": "group", "fields": [word, word | {"name": "b"}]}} | said  # fmt: skip


ROW = {"word": "x", "b": "x"}


@pytest.mark.parametrize(
    ("said", "rows"),
    [({}, [ROW]), ({"optional": True}, []), ({"min": 2}, [ROW, ROW]), ({"widget": "timeline"}, []), ({"widget": "timeline", "min": 1}, [ROW]),
     ({"widget": "timeline", "defaultNum": 1}, [ROW]), ({"widget": "VerticalTabs"}, [ROW])],
)  # fmt: skip
def test_a_list_begins_with_what_its_author_will_need(said, rows):
    assert defaults(parse_semantics([things(**said)])).get("things", []) == rows


def test_nothing_lies_on_a_picture_before_somebody_puts_it_there():
    picture = {"name": "task", "type": "group", "widget": "dragQuestion", "fields": [things(), {"name": "size", "type": "number", "default": 3}]}  # fmt: skip
    fields = parse_semantics([picture])
    begun = defaults(fields)
    assert begun == {"task": {"size": 3}}
    assert apply("add:task/things", fields, begun).params == {"task": {"size": 3, "things": [ROW]}}
