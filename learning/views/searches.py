"""Searches that somebody keeps: from the catalogue's address to a list of their own. Under the lens of a learner."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import queries
from courses.facets import courses as course_list
from courses.facets import dates as date_list
from learning import actions
from learning.emails.searches import path_of
from learning.forms import SearchForm
from learning.models import SavedSearch
from words.spelling import tidy

#: What belongs to a search: neither its page nor how a word was read.
READS = {
    SavedSearch.List.COURSES: ("q", "exact", *course_list.COURSE_FACETS.parameters, "nah"),
    SavedSearch.List.DATES: ("q", *date_list.PARAMETERS, "nah", "sort"),
}


@login_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """All of theirs, the newest first."""
    mine = SavedSearch.objects.filter(learner=request.user.pk)
    found = [{"search": one, "url": path_of(one), "says": said(one)} for one in mine]
    return render(request, "learning/searches.html", {"searches": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search_new(request: HttpRequest) -> HttpResponse:
    """`liste` and `suche` come from the page of the list; looking keeps nothing."""
    asked = request.POST if request.method == "POST" else request.GET
    place = SavedSearch.List.DATES if asked.get("liste") == "termine" else SavedSearch.List.COURSES
    query = plain_query(place, asked.get("suche", ""))
    search = SavedSearch(list=place, query=query, language=get_language() or "de")
    says = said(search)
    form = SearchForm(
        request.POST or None, person=request.user, initial={"name": ", ".join(says)[:80]}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_search(
                request.user, place=place, query=query, language=search.language, **form.wanted()
            )
        except actions.TooManySearches:
            form.add_error(None, _("Sie haben schon 20 Suchen. Löschen Sie zuerst eine davon."))
        else:
            messages.success(request, _("Die Suche ist gemerkt."))
            return redirect("learning:searches")
    return _page(request, search, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, search: int) -> HttpResponse:
    """Another name, mails or none, or away with it."""
    mine = get_object_or_404(SavedSearch, pk=search, learner=request.user.pk)
    form = SearchForm(
        request.POST or None, person=request.user, initial={"name": mine.name, "mail": mine.mail}
    )
    if request.method == "POST" and "loeschen" in request.POST:
        actions.forget_search(mine)
        messages.success(request, _("Die Suche ist gelöscht."))
        return redirect("learning:searches")
    if request.method == "POST" and form.is_valid():
        actions.change_search(mine, **form.wanted())
        messages.success(request, _("Gespeichert."))
        return redirect("learning:searches")
    return _page(request, mine, form)


def _page(request: HttpRequest, search: SavedSearch, form: SearchForm) -> HttpResponse:
    context = {"search": search, "form": form, "says": said(search), "url": path_of(search)}
    status = 400 if form.errors else 200
    return render(request, "learning/search.html", context, status=status)


def plain_query(place: str, typed: str) -> str:
    """What belongs to the search, in one order, so that the same search is the same row. 404 for what no page has made."""
    asked = QueryDict(typed)
    query = QueryDict(mutable=True)
    for name in READS[SavedSearch.List(place)]:
        query.setlist(name, [value for value in map(tidy, asked.getlist(name)) if value])
    plain = query.urlencode()
    if len(plain) > SavedSearch.LONGEST:
        raise Http404
    return plain


def said(search: SavedSearch) -> list[str]:
    """The search in words: what was typed, and each filter."""
    asked = QueryDict(search.query)
    names = (
        {"provider": {one.slug: one.short_name for one in queries.providers()}}
        if "anbieter" in asked
        else {}
    )
    lists: dict[str, Any] = {
        SavedSearch.List.COURSES: course_list.COURSE_FACETS.active,
        SavedSearch.List.DATES: date_list.active,
    }
    words = [f"„{asked['q']}“"] if asked.get("q") else []
    words += [str(one["label"]) for one in lists[search.list](asked, names)]
    if asked.get("nah"):
        words.append(_("in der Nähe von %(district)s") % {"district": asked["nah"]})
    return words or [
        _("Alle Kurse") if search.list == SavedSearch.List.COURSES else _("Alle Termine")
    ]
