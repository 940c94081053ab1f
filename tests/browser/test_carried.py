"""What leaves for elsewhere, played there: as one page from a folder, and as SCORM by scorm-again's run-time environment."""

import io
import json
import zipfile
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from h5p_lite.core import carrying, playing
from h5p_lite.core.building import LIBRARIES, folders, playable
from h5p_lite.core.carrying import Carried, Kind, Licence
from h5p_lite.core.exporting import Source
from h5p_lite.core.loading import load_order, names_in
from h5p_lite.core.playing import LoadedLibrary, PlayerContent
from h5p_lite.queries.carrying import HERE, SCRIPTS
from tests.browser.chromium import until
from tests.support.h5p_page import PLAYER, PNG, TYPES

ROOT = Path(__file__).resolve().parent.parent.parent
SCORM_AGAIN = ROOT / "node_modules" / "scorm-again" / "dist"
EXAMPLES = {each.name.machine_name: each.example["params"] for each in playable(folders())}
QUIZ = EXAMPLES["LernHN.Quiz"] | {
    "mode": "multiple",
    "question": "<p>Woran erkennt man Phishing? </script><!--</p>",
    "answers": [
        {"text": text, "correct": n != 1} for n, text in enumerate(("Eile", "Ihr Name", "Ein Link"))
    ],
}
CARDS = EXAMPLES["LernHN.Cards"] | {
    "intro": "<p>Zwei Karten</p>",
    "cards": [
        {
            "term": "Vorn",
            "text": "<p>Hinten</p>",
            "image": {"path": "images/a.png", "mime": "image/png"},
            "alt": "Rot",
        },
        {"term": "Noch eine", "text": "<p>Auch</p>"},
    ],
}
#: What a learning platform has around the frame of a package.
AROUND = """<!doctype html><html lang="de"><title>Plattform</title><script src="/{script}"></script><script>
  window.{api} = new {maker}({{ autocommit: false, logLevel: 5 }});
  {api}.loadFromJSON({kept});
  const frame = document.createElement("iframe");
  addEventListener("load", () => {{ frame.src = "/package/index.html"; frame.width = 900; frame.height = 700; document.body.append(frame); }});
</script><body></body></html>"""
PLATFORMS = {
    Kind.SCORM_12: ("scorm12.min.js", "API", "Scorm12API", "LMSGetValue"),
    Kind.SCORM_2004: ("scorm2004.min.js", "API_1484_11", "Scorm2004API", "GetValue"),
}


def sources(folder, below):
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield Source(f"{below}/{path.relative_to(folder).as_posix()}", partial(path.open, "rb"))


def carried(library, params, kind):
    known = folders()
    main = next(name for name in known if name.machine_name == library)
    order = load_order([*names_in(params), main], lambda name: known[name].needs).order
    loaded, files = (
        [],
        [Source("content/images/a.png", partial(io.BytesIO, PNG)), *sources(PLAYER, "player")],
    )
    for name in order:
        assets = [
            [each["path"] for each in known[name].about[key]]
            for key in ("preloadedJs", "preloadedCss")
        ]
        loaded.append(LoadedLibrary(name.folder, name.folder, *assets))
        files += sources(LIBRARIES / name.machine_name, f"libraries/{name.folder}")
    scene = PlayerContent(
        library=str(main),
        params=params,
        metadata={"title": "Übung"},
        title="Übung",
        files="content",
        libraries="libraries",
        state=None,
        full_screen=False,
        words={},
    )
    made = Carried(
        title="Übung & mehr",
        language="de",
        direction="ltr",
        integration=carrying.relative(playing.integration(scene, loaded)),
        loaded=loaded,
        files=files,
        runtime=(HERE / SCRIPTS[kind]).read_text("utf-8"),
        licences=[Licence("Übung", "CC BY 4.0", "A. <b>", "https://example.org/")],
        terms="GNU GENERAL PUBLIC LICENSE",
    )
    into = io.BytesIO()
    carrying.write(into, made, kind)
    return into.getvalue()


class Platform:
    """A learning platform with one package, whose run-time environment is scorm-again."""

    def __init__(self, page, kind, library, params):
        self.page, self.errors = page, []
        self.script, self.api, self.maker, self.get = PLATFORMS[kind]
        self.files = zipfile.ZipFile(io.BytesIO(carried(library, params, kind)))
        self.kept = "{}"
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.route("**/*", self.answer)

    def answer(self, route):
        path = urlsplit(route.request.url).path.lstrip("/")
        if path == "":
            names = {"script": self.script, "api": self.api, "maker": self.maker, "kept": self.kept}
            return route.fulfill(body=AROUND.format(**names), content_type="text/html")
        if path == self.script:
            return route.fulfill(path=SCORM_AGAIN / self.script, content_type="text/javascript")
        name = path.removeprefix("package/")
        if name not in self.files.namelist():
            return route.fulfill(status=404)
        kind = "text/html" if name.endswith(".html") else TYPES.get(Path(name).suffix, "")
        return route.fulfill(body=self.files.read(name), content_type=kind)

    def open(self):
        self.page.goto("https://platform.example/")
        until(
            self.page,
            lambda: (
                len(self.page.frames) > 1 and self.page.frames[1].query_selector(".h5p-container *")
            ),
        )
        return self.page.frames[1]

    def says(self, *names):
        return [self.page.evaluate(f"name => {self.api}.{self.get}(name)", name) for name in names]

    def close(self):
        """Somebody goes elsewhere; the platform keeps what it was told."""
        self.page.evaluate("document.querySelector('iframe').src = 'about:blank'")
        until(self.page, lambda: self.page.frames[1].url == "about:blank")
        cmi = self.page.evaluate(
            f"JSON.stringify({self.api}.renderCMIToJSONObject?.() ?? {self.api}.cmi)"
        )
        self.kept = json.dumps(json.loads(cmi).get("cmi", json.loads(cmi)))


