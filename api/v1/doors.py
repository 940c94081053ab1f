"""The API itself: how it answers, and what it says when it cannot."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import (
    AuthenticationError,
    AuthorizationError,
    HttpError,
    Throttled,
    ValidationError,
)
from ninja.operation import Operation

from api.problems import problem
from api.v1.asking import Household, WrongValue

KEPT_FOR = 60  # seconds an answer for everybody may be kept without asking again


class ProgramDoors(NinjaAPI):
    """Answers for everybody may be kept; those for somebody are kept by nobody."""

    def create_response(self, request: HttpRequest, data: Any, **how: Any) -> HttpResponse:
        response = super().create_response(request, data, **how)
        kept = getattr(request, "for_everybody", False)
        response.headers["Cache-Control"] = (
            f"public, max-age={KEPT_FOR}" if kept else "private, no-store"
        )
        return response

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the view: each is given once."""
        return str(operation.view_func.__name__)


doors = ProgramDoors(
    title="Lernstadt",
    version="1",
    urls_namespace="api_v1",
    openapi_url=None,
    docs_url=None,
    throttle=Household(),
)


@doors.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [(_place(each["loc"]), each["type"]) for each in error.errors]
    return problem(request, 422, faults=faults)


@doors.exception_handler(WrongValue)
def _refused(request: HttpRequest, error: WrongValue) -> HttpResponse:
    return problem(request, 422, faults=[(error.at, error.kind)])


@doors.exception_handler(Http404)
def _gone(request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(request, 404)


@doors.exception_handler(HttpError)
def _not_so(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code)


@doors.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    response = problem(request, 401)
    sent = ' error="invalid_token"' if request.headers.get("Authorization") else ""
    response.headers["WWW-Authenticate"] = f"Bearer{sent}"
    return response


@doors.exception_handler(AuthorizationError)
def _not_theirs(request: HttpRequest, error: AuthorizationError) -> HttpResponse:
    """`message` is the scope that is missing (RFC 6750, § 3.1)."""
    response = problem(request, 403, scope=error.message)
    response.headers["WWW-Authenticate"] = (
        f'Bearer error="insufficient_scope", scope="{error.message}"'
    )
    return response


@doors.exception_handler(Throttled)
def _too_many(request: HttpRequest, _error: Throttled) -> HttpResponse:
    return problem(request, 429)


def _place(loc: tuple[Any, ...]) -> str:
    """ "query.limit": where the value came from, and its name; the model in between is ours alone."""
    return ".".join(str(one) for one in loc if one != "asked")
