"""What somebody lets a program read of their own: their courses and their certificates."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer

from accounts.limits import household
from api.actions import note_consent_used
from api.actions.consents import ACCESS_PREFIX, digest
from api.queries import KnownLearner, learner_at_door
from api.scopes import Scope
from api.v1 import answers
from api.v1.asking import Paged, page_of, place_in, seen_by
from api.v1.callers import LONGEST, count, number_in
from certificates import tokens
from certificates.queries import OwnCertificate, own_certificates
from learning.queries.enrolments import ToldEnrolment, told_enrolments
from tenancy.lens import Lens, learner
from words.days import day

router = Router(tags=["mine"])


class LearnerToken(HttpBearer):
    """An access token that somebody's consent has given, with this scope in it."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> KnownLearner | None:
        now = timezone.now()
        known = token.startswith(ACCESS_PREFIX) and len(token) < LONGEST and token.isascii()
        found = learner_at_door(digest(token), now) if known else None
        if not found:
            count("api", household(request))
            return None
        count("api_key", f"learner {found.learner}")
        if self.scope not in found.scopes:
            raise AuthorizationError(message=self.scope)
        if found.used_on != day(now):
            note_consent_used(found.consent, day(now))
        return found


def by_consent(scope: Scope) -> dict[str, Any]:
    return {"auth": LearnerToken(scope), "throttle": [], "openapi_extra": {"x-scope": scope}}


def themselves(request: HttpRequest) -> Lens:
    return learner(request.auth.learner)


class OwnAsked(Paged):
    pass


@router.get(
    "/me/enrolments",
    response=answers.EnrolmentPageAnswer,
    summary=_("Die eigenen Kurse"),
    description=_(
        "In der Reihenfolge, in der sie begonnen wurden. Was jemand geantwortet hat, steht nicht darin."
    ),
    **by_consent(Scope.ENROLMENTS),
)
@seen_by(themselves)
def own_enrolments(request: HttpRequest, asked: Query[OwnAsked]) -> dict[str, Any]:
    after = number_in(place_in(asked, 1))
    found = told_enrolments(request.auth.learner, after=after, limit=asked.limit + 1)
    return page_of([_enrolment(one) for one in found], asked, lambda one: [one["id"]])


@router.get(
    "/me/certificates",
    response=answers.OwnCertificatePageAnswer,
    summary=_("Die eigenen Nachweise"),
    description=_("Auch ersetzte und zurückgezogene. Was ein Nachweis jetzt wert ist, sagt state."),
    **by_consent(Scope.CERTIFICATES),
)
@seen_by(themselves)
def own_certificates_of_consent(request: HttpRequest, asked: Query[OwnAsked]) -> dict[str, Any]:
    after = number_in(place_in(asked, 1))
    found = own_certificates(request.auth.learner, after=after, limit=asked.limit + 1)
    now = timezone.now()
    return page_of([_certificate(one, now) for one in found], asked, lambda one: [one["id"]])


def _enrolment(one: ToldEnrolment) -> dict[str, Any]:
    url = settings.PUBLIC_URL + reverse("courses:by_key", args=[one.course])
    return one._asdict() | {"url": url}


def _certificate(one: OwnCertificate, now: datetime) -> dict[str, Any]:
    number = tokens.grouped(one.token)
    return {
        "id": one.id,
        "number": number,
        "title": one.title,
        "kind": one.kind,
        "provider": one.provider,
        "issued_at": one.issued_at,
        "valid_until": one.valid_until,
        "state": one.state_at(now),
        "url": f"{settings.PUBLIC_URL}/z/{number}",
    }
