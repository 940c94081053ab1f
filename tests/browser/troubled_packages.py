"""Content types that do not run, or want what they do not get; and a city with them, for `test_activity_stops`."""

import json
from typing import Any

SCRIPT = """window.Arg = window.Arg || {};
Arg.%(name)s = %(made)s;"""
MADE = """function () { this.attach = function ($box) { %s }; }"""
SHOWS = """$box.text("Hier."); """

#: Name -> what its script makes of itself.
TROUBLES = {
    "Gone": "undefined",
    "Falls": MADE % "throw new Error('falls');",
    "Film": MADE % (SHOWS + "$box.append('<video src=https://films.example/a.mp4></video>');"),
    "Frame": MADE % (SHOWS + "$box.append('<iframe src=https://frames.example/></iframe>');"),
    "Player": MADE
    % (
        SHOWS
        + "const s = document.createElement('script'); s.src = 'https://www.youtube.com/iframe_api';"
        + "document.head.append(s);"
    ),
    "Microphone": MADE
    % (SHOWS + "navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => {});"),
    "Bright": MADE % (SHOWS + "$box.append('<canvas width=400 height=300></canvas>');"),
    "Late": MADE % "window.comes = () => $box.html('<p>Endlich da.</p>');",
}


def furnish(people: list[str]) -> None:
    """Inside `manage.py shell`: learners of the demo's course with an activity, an open one, and the troubled ones."""
    from demo.activities import activity
    from h5p_lite.models import Library
    from tenancy.lens import look, system
    from tests import factories
    from tests.browser.hostile_packages import _course, _learner
    from tests.factories import activities

    provider = factories.make_provider("freunde")
    assert activities.install(_bundle()).state == "done"
    with look(system("test")):
        Library.objects.filter(machine_name__startswith="Arg.").update(verdict="recommended")
        sequence = activity(provider, "LernHN.Sequence")
    troubled = {name: activities.make_activity(provider, _content(name)) for name in TROUBLES}
    courses = {
        "open": _course(provider, {"quiz": sequence}, 60)._asdict(),
        "troubled": _course(provider, troubled, 100)._asdict(),
    }
    print(json.dumps({"courses": courses, "people": {who: _learner(who, []) for who in people}}))


def _bundle() -> Any:
    from tests.h5p_samples.packages import packed

    files: dict[str, Any] = {}
    for name, made in TROUBLES.items():
        about = {"title": name, "machineName": f"Arg.{name}", "majorVersion": 1, "minorVersion": 0}
        about |= {"patchVersion": 0, "runnable": 1, "preloadedJs": [{"path": "arg.js"}]}
        files[f"Arg.{name}-1.0/library.json"] = about
        files[f"Arg.{name}-1.0/semantics.json"] = []
        files[f"Arg.{name}-1.0/arg.js"] = SCRIPT % {"name": name, "made": made}
    return packed(files)


def _content(name: str) -> dict[str, Any]:
    main = {"machineName": f"Arg.{name}", "majorVersion": 1, "minorVersion": 0}
    about = {"title": name, "language": "de", "mainLibrary": f"Arg.{name}"}
    about |= {"embedTypes": ["iframe"], "preloadedDependencies": [main]}
    return {"h5p.json": about, "content/content.json": {}}
