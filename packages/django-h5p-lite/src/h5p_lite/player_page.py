"""The page in the sandbox: one content with everything it needs, and nothing of the person who plays it.

It runs in an opaque origin, by the frame's attribute and by its own Content-Security-Policy: no cookie, no storage, no
parent. It reaches the libraries, the content's own files and the static files, and nothing else.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from h5p_lite import blobs, conf
from h5p_lite.core import playing
from h5p_lite.core.names import Name
from h5p_lite.core.playing import LoadedLibrary, PlayerContent
from h5p_lite.core.spoken import direction_of, tag_of
from h5p_lite.models import LibraryFile
from h5p_lite.queries.active import LoadedSet, active_libraries, loaded_for
from h5p_lite.tickets import ticket_for

SCRIPTS = Path(__file__).resolve().parent / "static" / "h5p_lite"


class PlayedRevision(NamedTuple):
    """A revision as it is played, with what was saved last."""

    revision: int
    library: str  # "H5P.MultiChoice 1.16"
    uses: list[str]
    params: dict[str, Any]
    metadata: dict[str, Any]
    title: str
    language: str
    active: str = ""  # the state of the libraries, asked for in the same statement (`queries.active.state_of_tables`)
    state: str | None = None
    saved: int = 0  # the number of what was saved last, whether it fits or not; 0: nothing
    shape: str = ""  # what is saved fits only this (`Revision.shape`)


class Look(NamedTuple):
    """How a host wants the page: a template for more styles, what that template reads, and the core's own words."""

    template: str = "h5p_lite/player.html"
    context: Mapping[str, Any] = {}


PLAIN = Look()


def player_page(
    request: HttpRequest, played: PlayedRevision, *, look: Look = PLAIN, one_by_one: bool = False
) -> HttpResponse:
    """The whole page. `one_by_one`: every script by itself, for a bundle that did not run.

    Whether somebody may play it was asked before.
    """
    active = active_libraries(played.active)
    loaded = loaded_for(active, tuple(Name.parse(text) for text in played.uses))
    if Name.parse(played.library) in loaded.missing:
        return _incomplete(played)
    base = library_base().removesuffix("/")
    content = PlayerContent(
        library=played.library,
        params=played.params,
        metadata={"title": played.title, "license": "U"} | played.metadata,
        title=played.title,
        files=content_base() + ticket_for(played.revision),
        libraries=base,
        state=played.state,
        saved=played.saved,
        shape=played.shape,
        full_screen=active.libraries[Name.parse(played.library)].full_screen,
        words=core_words(get_language() or "en"),
    )
    settings_for_page = playing.integration(content, loaded.libraries)
    context = {
        "title": played.title,
        **_spoken(played),
        "player": conf.player(),
        "integration": SafeString(playing.as_script_data(settings_for_page)),  # which escapes it
        "before": SafeString(before()),
        **_files(base, loaded, one_by_one=one_by_one),
        **look.context,
    }
    response = HttpResponse(render_to_string(look.template, context))
    return _sandboxed(request, response, loaded)


def _spoken(played: PlayedRevision) -> dict[str, str]:
    """The content's own language and direction, whatever the page around it is in."""
    return {"lang": tag_of(played.language), "dir": direction_of(played.language)}


def library_base() -> str:
    return reverse("h5p_lite:library_file", args=[0, "x"]).removesuffix("0/x")


def content_base() -> str:
    return reverse("h5p_lite:content_file", args=["-", "x"]).removesuffix("-/x")


def _bundle(name: str) -> str:
    return reverse("h5p_lite:bundle", args=[name])


def _files(base: str, loaded: LoadedSet, *, one_by_one: bool) -> dict[str, list[str]]:
    """Addresses of styles and scripts, bundled where that is possible."""
    if one_by_one:
        scripts = playing.addresses(base, loaded.libraries, "scripts")
        return {
            "styles": playing.addresses(base, loaded.libraries, "styles"),
            "scripts": [*scripts, static("h5p_lite/bridge.js")],
        }
    stamp = _stamp(loaded.stamp)
    alone = _make_bundles(base, stamp, loaded.libraries)
    return {
        "styles": [_bundle(f"{stamp}.css"), *alone],
        "scripts": [_bundle(f"{stamp}.js")],
    }


