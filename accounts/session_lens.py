"""The learner's front door: BEGIN, the lens, the session and the signed-in person in ONE round trip.

It only fills in beforehand what Django's own session and auth middleware would load lazily, so both stay in place.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.crypto import constant_time_compare
from psycopg import Connection, Cursor

from accounts.models import User
from accounts.sessions import TOUCH
from tenancy.lens import Lens, Opening, learner, public, visitor

FIELDS = [field.attname for field in User._meta.concrete_fields]

#: One row, always. `set_config` runs in the same statement that finds the person.
OPEN = """SELECT s.session_data, coalesce(s.seen_at < now() - interval '10 minutes', s.account_id IS NOT NULL),
    set_config('app.lens', CASE WHEN u.id IS NULL THEN 'public' ELSE 'learner' END, true),
    set_config('app.learner', coalesce(u.id::text, ''), true),
    set_config('app.readable', '1', true), set_config('app.grades', %(grades)s::text, true), {fields}
  FROM (SELECT %(key)s::text AS key) k
  LEFT JOIN accounts_session s ON s.session_key = k.key AND s.expire_date > now()
  LEFT JOIN accounts_user u ON u.id = s.account_id AND u.is_active""".format(  # noqa: S608 -- names of our own columns
    fields=", ".join(f"u.{field}" for field in FIELDS)
)
#: What Django makes session keys of. Anything else is nobody's session, and never reaches the statement.
KEY = re.compile(r"[a-z0-9]{32}")


def opening(request: HttpRequest, key: str) -> Opening:
    """How to open the transaction for anyone who holds the session `key`: as learner, or as anybody.

    Anyone who answers (a POST) may have open lessons graded: as learner, or without an account through the visitor's lens,
    which can do nothing else.
    """
    answers = request.method == "POST"

    def open_door(raw: Connection, begin: str) -> Lens:
        session_key = key if KEY.fullmatch(key) else ""
        asked = {"key": session_key, "grades": "open" if answers else ""}
        data, stale, _lens, _learner, _readable, _grades, *person = _found(raw, begin, asked)
        if stale:
            raw.execute(TOUCH, [session_key])
        session = request.session
        session._session_cache = session.decode(data) if data else {}
        user = User.from_db("default", FIELDS, person) if person and person[0] else None
        if user and _session_is_genuine(session._session_cache, user):
            request._cached_user = user
            return learner(user.pk, answers=answers)
        _forget_what_has_ended(session)
        request._cached_user = AnonymousUser()
        lens = visitor if answers else public
        raw.execute(lens.sql(reset=True))
        return lens

    return open_door


def _found(raw: Connection, begin: str, asked: dict[str, str]) -> Sequence[Any]:
    """The row of OPEN. Prepared it is planned once for each connection, walls included; the pipeline sends it along with BEGIN."""
    if settings.PREPARED_STATEMENTS:
        with Cursor(raw) as cursor:
            with raw.pipeline():
                if begin:
                    raw.execute(begin)
                cursor.execute(OPEN, asked, prepare=True)
            return cursor.fetchone() or ()
    with raw.cursor() as cursor:  # Django's, which puts the values into the text
        cursor.execute(begin + OPEN, asked)
        while cursor.description is None and cursor.nextset():
            pass  # BEGIN, and behind a pooler what each transaction begins with
        return cursor.fetchone() or ()


def _forget_what_has_ended(session: SessionBase) -> None:
    """Nobody is signed in by it any more, so its cookie goes (Django's middleware drops that of an empty session).

    Before, the cookie stayed, and every page said "Mein Konto" to somebody who had none. What allauth keeps between the
    steps of signing in stays.
    """
    if not session._session_cache or SESSION_KEY in session._session_cache:
        session._session_cache, session._session_key = {}, None


def from_this_session(request: HttpRequest) -> bool:
    """Was the page this comes from printed in this very session? A session begun since then has another token.

    For doors that answer in place where Django's own check would send an error page.
    """
    return _Token(_nothing).process_view(request, _nothing, (), {}) is None


def was_signed_in(request: HttpRequest) -> bool:
    """Was the page this comes from printed for somebody signed in? Visitors' pages have no token."""
    return bool(request.POST.get("csrfmiddlewaretoken") or request.headers.get("X-CSRFToken"))


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class _Token(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _session_is_genuine(session: dict, user: User) -> bool:
    """A changed password ends every older session, as in `django.contrib.auth.get_user`."""
    return constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
