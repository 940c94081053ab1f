"""Points of time in a film are written as minutes and seconds, and untouched ones come back as they were."""

import pytest

from h5p_lite.core.semantics import form_for, parse_semantics, read_form
from h5p_lite.core.semantics.times import seconds_of, shown_time


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (5, "0:05"), (65, "1:05"), (65.5, "1:05.5"), (9.123, "0:09.123"), (3723, "62:03"), (-1, ""), (1e-7, ""),
     (360_000, ""), ("65", ""), (None, ""), (True, "")],
)  # fmt: skip
def test_seconds_are_shown_as_minutes(seconds, text):
    assert shown_time(seconds) == text


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1:05", 65), (" 1:5 ", 65), ("1:05,5", 65.5), ("1:02:03", 3723), ("62:03", 3723), ("0:09.123", 9.123), ("65", None),
     ("1:75", None), ("1:", None), ("a", None), ("-1:05", None), ("", None)],
)  # fmt: skip
def test_minutes_are_read_as_seconds(text, seconds):
    assert seconds_of(text) == seconds


FIELDS = parse_semantics([
    {"name": "duration", "type": "group", "widget": "duration", "fields": [{"name": "from", "type": "number"}, {"name": "to", "type": "number"}]},
    {"name": "goto", "type": "number", "widget": "timecode"},
])  # fmt: skip
PARAMS = {"duration": {"from": 5.25, "to": 65}, "goto": 3723}


def rows(decimal="."):
    form = form_for(FIELDS, PARAMS, titles={}, libraries=lambda name: None, decimal=decimal)
    return [(row.kind, row.name, row.value) for outer in form.rows for row in (outer.rows or [outer])]  # fmt: skip


def test_a_form_shows_and_reads_times():
    assert rows(",") == [("time", "v/duration/from", "0:05,25"), ("time", "v/duration/to", "1:05"), ("time", "v/goto", "62:03")]  # fmt: skip
    sent = {name: [value] for _, name, value in rows(",")}
    assert read_form(FIELDS, sent, PARAMS) is PARAMS
    changed = sent | {"v/duration/to": ["1:10"], "v/goto": ["90"]}
    assert read_form(FIELDS, changed, PARAMS) == {"duration": {"from": 5.25, "to": 70}, "goto": 90}
