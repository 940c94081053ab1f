import logging

from celery import shared_task
from django.core.management import call_command

from courses.actions import empty_bin, forget_loose_files, one_printing
from courses.actions.concepts import refresh_vocabulary
from courses.actions.date_groups import forget_date_groups
from courses.actions.search_entries import index_anew, index_missing
from courses.actions.wishes import forget_sought_words
from courses.queries.loose_ends import loose_ends
from tenancy.lens import look, system

log = logging.getLogger(__name__)


@shared_task
def publish_scheduled() -> None:
    """Pages whose hour has come are published, those whose time is over withdrawn; each course is printed once."""
    with look(system("publish scheduled pages")), one_printing(by=None):
        call_command("publish_scheduled")


@shared_task
def look_for_loose_ends() -> None:
    """Each is named in the log, for anyone who runs the city; nothing is mended by itself."""
    with look(system("look for loose ends")):
        ends = loose_ends()
    for kind, named in ends._asdict().items():
        for name in named:
            log.warning("loose end, %s: %s", kind, name)


@shared_task
def forget_deleted() -> None:
    """What was deleted 30 days ago can no longer be brought back."""
    with look(system("empty the bin of the desk")):
        empty_bin()


@shared_task
def forget_files() -> int:
    """How many files without owners were deleted."""
    with look(system("delete files without owners")):
        return len(forget_loose_files())


@shared_task
def refresh_search() -> None:
    """What the search does not know yet is indexed, the words of all courses are counted anew, and what nobody needs is forgotten."""
    with look(system("count the words of the catalogue")):
        index_missing()
        refresh_vocabulary()
    forget_sought_words()
    forget_date_groups()


@shared_task
def follow_concepts(lexemes: list[str]) -> None:
    """After a change at the office: courses that have one of these stems or concepts are indexed anew."""
    index_anew(lexemes)
    with look(system("count the words of the catalogue")):
        refresh_vocabulary()