def answer(frame, *texts):
    for text in texts:
        frame.get_by_label(text).check()
    frame.get_by_role("button", name="Prüfen").click()


STATES_12 = ("cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.score.max")
STATES_2004 = (
    "cmi.completion_status",
    "cmi.success_status",
    "cmi.score.scaled",
    "cmi.score.raw",
    "cmi.score.max",
)


def test_scorm_12_says_how_it_went(page):
    there = Platform(page, Kind.SCORM_12, "LernHN.Quiz", QUIZ)
    frame = there.open()
    assert there.says(*STATES_12[:2]) == ["incomplete", ""]
    answer(frame, "Eile")
    assert there.says(*STATES_12) == ["failed", "50", "100"]
    assert there.errors == []


def test_scorm_12_says_that_it_is_passed(page):
    there = Platform(page, Kind.SCORM_12, "LernHN.Quiz", QUIZ)
    answer(there.open(), "Eile", "Ein Link")
    assert there.says(*STATES_12) == ["passed", "100", "100"]


def test_scorm_2004_tells_done_from_right(page):
    there = Platform(page, Kind.SCORM_2004, "LernHN.Quiz", QUIZ)
    frame = there.open()
    assert there.says(*STATES_2004[:2]) == ["incomplete", "unknown"]
    answer(frame, "Eile")
    assert there.says(*STATES_2004) == ["completed", "failed", "0.5", "1", "2"]
    assert there.errors == []


@pytest.mark.parametrize("kind", [Kind.SCORM_12, Kind.SCORM_2004])
def test_somebody_goes_on_where_they_stopped(page, kind):
    there = Platform(page, kind, "LernHN.Quiz", QUIZ)
    answer(there.open(), "Eile")
    there.close()
    again = there.open()
    assert again.get_by_label("Eile").is_checked()
    assert [again.get_by_label(text).is_checked() for text in ("Ihr Name", "Ein Link")] == [
        False,
        False,
    ]
    assert there.errors == []


@pytest.mark.parametrize(
    ("kind", "names", "said"),
    [
        (Kind.SCORM_12, STATES_12[:1], ["completed"]),
        (Kind.SCORM_2004, STATES_2004[:2], ["completed", "unknown"]),
    ],
)
def test_what_gives_no_points_is_done_once_it_was_opened(page, kind, names, said):
    there = Platform(page, kind, "LernHN.Cards", CARDS)
    there.open()
    until(page, lambda: there.says(*names) == said)


LOADED = "[...document.images].some((one) => one.naturalWidth > 0)"


def test_pictures_of_a_package_are_shown_and_every_file_of_it_is_listed(page):
    there = Platform(page, Kind.SCORM_2004, "LernHN.Cards", CARDS)
    frame = there.open()
    frame.get_by_text("Vorn").click()
    until(page, lambda: frame.evaluate(LOADED))
    manifest = there.files.read("imsmanifest.xml").decode()
    listed = {line.split('"')[1] for line in manifest.splitlines() if "<file " in line}
    assert listed | {"imsmanifest.xml"} == {*there.files.namelist()}
    assert "Übung &amp; mehr" in manifest
    licences = there.files.read("licences.html").decode()
    assert 'CC BY 4.0, A. &lt;b&gt; (<a href="https://example.org/">' in licences
    assert "GNU GENERAL PUBLIC LICENSE" in licences


def opened(context, tmp_path, library, params):
    """(page, schemes it asked for, errors) of one page from a folder."""
    file = tmp_path / "uebung.html"
    file.write_bytes(carried(library, params, Kind.PAGE))
    page, asked, errors = context.new_page(), [], []
    page.on("request", lambda request: asked.append(urlsplit(request.url).scheme))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    return page, asked, errors


def test_one_page_plays_from_a_folder_without_a_network(chromium, tmp_path):
    with chromium.new_context(offline=True) as context:
        page, asked, errors = opened(context, tmp_path, "LernHN.Quiz", QUIZ)
        page.get_by_text("Woran erkennt man Phishing?").first.wait_for()
        answer(page, "Eile", "Ein Link")
        until(page, lambda: "2 von 2" in page.locator("[role=status]").first.inner_text())
        assert (errors, {*asked} - {"file", "data", "blob"}) == ([], set())
        page.get_by_text("Lizenzen").click()
        assert page.get_by_text("CC BY 4.0").is_visible()


def test_pictures_are_in_the_one_page(chromium, tmp_path):
    with chromium.new_context(offline=True) as context:
        page, asked, errors = opened(context, tmp_path, "LernHN.Cards", CARDS)
        page.get_by_text("Vorn").click()
        until(page, lambda: page.evaluate(LOADED))
        assert (errors, {*asked} - {"file", "data", "blob"}) == ([], set())


def test_too_much_for_one_page_is_refused(monkeypatch):
    monkeypatch.setattr(carrying, "MOST_IN_ONE_PAGE", len(PNG) - 1)
    with pytest.raises(carrying.Refused) as refused:
        carried("LernHN.Cards", CARDS, Kind.PAGE)
    assert [problem.code for problem in refused.value.problems] == ["too-big-for-a-page"]
