"""Background work: an id in, the system lens, an action."""

import gc
import logging
import time
from contextlib import suppress
from typing import Any

from celery import shared_task
from celery.signals import task_postrun, worker_process_init
from django.conf import settings

from certificates import actions, emails, queries, tokens
from certificates.models import Certificate
from certificates.paper import sealed
from learning.models import Enrolment
from tenancy.lens import look, system

logger = logging.getLogger(__name__)

#: New objects before the garbage collector looks at them. A paper makes some hundred thousand that all live until it is
#: done; with Python's own 700 the collector would walk through them again and again, a tenth of the whole work.
NEW_OBJECTS = 50_000
#: Certificates of one sweep; the next one comes in two minutes.
MOST = 2_000


@worker_process_init.connect
def begin(**_: Any) -> None:
    """Quick: Celery ends a child that is not up within four seconds, and another one that takes as long takes its place.

    So nothing is warmed here. The first paper of a child takes a second more, for fonts and style sheets.
    """
    settle()
    gc.set_threshold(NEW_OBJECTS)
    task_postrun.connect(_after_a_paper, sender=render, weak=False)


def settle() -> None:
    """What is loaded by now stays for good; the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()


def _after_a_paper(**_: Any) -> None:
    """The first one has loaded everything papers need."""
    task_postrun.disconnect(_after_a_paper, sender=render)
    settle()


@shared_task
def make_first_key(provider: int) -> None:
    """What a new provider signs with, so that its did.json is there; otherwise made when it first signs."""
    with look(system("make the first key of a provider")):
        actions.active_key(provider)


@shared_task(acks_late=True)
def issue(enrolment_id: int) -> bool:
    """Issue, then make the paper, so that it is there when they ask for it. Whatever goes wrong concerns nobody else."""
    try:
        token_hash = _issued(enrolment_id)
    except Exception as wrong:  # noqa: BLE001 -- one that fails must not stop the others
        _note(enrolment_id, wrong)
        return False
    try:
        render.delay(token_hash)
    except Exception:  # made when they ask for it
        logger.exception("The paper of enrolment %s is not made now.", enrolment_id)
    return True


def _issued(enrolment_id: int) -> str:
    with look(system("issue a certificate")):
        enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)  # one mail
        has_told = Certificate.objects.filter(enrolment=enrolment).exists()
        issued = actions.issue_certificate(enrolment)
        actions.forget_failure(enrolment)
        if not has_told:
            emails.tell_finished(issued, enrolment.course)
        actions.make_missing_keys(issued.provider_id)
        return issued.token_hash


def _note(enrolment_id: int, wrong: Exception) -> None:
    """Written down for operator and provider; of their name, they are told what is missing, once."""
    letters = str(wrong) if isinstance(wrong, actions.Unprintable) else ""
    if not letters:
        logger.error("Enrolment %s has no certificate yet.", enrolment_id, exc_info=wrong)
    try:
        with look(system("note what could not be issued")):
            enrolment = Enrolment.objects.filter(pk=enrolment_id).first()
            if not enrolment:
                return  # their account was closed meanwhile
            fault = "" if letters else type(wrong).__name__
            owed = actions.note_failure(enrolment, letters=letters, fault=fault)
            if letters and not owed.told_at:
                emails.tell_missing(owed, queries.title_of(enrolment))
                actions.note_told(owed)
    except Exception:
        logger.exception("Enrolment %s: not even that could be written down.", enrolment_id)


@shared_task
def issue_missing() -> int:
    """The sweep: whatever the signal missed is issued here, and what failed is tried again when its time has come.

    One transaction each. How many were tried.
    """
    tried: set[int] = set()
    while len(tried) < MOST:
        with look(system("find owed certificates")):
            due = queries.due(besides=tried)
        if not due:
            break
        for enrolment_id in due:
            issue(enrolment_id)
        tried.update(due)
    return len(tried)


@shared_task
def sign_lists() -> int:
    """The sweep of lists: what could not be signed when it changed, or grows old."""
    with look(system("sign status lists")):
        return actions.sign_stale()


@shared_task
def render(token_hash: str, language: str = "de") -> None:
    """Make the paper of one certificate and keep it; the page that asked looks for it there."""
    make_paper(token_hash, language)


def make_paper(token_hash: str, language: str) -> bytes:
    """The sealed paper of a certificate that has not been erased; from the cache when it is there."""
    with look(system("make the paper of a certificate")):
        record = queries.by_hash(token_hash)
        if not record or not record.token:
            return b""
        number = tokens.grouped(record.token)
        if paper := sealed.remembered(record, number, language):
            return paper
        made = sealed.make(
            record,
            number,
            language,
            line=actions.paper_line(record, number),
            sealer=actions.sealer_of(record.provider),
        )
        actions.note_seal(record.provider, made)
        return made


@shared_task
def forget_papers() -> int:
    """A paper bears a name: it stays no longer than it is kept for, whether or not somebody asks for it. How many files went."""
    oldest = time.time() - settings.PAPERS_KEPT
    gone = 0
    for file in settings.PAPERS.glob("*.djcache"):
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < oldest:
                file.unlink()
                gone += 1
    return gone
