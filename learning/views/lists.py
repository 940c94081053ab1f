"""A list of participants comes into a group: looked at first, taken with a second click, and never kept."""

import uuid
from typing import Any, NamedTuple

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import MadeTwice
from accounts.limits import limited, may_be_mailed
from files import BadFile, lists
from learning import actions
from learning.forms import ListForm
from learning.models import Group
from learning.participants import Participant, ParticipantList, read_list
from learning.views.groups import about, group_of
from providers import paper
from providers.advice import in_words
from providers.card_forms import AT_MOST
from words.join_codes import in_address

SALT = "learning.lists"
GOOD_FOR = 30 * 60  # seconds between looking and taking
FAULTS = {
    "name": gettext_lazy("Hier steht kein Name, den wir lesen können."),
    "address": gettext_lazy("Das ist keine E-Mail-Adresse."),
    "twice": gettext_lazy("Diese Adresse steht weiter oben schon."),
}
REFUSED = {
    "closed": gettext_lazy("Die Gruppe ist geschlossen. Öffnen Sie sie zuerst wieder."),
    "full": gettext_lazy(
        "So viele Plätze hat die Gruppe nicht. Ändern Sie zuerst die Zahl der Plätze."
    ),
    "gone": gettext_lazy("Der Kurs dieser Gruppe steht nicht mehr im Katalog."),
}


class Sorted(NamedTuple):
    """What a list would do."""

    cards: list[Participant]
    mails: list[Participant]
    there: list[Participant]
    faults: list[tuple[Participant, Any]]


@require_http_methods(["GET", "POST"])
@limited("cards", sending=True)
def group_list(request: HttpRequest, slug: str, group: int) -> HttpResponse:
    """Choose a file, then see what it would do. The file is gone with this request; what goes on lies signed in the page."""
    mine = group_of(slug, group)
    form = ListForm(request.POST or None, request.FILES or None, provider=mine.provider)
    context = about(mine) | {"form": form}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            read = read_list(lists.read(upload, upload.name))
        except BadFile as bad:
            form.add_error("file", in_words(bad))
        else:
            return _preview(request, mine, read, form.cleaned_data.get("age_band", ""))
    return render(request, "learning/group_list.html", context)


def _preview(
    request: HttpRequest, group: Group, read: ParticipantList, age_band: str
) -> HttpResponse:
    sort = _sorted(group, read.people)
    names = [person.name for person in sort.cards]
    emails = [person.email for person in sort.mails]
    too_many = len(names) > AT_MOST
    signed = signing.dumps(
        [group.pk, str(uuid.uuid4()), names, emails, age_band], salt=SALT, compress=True
    )
    nothing = too_many or not (names or emails)
    context = sort._asdict() | {"unread": read.unread, "too_many": too_many}
    context |= about(group) | {"signed": "" if nothing else signed}
    return render(request, "learning/group_list_preview.html", context)


def _sorted(group: Group, people: list[Participant]) -> Sorted:
    good = [person for person in people if not person.fault]
    known = actions.in_group_already(group, [person.email for person in good if person.email])
    there = [p for p in good if (p.email in known.emails if p.email else p.name in known.names)]
    new = [person for person in good if person not in there]
    return Sorted(
        cards=[person for person in new if not person.email],
        mails=[person for person in new if person.email],
        there=there,
        faults=[(person, FAULTS[person.fault]) for person in people if person.fault],
    )


@require_POST
@limited("cards")
def group_list_take(request: HttpRequest, slug: str, group: int) -> HttpResponse:
    """What the page before has shown, once."""
    mine = group_of(slug, group)
    try:
        whose, form, names, emails, age_band = signing.loads(
            request.POST.get("list", ""), salt=SALT, max_age=GOOD_FOR
        )
    except signing.BadSignature:
        whose, form, names, emails, age_band = None, "", [], [], ""
    if whose != mine.pk:
        messages.warning(request, _("Bitte wählen Sie die Liste noch einmal aus."))
        return redirect("learning:group_list", slug, group)
    try:
        made = actions.take_list(
            mine, names, emails, by=request.user, form=uuid.UUID(form), age_band=age_band
        )
    except actions.CannotJoin as refused:
        messages.error(request, str(REFUSED[refused.why]))
        return redirect("learning:group_list", slug, group)
    except MadeTwice:
        messages.warning(request, _("Diese Liste ist schon übernommen."))
        return redirect("learning:group", slug, group)
    sent = sum(_invite(mine, email, str(request.user)) for email in emails)
    if sent:
        messages.success(request, _sent(sent))
    if not made:
        return redirect("learning:group", slug, group)
    context = paper.sheet(mine.provider, made) | {
        "done": reverse("learning:group", args=[slug, group])
    }
    return render(request, "providers/cards_made.html", context)


def _sent(count: int) -> str:
    sentence = ngettext(
        "Eine Einladung ist unterwegs.", "%(count)d Einladungen sind unterwegs.", count
    )
    return sentence % {"count": count}


def _invite(group: Group, email: str, who: str) -> bool:
    """A link to join, for the holder of the address: no account is made, and none is looked up."""
    if not may_be_mailed("group", email):
        return False
    link = reverse("learning:join_group", args=[in_address(group.code)])
    words = about(group) | {"who": who, "link": f"{settings.PUBLIC_URL}{link}"}
    get_adapter().send_mail("learning/email/group_invitation", email, words)
    return True
