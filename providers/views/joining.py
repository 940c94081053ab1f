"""An organisation applies to become a provider: three short pages behind a mailed link, no account, no cookie.

Public doors under "anbieter", where the middleware opens no lens: the first page looks as the public does, the others as
anyone who holds the link.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import allowed_here, may_be_mailed
from providers import actions, queries
from providers.actions.applications import UNPROVED
from providers.application_forms import (
    LAST,
    PAGES,
    BeginForm,
    MessageForm,
    first_gap,
    new_form_token,
)
from providers.decorators import comes_from_elsewhere
from providers.emails import send_to_applicant
from providers.models import Application
from providers.queries import FollowedLink, token_hash
from tenancy.lens import bearer, look, public
from tenancy.public_page import public_page

State = Application.State


@csrf_exempt  # without a cookie there is no CSRF token; the form carries a signed one and the origin is checked
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Page 1, beside what the city still seeks."""
    with look(public):
        if request.method == "GET":
            return _start(request, BeginForm(initial={"form_token": new_form_token()}))
        if comes_from_elsewhere(request):
            return HttpResponseForbidden()
        form = BeginForm(request.POST)
        if not form.is_valid():
            return _start_again(request, form, status=400)
        if not allowed_here("join", request):
            form.add_error(None, _("Gerade kommen sehr viele Anfragen von Ihrem Anschluss. Ihre Eingaben sind noch da. Senden Sie sie bitte in einer Stunde noch einmal, oder rufen Sie uns an."))  # fmt: skip
            return _start_again(request, form, status=429)
        fields, filled_in = form.typed()
        begun = actions.begin_application(fields, form=filled_in, language=get_language() or "de")
        if begun.token:
            send_to_applicant("begun", begun, days=UNPROVED.days)
        return redirect("providers:joined")


@require_GET
@public_page
def joined(request: HttpRequest) -> HttpResponse:
    """The mail is on its way."""
    return render(request, "providers/joined.html", {"days": UNPROVED.days})


def _start(request: HttpRequest, form: BeginForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "sought": queries.sought_offers(), "page": 1, "stops": _stops(1)}
    return render(request, "providers/join.html", context, status=status)


def _start_again(request: HttpRequest, form: BeginForm, *, status: int) -> HttpResponse:
    """With all that was typed, and good for one more try."""
    form.data = {**request.POST.dict(), "form_token": new_form_token()}
    return _start(request, form, status=status)


# --- behind the link -------------------------------------------------------------------------------------------------

Followed = Callable[..., HttpResponse]


def through_link(view: Followed) -> Followed:
    """For anyone who holds a good link; others are told why it leads nowhere, and what to do. For nobody's cache or index.

    The link is secret, so no other site can send a form to it; the origin is checked all the same.
    """

    @csrf_exempt
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def serve(request: HttpRequest, link: str, **known_args: Any) -> HttpResponse:
        if request.method == "POST" and comes_from_elsewhere(request):
            return HttpResponseForbidden()
        key = token_hash(link)
        with look(bearer(key)):
            followed = queries.followed(key)
            try:
                good = followed and followed.application
                return _private(
                    view(request, followed, link, **known_args)
                    if good
                    else _no_way(request, followed)
                )
            except actions.CannotDecide:  # forgotten just now
                return _private(_no_way(request, None))

    return serve


@through_link
def application(request: HttpRequest, followed: FollowedLink, link: str) -> HttpResponse:
    """How it stands, and the one thing to do next. GET shows, POST acts."""
    asked = followed.application
    form = _answer_form(request)
    if request.method == "POST" and (done := _acted(request, asked, link, form)):
        return done
    context = {
        "application": asked,
        "entries": followed.entries,
        "link": link,
        "form": form,
        "gap": first_gap(asked) or LAST,
        "question": next((e.text for e in reversed(followed.entries) if e.kind == "asked"), ""),
    }
    return render(request, "providers/application.html", context)


def _acted(
    request: HttpRequest, asked: Application, link: str, form: MessageForm
) -> HttpResponse | None:
    """Their address is proved, or their answer taken; None: the answer is empty."""
    if "prove" in request.POST:
        actions.prove_address(asked)
        return redirect("providers:application_page", link, 2)
    if asked.state == State.ASKED:
        if not form.is_valid():
            return None
        actions.answer_question(asked, form.cleaned_data["text"])
    return redirect("providers:application", link)


def _answer_form(request: HttpRequest) -> MessageForm:
    says = _("Bitte schreiben Sie eine Antwort.")
    return MessageForm(request.POST or None, label=_("Ihre Antwort"), says=says)


@through_link
def application_page(
    request: HttpRequest, followed: FollowedLink, link: str, page: int
) -> HttpResponse:
    """One of the three pages, as long as it may be changed. "Später": what is there is kept, and nothing demanded."""
    asked = followed.application
    if page not in PAGES or asked.state not in Application.OPEN:
        return redirect("providers:application", link)
    later = "later" in request.POST
    form = PAGES[page](request.POST or None, instance=asked, later=later)
    if request.method == "POST" and form.is_valid():
        actions.write_application(asked, form.cleaned_data)
        return _onward(asked, link, page, later=later)
    context = {
        "application": asked,
        "link": link,
        "form": form,
        "page": page,
        "stops": _stops(page, first_gap(asked)),
        "last": page == LAST,
    }
    return render(request, "providers/application_page.html", context)


def _onward(asked: Application, link: str, page: int, *, later: bool) -> HttpResponse:
    if later or asked.state == State.ASKED:
        return redirect("providers:application", link)
    if page < LAST:
        return redirect("providers:application_page", link, page + 1)
    if gap := first_gap(asked):  # the form has written on it what was typed
        return redirect("providers:application_page", link, gap)
    actions.send_application(asked)
    return redirect("providers:application", link)


@through_link
def application_withdraw(request: HttpRequest, followed: FollowedLink, link: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    asked = followed.application
    if request.method == "GET" and asked.state in (State.WRITING, *Application.WAITING):
        context = {"application": asked, "link": link}
        return render(request, "providers/application_withdraw.html", context)
    if request.method == "POST":
        actions.withdraw_application(asked)
    return redirect("providers:application", link)


class PageOnLine(NamedTuple):
    """A page on the line above the form."""

    number: int
    state: str  # now, done, or empty


def _stops(page: int, gap: int = 0) -> list[PageOnLine]:
    def state(number: int) -> str:
        if number == page:
            return "now"
        return "done" if number < page and (not gap or number < gap) else ""

    return [PageOnLine(number, state(number)) for number in PAGES]


def _no_way(request: HttpRequest, followed: FollowedLink | None) -> HttpResponse:
    """The link has run out, or leads to nothing we know. What was being written comes back to be copied."""
    context = {"known": bool(followed), "typed": [v for k, v in request.POST.items() if len(v) > 1]}
    if followed and "again" in request.POST:
        number = followed.link.application_id
        mailed = may_be_mailed("join", f"application {number}") and actions.link_again(number)
        if mailed:
            send_to_applicant("again", mailed)
        context |= {"mailed": bool(mailed), "enough": not mailed, "typed": []}
    return render(
        request, "providers/application_over.html", context, status=200 if followed else 404
    )


def _private(response: HttpResponse) -> HttpResponse:
    """Other sites get no referrer anyway; with none at all a browser would not say that the form is ours."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response
