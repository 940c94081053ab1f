"""The frame around every page (links, bar, head, help, foot, reading settings, drawings) is rendered once per process and variant.

It is the larger half of a page's rendering time and differs only in language, reading settings, menu entry and whether
somebody is signed in. What differs per page (its own address, the same without its language, a CSRF token) is put in afterwards at placeholders.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accessibility.addresses import without_language
from accessibility.context import frame_context
from providers.places import WORKS, MenuEntry, Place, menu_of, place_of, places, seats_of

register = template.Library()

#: What shows reading settings; the rest is the same for everybody.
CHOSEN = ("components/top.html",)

PATH, QUERY, TOKEN, PLAIN = "Q7path7Q", "Q7query7Q", "Q7token7Q", "/Q7plain7Q"
AT, AT_QUERY = "Q7at7Q", "Q7atquery7Q"
ACCOUNT, MENU = "Q7account7Q", "Q7menu7Q"
#: Pages of a learner that look whether they work somewhere; their courses do so where they did when they signed in.
ASKS = ("accounts:settings", "providers:places")


@register.simple_tag(takes_context=True)
def frame(context: template.Context, name: str, at: str = "", **more: Any) -> SafeString:
    """The component `name` of the frame; `more` are plain values it needs, as part of what it varies by.

    `at`: an address of this page alone, put in afterwards where the component says `{{ at }}`, or `{{ at_query }}` behind a
    question mark.
    """
    request = context["request"]
    view = request.resolver_match.view_name if request.resolver_match else ""
    prefs = tuple(context["prefs"].items()) if name in CHOSEN else ()
    varies = (bool(context.get("signed_in")), prefs, view)
    html = _rendered(name, get_language() or "de", varies, tuple(more.items()))
    if MENU in html:
        html = _with_place(html, request, view)
    if TOKEN in html:
        html = html.replace(TOKEN, get_token(request))
    if PLAIN in html:
        html = html.replace(PLAIN, escape(without_language(request.get_full_path())))
    if at:
        html = html.replace(AT, escape(at)).replace(AT_QUERY, quote(at))
    return SafeString(
        html.replace(QUERY, quote(request.path)).replace(PATH, escape(request.get_full_path()))
    )


def _with_place(html: str, request: HttpRequest, view: str) -> str:
    """The way to their account and the main menu; where they work, the switch between their places and the menu of this one."""
    works = view == "learning:dashboard" and request.session.get(WORKS)
    known = hasattr(request, "seats") or view in ASKS or works
    mine = places(seats_of(request)) if ACCOUNT in html and known else []
    language = get_language() or "de"
    if not mine:
        menu = _menu(language, view)
        return html.replace(MENU, menu).replace(ACCOUNT, _link_to_account(language))
    here = place_of(request, mine)
    place = next((place for place in mine if place.key == here), None)
    entries = menu_of(place, view, request.path) if place else []
    menu = _menu_at_work(language, tuple(entries)) if entries else _menu(language, view)
    return html.replace(ACCOUNT, _switch(language, tuple(mine), here)).replace(MENU, menu)


@lru_cache(maxsize=500)
def _switch(language: str, mine: tuple[Place, ...], here: str) -> str:
    return render_to_string("providers/switch.html", {"places": mine, "here": here})


@lru_cache(maxsize=500)
def _menu_at_work(language: str, entries: tuple[MenuEntry, ...]) -> str:
    return render_to_string("providers/menu.html", {"menu": entries})


@lru_cache(maxsize=2000)
def _menu(language: str, view: str) -> str:
    return render_to_string("components/menu.html", {"view": view})


@lru_cache
def _link_to_account(language: str) -> str:
    return render_to_string("components/account.html")


@lru_cache(maxsize=2000)
def _rendered(
    name: str,
    language: str,
    varies: tuple[bool, tuple[tuple[str, str], ...], str],
    more: tuple[tuple[str, Any], ...],
) -> str:
    signed_in, prefs, view = varies
    return render_to_string(
        name,
        {
            **frame_context(language, PLAIN),
            **dict(more),
            "signed_in": signed_in,
            "prefs": dict(prefs),
            "view": view,
            "page_path": PATH,
            "page_query": QUERY,
            "csrf_token": TOKEN,
            "at": AT,
            "at_query": AT_QUERY,
            "account": ACCOUNT,
            "menu": MENU,
        },
    )
