"""A content of our own libraries in the sandbox, as `h5p.player` plays it, without the city around it: no server, no database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Frame, Page, Route

from h5p_lite.core.building import LIBRARIES, folders
from h5p_lite.core.loading import load_order, names_in
from h5p_lite.core.names import Name
from h5p_lite.core.playing import (
    LoadedLibrary,
    PlayerContent,
    as_script_data,
    integration,
    policy,
    script_hash,
)
from tests.browser.chromium import until

ROOT = Path(__file__).resolve().parent.parent.parent
PLAYER, BEFORE = (
    ROOT / "static" / "vendor" / "h5p",
    ROOT / "h5p_lite" / "static" / "h5p_lite" / "before.js",
)
PLACE = "https://stadt.example"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccff0bf1e00058102"
    "7fc0a7b3a40000000049454e44ae426082"
)  # fmt: skip
WORDS = {"contentChanged": "Anders", "startingOver": "Von vorn"}
AROUND = """<!doctype html><html lang="de"><title>Lektion</title><script>
  window.said = [];
  addEventListener("message", (event) => said.push(event.data));
</script><iframe title="Aktivität" sandbox="allow-scripts allow-forms" src="/play" width="100%" height="900"></iframe>"""
#: Tells what happens, as h5p_lite/bridge.js does.
RECORDER = """
  const tell = (kind, said) => parent.postMessage({ kind, ...said }, "*");
  H5P.setUserData = () => {};
  H5P.externalDispatcher.on("xAPI", (event) => {
    const statement = event.data.statement;
    const parents = statement.context?.contextActivities?.parent;
    const parts = parents ? null : H5P.instances[0]?.getXAPIData() ?? null;
    tell("statement", { said: JSON.stringify({ statement, parts }), child: Boolean(parents) });
  });
  H5P.jQuery(() => tell("ready"));
"""
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}


class Stage:
    """`library`: "LernHN.Quiz". `state`: what was saved last."""

    def __init__(
        self, library: str, params: dict[str, Any], state: Any = None, direction: str = "ltr"
    ) -> None:
        known = folders()
        self.main = next(name for name in known if name.machine_name == library)
        order = load_order([*names_in(params), self.main], lambda name: known[name].needs).order
        self.played = [_played(name) for name in order]
        scene = PlayerContent(
            library=str(self.main),
            params=params,
            metadata={"title": "Aktivität"},
            title="Aktivität",
            files="/files",
            libraries="/libraries",
            state=None if state is None else json.dumps(state),
            full_screen=False,
            words=WORDS,
        )
        self.told, self.direction = as_script_data(integration(scene, self.played)), direction

    def answer(self, route: Route) -> None:
        """To every request of the page."""
        path = route.request.url.removeprefix(PLACE)
        headers = {"Access-Control-Allow-Origin": "*"}
        if path in ("/", "/play"):
            headers["Content-Security-Policy"] = (
                self.policy() if path == "/play" else "base-uri 'none'"
            )
            body = AROUND if path == "/" else self.page()
            route.fulfill(body=body, content_type="text/html", headers=headers)
        elif path == "/files/images/a.png":
            route.fulfill(body=PNG, content_type="image/png", headers=headers)
        elif path.count("/") > 1 and (file := _file(path)).is_file():
            route.fulfill(
                body=file.read_bytes(), content_type=TYPES.get(file.suffix, ""), headers=headers
            )
        else:
            route.fulfill(status=404)

    def policy(self) -> str:
        return policy(
            [f"{PLACE}/"], hashes=[script_hash(BEFORE.read_text("utf-8")), script_hash(RECORDER)]
        )

    def page(self) -> str:
        """As templates/h5p/play.html, one script after the other."""
        styles = ["/vendor/styles/h5p.css", *self.paths("styles")]
        scripts = ["/vendor/frame.bundle.js", *self.paths("scripts")]
        return "".join(
            [
                f'<!doctype html><html lang="de" dir="{self.direction}" class="h5p-iframe"><head><meta charset="utf-8">',
                '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Aktivität</title>',
                *(f'<link rel="stylesheet" href="{path}">' for path in styles),
                f'<script type="application/json" id="integration">{self.told}</script>',
                f"<script>{BEFORE.read_text('utf-8')}</script>",
                *(f'<script src="{path}"></script>' for path in scripts),
                f"<script>{RECORDER}</script>",
                '</head><body><div class="h5p-content" data-content-id="1"></div></body></html>',
            ]
        )

    def paths(self, what: str) -> list[str]:
        return [
            f"/libraries/{one.directory}/{path}"
            for one in self.played
            for path in getattr(one, what)
        ]


def _played(name: Name) -> LoadedLibrary:
    about = folders()[name].about
    assets = [[each["path"] for each in about[key]] for key in ("preloadedJs", "preloadedCss")]
    return LoadedLibrary(name.folder, name.machine_name, *assets)


def _file(path: str) -> Path:
    _, folder, rest = path.split("/", 2)
    return (PLAYER if folder == "vendor" else LIBRARIES) / rest


class Player:
    """What a person does in the frame, and what the frame tells the page around it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on(
            "console", lambda said: self.errors.append(said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self) -> "Player":
        self.page.goto(PLACE)
        self.frame: Frame = self.page.frames[1]
        self.page.wait_for_function("said.some((each) => each.kind === 'ready')")
        return self

    def press(self, *keys: str) -> None:
        """The first Tab leads into the frame, which lives in a process of its own: the next key waits for it."""
        for key in keys:
            self.page.keyboard.press(key)
            self.frame.wait_for_function("document.hasFocus()")

    def focused(self) -> str:
        """The words of what has the focus, or of its label."""
        return str(
            self.frame.evaluate(
                "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
            )
        )

    def text(self, selector: str) -> list[str]:
        """Of all that can be seen."""
        return [
            found.inner_text() for found in self.frame.locator(selector).all() if found.is_visible()
        ]

    def told(self) -> list[dict[str, Any]]:
        said = self.page.evaluate("said.filter((each) => each.kind === 'statement')")
        return [json.loads(each["said"]) | {"child": each["child"]} for each in said]

    def verbs(self) -> list[str]:
        """Those of parts begin with a dot."""
        return [
            "." * each["child"] + each["statement"]["verb"]["id"].rpartition("/")[2]
            for each in self.told()
        ]

    def last(self) -> dict[str, Any]:
        """The result, as the page around sends it on, to be graded: `{"statement", "parts"}`. It may not have come yet."""
        until(self.page, lambda: (told := self.told()) and "result" in told[-1]["statement"])
        return self.told()[-1]

    def state(self) -> Any:
        """What would be saved if this person went away now."""
        return self.frame.evaluate("JSON.parse(JSON.stringify(H5P.instances[0].getCurrentState()))")


@contextmanager
def playing(chromium: Browser, stage: Stage, **context: Any) -> Iterator[Player]:
    """Nothing may go wrong meanwhile, and nothing may be asked for elsewhere."""
    opened = chromium.new_context(locale="de-DE", **context)
    opened.route("**/*", stage.answer)
    player = Player(opened.new_page())
    yield player.open()
    opened.close()
    assert player.errors == []
