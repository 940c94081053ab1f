"""The page in the sandbox: one content with everything it needs, and nothing of the person who plays it."""

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _

from accessibility.reading import reading_settings
from h5p import blobs
from h5p.models import LibraryFile
from h5p.queries.store import Cast, cast, store
from h5p.tickets import ticket_for
from h5p_lite.core import playing
from h5p_lite.core.names import Name
from h5p_lite.core.playing import LoadedLibrary, PlayerContent

#: Types made here follow light and dark by themselves.
OURS = "LernHN."
#: Per cent of the browser's own size, as in static/css/tokens.css: what she has chosen holds in here as well.
LETTERS = {"1": "100", "2": "118.75", "3": "137.5"}
SCRIPTS = Path(settings.BASE_DIR) / "static" / "js" / "h5p"


class Play(NamedTuple):
    """A revision as it is played, with what was saved last."""

    revision: int
    library: str  # "H5P.MultiChoice 1.16"
    uses: list[str]
    params: dict[str, Any]
    metadata: dict[str, Any]
    title: str
    language: str
    store: str = ""  # its state (h5p.queries.store.STATE), asked for in the same statement
    state: str | None = None


def play(request: HttpRequest, what: Play, *, one_by_one: bool = False) -> HttpResponse:
    """The whole page. `one_by_one`: every script by itself, for a bundle that did not run.

    Under any lens: libraries are public, and what is played was read before.
    """
    roots = tuple(Name.parse(text) for text in what.uses)
    here = store(what.store)
    company = cast(here, roots)
    if Name.parse(what.library) in company.missing:
        return _incomplete(request, what)
    base = _fixed("h5p:library_file", 0, "x").removesuffix("/0/x")
    scene = PlayerContent(
        library=what.library,
        params=what.params,
        metadata={"title": what.title, "license": "U"} | what.metadata,
        title=what.title,
        files=_fixed("h5p:content_file", "-", "x").removesuffix("-/x") + ticket_for(what.revision),
        libraries=base,
        state=what.state,
        full_screen=here.shelves[Name.parse(what.library)].full_screen,
        words=_words(get_language() or "de"),
    )
    prefs = reading_settings(request.COOKIES.get(settings.READING_COOKIE, ""))
    told = playing.integration(scene, company.played)
    context = {
        "title": what.title,
        "lang": what.language,
        "letters": LETTERS[prefs["size"]],
        "prefs": prefs,
        "ours": what.library.startswith(OURS),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "integration": SafeString(playing.as_script_data(told)),  # which escapes it
        "before": SafeString(before()),
        **_files(base, company, one_by_one=one_by_one),
    }
    response = HttpResponse(render_to_string("h5p/play.html", context))
    return _sandboxed(request, response, company)


def reverse_of(name: str, *args: Any) -> str:
    """These addresses have no language."""
    with override(settings.LANGUAGE_CODE):
        return reverse(name, args=args)


@lru_cache(maxsize=500)
def _fixed(name: str, *args: Any) -> str:
    return reverse_of(name, *args)


def _files(base: str, company: Cast, *, one_by_one: bool) -> dict[str, list[str]]:
    """Addresses of styles and scripts, bundled where that is possible."""
    if one_by_one:
        scripts = playing.addresses(base, company.played, "scripts")
        return {
            "styles": playing.addresses(base, company.played, "styles"),
            "scripts": [*scripts, static("js/h5p/bridge.js")],
        }
    alone = _bundled(base, company)
    return {
        "styles": [_fixed("h5p:bundle", f"{company.stamp}.css"), *alone],
        "scripts": [_fixed("h5p:bundle", f"{company.stamp}.js")],
    }


def _bundled(base: str, company: Cast) -> list[str]:
    """Make the bundles where they are missing. Returns styles that stay by themselves, because they import others."""
    return list(_make_bundles(base, company.stamp, company.played))


