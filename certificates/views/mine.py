"""What a holder does with their own certificate, under their own lens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from certificates import actions, tokens
from certificates.models import Recipient
from certificates.states import State
from certificates.wallet import certificates_of

SHOWN = {
    Recipient.Shows.NAME: gettext_lazy("Wer die Nummer hat, sieht jetzt den ganzen Nachweis."),
    Recipient.Shows.INITIALS: gettext_lazy(
        "Wer die Nummer hat, sieht jetzt nur Ihre Anfangsbuchstaben. Das PDF können nur Sie laden."
    ),
    Recipient.Shows.NOTHING: gettext_lazy(
        "Wer die Nummer hat, sieht jetzt nichts mehr. Sie können das jederzeit ändern."
    ),
}
#: Why a certificate is not issued anew. One that was issued anew already has a successor.
REFUSED = {
    State.REVOKED: gettext_lazy("Dieser Nachweis ist zurückgezogen. Fragen Sie den Anbieter."),
    State.SUSPENDED: gettext_lazy(
        "Dieser Nachweis ist ausgesetzt. Solange wird er nicht neu ausgestellt. Fragen Sie den Anbieter."
    ),
}


@login_required
@require_safe
def wallet(request: HttpRequest) -> HttpResponse:
    """All of their certificates, over all providers, with everything they can do with them."""
    return render(
        request, "certificates/wallet.html", {"certificates": certificates_of(request.user)}
    )


@login_required
@require_POST
def shows(request: HttpRequest, token: str) -> HttpResponseRedirect:
    """What strangers with the number see from now on: all, their initials, or nothing."""
    recipient = Recipient.objects.filter(
        learner=request.user, token=tokens.read_token(token)
    ).first()
    wanted = request.POST.get("shows")
    if not recipient or wanted not in Recipient.Shows.values or request.user.school is not None:
        raise Http404
    actions.show(recipient, wanted)
    messages.success(request, SHOWN[Recipient.Shows(wanted)])
    return redirect("certificates:wallet")


@login_required
@require_POST
def reissue(request: HttpRequest, token: str) -> HttpResponseRedirect:
    """The same certificate under their present name. The old one says from now on that it was replaced."""
    recipient = Recipient.objects.filter(
        learner=request.user, token=tokens.read_token(token)
    ).first()
    if not recipient:
        raise Http404
    if not request.user.name:
        messages.warning(request, _("Bitte tragen Sie zuerst Ihren Namen ein."))
        return redirect("accounts:settings")
    former = recipient.certificate
    issued = actions.reissue_certificate(former, by=request.user)
    if issued == former:
        messages.warning(request, REFUSED[issued.state])
        return redirect("certificates:wallet")
    messages.success(request, _("Ihr Nachweis ist neu ausgestellt. Er hat eine neue Nummer."))
    return redirect("certificates:wallet")
