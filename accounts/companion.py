"""A helper sits beside somebody and learns with them, in a session of theirs that may do little and ends by itself.

It begins with their card, which they give, and their own click. Both see who is there, what may be done, and until when.
"""

import time
from datetime import UTC, datetime
from typing import NamedTuple

from django.http import HttpRequest

from accounts import actions

COMPANY, WAITS = "company", "company_waits"
LONGEST = 60 * 60  # seconds
TO_BEGIN = 10 * 60  # seconds between their card and their click
#: What stays closed below a course: what they decide alone, when nobody sits beside them.
HERS_ALONE = ("verlassen", "noch-einmal", "neue-ausgabe")
#: Further doors that stay open, without their language.
OPEN = ("/konto/begleitung/", "/konto/fertig/", "/konto/geteilt/da/", "/konto/abmelden/")


class Company(NamedTuple):
    """Who sits beside whom, for which house, and until when (seconds)."""

    person: int
    helper: int
    helper_name: str
    provider: int
    slug: str
    house: str
    until: float

    @property
    def ends_at(self) -> datetime:
        return datetime.fromtimestamp(self.until, UTC)


def ask(request: HttpRequest, company: Company) -> None:
    """Their card was right; now they say yes."""
    request.session[WAITS] = list(company)
    request.session.set_expiry(0)


def asked(request: HttpRequest) -> Company | None:
    """Whom they are asked about; None: nobody, or too long ago."""
    waits = request.session.get(WAITS)
    company = Company(*waits) if waits else None
    return company if company and company.until > time.time() else None


def begin(request: HttpRequest, company: Company) -> None:
    request.session.pop(WAITS, None)
    request.session[COMPANY] = list(company._replace(until=time.time() + LONGEST))


def running(request: HttpRequest) -> Company | None:
    """In this session; also when its time is over."""
    company = request.session.get(COMPANY)
    return Company(*company) if company else None


def end(request: HttpRequest) -> None:
    """Written down once; the caller ends the session itself."""
    if company := running(request):
        del request.session[COMPANY]
        actions.end_company(company.person, provider=company.provider, by=company.helper)


def may_open(company: Company, path: str) -> bool:
    """Courses of this house, and the way out. `path` has no language."""
    inside = path.startswith(f"/lernen/{company.slug}/")
    alone = any(f"/{part}/" in path for part in HERS_ALONE)
    return (inside and not alone) or path.startswith(OPEN)
