"""OAuth 2.1 with Authlib: authorization code with PKCE (S256 always), rotating refresh tokens, revocation. Our rows, our lenses."""

from collections.abc import Callable
from hmac import compare_digest
from typing import Any

from authlib.common.urls import add_params_to_uri
from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.integrations.django_oauth2.requests import DjangoOAuth2Payload, DjangoOAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin, InvalidRequestError, OAuth2Request, grants
from authlib.oauth2.rfc6749.util import scope_to_list
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from api.actions.consents import (
    ACCESS_LASTS,
    Kind,
    digest,
    give_consent,
    keep_token,
    new_token,
    use_token,
)
from api.models import Consent, ConsentToken, Program
from api.queries.consents import is_still_theirs, program_by_key, token_by_value
from api.scopes import OF_LEARNERS
from tenancy.lens import as_system

METHODS = ["client_secret_basic", "client_secret_post", "none"]


def issuer() -> str:
    return f"{settings.PUBLIC_URL}/api"


class OAuthClient(ClientMixin):
    """A program as Authlib asks for it."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def get_client_id(self) -> str:
        return self.program.key

    def get_default_redirect_uri(self) -> str:
        return ""  # each request says where it leads

    def get_allowed_scope(self, scope: str | None) -> str | None:
        asked = scope_to_list(scope) or []
        return " ".join(asked) if asked and {*asked} <= {*OF_LEARNERS} else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.program.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return compare_digest(self.program.secret_hash, digest(client_secret))

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return (method == "none") is not bool(self.program.secret_hash)

    def check_response_type(self, response_type: str) -> bool:
        return bool(response_type == "code")

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in ("authorization_code", "refresh_token")


class HeldToken:
    """A token's row as Authlib asks for it."""

    def __init__(self, row: ConsentToken) -> None:
        self.row = row
        self.code_challenge, self.code_challenge_method = row.challenge, "S256"

    def get_redirect_uri(self) -> str:
        return self.row.redirect_uri

    def get_scope(self) -> str:
        return " ".join(self.row.scopes)

    def check_client(self, client: OAuthClient) -> bool:
        return self.row.consent.program_id == client.program.pk


class AtOurAddress(DjangoOAuth2Request):
    """Authlib wants https; what the outside uses is what the installation says of itself, not what a proxy passes on."""

    def __init__(self, request: HttpRequest) -> None:
        address = settings.PUBLIC_URL + request.get_full_path()
        OAuth2Request.__init__(self, str(request.method), address, headers=request.headers)
        self.payload = DjangoOAuth2Payload(request)
        self._request = request


class Server(AuthorizationServer):
    def __init__(self) -> None:
        super().__init__(Program, ConsentToken)
        self.scopes_supported = [*OF_LEARNERS]
        self.register_token_generator("default", _generator())

    def query_client(self, client_id: str) -> OAuthClient | None:
        program = program_by_key(client_id)
        return OAuthClient(program) if program else None

    def create_oauth2_request(self, request: HttpRequest) -> AtOurAddress:
        return AtOurAddress(request)

    def save_token(self, token: dict[str, Any], request: Any) -> None:
        consent = request.consent
        scopes = token["scope"].split()
        keep_token(consent, Kind.ACCESS, token["access_token"], scopes)
        keep_token(consent, Kind.REFRESH, token["refresh_token"], consent.scopes)


def _generator() -> BearerTokenGenerator:
    def token(kind: str) -> Callable[..., str]:
        return lambda **_about: new_token(kind)

    seconds = int(ACCESS_LASTS.total_seconds())
    return BearerTokenGenerator(token(Kind.ACCESS), token(Kind.REFRESH), lambda *_: seconds)


class CodeGrant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def save_authorization_code(self, code: str, request: Any) -> None:
        give_consent(
            request.user,
            request.client.program,
            request.scope.split(),
            code=code,
            redirect_uri=request.payload.redirect_uri,
            challenge=request.payload.data["code_challenge"],
        )

    def query_authorization_code(self, code: str, client: OAuthClient) -> HeldToken | None:
        row = use_token(code, Kind.CODE, client.program)
        return HeldToken(row) if row else None

    def delete_authorization_code(self, authorization_code: HeldToken) -> None:
        """It stays until it ends, marked as used: a second use is a theft."""

    def authenticate_user(self, authorization_code: HeldToken) -> User | None:
        self.request.consent = authorization_code.row.consent
        return is_still_theirs(authorization_code.row.consent)


class RefreshGrant(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> HeldToken | None:
        row = use_token(refresh_token, Kind.REFRESH, self.request.client.program)
        return HeldToken(row) if row else None

    def authenticate_user(self, refresh_token: HeldToken) -> User | None:
        self.request.consent = refresh_token.row.consent
        return is_still_theirs(refresh_token.row.consent)

    def revoke_old_credential(self, refresh_token: HeldToken) -> None:
        """It is marked as used already."""


class Challenge(CodeChallenge):
    """OAuth 2.1, § 4.1.1: without an S256 challenge there is no code, whoever asks."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("A 'code_challenge' with the method S256 is needed.")
        super().validate_code_challenge(grant, redirect_uri)


class Revocation(RevocationEndpoint):
    """Any of its tokens ends the whole consent: the program says that it needs it no more."""

    CLIENT_AUTH_METHODS = METHODS

    def query_token(self, token_string: str, _hint: str | None) -> HeldToken | None:
        row = token_by_value(digest(token_string))
        return HeldToken(row) if row else None

    def revoke_token(self, token: HeldToken, _request: Any) -> None:
        Consent.objects.filter(pk=token.row.consent_id).delete()


server = Server()
server.register_grant(CodeGrant, [Challenge()])
server.register_grant(RefreshGrant)
server.register_endpoint(Revocation)


@as_system("a program exchanges a code or a refresh token")
@transaction.atomic
def answer_token_request(request: HttpRequest) -> HttpResponse:
    """A refusal keeps what it has found out: a second use ends the consent."""
    return server.create_token_response(request)


@as_system("a program gives its access back")
@transaction.atomic
def answer_revocation(request: HttpRequest) -> HttpResponse:
    return server.create_endpoint_response(Revocation.ENDPOINT_NAME, request)


def answered(request: HttpRequest, grant: Any, *, person: User | None) -> HttpResponse:
    """Back to the program, with a code or with a no, and with who says so (RFC 9207)."""
    response = server.create_authorization_response(request, grant_user=person, grant=grant)
    response["Location"] = add_params_to_uri(response["Location"], [("iss", issuer())])
    return response
