"""Background work: an id in, the system lens, an action."""

import gc
import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init

from certificates import actions, emails, papers, queries, tokens
from certificates.models import Certificate
from learning.models import Enrolment
from tenancy.lens import look, system

logger = logging.getLogger(__name__)

#: New objects before the garbage collector looks at them. A paper makes some hundred thousand that all live until it is
#: done; with Python's own 700 the collector would walk through them again and again, a tenth of the whole work.
NEW_OBJECTS = 50_000


@worker_process_init.connect
def warm(**_: Any) -> None:
    """The first paper of a process takes a second for fonts and style sheets: before anybody waits for it."""
    try:
        papers.warm()
    except Exception:  # a worker without fonts still does everything else
        logger.exception("Papers cannot be made here.")
    gc.collect()
    gc.freeze()  # what is loaded by now stays for good
    gc.set_threshold(NEW_OBJECTS)


@shared_task(acks_late=True)
def issue(enrolment_id: int) -> None:
    """Issue, then make the paper, so that it is there when she asks for it."""
    try:
        with look(system("issue a certificate")):
            enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)  # one mail
            told = Certificate.objects.filter(enrolment=enrolment).exists()
            issued = actions.issue_certificate(enrolment)
            if not told:
                emails.tell_finished(issued, enrolment.course)
            actions.make_missing_keys(issued.provider_id)
    except actions.Unprintable as wrong:  # her own page tells her; the sweep tries again
        logger.warning("Enrolment %s: our fonts lack %s", enrolment_id, wrong)
        return
    render.delay(issued.token_hash)


@shared_task
def issue_missing() -> int:
    """The sweep: whatever the signal missed is issued here. One transaction each, so that one failure stops no other."""
    with look(system("find owed certificates")):
        issued = Certificate.objects.exclude(enrolment=None).values("enrolment")
        owed = Enrolment.objects.filter(completed_at__isnull=False).exclude(pk__in=issued)
        owed_ids = list(owed.order_by("completed_at").values_list("pk", flat=True)[:500])
    for enrolment_id in owed_ids:
        issue(enrolment_id)
    return len(owed_ids)


@shared_task
def render(token_hash: str, language: str = "de") -> None:
    """Make the paper of one certificate and keep it; whoever asked is looking for it there."""
    make_paper(token_hash, language)


def make_paper(token_hash: str, language: str) -> bytes:
    """The sealed paper of a certificate that has not been erased; from the cache when it is there."""
    with look(system("make the paper of a certificate")):
        held = queries.by_hash(token_hash)
        if not held or not held.token:
            return b""
        number = tokens.grouped(held.token)
        kept = papers.kept(held, number, language)
        return kept or papers.make(
            held,
            number,
            language,
            line=actions.paper_line(held, number),
            sealer=actions.sealer_of(held.provider),
        )
