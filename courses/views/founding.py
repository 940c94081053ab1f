"""A new provider: founded by the office with everything it needs, index page included. So the view lives where index pages are."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import actions
from providers.decorators import needs
from providers.emails import send_invitation
from providers.forms import ProviderForm
from providers.permissions import Right


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
