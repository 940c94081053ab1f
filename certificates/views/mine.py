"""What a holder does with her own certificate, under her own lens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certificates import actions, tokens
from certificates.models import Certificate, Recipient
from tenancy.lens import look, system


@login_required
@require_POST
def reissue(request: HttpRequest, token: str) -> HttpResponseRedirect:
    """The same certificate under her present name. The old one says from now on that it was replaced."""
    held = Recipient.objects.filter(learner=request.user, token=tokens.read_token(token)).first()
    if not held:
        raise Http404
    if not request.user.name:
        messages.warning(request, _("Bitte tragen Sie zuerst Ihren Namen ein."))
        return redirect("accounts:settings")
    with look(system("reissue a certificate")):
        former = Certificate.objects.get(pk=held.certificate_id)
        issued = actions.reissue_certificate(former, by=request.user)
    if issued.revoked_at:
        messages.warning(
            request, _("Dieses Zertifikat ist zurückgezogen. Fragen Sie den Anbieter.")
        )
        return redirect("learning:dashboard")
    messages.success(request, _("Ihr Zertifikat ist neu ausgestellt. Es hat eine neue Nummer."))
    return redirect("learning:dashboard")
