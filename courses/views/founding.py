"""A new provider: founded by the office with everything it needs, index page included. So the view lives where index pages are."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import actions
from providers.actions import CannotDecide
from providers.addresses import initials
from providers.decorators import needs
from providers.emails import send_invitation, send_to_applicant
from providers.forms import ProviderForm
from providers.models import Application
from providers.permissions import Right
from providers.queries import applications
from providers.views.applications import in_words


@require_http_methods(["GET", "POST"])
@needs(Right.PROVIDERS)
def found(request: HttpRequest) -> HttpResponse:
    form = ProviderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        owner = fields.pop("owner")
        invited = actions.found_with_index_page(fields, owner=owner, by=request.user)
        send_invitation(*invited)
        names = {"name": invited.invitation.provider.name, "email": invited.invitation.email}
        text = _("%(name)s ist gegründet. Die Einladung ist unterwegs an %(email)s.")
        messages.success(request, text % names)
        return redirect("providers:office_providers")
    return render(request, "courses/found.html", {"form": form})


@require_http_methods(["GET", "POST"])
@needs(Right.PROVIDERS)
def approve(request: HttpRequest, application: int) -> HttpResponse:
    """As founding by hand, with what the organisation has said already filled in. Once, no matter who approves at the same time."""
    asked = get_object_or_404(applications(Application.SEEN), pk=application)
    if asked.state not in Application.WAITING:
        return redirect("providers:application_office", asked.pk)
    form = ProviderForm(request.POST or None, initial=_proposed(asked))
    if request.method == "POST" and form.is_valid() and (done := _approved(request, asked, form)):
        return done
    stamp = request.POST.get("stand") or asked.stamp
    context = {"form": form, "application": asked, "stamp": stamp}
    return render(request, "courses/approve.html", context)


def _proposed(asked: Application) -> dict[str, str]:
    """The address to ask questions at is published, so it is not taken from the application."""
    return {
        "name": asked.name,
        "short_name": asked.name[:40],
        "kind": asked.kind,
        "mark": initials(asked.name),
        "owner": asked.email,
    }


def _approved(request: HttpRequest, asked: Application, form: ProviderForm) -> HttpResponse | None:
    """None: the address was given to another provider just now."""
    fields = dict(form.cleaned_data)
    owner, seen = fields.pop("owner"), request.POST.get("stand", "")
    try:
        made = actions.found_from_application(
            asked, fields, owner=owner, by=request.user, seen=seen
        )
    except CannotDecide as why:
        messages.warning(request, in_words(why))
        return redirect("providers:application_office", asked.pk)
    except IntegrityError:
        form.add_error("slug", form.fields["slug"].error_messages["unique"])
        return None
    send_to_applicant("approved", made.answer)
    send_invitation(*made.founded)
    text = _("%(name)s ist jetzt Anbieter. Die Einladung ist unterwegs an %(email)s.")
    said = {"name": fields["name"], "email": made.founded.invitation.email}
    messages.success(request, text % said)
    return redirect("providers:applications")
