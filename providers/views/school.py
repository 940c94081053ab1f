"""Schools: until when accounts of pupils are kept, for heads; and for everybody what guardians should know."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from providers import actions, queries
from providers.forms import MonthsForm
from providers.models import Provider
from providers.school_years import carried_on, end_of_pupils
from tenancy.public_page import public_page
from words.days import day

PER_PAGE = 100


@require_http_methods(["GET", "POST"])
def school_year(request: HttpRequest, slug: str) -> HttpResponse:
    """Who would be deleted when. POST takes the ticked ones along (`act=keep`), or changes the months."""
    school = get_object_or_404(Provider, slug=slug, kind=Provider.Kind.SCHOOL)
    form = MonthsForm(
        request.POST if request.POST.get("act") == "months" else None,
        initial={"months": school.pupils_kept},
    )
    if request.POST.get("act") == "keep":
        return _keep(request, school)
    if form.is_valid():
        actions.keep_months(school, form.cleaned_data["months"], by=request.user)
        messages.success(request, _("Gespeichert. Das gilt für alles, was ab jetzt dazukommt."))
        return redirect("providers:school_year", slug)
    pupils, today = queries.pupils_of(school), day(timezone.now())
    first = pupils.first()
    context = {
        "provider": school,
        "form": form,
        "dates": queries.ends_of_pupils(school),
        "pupils": Paginator(pupils, PER_PAGE).get_page(request.GET.get("seite")),
        "next_end": carried_on(school.pupils_kept, today, first.school_until) if first else None,
        "made_now": end_of_pupils(school.pupils_kept, today),
    }
    return render(request, "providers/school_year.html", context)


def _keep(request: HttpRequest, school: Provider) -> HttpResponse:
    """`all` takes everybody along who ends first, otherwise the ticked ones."""
    pupils = queries.pupils_of(school)
    first = pupils.first()
    if "all" in request.POST and first:
        chosen = [*pupils.filter(school_until=first.school_until).values_list("pk", flat=True)]
    else:
        chosen = [int(one) for one in request.POST.getlist("pupil") if one.isdecimal()][:PER_PAGE]
    kept = actions.carry_on(school, chosen, by=request.user) if chosen else 0
    if not kept:
        messages.info(request, _("Es ist niemand ausgewählt, der früher endet."))
    else:
        text = ngettext(
            "%(count)s Konto bleibt ein Schuljahr länger.",
            "%(count)s Konten bleiben ein Schuljahr länger.",
            kept,
        )
        messages.success(request, text % {"count": formats.number_format(kept)})
    return redirect("providers:school_year", school.slug)


@require_GET
@public_page
def guardians(request: HttpRequest, slug: str) -> HttpResponse:
    """What a school keeps of its pupils, who sees it, and what guardians may ask for."""
    school = queries.provider_in_public(slug)
    if not school or school.kind != Provider.Kind.SCHOOL:
        raise Http404
    return render(request, "providers/guardians.html", {"provider": school})
