"""Writing without typing figures: things are put on a picture or in a film by pointer and by keys, and colours chosen by name."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from h5p_lite.core.semantics import form_for, parse_semantics
from tests.browser.test_a11y import AXE, OURS
from tests.support.h5p_page import PNG, ROOT

SCRIPTS = ROOT / "h5p_lite" / "static" / "h5p_lite"
SPOT = {
    "name": "spot",
    "type": "group",
    "label": "Stelle",
    "fields": [
        {
            "name": "position",
            "type": "group",
            "label": "Ort",
            "fields": [
                {"name": name, "type": "number", "label": name, "decimals": 2, "optional": True}
                for name in ("x", "y")
            ],
        },
        {"name": "text", "type": "text", "label": "Text"},
    ],
}
PICTURE = parse_semantics(
    [
        {"name": "image", "type": "image", "label": "Bild"},
        {
            "name": "colour",
            "type": "text",
            "label": "Farbe",
            "widget": "colorSelector",
            "optional": True,
        },
        {"name": "spots", "type": "list", "label": "Stellen", "entity": "Stelle", "field": SPOT},
    ]
)
IMAGE = {"path": "images/a.png", "mime": "image/png", "width": 600, "height": 400}
SPOTS = {
    "image": IMAGE,
    "colour": "#1768c4",
    "spots": [{"position": {"x": 10, "y": 20.5}, "text": "Hafen"}, {"text": "Markt"}],
}
PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Formular</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/static/vendor/lernstadt.css"><link rel="stylesheet" href="/static/vendor/more.css">
<style>img {{ inline-size: 600px; aspect-ratio: 3 / 2 }} main {{ margin: 1rem }}</style></head>
<body><main><h1>Formular</h1><form class="ls-flow ls-form" method="post">{form}</form></main>{scripts}</body></html>"""


@pytest.fixture
def shown(page):
    def show(fields, params, *, scripts=True):
        rows = form_for(fields, params, titles={}, libraries=lambda name: None).rows
        form = render_to_string(
            "h5p_lite/form/form.html", {"rows": rows, "failed": [], "files_at": "/files/"}
        )
        names = ("placing", "swatches") if scripts else ()
        body = PAGE.format(
            form=form,
            scripts="".join(f'<script type="module" src="/{name}.js"></script>' for name in names),
        )
        page.route("**/*", lambda route: _answer(route, body))
        page.goto("https://stadt.example/")
        return page

    return show


def _answer(route, body):
    path = route.request.url.removeprefix("https://stadt.example/")
    if path == "":
        route.fulfill(body=body, content_type="text/html")
    elif path.endswith(".js"):
        route.fulfill(path=SCRIPTS / path, content_type="text/javascript")
    elif path.startswith("files/"):
        route.fulfill(body=PNG, content_type="image/png")
    elif (file := ROOT / path).is_file():
        route.fulfill(path=file)
    else:
        route.fulfill(status=404)


def figures(page):
    return [
        [page.locator(f"[name='v/spots/{n}/position/{axis}']").input_value() for axis in "xy"]
        for n in (0, 1)
    ]


def test_arrow_keys_move_a_thing_and_say_where_it_is(shown):
    page = shown(PICTURE, SPOTS)
    pin = page.get_by_role("button", name="1 (Hafen): 10 Prozent von links, 20,5 Prozent von oben")
    pin.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowDown", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    assert figures(page)[0] == ["11", "24,5"]
    expect(page.locator("[data-placing] [role=status]")).to_have_text(
        "1 (Hafen): 11 Prozent von links, 24,5 Prozent von oben"
    )
    for _press in range(4):
        page.keyboard.press("Shift+ArrowLeft")
    assert figures(page)[0] == ["0", "24,5"]  # not beyond the edge


def test_figures_that_are_typed_move_it_too(shown):
    page = shown(PICTURE, SPOTS)
    page.locator("[name='v/spots/0/position/x']").fill("75,5")
    assert page.get_by_role("button", name="1 (Hafen): 75,5 Prozent von links").count() == 1


def test_a_pointer_drags_one_and_puts_down_another(shown):
    page = shown(PICTURE, SPOTS)
    stage = page.get_by_role("group", name="Platz: Stellen")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()

    def at(x, y):
        return box["x"] + box["width"] * x / 100, box["y"] + box["height"] * y / 100

    page.mouse.click(*at(50, 25))  # the one that lies nowhere yet
    page.mouse.move(*at(10, 20.5))
    page.mouse.down()
    page.mouse.move(*at(30, 40), steps=4)
    page.mouse.up()
    page.mouse.move(*at(90, 90))
    found = [[round(float(one.replace(",", "."))) for one in pair] for pair in figures(page)]
    assert found == [[30, 40], [50, 25]]


def test_without_script_there_are_the_figures(shown):
    page = shown(PICTURE, SPOTS, scripts=False)
    assert page.locator("[data-placing]").is_hidden()
    assert page.locator("[data-swatches]").is_hidden()
    assert figures(page) == [["10", "20,5"], ["", ""]]


def test_a_colour_is_chosen_by_its_name(shown):
    page = shown(PICTURE, SPOTS)
    colours = page.get_by_role("group", name="Farbe wählen: Farbe")

    def pressed():
        return [one.inner_text().strip() for one in colours.locator("[aria-pressed=true]").all()]

    assert pressed() == ["Blau"]
    colours.get_by_role("button", name="Blau (dunkel)").press("Enter")
    assert (page.locator("[name='v/colour']").input_value(), pressed()) == (
        "#0d3b66",
        ["Blau (dunkel)"],
    )


FILM = parse_semantics(
    [
        {"name": "film", "type": "video", "label": "Film"},
        {
            "name": "tasks",
            "type": "list",
            "label": "Aufgaben",
            "field": {
                "name": "task",
                "type": "group",
                "label": "Aufgabe",
                "fields": [
                    {
                        "name": "duration",
                        "type": "group",
                        "widget": "duration",
                        "fields": [{"name": name, "type": "number"} for name in ("from", "to")],
                    },
                    *({"name": name, "type": "number"} for name in "xy"),
                ],
            },
        },
    ]
)


def test_in_a_film_a_thing_is_put_where_it_is_at_its_time(shown):
    film = [{"path": "videos/a.mp4", "mime": "video/mp4"}]
    page = shown(
        FILM, {"film": film, "tasks": [{"x": 45, "y": 45, "duration": {"from": 65, "to": 70}}]}
    )
    asked = page.evaluate("document.querySelector('.h5p-stage video').src")
    assert asked == "https://stadt.example/files/videos/a.mp4"
    page.locator(".h5p-stage button").focus()
    assert page.evaluate("document.querySelector('.h5p-stage video').currentTime") == 65
    page.keyboard.press("ArrowUp")
    assert page.locator("[name='v/tasks/0/y']").input_value() == "44"


@pytest.mark.parametrize("width", [320, 1280])
def test_it_has_no_barriers(shown, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page = shown(PICTURE, SPOTS)
    page.add_script_tag(path=AXE)
    run = "rules => axe.run('form', {runOnly: rules}).then((found) => found.violations.map((one) => [one.id, one.nodes[0].html]))"
    assert page.evaluate(run, OURS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
