"""One package of the corpus: taken in, shown, and sent through the form."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from django.core.files import File
from django.template.loader import render_to_string

from h5p import actions, barriers
from h5p.models import Upload
from h5p.probing import Probe, seen
from h5p_lite.core.names import Name
from h5p_lite.core.package import Package, Refused, read
from h5p_lite.core.semantics import form_for, read_form
from h5p_lite.queries.active import active_libraries
from h5p_lite.queries.semantics import fields_of, still_foreign
from providers.models import Provider
from tenancy.lens import CITY, look, system
from tests.support.h5p_pages import Browser

RENDERED = re.compile(r'<body[^>]*data-rendered="(\d+)"')
TRIED = re.compile(r'<body[^>]*data-tried="(\w+)"')
#: How much there is, once the content has had a moment; a box without a word or a picture is empty. Then the first thing
#: one can press is pressed.
LOOK = """const box = document.querySelector(".h5p-content");
const something = box.textContent.trim() || box.querySelector("img,video,audio,canvas,svg,input");
document.body.dataset.rendered = something ? box.querySelectorAll("*").length : 0;
const things = "button, input, summary, [role='button'], [role='radio'], [role='checkbox'], [tabindex='0']";
const first = [...box.querySelectorAll(things)].find((one) => !one.disabled && one.getClientRects().length);
let events = 0;
H5P.externalDispatcher.on("xAPI", () => { events += 1; });
const watcher = new MutationObserver(() => { events += 1; });
watcher.observe(box, { attributes: true, childList: true, subtree: true, characterData: true });
first?.click();
await new Promise((done) => setTimeout(done, 500));
document.body.dataset.tried = !first ? "nothing" : events || first.checked ? "answers" : "silent";"""


class Verdict(NamedTuple):
    file: str
    taken: str
    rendered: str = "-"
    pressed: str = "-"
    round_trip: str = "-"
    axe: str = "-"
    keyboard: str = "-"
    foreign: tuple[str, ...] = ()  # words of its libraries that an author would not read in German

    def __str__(self) -> str:
        return f"{self.file:<44} {self.taken:<44} {self.rendered:<12} {self.pressed:<8} {self.round_trip:<10} {self.axe} | {self.keyboard}"


HEAD = Verdict("file", "package", "rendered", "pressed", "round trip", "axe", "keyboard")
LEGEND = (
    "rendered: yes, with so many elements in the box, if there is a word, a picture, a film or a field in it\n"
    "pressed: the first thing one can press answers (something changes or is told), is silent, or is not there\n"
    "axe: rules that are broken, before anything is pressed and after; keyboard: how many things it reaches, what only a mouse gets to"
)


def install_all(files: list[Path]) -> None:
    """What lacks a library of another package is tried again, until nothing new comes."""
    new = True
    while new:
        new = sum(map(_installed, files)) > 0


def _installed(file: Path) -> bool:
    try:
        with file.open("rb") as opened, look(system("corpus")):
            package = read(opened, name=file.name)
            return bool(actions.install(package, by=None, by_name="corpus").new)
    except Refused:
        return False


def look_at(file: Path) -> Verdict:
    with look(system("corpus")):
        upload = _taken(file)
        if upload.state == Upload.State.REFUSED:
            codes = sorted({problem["code"] for problem in upload.problems})
            return Verdict(file.name, f"refused {','.join(codes)}")
        if upload.state == Upload.State.MISSING:
            return Verdict(file.name, f"missing {', '.join(upload.missing)}")
        revision = upload.content.revisions.get()
        taken = f"installed {revision.library}"
        looked = (*_rendered(revision), _round_trip(file), *_barriers(revision))
        foreign = [word for name in revision.uses for word in still_foreign(Name.parse(name), "de")]
        return Verdict(file.name, taken, *looked, tuple(foreign))


def _taken(file: Path) -> Any:
    with file.open("rb") as opened:
        city = Provider.objects.get(pk=CITY)
        content = File(opened, file.name)
        received = actions.receive(city, content, purpose=Upload.Purpose.CONTENT, by=None)
    actions.process(received)
    return received


def _rendered(revision: Any) -> tuple[str, str]:
    """Is there something, and what does the first thing do that one can press?"""
    uses = tuple(map(Name.parse, revision.uses))
    files = {path: entry["sha256"] for path, entry in revision.files.items()}
    probe = Probe(revision.library, uses, revision.params, str(revision.content), files)
    page = seen(probe, LOOK) or ""
    found, tried = RENDERED.search(page), TRIED.search(page)
    parts = int(found[1]) if found else 0
    return f"yes ({parts})" if parts else "no", tried[1] if tried else "-"


def _barriers(revision: Any) -> tuple[str, str]:
    found = barriers.looked_at(barriers.probe_of(revision, revision.library, revision.params))
    report = barriers.together([found] if found else [])
    if not report:
        return "-", "-"
    keyboard = report["keyboard"]
    broken = ",".join(sorted(one["id"] for one in report["violations"]))
    walk = [str(keyboard["reached"])] + [f"not {kind}" for kind in keyboard["missed"]]
    return broken or "none", ", ".join(walk + [f"deaf {kind}" for kind in keyboard["deaf"]])


def _round_trip(file: Path) -> str:
    """The content as it came, through the page of its form and back."""
    with file.open("rb") as opened:
        package: Package = read(opened, name=file.name, libraries=False)
        assert package.manifest
        fields, params = fields_of(package.manifest.main) or (), package.params
        titles = {name: shelf.title for name, shelf in active_libraries().libraries.items()}
        form = form_for(fields, params, titles=titles, libraries=fields_of)
        page = render_to_string(
            "h5p_lite/form/form.html", {"rows": form.rows, "failed": form.failed}
        )
        again = read_form(fields, Browser(page).sent, params, libraries=fields_of)
    return "exact" if repr(again) == repr(params) else "changed"
