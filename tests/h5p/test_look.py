"""Activities look as the learner likes to read: letters, spacing, colours, calm, and a focus that can be seen."""

import re

import pytest
from django.template.loader import render_to_string

from accessibility.reading import DEFAULTS


def look(*, ours=False, **chosen):
    page = render_to_string(
        "h5p/look.html", {"prefs": DEFAULTS | chosen, "letters": "118.75", "ours": ours}
    )
    assert page.count("{") == page.count("}")
    return re.sub(r"\s+", " ", page)  # as a browser reads it


def test_size_and_focus_hold_everywhere():
    for ours in (True, False):
        assert "html{font-size:118.75%}" in look(ours=ours)
        assert re.search(r":focus-visible\{outline:4px solid #131525", look(ours=ours))


@pytest.mark.parametrize(
    ("theme", "turned", "by_device"),
    [("auto", True, True), ("dark", True, False), ("light", False, False), ("more", False, False)],
)
def test_types_of_others_are_turned_dark_as_a_whole(theme, turned, by_device):
    page = look(theme=theme)
    assert ("invert(.93)" in page) is turned
    assert ("prefers-color-scheme" in page) is by_device


@pytest.mark.parametrize("theme", ["auto", "dark", "light", "more"])
def test_types_made_here_are_never_turned(theme):
    page = look(ours=True, theme=theme)
    assert "filter:invert" not in page
    assert ("html .lernhn{color-scheme:dark}" in page) is (theme == "dark")


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"space": "2"}, "line-height:1.9"),
        ({"calm": "1"}, "animation:none"),
        ({"theme": "more"}, "border:2px solid currentColor"),
    ],
)
def test_spacing_calm_and_contrast_follow(chosen, says):
    assert says in look(**chosen)
    assert says not in look()


def test_types_of_others_keep_away_from_the_edge():
    """Ours have a margin of their own."""
    assert "html.h5p-iframe>body{padding:.75rem" in look()
    assert "html.h5p-iframe>body" not in look(ours=True)