@lru_cache(maxsize=500)
def _stamp(libraries: str) -> str:
    """What a bundle is made of: the libraries, and our own part of it. Browsers keep it for ever."""
    return sha256((libraries + _bridge()).encode()).hexdigest()[:20]


@lru_cache(maxsize=1)
def _bridge() -> str:
    return (SCRIPTS / "bridge.js").read_text(encoding="utf-8")


@lru_cache(maxsize=500)
def _make_bundles(base: str, stamp: str, loaded: tuple[LoadedLibrary, ...]) -> tuple[str, ...]:
    """Make the bundles where they are missing. Gives styles that stay by themselves, because they import others."""
    styles = _texts(base, loaded, "styles")
    alone = tuple(name for name, text in styles if playing.IMPORTS.search(text))
    if not blobs.has_bundle(f"{stamp}.css"):
        together = [(name, text) for name, text in styles if name not in alone]
        blobs.keep_bundle(f"{stamp}.css", playing.style_bundle(together))
    if not blobs.has_bundle(f"{stamp}.js"):
        scripts = [*_texts(base, loaded, "scripts"), ("bridge", _bridge())]
        blobs.keep_bundle(f"{stamp}.js", playing.script_bundle(scripts))
    return alone


def _texts(base: str, loaded: tuple[LoadedLibrary, ...], what: str) -> list[tuple[str, str]]:
    """(address, text) of every file, in order."""
    wanted = [(one.directory, path) for one in loaded for path in getattr(one, what)]
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


def _sandboxed(request: HttpRequest, response: HttpResponse, loaded: LoadedSet) -> HttpResponse:
    here = f"{request.scheme}://{request.get_host()}"
    places = [library_base(), content_base(), _bundle(f"{'0' * 20}.js").rpartition("/")[0] + "/"]
    folders = [urljoin(here, place) for place in (*places, settings.STATIC_URL)]
    hashes = [playing.script_hash(before())]
    response["Content-Security-Policy"] = playing.policy(
        folders, profiles=loaded.profiles, hashes=hashes
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _incomplete(played: PlayedRevision) -> HttpResponse:
    """Its main library is not installed any more."""
    context = {"title": played.title, "lang": get_language()}
    response = HttpResponse(render_to_string("h5p_lite/incomplete.html", context), status=503)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@lru_cache(maxsize=8)
def core_words(_language: str) -> dict[str, str]:
    """The texts of the player's core. Names are those of H5PIntegration.l10n.H5P."""
    return {
        "fullscreen": _("Full screen"),
        "disableFullscreen": _("Leave full screen"),
        "close": _("Close"),
        "confirmDialogHeader": _("Are you sure?"),
        "confirmDialogBody": _("This cannot be undone."),
        "cancelLabel": _("Cancel"),
        "confirmLabel": _("Yes"),
        "contentChanged": _("The content has changed since you were here."),
        "startingOver": _("You begin anew."),
        "offlineDialogHeader": _("The connection is lost."),
        "offlineDialogBody": _("Your result cannot be sent right now."),
        "offlineDialogRetryMessage": _("Trying again in :num seconds."),
        "offlineDialogRetryButtonLabel": _("Try now"),
        "offlineSuccessfulSubmit": _("Your result has arrived."),
        "thumbnail": pgettext("h5p", "Preview"),
        "advancedHelp": "",
        "showAdvanced": _("Show more"),
        "hideAdvanced": _("Show less"),
        "showMore": _("Show more"),
        "showLess": _("Show less"),
        "title": _("Title"),
        "author": _("Author"),
        "source": _("Source"),
        "license": _("Licence"),
        "size": _("Size"),
        "width": _("Width"),
    }
