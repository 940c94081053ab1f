"""Groups for those who look after them: making one, who stands where, the sheet to join, the table for the file."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.queries.addresses import address_of, course_at
from learning import actions
from learning.forms import GroupForm
from learning.models import Group
from learning.queries.groups import WANTS_A_WORD, GroupStanding, roster, teachers, tutors_of
from learning.queries.register import newest_cover
from learning.queries.tutoring import tutored_courses
from learning.views.standing import member_row, table_of
from providers.formats import as_csv
from providers.models import Provider
from words.join_codes import in_address, written


def group_of(slug: str, group: int) -> Group:
    """Under the tutor's lens, which shows their own groups; heads see all of their house. Others find nothing."""
    return get_object_or_404(
        Group.objects.select_related("provider"), pk=group, provider__slug=slug
    )


def about(group: Group) -> dict[str, Any]:
    """What every page of a group says in its head."""
    return {
        "provider": group.provider,
        "group": group,
        "course_title": newest_cover(group.course)["title"],
    }


@require_http_methods(["GET", "POST"])
def group_new(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    courses = [(course.address, course.title) for course in tutored_courses(provider.pk)]
    initial = {"tutors": [request.user.pk], "course": request.GET.get("kurs", "")}
    form = GroupForm(
        request.POST or None,
        initial=initial,
        courses=courses or [("", "–")],
        tutors=teachers(provider.pk),
    )
    if request.method == "POST" and form.is_valid():
        fields = _fields(form)
        key = course_at(*fields.pop("course").split("/", 1))
        if key:
            made = actions.make_group(provider.pk, key, **fields, by=request.user)
            messages.success(request, _("Die Gruppe ist da. Mit diesem Blatt treten Menschen bei."))
            return redirect("learning:group_sheet", slug, made.pk)
    context = {"provider": provider, "form": form, "courses": courses}
    return render(request, "learning/group_form.html", context)


@require_http_methods(["GET", "POST"])
def group_edit(request: HttpRequest, slug: str, group: int) -> HttpResponse:
    mine = group_of(slug, group)
    initial = {name: getattr(mine, name) for name in ("name", "open_until", "size")}
    initial["tutors"] = [*mine.tutors.values_list("person", flat=True)]
    form = GroupForm(
        request.POST or None, initial=initial, courses=[], tutors=teachers(mine.provider_id)
    )
    if request.method == "POST" and form.is_valid():
        actions.change_group(mine, **_fields(form), by=request.user)
        messages.success(
            request, _("Gespeichert. Die Lernenden sehen es auf der Seite der Gruppe.")
        )
        return redirect("learning:group", slug, group)
    return render(request, "learning/group_form.html", about(mine) | {"form": form})


def _fields(form: GroupForm) -> dict[str, Any]:
    return form.cleaned_data | {"tutors": [int(one) for one in form.cleaned_data["tutors"]]}


@require_GET
def group(request: HttpRequest, slug: str, group: int) -> HttpResponse:
    """Everybody in it, as they stand. Three statements, whatever their number."""
    mine = group_of(slug, group)
    members = roster(mine.pk, language=get_language() or "de")
    rows = [row | {"url": _member_url(slug, mine, row)} for row in map(member_row, members)]
    context = {
        "provider": mine.provider,
        "group": mine,
        "course_title": members[0].title if members else newest_cover(mine.course)["title"],
        "rows": rows,
        "waiting": sum(member.needs in WANTS_A_WORD for member in members),
        "finished": sum(member.needs == "finished" for member in members),
        "sittings": max((member.sittings for member in members), default=0),
        "code": written(mine.code),
        "meetings_url": _meetings_url(mine, members),
        "drawn": {state: [state] for state in ("open", "done", "now", "stuck")},
    }
    return render(request, "learning/group.html", context)


def _member_url(slug: str, mine: Group, row: dict[str, Any]) -> str:
    return reverse("learning:group_member", args=[slug, mine.pk, row["learner"]])


def _meetings_url(group: Group, members: list[GroupStanding]) -> str:
    """The register of the group, where its course has meetings."""
    address = next((one.address for one in members if one.sittings and one.address), "")
    register = reverse("learning:attendance", args=address.split("/", 1)) if address else ""
    return register and f"{register}?gruppe={group.pk}"


@require_GET
def group_csv(request: HttpRequest, slug: str, group: int) -> HttpResponse:
    """For the paper file: what the table says, and nothing else."""
    mine = group_of(slug, group)
    columns, rows = table_of(roster(mine.pk, language=get_language() or "de"))
    response = HttpResponse(as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="gruppe-{mine.pk}.csv"'
    return response


@require_GET
def group_sheet(request: HttpRequest, slug: str, group: int) -> HttpResponse:
    """To print and lay on the table: the code, and the way in."""
    mine = group_of(slug, group)
    link = reverse("learning:join_group", args=[in_address(mine.code)])
    context = about(mine) | {
        "code": written(mine.code),
        "link": f"{settings.PUBLIC_URL}{link}",
        "address": f"{settings.PUBLIC_URL}{reverse('learning:join')}".partition("://")[2],
        "tutors": tutors_of(mine.pk),
        "in_catalogue": bool(address_of(mine.course)),
    }
    return render(request, "learning/group_sheet.html", context)


@require_POST
def group_code(request: HttpRequest, slug: str, group: int) -> HttpResponse:
    """A new code, for when the old one has got about."""
    actions.renew_code(group_of(slug, group), by=request.user)
    messages.success(request, _("Das ist der neue Code. Alte Blätter gelten nicht mehr."))
    return redirect("learning:group_sheet", slug, group)


@require_POST
def group_close(request: HttpRequest, slug: str, group: int) -> HttpResponse:
    """Close it, or open it again."""
    mine = group_of(slug, group)
    closing = mine.closed_at is None
    actions.close_group(mine, by=request.user, closed=closing)
    said = _("Die Gruppe ist geschlossen.") if closing else _("Die Gruppe ist wieder offen.")
    messages.success(request, said)
    return redirect("learning:group", slug, group)
