"""The provider's own house. The middleware has let in its owners only, with the lens of this one provider."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.limits import limited, may_be_mailed
from accounts.models import User
from providers import actions, queries
from providers.emails import send_invitation
from providers.forms import GIVEN, MAILED_ENOUGH, SENTENCES, HandOverForm, InviteForm, RoleForm
from providers.models import Invitation, Membership, Provider
from providers.permissions import Right, roles_with

Role = Membership.Role


@require_GET
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    provider = _house(slug)
    context = {
        "provider": provider,
        "people": queries.team(provider).values("person").distinct().order_by().count(),
        "invited": queries.open_invitations(provider).count(),
    }
    return render(request, "providers/manage.html", context)


@require_GET
def team(request: HttpRequest, slug: str) -> HttpResponse:
    provider = _house(slug)
    context = {
        "provider": provider,
        "team": _by_person(provider),
        "invitations": queries.open_invitations(provider),
        "roles": [(role.label, says) for role, says in SENTENCES.items()],
    }
    return render(request, "providers/team.html", context)


def _by_person(provider: Provider) -> list[tuple[User, list[str]]]:
    people: dict[User, list[str]] = {}
    for seat in queries.team(provider):
        people.setdefault(seat.person, []).append(seat.get_role_display())
    return [*people.items()]


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, slug: str, person: int) -> HttpResponse:
    """One person's roles: give a further one here; each is taken away on a page of its own."""
    provider = _house(slug)
    seats = _seats(provider, person)
    who = seats[0].person
    roles = [seat.role for seat in seats]
    form = RoleForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            actions.give_role(who, provider, role, by=request.user)
        except actions.ProviderClosed:
            return redirect("providers:places")
        text = _("%(name)s hat jetzt die Rolle „%(role)s“.") % {"name": who, "role": role.label}
        messages.success(request, text)
        return redirect("providers:member", slug, who.pk)
    context = {
        "provider": provider,
        "who": who,
        "held": [(seat, SENTENCES[Role(seat.role)]) for seat in seats],
        "form": form if set(roles) < set(GIVEN) else None,
    }
    return render(request, "providers/member.html", context)


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, slug: str, membership: int) -> HttpResponse:
    """Ask once more, then take the role away."""
    provider = _house(slug)
    seat = get_object_or_404(queries.team(provider), pk=membership)
    who = seat.person
    context = {"provider": provider, "seat": seat, "who": who, "own": who == request.user}
    if request.method == "GET":
        return render(request, "providers/take.html", context)
    try:
        actions.take_role(who, provider, seat.role, by=request.user)
    except actions.LastOwner:
        return render(request, "providers/take.html", context | {"last": True})
    names = {"name": who, "role": seat.get_role_display()}
    messages.success(request, _("%(name)s hat die Rolle „%(role)s“ nicht mehr.") % names)
    if who == request.user and seat.role in roles_with(Right.MANAGE):
        return redirect("accounts:settings")  # this house is closed to them now
    return redirect("providers:team", slug)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, slug: str, person: int) -> HttpResponse:
    """Somebody leaves: all that they have in hand, and their roles, go to a colleague in one step."""
    provider = _house(slug)
    seats = _seats(provider, person)
    who = seats[0].person
    colleagues = [one for one, _roles in _by_person(provider) if one != who]
    form = HandOverForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        successor = form.chosen
        try:
            actions.hand_over(who, provider, successor, by=request.user)
        except actions.NotInTeam:
            messages.error(
                request, _("Das Team hat sich gerade geändert. Bitte sehen Sie noch einmal nach.")
            )
            return redirect("providers:team", slug)
        names = {"name": who, "successor": successor}
        messages.success(request, _("%(successor)s hat jetzt alles, was %(name)s hatte.") % names)
        own = who == request.user and any(seat.role in roles_with(Right.MANAGE) for seat in seats)
        return redirect("providers:places") if own else redirect("providers:team", slug)
    context = {
        "provider": provider,
        "who": who,
        "own": who == request.user,
        "roles": [seat.get_role_display() for seat in seats],
        "form": form if colleagues else None,
    }
    return render(request, "providers/hand_over.html", context)


@require_http_methods(["GET", "POST"])
@limited("invite", sending=True)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    provider = _house(slug)
    form = InviteForm(request.POST or None, provider=provider)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            invited = actions.invite(provider, asked["email"], asked["roles"], by=request.user)
        except actions.TooManyInvitations:
            form.add_error(None, _too_many())
        else:
            send_invitation(*invited)
            messages.success(
                request, _("Die Einladung ist unterwegs an %(email)s.") % {"email": asked["email"]}
            )
            return redirect("providers:team", slug)
    return render(request, "providers/invite.html", {"provider": provider, "form": form})


def _too_many() -> str:
    return _(
        "Sie haben schon 20 offene Einladungen. Warten Sie auf Antworten oder ziehen Sie eine zurück."
    )


@require_POST
@limited("invite")
def again(request: HttpRequest, slug: str, number: int) -> HttpResponseRedirect:
    invitation = _invitation(slug, number)
    seen = request.POST.get("stand", "")
    if not may_be_mailed("invite", invitation.email):
        messages.error(request, MAILED_ENOUGH)
        return redirect("providers:team", slug)
    if token := actions.send_again(invitation, by=request.user, seen=seen):
        invitation.refresh_from_db()
        send_invitation(invitation, token)
    text = _("Die Einladung ist noch einmal unterwegs an %(email)s. Nur der neue Link gilt.")
    messages.success(request, text % {"email": invitation.email})
    return redirect("providers:team", slug)


@require_POST
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponseRedirect:
    invitation = _invitation(slug, number)
    actions.withdraw_invitation(invitation, by=request.user)
    text = _("Die Einladung an %(email)s ist zurückgezogen. Der Link gilt nicht mehr.")
    messages.success(request, text % {"email": invitation.email})
    return redirect("providers:team", slug)


def _house(slug: str) -> Provider:
    return get_object_or_404(Provider, slug=slug)


def _invitation(slug: str, number: int) -> Invitation:
    return get_object_or_404(
        queries.open_invitations(_house(slug)).select_related("provider"), pk=number
    )


def _seats(provider: Provider, person: int) -> list[Membership]:
    mine = [*queries.team(provider).filter(person=person)]
    if not mine:
        raise Http404
    return mine
