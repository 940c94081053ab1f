"""What providers have issued, and what they could not issue yet."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from certificates import tokens
from certificates.models import Certificate, Owed
from learning.models import Enrolment
from providers.models import Provider
from tenancy.rows import records, rows
from words import glyphs

BATCH = 500

WAITING = """SELECT o.enrolment_id AS enrolment, u.name, (SELECT s.title FROM courses_printedlesson s WHERE s.edition_id = i.id
      AND s.printing = i.printing AND s.position = 0 AND s.language = 'de') AS title,
    p.slug AS provider, o.since, o.next_at, o.letters, o.fault, o.tries
  FROM certificates_owed o JOIN learning_enrolment e ON e.id = o.enrolment_id
  JOIN courses_edition i ON i.id = e.edition_id JOIN accounts_user u ON u.id = o.learner_id
  JOIN providers_provider p ON p.id = o.provider_id
  WHERE o.provider_id = coalesce(%s, o.provider_id) ORDER BY o.since, o.enrolment_id LIMIT %s OFFSET %s"""

TITLE = """SELECT s.title FROM courses_printedlesson s JOIN courses_edition i ON i.id = s.edition_id
  WHERE i.id = %s AND s.printing = i.printing AND s.position = 0 AND s.language = 'de'"""

PICTURES = """SELECT (SELECT l.id FROM providers_logo l WHERE l.provider_id = %(provider)s AND l.ended_at IS NULL) AS logo,
  (SELECT a.id FROM certificates_autograph a WHERE a.provider_id = %(provider)s AND a.ended_at IS NULL
    AND a.head_id IN (SELECT m.person_id FROM providers_membership m
      WHERE m.provider_id = %(provider)s AND m.role = 'owner')
    ORDER BY a.made_at DESC, a.id DESC LIMIT 1) AS autograph"""


class Pictures(NamedTuple):
    """Keys of what a paper issued now carries: the logo, and the newest signature of those who are heads now."""

    logo: int | None
    autograph: int | None


class WaitingCertificate(NamedTuple):
    """A certificate that could not be issued yet: whose, for what, and what is in the way."""

    enrolment: int
    name: str
    title: str
    provider: str
    since: datetime
    next_at: datetime
    letters: str  # of their name, which we cannot print
    fault: str  # of ours
    tries: int


def pictures_of(provider: int) -> Pictures:
    return records(Pictures, PICTURES, {"provider": provider})[0]


def waiting(
    provider: Provider | None, *, most: int = 100, after: int = 0
) -> list[WaitingCertificate]:
    """The oldest first; of one provider under the lens of its heads, of all under the system lens."""
    asked = [provider.pk if provider else None, most, after]
    return records(WaitingCertificate, WAITING, asked)


def count_waiting(provider: Provider) -> int:
    return Owed.objects.filter(provider=provider).count()


def title_of(enrolment: Enrolment) -> str:
    """The course they have completed, by the name it had for them."""
    titles = rows(TITLE, [enrolment.edition_id])
    return str(titles[0][0]) if titles else ""


def due(*, besides: Collection[int] = ()) -> list[int]:
    """Completed enrolments without a certificate whose turn it is, the oldest first; at most BATCH.

    What has failed waits for its time, or until their name has other letters.
    """
    issued = Certificate.objects.exclude(enrolment=None).values("enrolment")
    later = Owed.objects.filter(next_at__gt=timezone.now())
    unprintable = later.exclude(letters="").values_list("pk", "learner__name")
    renamed = [pk for pk, name in unprintable if not glyphs.missing(name)]
    owed = Enrolment.objects.filter(completed_at__isnull=False).exclude(pk__in=issued)
    owed = owed.exclude(pk__in=later.exclude(pk__in=renamed).values("pk")).exclude(pk__in=besides)
    return list(owed.order_by("completed_at").values_list("pk", flat=True)[:BATCH])


def issued_by(provider: Provider, asked: str) -> QuerySet[Certificate]:
    """What `provider` issued, the newest first; `asked` is a part of a name or a course, or a whole number.

    Under the lens of its heads: names are there as long as an account is.
    """
    issued = Certificate.objects.filter(provider=provider).select_related("recipient")
    if asked:
        token = tokens.read_token(asked)
        issued = issued.filter(
            Q(recipient__name__icontains=asked)
            | Q(achievement__name__icontains=asked)
            | Q(token_hash=tokens.token_hash(token) if token else "")
        )
    return issued.order_by("-issued_at", "-pk")