@lru_cache(maxsize=500)
def _make_bundles(base: str, stamp: str, played: tuple[LoadedLibrary, ...]) -> tuple[str, ...]:
    styles = _texts(base, played, "styles")
    alone = tuple(name for name, text in styles if playing.IMPORTS.search(text))
    if not blobs.has_bundle(f"{stamp}.css"):
        together = [(name, text) for name, text in styles if name not in alone]
        blobs.keep_bundle(f"{stamp}.css", playing.style_bundle(together))
    if not blobs.has_bundle(f"{stamp}.js"):
        bridge = ("bridge", (SCRIPTS / "bridge.js").read_text(encoding="utf-8"))
        scripts = [*_texts(base, played, "scripts"), bridge]
        blobs.keep_bundle(f"{stamp}.js", playing.script_bundle(scripts))
    return alone


def _texts(base: str, played: tuple[LoadedLibrary, ...], what: str) -> list[tuple[str, str]]:
    """(address, text) of every file, in order."""
    wanted = [(one.directory, path) for one in played for path in getattr(one, what)]
    rows = LibraryFile.objects.filter(library__in={int(pk) for pk, _path in wanted})
    digests = {
        (str(pk), path): sha for pk, path, sha in rows.values_list("library", "path", "sha256")
    }
    return [
        (f"{base}/{pk}/{path}", blobs.read_text(digests[pk, path]))
        for pk, path in wanted
        if (pk, path) in digests
    ]


@lru_cache(maxsize=1)
def before() -> str:
    """Runs before the player: what it needs and an opaque origin lacks."""
    return (SCRIPTS / "before.js").read_text(encoding="utf-8")


def _sandboxed(request: HttpRequest, response: HttpResponse, company: Cast) -> HttpResponse:
    origin = f"{request.scheme}://{request.get_host()}"
    folders = [f"{origin}/h5p/", f"{origin}{settings.STATIC_URL}"]
    hashes = [playing.script_hash(before())]
    response["Content-Security-Policy"] = playing.policy(
        folders, profiles=company.profiles, hashes=hashes
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _incomplete(request: HttpRequest, what: Play) -> HttpResponse:
    """Its main library is not installed any more."""
    context = {"title": what.title, "lang": what.language}
    response = HttpResponse(render_to_string("h5p/incomplete.html", context), status=503)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@lru_cache(maxsize=8)
def _words(_language: str) -> dict[str, str]:
    """The texts of the player's core. Names are those of H5PIntegration.l10n.H5P."""
    return {
        "fullscreen": _("Ganzer Bildschirm"),
        "disableFullscreen": _("Ganzen Bildschirm verlassen"),
        "close": _("Schließen"),
        "confirmDialogHeader": _("Sind Sie sicher?"),
        "confirmDialogBody": _("Das kann man nicht rückgängig machen."),
        "cancelLabel": _("Abbrechen"),
        "confirmLabel": _("Ja"),
        "contentChanged": _("Die Aktivität wurde geändert, seit Sie hier waren."),
        "startingOver": _("Sie beginnen von vorn."),
        "offlineDialogHeader": _("Die Verbindung ist weg."),
        "offlineDialogBody": _("Wir können Ihr Ergebnis gerade nicht senden."),
        "offlineDialogRetryMessage": _("Wir versuchen es wieder in :num Sekunden."),
        "offlineDialogRetryButtonLabel": _("Jetzt versuchen"),
        "offlineSuccessfulSubmit": _("Ihr Ergebnis ist angekommen."),
        "thumbnail": _("Vorschaubild"),
        "advancedHelp": "",
        "showAdvanced": _("Mehr zeigen"),
        "hideAdvanced": _("Weniger zeigen"),
        "showMore": _("Mehr zeigen"),
        "showLess": _("Weniger zeigen"),
        "title": _("Titel"),
        "author": _("Von"),
        "source": _("Quelle"),
        "license": _("Lizenz"),
        "size": _("Größe"),
        "width": _("Breite"),
    }
