"""The walk by keyboard through a content: what only a mouse gets to, what keys reach and cannot press."""

import pytest

from h5p_lite.player_page import SCRIPTS

REACH = (SCRIPTS / "reach.js").read_text(encoding="utf-8")
PAGE = """<!doctype html><html lang="de"><title>Inhalt</title><script>{reach}</script>
<div class="h5p-content">{body}</div><script>const $ = (what) => document.querySelector(what);{script}</script></html>"""
ARROWS = """$("#menu").addEventListener("keydown", ({{ key }}) => {{ if (key === "ArrowRight") $("#zwei").focus(); }});
$("#menu").addEventListener("click", () => 0);"""


def listening(selector, *types, does="() => 0"):
    return "".join(f"$('{selector}').addEventListener('{kind}', {does});" for kind in types)


@pytest.mark.parametrize(
    ("body", "script", "missed", "deaf"),
    [
        ("<button>A</button><input>", "", [], []),
        ("<p class='spot'>A</p>", listening("p", "click"), ["p.spot"], []),
        ("<p class='spot' style='cursor:pointer'>A</p>", "", ["p.spot"], []),
        ("<p hidden>A</p>", listening("p", "click"), [], []),
        ("<button><i>A</i></button>", listening("i", "mousedown"), [], []),
        ("<div class='all'><button>A</button></div>", listening(".all", "click"), [], []),
        ("<label style='cursor:pointer'><input type='checkbox'>A</label>", "", [], []),
        # it has a stop, and no key does anything
        ("<p tabindex='0'>A</p>", listening("p", "click"), [], ["p"]),
        ("<p tabindex='0'>A</p>", listening("p", "click", "keydown"), [], []),
        # somebody listens to keys around it, and does nothing with them
        (
            "<div tabindex='0'><canvas></canvas></div>",
            listening("canvas", "mousedown") + listening("div", "keydown"),
            ["canvas"],
            [],
        ),
        (
            "<div tabindex='0'><canvas></canvas></div>",
            listening("canvas", "mousedown")
            + listening("div", "keydown", does="() => $('canvas').getContext('2d').fillRect(0, 0, 9, 9)"),
            [],
            [],
        ),
        # one stop for many: the arrows lead on
        (
            "<div id='menu'><b tabindex='0'>A</b><b tabindex='-1' id='zwei'>B</b></div>",
            ARROWS.replace("{{", "{").replace("}}", "}"),
            [],
            [],
        ),
        # what a press brings is looked at as well
        (
            "<button>A</button>",
            listening("button", "click", does="() => $('.h5p-content').insertAdjacentHTML('beforeend', '<u onclick=0>B</u>')"),
            ["u"],
            [],
        ),
    ],
)  # fmt: skip
def test_what_only_a_mouse_gets_to_is_found(chromium, body, script, missed, deaf):
    page = chromium.new_page()
    page.set_content(PAGE.format(reach=REACH, body=body, script=script))
    found = page.evaluate("reach.walk()")
    page.close()
    assert (found["missed"], found["deaf"]) == (missed, deaf)
